"""A person's corrections of what is one thing (`same-as`) and what is two (`split`), decided.

Each becomes decisions on pairs of things of readings, and is kept as an
explained discrepancy of the first of them, which names the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from eugraph.facts.conclusions.compared import languages_of
from eugraph.facts.corrections.addressed import Contents
from eugraph.facts.corrections.correction import Action, Address, Corrected, Correction, Outcome
from eugraph.facts.fact import Discrepancy, Event, Fact, Id, Reading, Status, Thing
from eugraph.identity.decisions import Decision, ThingOf
from eugraph.identity.resolve import Keys, resolve
from eugraph.releases.release import Release

_TYPES = {Action.SAME_AS: "same-thing", Action.SPLIT: "different-things"}


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided, the readings that tell of it, and what became of each correction."""

    made: tuple[Decision, ...]
    readings: tuple[Reading, ...]
    corrected: tuple[Corrected, ...]


def decide(corrections: Iterable[Correction], read: Sequence[tuple[Release, Reading]]) -> Decisions:
    """Return what `corrections` decide on the things of all releases that were read.

    Corrections with other actions are left alone.
    """
    contents = [Contents(release, reading.things, reading.facts) for release, reading in read]
    readings = tuple(reading for _, reading in read)
    mine = [each for each in corrections if each.action in _TYPES]
    if not mine:
        return Decisions((), readings, ())
    keys = resolve(readings)
    made: list[Decision] = []
    outcomes: list[Corrected] = []
    for correction in mine:
        pairs = _pairs(correction, contents)
        outcome = _outcome(correction, pairs, keys)
        outcomes.append(outcome)
        if outcome.outcome is Outcome.STALE:
            continue
        same = correction.action is Action.SAME_AS
        made += [Decision(one, other, same, correction.by) for one, other in pairs]
        if outcome.outcome is Outcome.APPLIED:
            readings = tuple(_with_decision(each, correction, pairs[0][0]) for each in readings)
    return Decisions(tuple(made), readings, tuple(outcomes))


def _outcome(
    correction: Correction, pairs: Sequence[tuple[ThingOf, ThingOf]], keys: Keys
) -> Corrected:
    if not pairs:
        reason = "what it names is not there, or of two kinds, or parts of events"
        return Corrected(correction, Outcome.STALE, reason)
    same = correction.action is Action.SAME_AS
    if all((keys.of[one] == keys.of[other]) is same for one, other in pairs):
        return Corrected(correction, Outcome.REDUNDANT, "it is so already")
    return Corrected(correction, Outcome.APPLIED)


def _pairs(correction: Correction, contents: Sequence[Contents]) -> list[tuple[ThingOf, ThingOf]]:
    """Return the pairs of things that a correction speaks of, each of one kind."""
    if correction.other is None:
        return []
    ones, others = (_named(address, contents) for address in (correction.at, correction.other))
    pairs = [(one, other) for one, _ in ones for other, _ in others if one != other]
    alike = len({kind for _, kind in (*ones, *others)}) == 1
    return pairs if alike else []


def _named(address: Address, contents: Sequence[Contents]) -> list[tuple[ThingOf, type[Thing]]]:
    """Return the things that an address names; parts of events are not told apart by people."""
    found = []
    for each in contents:
        if each.concerned(address):
            kinds = {thing.id: thing for thing in each.things}
            named = [kinds[thing] for thing in each.named(address)]
            whole = (t for t in named if not (isinstance(t, Event) and t.part_of))
            found += [((each.release.id, t.id), type(t)) for t in whole]
    return found


def _with_decision(reading: Reading, correction: Correction, of: ThingOf) -> Reading:
    """Return the reading of the first thing with what was decided on it; others as they are."""
    release, thing = of
    fact = _fact_about(reading, thing)
    if reading.release_id != release or fact is None:
        return reading
    decided = Discrepancy(
        _TYPES[correction.action], thing, None, (fact.statement,), "explained",
        languages_of(fact), by=correction.by,
    )  # fmt: skip
    return replace(reading, discrepancies=(*reading.discrepancies, decided))


def _fact_about(reading: Reading, thing: Id) -> Fact | None:
    accepted = {Status.STATED, Status.INFERRED}
    facts = (f for f in reading.facts if f.status in accepted and thing in f.statement.things)
    return next(facts, None)
