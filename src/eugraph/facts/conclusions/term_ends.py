"""Ends of terms: when a project ends of which is told when it began and how long it runs."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from eugraph.facts.fact import Certainty, Edtf, Evidence, Fact, Slot, Statement, Status
from eugraph.facts.mentions.document import evidence
from eugraph.facts.projects.duration import find_durations
from eugraph.facts.statements.find import Findings
from eugraph.facts.statements.projects import project_id

RULE = "end-from-duration"
_MONTH = 7


def infer_ends(findings: Findings, project: int, told: dict[Slot, Fact]) -> Iterator[Fact]:
    """Yield the end of a project of which `told` gives the beginning, and no end.

    One duration is told of it, whatever the language. A beginning to the month gives an end
    to the month.
    """
    durations = dict(_durations(findings, project))
    start, stated = told.get(Slot.START), told.get(Slot.STATED_DATE)
    if len(durations) != 1 or Slot.END in told or _says_end(stated):
        return
    ((months, where),) = durations.items()
    if start is not None and isinstance(start.statement.value, date):
        last = _later(start.statement.value, months) - timedelta(days=1)
        yield _inferred(Statement(project_id(project), Slot.END, last), where, start)
    elif stated is not None and isinstance(stated.statement.value, Edtf):
        begins, _, ends = stated.statement.value.text.partition("/")
        if ends == ".." and len(begins) == _MONTH and begins.replace("-", "").isdigit():
            year, month = map(int, begins.split("-"))
            if month <= 12:  # noqa: PLR2004 (no season)
                last = _later(date(year, month, 1), months - 1)
                text = f"{begins}/{last.year:04}?-{last.month:02}"
                slot = Slot.NORMALISED_DATE
                yield _inferred(Statement(project_id(project), slot, Edtf(text)), where, stated)


def _says_end(stated: Fact | None) -> bool:
    """Return whether a date as stated has an end, a month or a year."""
    value = stated.statement.value if stated is not None else None
    return isinstance(value, Edtf) and not value.text.endswith("/..") and "/" in value.text


def _durations(findings: Findings, project: int) -> Iterator[tuple[int, Evidence]]:
    survey = findings.survey
    for marked, sentence in survey.document.sentences():
        if survey.scopes.about[marked.number, sentence.index] == project:
            for found in find_durations(marked, sentence):
                yield found.months, evidence(marked, found.first, found.last, "duration-of-project")


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of a month that lacks it."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _inferred(statement: Statement, where: Evidence, start: Fact) -> Fact:
    return Fact(statement, (where,), Status.INFERRED, Certainty.PROBABLE, RULE, (start.statement,))
