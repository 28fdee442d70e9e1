"""Where a name ends: the country after it says where the organisation is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Country, Organisation, Reading, Slot

SENTENCES = [
    ("lv", "Projekta ABCDE partneri ir Tartu pilsēta un Kauņas Tehnoloģiju universitāte Lietuvā.",
     "Kauņas Tehnoloģiju universitāte", "LT"),
    ("lv", "Projektu ABCDE īsteno sadarbībā ar Kauņas Tehnoloģiju universitāti Lietuvā.",
     "Kauņas Tehnoloģiju universitāte", "LT"),
    ("en", "The partner of the project ABCDE is Caritas Association Austria.",
     "Caritas Association Austria", None),
    ("es", "Los socios del proyecto ABCDE son el centro educativo Miguel Hernández (España) y la "
     "Universidad de Graz (Austria).", "Miguel Hernández", "ES"),
    ("es", "El proyecto ABCDE está coordinado por el centro educativo Rosalía de Castro.",
     "Rosalía de Castro", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "name", "code"), SENTENCES)
def test_a_country_after_a_name_is_where_it_is(
    reading_of: Callable[..., Reading], language: str, sentence: str, name: str, code: str | None
) -> None:
    reading = reading_of([(language, sentence)])
    named = {
        text.text: thing.id
        for thing in reading.things
        if isinstance(thing, Organisation)
        for text in thing.names
    }
    assert name in named
    assert {
        f.statement.value
        for f in reading.facts
        if f.statement.slot is Slot.ORGANISATION_COUNTRY and f.statement.subject == named[name]
    } == ({Country(code)} if code else set())
