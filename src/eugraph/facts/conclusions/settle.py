"""Settle what has one value: merge equal statements, decide where they exclude each other.

Of two dates of which one says more, the one that says more stands. Of values
that exclude each other the one stands that more language versions state, then
the one read first; the other is kept as disputed, never lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from msgspec.structs import replace

from eugraph.facts.fact import Certainty, Evidence, Fact, Slot, Statement, Status, Subject, Text

SINGLE = frozenset(
    {
        Slot.ACRONYM, Slot.PARTNER_COUNT, Slot.COUNTRY_COUNT, Slot.START, Slot.END,
        Slot.STATED_DATE, Slot.ORDINAL, Slot.PLACE, Slot.EVENT_STATUS, Slot.ORGANISATION_COUNTRY,
    }
)  # fmt: skip
"""Slots of which a subject has one value."""

_DROPPED = frozenset({Slot.STATED_DATE, Slot.ORGANISATION_COUNTRY, Slot.EVENT_STATUS})
"""Slots where what does not stand says less, or is a slip, and is not kept.

A date whose year is written is kept as the days it gives.
"""


def merge(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return one fact for each statement, with the evidence of all, in the order of the text."""
    same: dict[Statement, list[Fact]] = defaultdict(list)
    for fact in facts:
        same[fact.statement].append(fact)
    merged = (
        fact if not others and len(fact.evidence) < 2 else _merged(fact, others)  # noqa: PLR2004
        for fact, *others in same.values()
    )
    return tuple(sorted(merged, key=place_of))


def _merged(fact: Fact, others: Iterable[Fact]) -> Fact:
    pieces = [*fact.evidence, *(piece for other in others for piece in other.evidence)]
    return replace(fact, evidence=_in_order(pieces))


_place_and_rule = attrgetter("start", "end", "rule")


def _in_order(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    spans: dict[tuple[int, int], Evidence] = {}
    for piece in sorted(pieces, key=_place_and_rule):
        spans.setdefault((piece.start, piece.end), piece)
    return tuple(spans.values())


def place_of(fact: Fact) -> tuple[int, int]:
    """Return where the first words of a fact stand; what has none comes last."""
    return (fact.evidence[0].start, fact.evidence[0].end) if fact.evidence else (1 << 60, 0)


def settle(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return `facts` with one accepted value for each single-valued slot of a subject."""
    rivals: dict[tuple[Subject, Slot], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.statement.slot in SINGLE:
            rivals[fact.statement.subject, fact.statement.slot].append(fact)
    settled: dict[Statement, Fact | None] = dict.fromkeys(_second_titles(facts))
    for (_, slot), group in rivals.items():
        if len(group) > 1:
            stands = min(group, key=_weight)
            for fact in group:
                if fact is not stands:
                    settled[fact.statement] = _lost(fact, stands, slot)
    kept = [settled.get(fact.statement, fact) for fact in facts]
    return tuple(fact for fact in kept if fact is not None)


def _second_titles(facts: Sequence[Fact]) -> Iterator[Statement]:
    """Yield the titles of a project beside the one that its release gives most in that language."""
    titles: dict[tuple[Subject, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        value = fact.statement.value
        accepted = fact.status is Status.STATED and fact.statement.slot is Slot.TITLE
        if accepted and isinstance(value, Text):
            titles[fact.statement.subject, value.language].append(fact)
    for group in titles.values():
        stands = min(group, key=lambda fact: (-len(fact.evidence), place_of(fact)))
        yield from (fact.statement for fact in group if fact is not stands)


def _weight(fact: Fact) -> tuple[int, int, tuple[int, int]]:
    languages = len({piece.language for piece in fact.evidence})
    value = getattr(fact.statement.value, "text", "")
    exactness = len(value.replace("X", "")) if fact.statement.slot is Slot.STATED_DATE else 0
    return -exactness, -languages, place_of(fact)


def _other_day(fact: Fact, stands: Fact) -> bool:
    """Return whether two dates without a year say as much and differ: no day tells them apart."""
    one, other = (getattr(f.statement.value, "text", "") for f in (fact, stands))
    as_much = len(one.replace("X", "")) == len(other.replace("X", ""))
    return fact.statement.slot is Slot.STATED_DATE and "XXXX" in one and as_much


def _lost(fact: Fact, stands: Fact, slot: Slot) -> Fact | None:
    """Return what becomes of a value that does not stand: disputed if another version states it."""
    languages = {piece.language for piece in fact.evidence}
    elsewhere = languages - {piece.language for piece in stands.evidence}
    if not elsewhere or (slot in _DROPPED and not _other_day(fact, stands)):
        return None
    return replace(fact, status=Status.DISPUTED, certainty=Certainty.POSSIBLE)
