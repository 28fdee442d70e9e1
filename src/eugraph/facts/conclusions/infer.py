"""Infer what follows from what is stated: years, countries, hosts, editions, the date of issue.

Every inferred fact names its rule (a concept of the scheme `inference-rule`)
and its premises, each a statement of the same reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.conclusions.term_ends import infer_ends
from eugraph.facts.conclusions.years import Circumstances, UndatedEvent, Years, ends_in, infer_years
from eugraph.facts.edtf import edtf_bounds
from eugraph.facts.events.groups import EventGroup
from eugraph.facts.events.readings import EventReading
from eugraph.facts.fact import (
    Certainty,
    Concept,
    Country,
    Edtf,
    Evidence,
    Fact,
    Id,
    Organisation,
    Participation,
    Project,
    ReleaseSubject,
    Scheme,
    Slot,
    Statement,
    Status,
    Subject,
)
from eugraph.facts.gazetteer.known import KnownScheme
from eugraph.facts.language.dates import DateMention, Relation
from eugraph.facts.statements.events import event_id
from eugraph.facts.statements.find import Findings
from eugraph.facts.statements.projects import project_id

LEAD = Concept("role", "lead-partner")
PARTNER = Concept("role", "partner")
PLANNED = Concept("event-status", "reported-planned")
_ACCEPTED = frozenset({Status.STATED, Status.INFERRED})
_MONTH, _DAY = 7, 10


class Stated(Struct, frozen=True):
    """The accepted facts so far, by subject and slot."""

    facts: Mapping[tuple[Subject, Slot], Sequence[Fact]]
    parts: Mapping[Id, Sequence[Fact]]
    """The roles in each project and event."""

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> Stated:
        """Return an index of the facts that are stated or inferred."""
        index: dict[tuple[Subject, Slot], list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.status in _ACCEPTED:
                index[fact.statement.subject, fact.statement.slot].append(fact)
        parts: dict[Id, list[Fact]] = defaultdict(list)
        for (subject, slot), known in index.items():
            if slot is Slot.ROLE and isinstance(subject, Participation):
                parts[subject.context] += known
        return cls(dict(index), parts)

    def all(self, subject: Subject, slot: Slot) -> Sequence[Fact]:
        """Return the facts of a slot of a subject."""
        return self.facts.get((subject, slot), ())

    def one(self, subject: Subject, slot: Slot) -> Fact | None:
        """Return the first of them."""
        found = self.all(subject, slot)
        return found[0] if found else None

    def roles(self, context: Id, role: Concept) -> tuple[Fact, ...]:
        """Return the facts that give an organisation this role in `context`."""
        known = self.parts.get(context, ())
        return tuple(fact for fact in known if fact.statement.value == role)


def infer(findings: Findings, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return what follows from `facts`, all of one reading."""
    stated = Stated.of(facts)
    years = list(_years(findings, stated))
    known = Stated.of([*facts, *years]) if years else stated
    return (
        *years,
        *_ends(findings, stated),
        *_countries(findings, stated),
        *_hosts(findings, stated),
        *_editions(findings, stated),
        *_issued(findings, known),
    )


# years


def _years(findings: Findings, stated: Stated) -> Iterator[Fact]:
    events = findings.survey.events
    for number, group in enumerate(events):
        mention, date_fact = _undated(stated, number, group)
        if mention is None or date_fact is None:
            continue
        undated = UndatedEvent(
            mention, _is_planned(stated, number), _is_first(stated, number), _is_last(group)
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


def _is_planned(stated: Stated, number: int) -> bool:
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
        to_come = _is_planned(stated, other)
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
    published = _published(findings)
    issued = stated.one(ReleaseSubject(), Slot.ISSUED)
    if published is None and issued is not None and isinstance(issued.statement.value, Edtf):
        first, last = edtf_bounds(issued.statement.value.text)
        published = (first, last) if first and last else None
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


def _published(findings: Findings) -> tuple[date, date] | None:
    given = findings.release.metadata.published
    if not given:
        return None
    if len(given) == _MONTH:
        first = date.fromisoformat(f"{given}-01")
        return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)
    if len(given) >= _DAY:
        day = date.fromisoformat(given[:_DAY])
        return day, day
    return None


def _ends(findings: Findings, stated: Stated) -> Iterator[Fact]:
    """Yield the end of every project whose beginning and duration are told."""
    slots = (Slot.START, Slot.END, Slot.STATED_DATE)
    for project in findings.survey.scopes.projects:
        known = {slot: stated.one(project_id(project.number), slot) for slot in slots}
        told = {slot: fact for slot, fact in known.items() if fact is not None}
        if told:
            yield from infer_ends(findings, project.number, told)


# countries, hosts, editions


def _countries(findings: Findings, stated: Stated) -> Iterator[Fact]:
    """Yield the lead's country if the list without it is one short of the count."""
    for project in (t.id for t in findings.things if isinstance(t, Project)):
        count = stated.one(project, Slot.COUNTRY_COUNT)
        leads = stated.roles(project, LEAD)
        if count is None or not leads:
            continue
        subject = leads[0].statement.subject
        organisation = subject.organisation if isinstance(subject, Participation) else project
        country = stated.one(organisation, Slot.ORGANISATION_COUNTRY)
        listed = {fact.statement.value for fact in stated.all(project, Slot.INVOLVES_COUNTRY)}
        if country is None or country.statement.value in listed or not listed:
            continue
        if len(listed) + 1 == count.statement.value and isinstance(
            country.statement.value, Country
        ):
            statement = Statement(project, Slot.INVOLVES_COUNTRY, country.statement.value)
            premises = (count.statement, leads[0].statement, country.statement)
            yield Fact(
                statement,
                (),
                Status.INFERRED,
                Certainty.CERTAIN,
                "lead-country-is-involved",
                premises,
            )


def _hosts(findings: Findings, stated: Stated) -> Iterator[Fact]:
    """Yield the municipality of the place as host, if it has a part in the project."""
    owners = [
        t
        for t in findings.things
        if isinstance(t, Organisation) and t.place and t.kind == "municipality"
    ]
    for number, group in enumerate(findings.survey.events):
        event = event_id(number)
        place = stated.one(event, Slot.PLACE)
        if place is None or group.lead.project is None:
            continue
        project = Id(f"project-{group.lead.project + 1}")
        for owner in owners:
            role = stated.one(Participation(owner.id, project), Slot.ROLE)
            if owner.place == place.statement.value and role is not None:
                statement = Statement(
                    Participation(owner.id, event), Slot.ROLE, Concept("role", "host")
                )
                yield Fact(
                    statement, place.evidence, Status.INFERRED, Certainty.PROBABLE,
                    "place-owner-is-host", (place.statement, role.statement),
                )  # fmt: skip


def _editions(findings: Findings, stated: Stated) -> Iterator[Fact]:
    """Yield the edition of the programme in whose period the project starts."""
    schemes = findings.survey.document.knowledge.gazetteer.schemes
    for project in (t.id for t in findings.things if isinstance(t, Project)):
        term, behind = project_term(stated, project)
        if term is None:
            continue
        funding = stated.all(project, Slot.FUNDED_UNDER)
        named = {f.statement.value.key for f in funding if isinstance(f.statement.value, Scheme)}
        for fact in funding:
            value = fact.statement.value
            edition = _edition(schemes, value.key, term[0]) if isinstance(value, Scheme) else None
            if edition is not None and edition.key not in named:
                statement = Statement(project, Slot.FUNDED_UNDER, Scheme(edition.key))
                premises = (fact.statement, *behind)
                yield Fact(
                    statement,
                    (),
                    Status.INFERRED,
                    Certainty.CERTAIN,
                    "edition-from-project-term",
                    premises,
                )


def _edition(schemes: Mapping[str, KnownScheme], programme: str, day: date) -> KnownScheme | None:
    for scheme in schemes.values():
        period = scheme.first and scheme.last and scheme.first <= day <= scheme.last
        if scheme.level == "edition" and scheme.parent == programme and period:
            return scheme
    return None


# the date of issue


def _issued(findings: Findings, known: Stated) -> Iterator[Fact]:
    """Yield the span of issue: “this year” puts the release into the year of the event."""
    if findings.release.metadata.published or known.one(ReleaseSubject(), Slot.ISSUED):
        return
    for number, group in enumerate(findings.survey.events):
        marked_this = [r for r in group.readings if r.date and r.date.relation is Relation.THIS]
        start, end = (known.one(event_id(number), slot) for slot in (Slot.START, Slot.END))
        if not marked_this or start is None or end is None:
            continue
        first, last = start.statement.value, end.statement.value
        if not (isinstance(first, date) and isinstance(last, date)):
            continue
        to_come = _is_planned(known, number)
        span = (date(first.year, 1, 1), first) if to_come else (last, date(last.year, 12, 31))
        edtf = Edtf(f"[{span[0]}..{span[1]}]")
        where = tuple(e for e in start.evidence if _of_readings(findings, marked_this, e))
        yield Fact(
            Statement(ReleaseSubject(), Slot.ISSUED, edtf), where, Status.INFERRED,
            start.certainty, "issued-in-event-year", (start.statement,),
        )  # fmt: skip
        return


def _of_readings(findings: Findings, readings: Sequence[EventReading], piece: Evidence) -> bool:
    passages = findings.survey.document.passages
    return any(
        passages[r.passage].passage.start + r.date.start == piece.start for r in readings if r.date
    )
