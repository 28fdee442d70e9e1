"""Where a release disagrees with itself is told, with what explains it; nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Country, Discrepancy, Reading, Slot, Status

LEAD_LV = "Rīgas pilsētas dome kopā ar Kavalas pašvaldību Grieķijā (vadošais partneris) īsteno projektu ABCDE."
LEAD_EN = "Riga City Council in cooperation with Kavala municipality in Greece (lead partner) implements project ABCDE."


def told(reading: Reading) -> dict[str, list[Discrepancy]]:
    found: dict[str, list[Discrepancy]] = {}
    for discrepancy in reading.discrepancies:
        found.setdefault(discrepancy.type, []).append(discrepancy)
    return found


def test_a_list_that_lacks_what_the_other_version_has_is_explained_by_it(
    reading_of: Callable[..., Reading],
) -> None:
    found = told(
        reading_of(
            [
                ("lv", "Projektā ABCDE iesaistīti 3 partneri no 3 valstīm: Spānijas, Somijas un "
                 "Latvijas."),
                ("en", "Project ABCDE involves 3 partners from 3 countries: Finland and Latvia."),
            ]
        )
    )  # fmt: skip

    (count,) = found["count-vs-list"]
    assert (count.stated, count.observed, count.languages) == (3, 2, ("en",))
    assert count.resolution == "explained"
    assert [s.value for s in count.explained_by] == [Country("ES")]
    (listed,) = found["list-differs-between-languages"]
    assert [s.value for s in listed.concerns] == [Country("ES")]
    assert listed.resolution == "explained"


@pytest.mark.parametrize(
    ("count", "resolution"),
    [("3", "explained"), ("5", "open")],  # Greece makes the third, and no fifth
)
def test_the_leads_country_explains_a_count_only_if_it_completes_it(
    reading_of: Callable[..., Reading], count: str, resolution: str
) -> None:
    reading = reading_of(
        [
            ("en", LEAD_EN),
            ("en", f"The project involves 9 partners from {count} countries: Italy and Latvia."),
        ]
    )

    found = told(reading)
    assert [d.resolution for d in found["count-vs-list"]] == [resolution]
    assert [d.resolution for d in found["lead-country-not-listed"]] == [resolution]
    inferred = [f.statement.value for f in reading.facts if f.status is Status.INFERRED]
    assert (Country("GR") in inferred) is (resolution == "explained")


def test_counts_that_differ_between_versions_are_both_kept(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [
            ("lv", "Projektā ABCDE iesaistīti 5 partneri no 3 valstīm."),
            ("en", "Project ABCDE involves 6 partners from 3 countries."),
        ]
    )

    (found,) = told(reading)["value-differs-between-languages"]
    assert [s.value for s in found.concerns] == [5, 6]
    statuses = {f.statement.value: f.status for f in reading.facts if f.statement in found.concerns}
    assert statuses == {5: Status.STATED, 6: Status.DISPUTED}


def test_a_title_that_is_the_name_of_a_strand_is_disputed(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [
            ("lv", "Pilsēta īsteno projektu “Demokrātiskās iesaistīšanās un sabiedriskās "
             "līdzdalības veicināšana” (ABCDE)."),
        ]
    )  # fmt: skip

    (found,) = told(reading)["name-role-conflict"]
    (title,) = [f for f in reading.facts if f.statement == found.concerns[0]]
    assert title.status is Status.DISPUTED


@pytest.mark.parametrize(
    ("title", "programme"),
    [
        ("Network of towns 0", "Erasmus+"),
        ("Network of towns 0", "Europe for Citizens"),
    ],
)
def test_a_title_is_no_name_of_another_programme_nor_one_with_a_number_more(
    reading_of: Callable[..., Reading], title: str, programme: str
) -> None:
    text = f"The project “{title}” (ABCDE) is financed by the {programme} programme."
    reading = reading_of([("en", text)])

    (fact,) = [f for f in reading.facts if f.statement.slot is Slot.TITLE]
    assert fact.status is Status.STATED
    assert "name-role-conflict" not in told(reading)


def test_a_date_without_a_year_is_resolved_where_a_year_is_inferred(
    reading_of: Callable[..., Reading],
) -> None:
    meeting = ("en", "The meeting of project ABCDE was held in Delft on 5 December.")
    term = ("en", "Term of implementation: 01.03.2018 – 31.01.2019.")

    open_ = told(reading_of([meeting]))["incomplete-date"]
    resolved = told(reading_of([meeting, term]))["incomplete-date"]
    month = ("en", "The meeting of project ABCDE was held in Delft in December.")
    vague = told(reading_of([month, term]))["incomplete-date"]
    assert [d.resolution for d in (*open_, *resolved, *vague)] == [
        "open", "resolved-by-inference", "resolved-by-inference",
    ]  # fmt: skip


def test_versions_that_agree_yield_no_discrepancy(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            ("lv", LEAD_LV),
            ("lv", "Projektā ir iesaistīti 3 partneri no 2 valstīm: Latvijas un Grieķijas."),
            ("en", LEAD_EN),
            ("en", "The project involves 3 partners from 2 countries: Latvia and Greece."),
        ]
    )

    assert reading.discrepancies == ()


def test_a_count_of_one_version_counts_the_list_of_the_other_too(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [
            ("lv", "Projektā ABCDE iesaistīti partneri no Spānijas, Somijas un Latvijas."),
            ("en", "Project ABCDE involves 5 partners from 5 countries: Spain, Finland, Latvia "
             "and Malta."),
        ]
    )  # fmt: skip

    found = [(d.stated, d.observed, d.languages) for d in told(reading)["count-vs-list"]]
    assert found == [(5, 3, ("lv",)), (5, 4, ("en",))]


PARTLY = [
    ("The project ABCDE involves 5 partners from 4 countries, among others Italy, Spain and Latvia.",
     "it names some among others"),
    ("The project ABCDE involves 5 partners from 4 countries: Italy, Wonderland, Spain and Latvia.",
     "an item is no country that is known"),
    ("The project ABCDE has 9 partners from 6 countries. Other partners include Oulu Museum (Finland), "
     "Riga Museum (Latvia) and Gent Museum (Belgium).", "only some partners are named"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "remark"), PARTLY)
def test_a_list_that_may_be_longer_contradicts_no_count(
    reading_of: Callable[..., Reading], text: str, remark: str
) -> None:
    assert "count-vs-list" not in told(reading_of([("en", text)])), remark


def test_a_lead_from_elsewhere_contradicts_no_list_where_countries_are_not_counted(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of([("en", LEAD_EN), ("en", "Its partners come from Italy and Latvia.")])

    assert "lead-country-not-listed" not in told(reading)


def test_what_stands_in_the_other_version_is_not_stated_in_one_only(
    reading_of: Callable[..., Reading],
) -> None:
    english = "The second meeting of the project ABCDE was held in Riga on 5 May 2019."
    once = reading_of(
        [("en", english), ("lv", "Projekta ABCDE sanāksme notika Rīgā 2019. gada 5. maijā.")]
    )
    twice = reading_of(
        [
            ("en", english),
            ("lv", "Projekta ABCDE sanāksme notika Rīgā 2019. gada 5. maijā, 2. pēc kārtas."),
        ]
    )

    assert "ordinal" in {d.slot for d in told(once)["stated-in-one-language-only"]}
    assert "ordinal" not in {d.slot for d in told(twice).get("stated-in-one-language-only", [])}


def test_both_ends_of_a_term_in_one_sentence_are_one_interval(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of(
        [("it", "Il progetto ABCDE, avviato a marzo 2023, si concluderà ad agosto 2025.")]
    )

    stated = [f.statement.value for f in reading.facts if f.statement.slot == "stated-date"]
    assert [getattr(value, "text", None) for value in stated] == ["2023-03/2025-08"]
