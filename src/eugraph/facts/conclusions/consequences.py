"""What goes when a reading is rejected: all that rested on it alone.

A project that the release is not about and an event that belongs to nothing
are no project and no event: whatever was said of them goes, their parts too. An
organisation that has no part in anything any more is not spoken of. An
inference whose premise is gone is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from eugraph.facts.fact import (
    Event,
    Fact,
    Id,
    Organisation,
    Participation,
    Slot,
    Statement,
    Status,
    Thing,
)

_BELONGS = frozenset({Slot.EVENT_OF, Slot.PART_OF})


class Remaining(Struct, frozen=True):
    """What is left: the things that are spoken of, and the facts."""

    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]


def withdrawn(
    things: Sequence[Thing], facts: Sequence[Fact], rejected: Collection[Statement]
) -> Remaining:
    """Return what is left of `things` and `facts` where `rejected` is said no longer."""
    stand = [f.statement for f in facts if f.status in {Status.STATED, Status.INFERRED}]
    lost = _with_parts(_homeless(stand, rejected), things)
    kept = [fact for fact in facts if lost.isdisjoint(fact.statement.things)]
    idle = _without_part(things, kept, rejected)
    return Remaining(
        tuple(thing for thing in things if thing.id not in lost),
        tuple(fact for fact in kept if fact.statement.subject not in idle),
    )


def founded(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return `facts` without those that follow from what is not among them."""
    kept = tuple(facts)
    while True:
        there = {fact.statement for fact in kept}
        firm = tuple(fact for fact in kept if there.issuperset(fact.premises))
        if len(firm) == len(kept):
            return kept
        kept = firm


def _homeless(stand: Sequence[Statement], rejected: Collection[Statement]) -> set[Id]:
    """Return the projects and events that only a rejected statement gave a place."""
    about = {s.value for s in stand if s.slot is Slot.ABOUT_PROJECT}
    belong = {s.subject for s in stand if s.slot in _BELONGS}
    projects = {s.value for s in rejected if s.slot is Slot.ABOUT_PROJECT} - about
    events = {s.subject for s in rejected if s.slot in _BELONGS} - belong
    return {each for each in (*projects, *events) if isinstance(each, Id)}


def _with_parts(lost: set[Id], things: Sequence[Thing]) -> set[Id]:
    events = [thing for thing in things if isinstance(thing, Event)]
    lost |= {event.id for event in events if event.project in lost}
    while more := {e.id for e in events if e.part_of in lost} - lost:
        lost |= more
    return lost


def _without_part(
    things: Sequence[Thing], facts: Sequence[Fact], rejected: Collection[Statement]
) -> set[Id]:
    """Return the organisations whose only parts were rejected and whose place holds no event."""
    subjects = [fact.statement.subject for fact in facts]
    busy = {s.organisation for s in subjects if isinstance(s, Participation)}
    places = {f.statement.value for f in facts if f.statement.slot is Slot.PLACE}
    busy |= {t.id for t in things if isinstance(t, Organisation) and t.place in places}
    named = {s.subject.organisation for s in rejected if isinstance(s.subject, Participation)}
    return named - busy
