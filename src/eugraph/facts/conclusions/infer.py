"""Infer what follows from what is stated: years, countries, hosts, editions, the date of issue.

Every inferred fact names its rule (a concept of the scheme `inference-rule`)
and its premises, each a statement of the same reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from eugraph.facts.conclusions.event_years import (
    infer_event_years,
    is_planned,
    project_term,
    published_days,
)
from eugraph.facts.conclusions.stated import LEAD, Stated
from eugraph.facts.conclusions.term_ends import infer_ends
from eugraph.facts.conclusions.term_years import infer_term_years
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
)
from eugraph.facts.gazetteer.known import KnownScheme
from eugraph.facts.language.dates import Relation
from eugraph.facts.statements.events import event_id
from eugraph.facts.statements.find import Findings
from eugraph.facts.statements.projects import project_id


def infer(findings: Findings, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return what follows from `facts`, all of one reading."""
    stated = Stated.of(facts)
    terms = list(infer_term_years(findings, stated, published_days(findings, stated)))
    stated = Stated.of([*facts, *terms]) if terms else stated
    years = list(infer_event_years(findings, stated))
    known = Stated.of([*facts, *terms, *years]) if years else stated
    return (
        *terms,
        *years,
        *_ends(findings, stated),
        *_countries(findings, stated),
        *_hosts(findings, stated),
        *_editions(findings, stated),
        *_issued(findings, known),
    )


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
        to_come = is_planned(known, number)
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
