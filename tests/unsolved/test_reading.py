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
