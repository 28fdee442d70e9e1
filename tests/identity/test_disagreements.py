"""What releases say of one project and cannot both hold is found, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from eugraph.facts.corrections.correction import Action, Address, Correction, Outcome
from eugraph.facts.fact import Attribution, Country, Edtf, Fact, Id, Project, Reading, Slot, Value
from eugraph.identity.disagreements import Disagreement, explained, find_disagreements

from .readings import P, said

BY = Attribution("Anna", date(2020, 1, 2), "As the grant agreement has it.")


def key(_: str, thing: Id) -> str:
    """Return the key of the one project of every release."""
    return "wir-2017" if thing == P else thing.name


def reading(release: str, *said_of: tuple[Slot, Value]) -> Reading:
    """Return what a release says of the project."""
    facts: list[Fact] = [said(P, slot, value) for slot, value in said_of]
    return Reading(release, (Project(P),), tuple(facts))


def found(*readings: Reading) -> tuple[Disagreement, ...]:
    """Return what the releases disagree on."""
    return find_disagreements(readings, key)


@pytest.mark.parametrize(
    ("slot", "one", "other"),
    [
        (Slot.ACRONYM, "EUCIDIN", "EUCIDN"),
        (Slot.START, date(2017, 10, 16), date(2017, 10, 17)),
        (Slot.END, date(2019, 10, 15), date(2019, 11, 15)),
        (Slot.PARTNER_COUNT, 10, 12),
        (Slot.COUNTRY_COUNT, 7, 6),
    ],
)
def test_two_values_of_one_slot_are_at_odds(slot: Slot, one: Value, other: Value) -> None:
    (each,) = found(reading("a", (slot, one)), reading("b", (slot, other)))

    assert (each.project, each.slot, each.type) == (
        "wir-2017", slot, "value-differs-between-releases",
    )  # fmt: skip
    assert {(s.release, s.value) for s in each.stated} == {("a", one), ("b", other)}


@pytest.mark.parametrize(
    ("stated", "at_odds"),
    [
        ("2017/2019", []),
        ("2017-10/2019-10", []),
        ("2017/2018", [Slot.END]),
        ("2018/2019-12", [Slot.START, Slot.END]),
        ("2017/..", []),
        ("2019", []),
        ("XXXX-10-16/XXXX-10-15", []),
    ],
)
def test_what_says_less_fits_what_says_more(stated: str, at_odds: list[Slot]) -> None:
    to_the_day = reading("a", (Slot.START, date(2017, 10, 16)), (Slot.END, date(2019, 10, 15)))

    told = found(to_the_day, reading("b", (Slot.STATED_DATE, Edtf(stated))))

    assert [each.slot for each in told] == at_odds


def test_a_third_release_that_fits_both_is_not_at_odds() -> None:
    (each,) = found(
        reading("a", (Slot.END, date(2019, 10, 15))),
        reading("b", (Slot.END, date(2019, 11, 15))),
        reading("c", (Slot.STATED_DATE, Edtf("2017/2019"))),
    )

    assert [s.release for s in each.stated] == ["a", "b"]
    assert each.asked == ("a", "b", "c")


def test_of_lists_only_what_not_all_have_is_at_odds() -> None:
    country = Slot.INVOLVES_COUNTRY
    (each,) = found(
        reading("a", (country, Country("SE")), (country, Country("ES"))),
        reading("b", (country, Country("SE")), (country, Country("RO"))),
        reading("c"),
    )

    assert each.type == "list-differs-between-releases"
    assert [(s.release, s.value) for s in each.stated] == [
        ("a", Country("ES")),
        ("b", Country("RO")),
    ]
    assert each.asked == ("a", "b")


def test_what_one_release_contradicts_itself_in_is_none_of_this() -> None:
    own = reading("a", (Slot.PARTNER_COUNT, 10), (Slot.PARTNER_COUNT, 12))

    assert found(own) == ()
    assert found(own, reading("b")) == ()


def accepting(**told: object) -> Correction:
    """Return a correction that accepts the disagreement on the number of partners."""
    given = {
        "discrepancy": "value-differs-between-releases",
        "slot": Slot.PARTNER_COUNT,
        "at": Address(project="wir"),
        **told,
    }
    return Correction("a.toml", 1, Action.ACCEPT, BY, **given)  # type: ignore[arg-type]


DIFFERENT = (
    reading("a", (Slot.ACRONYM, "WIR"), (Slot.PARTNER_COUNT, 10)),
    reading("b", (Slot.PARTNER_COUNT, 12)),
)


def test_a_person_explains_it_and_may_prefer_a_value() -> None:
    (each,), (outcome,) = explained(found(*DIFFERENT), [accepting(value=12)], {})

    assert (each.by, each.preferred, outcome.outcome) == (BY, 12, Outcome.APPLIED)


@pytest.mark.parametrize(
    "told",
    [
        {"at": Address(project="EUCIDIN")},
        {"at": Address(release="c")},
        {"value": 11},
        {"slot": Slot.END},
        {"discrepancy": "list-differs-between-releases"},
    ],
)
def test_what_is_not_meant_stays_open(told: dict[str, object]) -> None:
    (each,), (outcome,) = explained(found(*DIFFERENT), [accepting(**told)], {})

    assert each.by is None
    assert outcome.outcome is Outcome.STALE


def test_a_release_is_named_by_its_text_as_well() -> None:
    correction = accepting(at=Address(release="5ha"))

    (each,), _ = explained(found(*DIFFERENT), [correction, correction], {"b": "5ha"})

    assert each.by == BY
