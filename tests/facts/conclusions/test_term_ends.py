"""The end of a project follows from its beginning and its duration, and from nothing less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from eugraph.facts.fact import Edtf, Reading, Slot, Status

ENDS = [
    # language, sentence, the inferred end, remark
    ("en", "The project ABCDE runs for 36 months from 1 September 2021.", date(2024, 8, 31), "days"),
    ("lv", "Projekts ABCDE norisinās 36 mēnešus, sākot no 2023. gada 1. oktobra.",
     date(2026, 9, 30), "in Latvian"),
    ("en", "The project ABCDE starts on 1 April 2024 and lasts two years.", date(2026, 3, 31),
     "years in words"),
    ("en", "The project ABCDE started in September 2021 and runs for 36 months.",
     Edtf("2021-09/2024?-08"), "to the month"),
    ("en", "The project ABCDE runs for 36 months.", None, "no beginning"),
    ("en", "The project ABCDE runs from 1 May 2021 to 30 April 2023, for 24 months.", None,
     "an end is told"),
    ("en", "The project ABCDE starts on 1 April 2024. The workshop runs for 6 months.", None,
     "an event"),
    ("en", "The project ABCDE starts on 1 April 2024. It lasts 24 months. It lasts 30 months.", None,
     "two durations"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "end", "remark"), ENDS)
def test_an_end_is_inferred_where_one_follows(
    reading_of: Callable[..., Reading],
    language: str,
    sentence: str,
    end: date | Edtf | None,
    remark: str,
) -> None:
    reading = reading_of([(language, sentence)])

    inferred = [f for f in reading.facts if f.inference == "end-from-duration"]
    assert [f.statement.value for f in inferred] == ([end] if end else []), remark
    for fact in inferred:
        assert fact.status is Status.INFERRED
        (premise,) = fact.premises
        assert premise in {f.statement for f in reading.facts}
        assert premise.slot in {Slot.START, Slot.STATED_DATE}
        assert fact.evidence
