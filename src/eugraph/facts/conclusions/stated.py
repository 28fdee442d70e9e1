"""The accepted facts of a reading, by subject and slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from eugraph.facts.fact import (
    Concept,
    Fact,
    Id,
    Participation,
    Slot,
    Status,
    Subject,
)

LEAD = Concept("role", "lead-partner")
PARTNER = Concept("role", "partner")
_ACCEPTED = frozenset({Status.STATED, Status.INFERRED})


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
