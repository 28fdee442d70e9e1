"""Amend facts as a person says: set a value, add a name, reject a reading.

Each step gives the draft of a reading changed, or says why it is not: the
target is gone, or it is so already. What a value that is set excludes is
rejected with it: the other values of a slot that has one, the other title in
the same language, the old value that is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.conclusions.settle import SINGLE, place_of
from eugraph.facts.corrections.addressed import OF_PART, Contents
from eugraph.facts.corrections.correction import Action, Corrected, Correction, Outcome
from eugraph.facts.corrections.given import as_value, year_in
from eugraph.facts.corrections.newcomers import organisation_called, place_called
from eugraph.facts.fact import (
    Attribution,
    Certainty,
    Event,
    Evidence,
    Fact,
    Id,
    Slot,
    Statement,
    Status,
    Subject,
    Text,
    Thing,
)
from eugraph.facts.gazetteer.known import Gazetteer

ACCEPTED = frozenset({Status.STATED, Status.INFERRED})
_PLACES = frozenset({Slot.PLACE, Slot.FROM_PLACE})


class Rejected(Struct, frozen=True):
    """A reading a person rejected, and the statement that replaces it, if any does."""

    fact: Fact
    by: Attribution
    instead: Statement | None = None


class Draft(Struct, frozen=True):
    """A reading while it is corrected."""

    contents: Contents
    gazetteer: Gazetteer
    rejected: tuple[Rejected, ...] = ()

    def of_facts(self, facts: Iterable[Fact]) -> Draft:
        """Return the draft with other facts."""
        return replace(self, contents=replace(self.contents, facts=tuple(facts)))


Step = Draft | Corrected
"""What applying a correction gives: the draft changed, or why it is not."""


def _set(draft: Draft, correction: Correction) -> Step:
    where = draft.contents.evidence(correction.quote or "", correction.language)
    if where is None:
        return stale(correction, f"its words “{correction.quote}” are not in the release")
    draft = _with_organisation(draft, correction, where)
    subject = _subject(draft.contents, correction)
    if subject is None or correction.slot is None or correction.value is None:
        return stale(correction, "its subject is not there, or several are: name one with `of`")
    if correction.slot not in _PLACES:
        language = correction.language or where.language
        value = as_value(correction.slot, correction.value, language)
        return _stating(draft, correction, Statement(subject, correction.slot, value), where)
    found = place_called(draft.contents, draft.gazetteer, correction, where)
    if found is None:
        return stale(correction, f"no one place is called “{correction.value}”; add `country`")
    draft = replace(draft, contents=replace(draft.contents, things=found[1]))
    return _stating(draft, correction, Statement(subject, correction.slot, found[0]), where)


def _alias(draft: Draft, correction: Correction) -> Step:
    where = draft.contents.evidence(correction.quote or "", correction.language)
    if where is None:
        return stale(correction, f"its words “{correction.quote}” are not in the release")
    named = draft.contents.named(correction.at)
    if len(named) != 1:
        return stale(correction, f"{len(named)} things here are called “{correction.at.of}”")
    name = str(correction.value)
    if draft.contents.answers(named[0], name):
        return Corrected(correction, Outcome.REDUNDANT, "it is called so already")
    value = Text(name, correction.language or where.language)
    return _stating(draft, correction, Statement(named[0], Slot.ALIAS, value), where)


def _with_organisation(draft: Draft, correction: Correction, where: Evidence) -> Draft:
    """Return the draft with the organisation whose part is set, if it was not read."""
    if correction.slot not in OF_PART:
        return draft
    found = organisation_called(draft.contents, draft.gazetteer, correction, where)
    return (
        draft
        if found is None
        else replace(draft, contents=replace(draft.contents, things=found[1]))
    )


def _subject(contents: Contents, correction: Correction) -> Subject | None:
    """Return the one thing whose value is set."""
    subjects = set(contents.subjects(correction))
    if correction.old is not None:
        asked = replace(correction, quote=None)
        before = {fact.statement.subject for fact in contents.facts_at(asked)}
        subjects = subjects & before or subjects
    return subjects.pop() if len(subjects) == 1 else None


def _stating(draft: Draft, correction: Correction, statement: Statement, where: Evidence) -> Step:
    """Add a statement in the place of all that it excludes."""
    known = next((f for f in draft.contents.facts if f.statement == statement), None)
    rivals = [
        f for f in draft.contents.facts if _excludes(draft.contents, correction, statement, f)
    ]
    if correction.old is not None and known is None and not rivals:
        return stale(correction, f"{correction.old} is not read there")
    day = statement.value if statement.slot in {Slot.START, Slot.END} else None
    possible = day is not None and not year_in(day, where.quote)  # type: ignore[arg-type]
    if possible and known is None:
        return stale(correction, f"the year of {day} is neither in its words nor a possible one")
    if known and _stands(known, possible=possible) and not rivals:
        return Corrected(correction, Outcome.REDUNDANT, "it is read so already")
    fact = _vouched(known, statement, where, correction.by, possible=possible)
    gone = {rival.statement for rival in rivals} | {statement}
    kept = [f for f in draft.contents.facts if f.statement not in gone]
    rejected = [r for r in draft.rejected if r.fact.statement != statement]
    rejected += [Rejected(rival, correction.by, statement) for rival in rivals]
    facts = sorted((*kept, fact), key=place_of)
    contents = Contents(draft.contents.release, _held_at(draft.contents, statement), tuple(facts))
    return replace(draft, contents=contents, rejected=tuple(rejected))


def _excludes(contents: Contents, correction: Correction, new: Statement, fact: Fact) -> bool:
    """Tell whether a fact that stands cannot stand beside the new statement."""
    old = fact.statement
    if (old.subject, old.slot) != (new.subject, new.slot) or old.value == new.value:
        return False
    if fact.status not in ACCEPTED:
        return False
    if correction.old is not None and contents.same(old.value, correction.old):
        return True
    both = old.value, new.value
    titles = new.slot in {Slot.TITLE, Slot.HEADLINE}
    if titles and isinstance(both[0], Text) and isinstance(both[1], Text):
        return both[0].language == both[1].language
    return new.slot in SINGLE


def _stands(known: Fact, *, possible: bool) -> bool:
    """Tell whether a fact is published as a person would have it."""
    if possible:
        return known.status in ACCEPTED and known.certainty is Certainty.CERTAIN
    return known.status is Status.STATED


def _vouched(
    known: Fact | None, statement: Statement, where: Evidence, by: Attribution, *, possible: bool
) -> Fact:
    if known is not None and possible:
        return replace(known, status=Status.INFERRED, certainty=Certainty.CERTAIN, by=by)
    pieces = {(e.start, e.end): e for e in (*(known.evidence if known else ()), where)}
    return Fact(statement, tuple(pieces[at] for at in sorted(pieces)), by=by)


def _held_at(contents: Contents, statement: Statement) -> tuple[Thing, ...]:
    """Return the things, an event at the place that is set."""
    if statement.slot is not Slot.PLACE or not isinstance(statement.value, Id):
        return contents.things
    place = statement.value
    return tuple(
        replace(thing, place=place)
        if isinstance(thing, Event) and thing.id == statement.subject
        else thing
        for thing in contents.things
    )


def _reject(draft: Draft, correction: Correction) -> Step:
    found = draft.contents.facts_at(correction)
    wrong = [fact for fact in found if fact.status in ACCEPTED]
    if not wrong:
        if found:
            return Corrected(correction, Outcome.REDUNDANT, "it is not published as a fact")
        return stale(correction, "it is not read there")
    rejected = tuple(Rejected(fact, correction.by) for fact in wrong)
    gone = {fact.statement for fact in wrong}
    kept = [f for f in draft.contents.facts if f.statement not in gone and not _of_same(f, wrong)]
    return replace(draft.of_facts(kept), rejected=draft.rejected + rejected)


def _of_same(fact: Fact, wrong: Sequence[Fact]) -> bool:
    """Tell whether a day was read from nothing but the words of a date that is rejected."""
    return fact.statement.slot in {Slot.START, Slot.END} and any(
        each.statement.slot is Slot.STATED_DATE
        and each.statement.subject == fact.statement.subject
        and set(fact.evidence) <= set(each.evidence)
        for each in wrong
    )


def stale(correction: Correction, reason: str) -> Corrected:
    """Return that the target of a correction is gone, and which."""
    return Corrected(correction, Outcome.STALE, reason)


STEPS: Mapping[Action, Callable[[Draft, Correction], Step]] = {
    Action.SET: _set,
    Action.ALIAS: _alias,
    Action.REJECT: _reject,
}
"""What changes facts; the rest is decided when all facts are known."""
