"""Years of terms: in which year a project begins or ends whose day is told without one.

A day told to come is the first such day from the publication on. Any other is the last one
before it, if that is not long ago, or the next one, if that is soon: so is “it starts on
1 November” read, which says neither. What is farther away is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eugraph.facts.conclusions.stated import Stated
from eugraph.facts.fact import (
    Certainty,
    Edtf,
    Fact,
    ReleaseSubject,
    Slot,
    Statement,
    Status,
)
from eugraph.facts.language.dates import Point
from eugraph.facts.projects.term import find_term
from eugraph.facts.statements.find import Findings
from eugraph.facts.statements.projects import project_id

RULE = "year-from-publication-date"
_AGO, _SOON, _YEAR = 183, 92, 366
_UNKNOWN = "XXXX"
_MONTH = len("2023-10")


def infer_term_years(
    findings: Findings, stated: Stated, published: tuple[date, date] | None
) -> Iterator[Fact]:
    """Yield the ends of terms that are told without a year, in the year of the publication."""
    for project in findings.survey.scopes.projects if published else ():
        told = stated.one(project_id(project.number), Slot.STATED_DATE)
        if told is None or not isinstance(told.statement.value, Edtf):
            continue
        begins, _, ends = told.statement.value.text.partition("/")
        if published is not None and _UNKNOWN in begins + ends:
            yield from _in_year(findings, stated, project.number, told, published)


def _in_year(
    findings: Findings, stated: Stated, number: int, told: Fact, published: tuple[date, date]
) -> Iterator[Fact]:
    begins, _, ends = str(getattr(told.statement.value, "text", "")).partition("/")
    planned = _planned(findings, number)
    known = []
    for slot, text in ((Slot.START, begins), (Slot.END, ends)):
        if not text.startswith(_UNKNOWN) or stated.one(told.statement.subject, slot):
            known.append(text)
            continue
        month, _, day = text[len(_UNKNOWN) + 1 :].partition("-")
        point = Point(None, int(month), int(day) if day else None)
        year = _year(point, published, planned=text in planned)
        if year is None:
            return
        known.append(f"{year:04}?{text[len(_UNKNOWN) :]}")
        found = point.in_year(year).first() if day else None
        if found is not None:
            yield _inferred(Statement(told.statement.subject, slot, found), told, stated)
    if known != [begins, ends] and any(len(text.replace("?", "")) == _MONTH for text in known):
        months = Statement(told.statement.subject, Slot.NORMALISED_DATE, Edtf("/".join(known)))
        yield _inferred(months, told, stated)


def _planned(findings: Findings, number: int) -> set[str]:
    """Return the dates, in EDTF, that a sentence tells as still to come."""
    survey = findings.survey
    return {
        point.edtf()
        for marked, sentence in survey.document.sentences()
        if survey.scopes.about[marked.number, sentence.index] == number
        for reading in find_term(marked, sentence)
        for point in (reading.begin, reading.finish)
        if point is not None and reading.planned
    }


def _year(point: Point, published: tuple[date, date], *, planned: bool) -> int | None:
    """Return the year that a day without one is in, None if nothing is near."""
    earliest, latest = published
    years = [y for y in (latest.year - 1, latest.year, latest.year + 1) if point.in_year(y).real]
    days = [day for y in years if (day := point.in_year(y).first()) is not None]
    ago = max((day for day in days if day <= latest), default=None)
    ahead = min((day for day in days if day >= earliest), default=None)
    if ahead is not None and planned and (ahead - earliest).days <= _YEAR:
        return ahead.year
    if ago is not None and not planned and (latest - ago).days <= _AGO:
        return ago.year
    soon = ahead is not None and (ahead - earliest).days <= _SOON
    return ahead.year if ahead is not None and soon else None


def _inferred(statement: Statement, told: Fact, stated: Stated) -> Fact:
    issued = stated.one(ReleaseSubject(), Slot.ISSUED)
    premises = (told.statement, *((issued.statement,) if issued else ()))
    return Fact(statement, told.evidence, Status.INFERRED, Certainty.PROBABLE, RULE, premises)
