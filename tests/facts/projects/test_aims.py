"""An objective is what follows its cue, without the pronoun that announces it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.fact import Reading, Slot, Text

SENTENCES = [
    ("de", "Ziel des Projekts ABCDE ist es, junge Menschen zu begeistern.",
     "junge Menschen zu begeistern", "a pronoun"),
    ("de", "Ziel des Projekts ABCDE ist Schutz, Pflege und Erhalt der Moore.",
     "Schutz, Pflege und Erhalt der Moore", "a list"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "objective", "remark"), SENTENCES)
def test_an_objective_is_what_follows_its_cue(
    reading_of: Callable[..., Reading], language: str, sentence: str, objective: str, remark: str
) -> None:
    facts = reading_of([(language, sentence)]).facts
    told = [f.statement.value for f in facts if f.statement.slot is Slot.OBJECTIVE]
    assert told == [Text(objective, language)], remark
