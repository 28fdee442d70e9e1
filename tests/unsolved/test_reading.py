"""Clear cases that are still read wrongly; each is strict, so solving one asks for its removal here."""

from __future__ import annotations

from pathlib import Path

import pytest

from eugraph.facts.fact import Slot, Value
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release

CASES = [
    pytest.param(
        "The third meeting of EU project BIRCHES took place\n\n"
        "The town takes part in the project “Paths of Birches” BIRCHES. "
        "Last autumn people met at the conference of the project in Cesis. "
        "The next conference will be held in Tartu, Estonia, in June, 2019.\n",
        Slot.ORDINAL,
        [3],
        id="a heading's event is lost when the only date is that of the next one",
    ),
    pytest.param(
        "Pilsētā tiekas divu starptautisku projektu partneri\n\n"
        "Projektā „Bērzu takas” BIRCHES piedalās 5 partneri no 4 valstīm: Latvijas, Igaunijas, "
        "Dānijas un Vācijas.\n",
        Slot.PARTNER_COUNT,
        [5],
        id="the partners of two projects are taken for two partners, and hide the count",
    ),
]


@pytest.mark.xfail(reason="not read yet")
@pytest.mark.parametrize(("text", "slot", "expected"), CASES)
def test_unsolved(tmp_path: Path, text: str, slot: Slot, expected: list[Value]) -> None:
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")

    facts = read_facts(read_release(path)).facts

    assert [f.statement.value for f in facts if f.statement.slot is slot] == expected


@pytest.mark.xfail(reason="a label for the term in one version drops the same dates in the other")
def test_a_term_with_a_label_in_one_version_is_witnessed_by_both(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text(
        "Projektets löptid: 1 januari 2020 till 31 december 2022 för ”Gröna färjor” FERRIA, "
        "ett projekt i kommunen för alla som vill resa.\n\n"
        "The project “Green Ferries” FERRIA is for all who want to travel in the municipality. "
        "The project runs from 1 January 2020 to 31 December 2022.\n",
        encoding="utf-8",
    )

    facts = read_facts(read_release(path)).facts

    (end,) = [fact for fact in facts if fact.statement.slot is Slot.END]
    assert {piece.language for piece in end.evidence} == {"sv", "en"}
