"""Infer the years of events that no version of a release dates whole.

What limits a year is gathered here: the term of the project, the day of
publication, the other events of the same project and those told before.
`years` decides by it (rules Y0 to Y8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from eugraph.facts.conclusions.stated import Stated
from eugraph.facts.conclusions.years import Circumstances, UndatedEvent, Years, ends_in, infer_years
from eugraph.facts.edtf import edtf_bounds
from eugraph.facts.events.groups import EventGroup
from eugraph.facts.fact import (
    Certainty,
    Concept,
    Edtf,
    Evidence,
    Fact,
    Id,
    ReleaseSubject,
    Slot,
    Statement,
    Status,
)
from eugraph.facts.language.dates import DateMention
from eugraph.facts.statements.events import event_id
from eugraph.facts.statements.find import Findings

PLANNED = Concept("event-status", "reported-planned")
_MONTH, _DAY = 7, 10


def infer_event_years(findings: Findings, stated: Stated) -> Iterator[Fact]:
    """Yield the days of each event without a year: in the year chosen, and as candidates."""
    events = findings.survey.events
    for number, group in enumerate(events):
        mention, date_fact = _undated(stated, number, group)
        if mention is None or date_fact is None:
            continue
        undated = UndatedEvent(
            mention, is_planned(stated, number), _is_first(stated, number), _is_last(group)
        )
        known, grounds = _circumstances(findings, stated, number)
        found = infer_years(undated, known)
        if found is None:
            continue
        status = stated.one(event_id(number), Slot.EVENT_STATUS)
        premises = [date_fact.statement, *([status.statement] if status else [])]
        for ground in dict.fromkeys(found.grounds):
            premises += grounds.get(ground, ())
        yield from _in_years(event_id(number), mention, found, date_fact.evidence, premises)


def _undated(
    stated: Stated, number: int, group: EventGroup
) -> tuple[DateMention | None, Fact | None]:
    """Return the date of an event that no version gives a year."""
    date_fact = stated.one(event_id(number), Slot.STATED_DATE)
    mention = next(
        (
            r.date
            for r in group.ordered
            if r.date and date_fact and date_fact.statement.value == Edtf(r.date.edtf())
        ),
        None,
    )
    if mention is None or mention.dated:
        return None, None
    return mention, date_fact


def _in_years(
    event: Id,
    mention: DateMention,
    found: Years,
    where: tuple[Evidence, ...],
    premises: Sequence[Statement],
) -> Iterator[Fact]:
    """Yield the days in the year chosen, and as candidates in the others."""
    for rank, year in enumerate(found.years):
        chosen = rank == 0 and found.certainty is not None
        status = Status.INFERRED if chosen else Status.CANDIDATE
        certainty = found.certainty if chosen and found.certainty else Certainty.POSSIBLE
        begin, finish = ends_in(mention, year)
        if begin.day is None:
            months = replace(mention, begin=begin, finish=mention.finish and finish).edtf()
            text = months if certainty is Certainty.CERTAIN else _doubted(months)
            statement = Statement(event, Slot.NORMALISED_DATE, Edtf(text))
            yield Fact(
                statement, where, status, certainty, found.rule, tuple(dict.fromkeys(premises))
            )
        for slot, point in ((Slot.START, begin), (Slot.END, finish)):
            day = point.first() if point.day else None
            if day is not None:
                statement = Statement(event, slot, day)
                yield Fact(
                    statement, where, status, certainty, found.rule, tuple(dict.fromkeys(premises))
                )


def _doubted(edtf: str) -> str:
    """Return a date with EDTF's `?` behind its years: `2018?-10`."""
    return "/".join(f"{end[:4]}?{end[4:]}" for end in edtf.split("/"))


def _is_first(stated: Stated, number: int) -> bool:
    return bool(_signs_of_first(stated, number))


def _signs_of_first(stated: Stated, number: int) -> list[Statement]:
    event = event_id(number)
    ordinals = [f.statement for f in stated.all(event, Slot.ORDINAL) if f.statement.value == 1]
    kinds = [
        f.statement
        for f in stated.all(event, Slot.EVENT_TYPE)
        if f.statement.value == Concept("event-type", "kick-off-meeting")
    ]
    return (ordinals or kinds)[:1]


def is_planned(stated: Stated, number: int) -> bool:
    """Return whether an event was still to come when it was told of."""
    status = stated.one(event_id(number), Slot.EVENT_STATUS)
    return status is not None and status.statement.value == PLANNED


def _is_last(group: EventGroup) -> bool:
    return any(r.noun.value == "closing-event" for r in group.readings)


def _circumstances(
    findings: Findings, stated: Stated, number: int
) -> tuple[Circumstances, dict[str, list[Statement]]]:
    """Return what limits the year of an event, and the statements behind each ground."""
    group = findings.survey.events[number]
    project = group.lead.project
    term, term_statements = project_term(stated, Id(f"project-{(project or 0) + 1}"))
    grounds: dict[str, list[Statement]] = {
        "term": term_statements,
        "first": _signs_of_first(stated, number),
    }
    held: list[date] = []
    planned: list[date] = []
    story: date | None = None
    for other, others in enumerate(findings.survey.events):
        mention = others.lead.date
        day = mention.begin.first() if mention else None
        if other == number or day is None or not stated.all(event_id(other), Slot.STATED_DATE):
            continue
        to_come = is_planned(stated, other)
        behind = [
            fact.statement
            for slot in (Slot.STATED_DATE, Slot.EVENT_STATUS)
            if (fact := stated.one(event_id(other), slot)) is not None
        ]
        if others.lead.project == project:
            (planned if to_come else held).append(day)
            grounds.setdefault("planned" if to_come else "held", []).extend(behind)
        if not to_come and _stands_before(others, group):
            story = day
            grounds["story"] = behind[:1]
    published = published_days(findings, stated)
    issued = stated.one(ReleaseSubject(), Slot.ISSUED)
    if issued is not None and not findings.release.metadata.published:
        grounds["published"] = [issued.statement]
    return Circumstances(term, published, tuple(held), tuple(planned), story), grounds


def _stands_before(other: EventGroup, group: EventGroup) -> bool:
    return (other.lead.passage, other.lead.sentence) < (group.lead.passage, group.lead.sentence)


def project_term(
    stated: Stated, project: Id
) -> tuple[tuple[date, date | None] | None, list[Statement]]:
    """Return the days a project runs from and to, and the statements that say so."""
    start, end = stated.one(project, Slot.START), stated.one(project, Slot.END)
    if start is not None and isinstance(start.statement.value, date):
        last = end.statement.value if end is not None else None
        both = [fact.statement for fact in (start, end) if fact is not None]
        return (start.statement.value, last if isinstance(last, date) else None), both
    months = stated.one(project, Slot.STATED_DATE)
    if months is not None and isinstance(months.statement.value, Edtf):
        first, _, last_month = months.statement.value.text.partition("/")
        least = min(len(first), len(last_month))
        if least >= _MONTH and "X" not in first + last_month:
            begins, ends = edtf_bounds(f"{first}/{last_month}")
            return ((begins, ends) if begins else None), [months.statement]
    return None, []


def published_days(findings: Findings, stated: Stated) -> tuple[date, date] | None:
    """Return the days a release was published between: told besides, or by its text."""
    given = findings.release.metadata.published
    if given and len(given) == _MONTH:
        first = date.fromisoformat(f"{given}-01")
        return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)
    if given and len(given) >= _DAY:
        day = date.fromisoformat(given[:_DAY])
        return day, day
    issued = stated.one(ReleaseSubject(), Slot.ISSUED)
    if issued is not None and isinstance(issued.statement.value, Edtf):
        earliest, latest = edtf_bounds(issued.statement.value.text)
        return (earliest, latest) if earliest and latest else None
    return None
