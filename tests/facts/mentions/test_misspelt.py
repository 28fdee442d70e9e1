"""A misspelt country is read where only a country can stand, less sure, and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Certainty, Country, Reading, Slot

SENTENCES = [
    ("en", "Partners are University of Graz (Austira) and Kaunas City (Lithuania).", "AT", "swapped"),
    ("en", "Partners from Latvia, Estonia, Portugul and Spain take part.", "PT", "another letter"),
    ("en", "Partners from Latvia, Estonia and Portugual take part.", "", "not closed by a mark"),
    ("en", "Partners from Latvia, Estonia and Portugual.", "PT", "one letter more"),
    ("lv", "Partneri ir Grācas Universitāte (Austrjia) un Tartu pilsēta (Igaunija).", "AT", "Latvian"),
    ("en", "Partners are University of Graz (Estonian) and Kaunas City (Lithuania).", "", "derived"),
    ("en", "Partners are University of Graz (Islenland) and Kaunas City (Lithuania).", "", "two edits"),
    ("en", "The Portugul family hosts University of Graz and Kaunas City.", "", "no place for it"),
    ("en", "Partners are University of Graz (Österreich) and Kaunas City (Lithuania).", "",
     "another language's name"),
]  # fmt: skip


def countries(reading: Reading) -> dict[str, set[Certainty]]:
    found: dict[str, set[Certainty]] = {}
    for fact in reading.facts:
        value = fact.statement.value
        if fact.statement.slot is Slot.INVOLVES_COUNTRY and isinstance(value, Country):
            found.setdefault(value.code, set()).add(fact.certainty)
    return found


@pytest.mark.parametrize(("language", "sentence", "code", "remark"), SENTENCES)
def test_a_misspelt_country_is_read_less_sure_and_told(
    reading_of: Callable[..., Reading], language: str, sentence: str, code: str, remark: str
) -> None:
    opening = {
        "en": "The project ABCDE is funded by Erasmus+. ",
        "lv": "Projektu ABCDE finansē Erasmus+. ",
    }
    reading = reading_of([(language, opening[language] + sentence)])

    sure = {Certainty.CERTAIN}
    doubtful = {c for c, certainty in countries(reading).items() if certainty != sure}
    assert doubtful == ({code} if code else set()), remark
    told = [d for d in reading.discrepancies if d.type == "name-variant"]
    assert len(told) == bool(code), remark
    assert set(countries(reading)) <= {"AT", "LT", "LV", "EE", "PT", "ES"}, remark


def test_a_country_spelt_well_elsewhere_is_certain(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of(
        [
            (
                "en",
                "The project ABCDE has partners: University of Graz (Austira) and City of Cologne (Germany).",
            ),
            (
                "de",
                "Partner im Projekt ABCDE sind die Universität Graz (Österreich) und die Stadt Köln (Deutschland).",
            ),
        ]
    )

    assert countries(reading)["AT"] == {Certainty.CERTAIN}
