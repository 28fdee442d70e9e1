"""The day on which a text says it was written is no event's, and tells the year of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from eugraph.facts.fact import Edtf, Fact, Reading, ReleaseSubject, Slot, Status

PROJECT = ("en", "The partners of the project ABCDE met in Riga on 10 and 11 October.")

WRITTEN = [
    ([("en", "Posted on 14 October 2023 by the editors."), PROJECT], "2023-10-14", "labelled"),
    ([("en", "Riga, 11 October 2023 – The project ABCDE goes on."), PROJECT], "2023-10-11",
     "a dateline"),
    ([("en", "News of the town"), PROJECT, ("en", "13.10.2023.")], "2023-10-13", "a signature"),
    ([("en", "The house was published in a book on 14 October 1923 and in many more papers "
       "of the town."), PROJECT], None, "a sentence is no label"),
    ([PROJECT], None, "nothing said"),
]  # fmt: skip


def of(reading: Reading, slot: Slot) -> list[Fact]:
    facts = (f for f in reading.facts if f.statement.slot is slot)
    return [f for f in facts if f.status is not Status.CANDIDATE]


@pytest.mark.parametrize(("lines", "day", "remark"), WRITTEN)
def test_the_day_of_issue_is_read_where_the_text_gives_it(
    reading_of: Callable[..., Reading], lines: list[tuple[str, str]], day: str | None, remark: str
) -> None:
    issued = [f.statement.value for f in of(reading_of(lines), Slot.ISSUED)]
    assert issued == ([Edtf(day)] if day else []), remark


def test_it_is_the_premise_of_the_year_of_an_event(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of([("en", "Posted on 14 October 2023."), PROJECT])
    (start,) = of(reading, Slot.START)
    assert start.statement.value == date(2023, 10, 10)
    assert start.inference == "year-from-publication-date"
    assert (ReleaseSubject(), Slot.ISSUED) in [(p.subject, p.slot) for p in start.premises]


def test_what_is_told_beside_the_text_goes_before_it(reading_of: Callable[..., Reading]) -> None:
    reading = reading_of([("en", "Posted on 14 October 2023."), PROJECT], "2022-10-20")
    (start,) = of(reading, Slot.START)
    assert start.statement.value == date(2022, 10, 10)
    assert not of(reading, Slot.ISSUED)
