"""People coordinate projects and meet; none of them is an organisation of the release."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Organisation, Reading

PEOPLE = [
    ("en", "Partners of the project ABCDE: Agnese Krūmiņa (Latvia), Tartu Museum (Estonia) and "
     "Gent Museum (Belgium).", {"Tartu Museum", "Gent Museum"}),
    ("es", "El coordinador del proyecto ABCDE, Juan Antonio Rincón, explicó el programa.", set()),
    ("lv", "Projekta ABCDE koordinatore Sandra Bērziņa iepazīstināja ar plāniem.", set()),
    ("en", "The project ABCDE is coordinated by Blue Danube Watch.", {"Blue Danube Watch"}),
    ("en", "The coordinator of the project ABCDE is Maria Curie School.", {"Maria Curie School"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "bodies"), PEOPLE)
def test_a_given_name_opens_the_name_of_a_person(
    reading_of: Callable[..., Reading], language: str, sentence: str, bodies: set[str]
) -> None:
    things = reading_of([(language, sentence)]).things
    named = {name.text for o in things if isinstance(o, Organisation) for name in o.names}
    assert named == bodies
