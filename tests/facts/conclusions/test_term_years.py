"""The year of a term's end follows from the day of publication, and only if it is near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from eugraph.facts.fact import Edtf, Reading, ReleaseSubject, Slot, Status

YEARS = [
    # language, sentence, published, what is inferred, remark
    ("en", "The project ABCDE started on 1 September.", "2023-10-02", [date(2023, 9, 1)], "past"),
    ("lv", "Projekts ABCDE sākās 1. septembrī.", "2023-10-02", [date(2023, 9, 1)], "in Latvian"),
    ("en", "The project ABCDE will start on 1 November.", "2023-03-10", [date(2023, 11, 1)],
     "to come"),
    ("en", "The project ABCDE starts on 1 November.", "2023-10-10", [date(2023, 11, 1)], "soon"),
    ("en", "The project ABCDE starts on 1 November.", "2023-05-10", [], "neither is near"),
    ("es", "El proyecto ABCDE terminará el 30 de junio.", "2023-10-02", [date(2024, 6, 30)],
     "its end is to come"),
    ("en", "The project ABCDE started in September.", "2023-10-02", [Edtf("2023?-09/..")],
     "to the month"),
    ("en", "The project ABCDE started on 1 September.", None, [], "nobody knows when it was told"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence", "published", "inferred"),
    [pytest.param(*case[:-1], id=str(case[-1])) for case in YEARS],
)
def test_a_year_is_inferred_from_the_publication_if_it_is_near(
    reading_of: Callable[..., Reading],
    language: str,
    sentence: str,
    published: str | None,
    inferred: list[date | Edtf],
) -> None:
    reading = reading_of([(language, sentence)], published=published)

    found = [f for f in reading.facts if f.inference == "year-from-publication-date"]
    assert [f.statement.value for f in found] == inferred
    stated = [f.statement for f in reading.facts if f.statement.slot is Slot.STATED_DATE]
    for fact in found:
        assert fact.status is Status.INFERRED
        assert fact.premises == tuple(stated)
        assert fact.evidence


def test_two_sentences_tell_one_term(reading_of: Callable[..., Reading]) -> None:
    text = "The project ABCDE will continue until August 2024. It started in March 2022."

    reading = reading_of([("en", text)])

    terms = [f for f in reading.facts if f.statement.slot is Slot.STATED_DATE]
    assert [f.statement.value for f in terms] == [Edtf("2022-03/2024-08")]
    assert [piece.quote for piece in terms[0].evidence] == [
        "will continue until August 2024.", "started in March 2022.",
    ]  # fmt: skip


def test_the_day_that_a_text_gives_for_its_writing_is_a_premise(
    reading_of: Callable[..., Reading],
) -> None:
    text = "Riga, 2 October 2023 – The project ABCDE started on 1 September."

    reading = reading_of([("en", text)])

    (fact,) = [f for f in reading.facts if f.inference == "year-from-publication-date"]
    assert fact.statement.value == date(2023, 9, 1)
    assert {(s.subject, s.slot) for s in fact.premises} >= {(ReleaseSubject(), Slot.ISSUED)}
