"""The year of a term's end follows from the day of publication, and only if it is near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from eugraph.facts.fact import Edtf, Reading, ReleaseSubject, Slot, Status
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release

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


def test_a_label_in_one_version_hides_not_what_the_other_says(
    reading_of: Callable[..., Reading],
) -> None:
    lines = [
        ("lv", "Projekts ABCDE. Īstenošanas laiks: 01.11.2023. – 31.10.2025."),
        ("en", "The project ABCDE runs from 1 November 2023 to 30 October 2025."),
    ]

    reading = reading_of(lines)

    ends = {f.statement.value for f in reading.facts if f.statement.slot is Slot.END}
    assert ends == {date(2025, 10, 31), date(2025, 10, 30)}
    assert any(found.slot is Slot.END for found in reading.discrepancies)


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
