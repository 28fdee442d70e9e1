"""The place of an event is read where the verb stands before it, and the event's noun behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Place, Reading, Slot

ReadingOf = Callable[[list[tuple[str, str]]], Reading]

BETWEEN = [
    ("ro", "A avut loc la Zalău conferința finală a proiectului „Piețe vii”.", "Zalău"),
    ("sv", "Den 3 maj 2022 hölls i Lund projektet ”Levande torg” andra möte.", "Lund"),
    ("lv", "Notika Dobelē projekta “Dzīvie laukumi” otrā partneru sanāksme.", "Dobele"),
    ("es", "Se celebró en Ronda la segunda reunión del proyecto «Plazas vivas».", "Ronda"),
]


@pytest.mark.parametrize(("language", "text", "town"), BETWEEN)
def test_a_place_stands_between_verb_and_event(
    reading_of: ReadingOf, language: str, text: str, town: str
) -> None:
    reading = reading_of([(language, text)])
    (fact,) = (f for f in reading.facts if f.statement.slot is Slot.PLACE)
    places = [thing for thing in reading.things if isinstance(thing, Place)]
    (place,) = (each for each in places if each.id == fact.statement.value)
    assert town in [name.text for name in place.names]


def test_what_only_describes_a_noun_is_no_place(reading_of: ReadingOf) -> None:
    reading = reading_of(
        [("en", "The meeting of the project “Living Squares” thanked Lund council.")]
    )
    assert not [f for f in reading.facts if f.statement.slot is Slot.PLACE]
