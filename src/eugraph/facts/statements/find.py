"""Find what a release states: every fact once for each place of the text that states it.

Rules neither see nor correct one another: two passages that disagree yield two
facts, each with its own evidence, and `eugraph.facts.reconcile` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from eugraph.errors import ReleaseError
from eugraph.facts.collection import seldom_collected
from eugraph.facts.events.datelines import day_of_issue
from eugraph.facts.fact import (
    Edtf,
    Event,
    Fact,
    Id,
    Organisation,
    Participation,
    Project,
    ReleaseSubject,
    Scheme,
    Slot,
    Statement,
    Subject,
    Text,
    Thing,
)
from eugraph.facts.gazetteer.knowledge import Knowledge, load_knowledge
from eugraph.facts.mentions.document import evidence, read_document
from eugraph.facts.mentions.titles import scheme_named
from eugraph.facts.statements.events import event_things, state_events, state_parts
from eugraph.facts.statements.organisations import state_organisations, state_roles
from eugraph.facts.statements.projects import project_id, state_projects
from eugraph.facts.statements.survey import Survey, survey
from eugraph.releases.release import Release

MOST_FACTS = 1_000
"""Facts that a release may state. Real ones state some dozens; a page with more is a list or an
attack, and the gate, which looks at each of them with what it touches, would take minutes."""

_NO_ACCIDENT = 5
"""From how many words on a title that is the name of a funding scheme is so by no accident."""


_NAMING_SCHEMES = (Slot.FUNDED_UNDER, Slot.TITLE)


class Findings(Struct, frozen=True):
    """What was found in a release: the things, and one fact for each place that states it."""

    survey: Survey
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    scheme_titles: Mapping[Statement, str]
    """The titles that are the name of a funding scheme, with its key."""

    @property
    def release(self) -> Release:
        """The release that was read."""
        return self.survey.document.release


@seldom_collected()
def find_facts(release: Release, knowledge: Knowledge | None = None) -> Findings:
    """Return all that `release` states, in the order of the text; nothing is inferred yet.

    Raises `ReleaseError` if that is more than `MOST_FACTS`.
    """
    surveyed = survey(read_document(release, knowledge or load_knowledge()))
    facts = [
        *state_projects(surveyed),
        *state_roles(surveyed),
        *state_events(surveyed),
        *state_parts(surveyed),
        *_state_issue(surveyed),
    ]
    organisations = {part.organisation for part in _participations(facts)}
    owners = {t.place for t in event_things(surveyed)} - {None}
    organisations |= {o.id for o in surveyed.entities.organisations if o.place in owners}
    facts += state_organisations(surveyed, organisations)
    _refuse_too_many(release, facts)
    facts.sort(key=lambda fact: (fact.evidence[0].start, fact.evidence[0].end))
    named_like = _scheme_titles(surveyed, facts)
    return Findings(surveyed, _things(surveyed, facts), tuple(facts), named_like)


def _state_issue(surveyed: Survey) -> Iterator[Fact]:
    """Yield the day on which the text says it was written, if nobody told it besides."""
    found = day_of_issue(surveyed.document)
    if found is None or surveyed.document.release.metadata.published:
        return
    marked, mention = found
    words = evidence(marked, mention.first_word, mention.last_word, "day-in-dateline")
    issued = Statement(ReleaseSubject(), Slot.ISSUED, Edtf(mention.edtf()))
    yield Fact(issued, (words,))


def _refuse_too_many(release: Release, facts: Sequence[Fact]) -> None:
    if len(facts) <= MOST_FACTS:
        return
    number = len({fact.statement for fact in facts})
    if number > MOST_FACTS:
        reason = f"states {number:,} facts; a release may state {MOST_FACTS:,}: split it"
        raise ReleaseError(release.name, reason)


def _scheme_titles(surveyed: Survey, facts: Iterable[Fact]) -> dict[Statement, str]:
    """Return the titles that are the name of a part of the programme which funds the project.

    Where none is named, only a name that is too long for an accident is one.
    """
    knowledge = surveyed.document.knowledge
    stated = dict.fromkeys(f.statement for f in facts if f.statement.slot in _NAMING_SCHEMES)
    funding: dict[Subject, set[str]] = {}
    for each in stated:
        if each.slot is Slot.FUNDED_UNDER and isinstance(each.value, Scheme):
            programme = knowledge.gazetteer.programme(each.value.key).key
            funding.setdefault(each.subject, set()).add(programme)
    found = {}
    for each in stated:
        title, programmes = each.value, funding.get(each.subject)
        if each.slot is not Slot.TITLE or not isinstance(title, Text):
            continue
        if programmes is None and len(title.text.split()) < _NO_ACCIDENT:
            continue
        if key := scheme_named(title.text, title.language, knowledge, programmes):
            found[each] = key
    return found


def _participations(facts: Iterable[Fact]) -> list[Participation]:
    return [s for f in facts if isinstance(s := f.statement.subject, Participation)]


def _things(surveyed: Survey, facts: Iterable[Fact]) -> tuple[Thing, ...]:
    """Return the things that facts speak of, and the places they belong to."""
    used: set[Id] = set()
    for fact in facts:
        subject, value = fact.statement.subject, fact.statement.value
        if isinstance(subject, Id):
            used.add(subject)
        elif isinstance(subject, Participation):
            used |= {subject.organisation, subject.context}
        if isinstance(value, Id):
            used.add(value)
    things: list[Thing] = [Project(project_id(p.number)) for p in surveyed.scopes.projects]
    things += event_things(surveyed)
    things += [o for o in surveyed.entities.organisations if o.id in used]
    used |= {t.place for t in things if isinstance(t, Event | Organisation) and t.place}
    return (*things, *(p for p in surveyed.entities.places if p.id in used))
