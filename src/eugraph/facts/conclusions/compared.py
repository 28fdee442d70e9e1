"""What disagreements are looked for in: a reading, by slot and with what it was found in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from eugraph.facts.conclusions.stated import Stated
from eugraph.facts.fact import Fact, Slot, Subject
from eugraph.facts.statements.find import Findings


class Case(Struct, frozen=True):
    """A reading that is looked at: findings, facts, and the accepted ones by slot."""

    findings: Findings
    facts: tuple[Fact, ...]
    stated: Stated
    every: Mapping[tuple[Subject, Slot], Sequence[Fact]]
    """All facts, those disputed among them, by subject and slot."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the release, in the order of the text."""
        return self.findings.release.languages


def languages_of(fact: Fact) -> tuple[str, ...]:
    """Return the language versions that state a fact, in the order of the text."""
    if len(fact.evidence) == 1:
        return (fact.evidence[0].language,)
    return tuple(dict.fromkeys([piece.language for piece in fact.evidence]))
