"""A person's corrections applied to what a release says: what a person says stands.

Decisions. What is stated is corrected before anything is inferred, so that
what follows, follows from the corrected facts; then what was inferred is
corrected, and the rest inferred again. Nothing read or inferred overrides a
person. A value that is set has words: the quote becomes its evidence, and it is
published as stated; a possible reading (a candidate year) that is set stays
inferred, by its rule, and is certain. A reading that is rejected, or that a
value set replaces, is published no longer but not lost: it is disputed,
concerned by a discrepancy that names the person. With it goes what rested on
it alone: see `eugraph.facts.conclusions.consequences`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from eugraph.facts.conclusions.compared import languages_of
from eugraph.facts.conclusions.consequences import founded, withdrawn
from eugraph.facts.conclusions.disagreements import find_disagreements
from eugraph.facts.conclusions.settle import SINGLE, place_of
from eugraph.facts.corrections.addressed import Contents
from eugraph.facts.corrections.amend import STEPS, Draft, Rejected, stale
from eugraph.facts.corrections.correction import (
    BETWEEN_RELEASES,
    Action,
    Corrected,
    Correction,
    Outcome,
)
from eugraph.facts.fact import (
    Certainty,
    Discrepancy,
    Fact,
    Id,
    Participation,
    Reading,
    ReleaseSubject,
    Slot,
    Statement,
    Status,
)
from eugraph.facts.gazetteer.knowledge import Knowledge, load_knowledge
from eugraph.facts.reconcile import settled_facts, uncovered_languages, with_inferred
from eugraph.facts.statements.find import Findings, find_facts
from eugraph.releases.release import Release

REJECTED = "rejected-reading"
"""The discrepancy type that records what a person rejected."""


def read_corrected(
    release: Release, corrections: Sequence[Correction], knowledge: Knowledge | None = None
) -> tuple[Reading, tuple[Corrected, ...]]:
    """Return all that `release` says as corrected, and what became of each correction of it.

    Corrections of other releases, of what is one thing (`same-as`, `split`) and
    of what releases disagree on are left alone. Equal input gives an equal reading. Raises
    `DataError` if a shipped file is malformed.
    """
    return correct(find_facts(release, knowledge or load_knowledge()), corrections)


def correct(
    findings: Findings, corrections: Sequence[Correction]
) -> tuple[Reading, tuple[Corrected, ...]]:
    """Return the reading of `findings` as corrected, and what became of each correction of it."""
    contents = Contents(findings.release, findings.things, settled_facts(findings))
    mine = [c for c in corrections if contents.concerned(c.at)]
    facts_first = [c for c in mine if c.action in STEPS]
    gazetteer = findings.survey.document.knowledge.gazetteer
    draft, early = _apply(Draft(contents, gazetteer), facts_first)
    draft = draft.of_facts(_inferred(findings, draft))
    missed = [each.correction for each in early if each.outcome is Outcome.STALE]
    draft, late = _apply(draft, missed)
    if missed:
        draft = draft.of_facts(_inferred(findings, draft))
    reading = _reading(findings, draft)
    reading, accepted = _accept(reading, draft, [c for c in mine if _is_of_one(c)])
    outcomes = {each.correction: each for each in (*early, *late, *accepted)}
    return reading, tuple(outcomes[c] for c in mine if c in outcomes)


def _apply(draft: Draft, corrections: Iterable[Correction]) -> tuple[Draft, tuple[Corrected, ...]]:
    outcomes = []
    for correction in corrections:
        step = STEPS[correction.action](draft, correction)
        if isinstance(step, Corrected):
            outcomes.append(step)
        else:
            draft = step
            outcomes.append(Corrected(correction, Outcome.APPLIED))
    return draft, tuple(outcomes)


# what follows


def _inferred(findings: Findings, draft: Draft) -> tuple[Fact, ...]:
    """Return the corrected facts with what follows from them and from nothing rejected."""
    contents = draft.contents
    read = [fact for fact in contents.facts if fact.inference is None or fact.by]
    gone = {each.fact.statement for each in draft.rejected}
    decided = {
        (fact.statement.subject, fact.statement.slot)
        for fact in read
        if fact.by and fact.statement.slot in SINGLE
    }
    remaining = withdrawn(contents.things, read, gone)
    whole = with_inferred(replace(findings, things=remaining.things), remaining.facts)
    return founded(
        fact
        for fact in whole
        if fact.statement not in gone
        and (
            fact.inference is None
            or fact.by
            or (fact.statement.subject, fact.statement.slot) not in decided
        )
    )


def _reading(findings: Findings, draft: Draft) -> Reading:
    facts = draft.contents.facts
    gone = {each.fact.statement for each in draft.rejected}
    left = withdrawn(draft.contents.things, facts, gone).things
    discrepancies = find_disagreements(replace(findings, things=left), facts)
    disputed = tuple(_disputed(each.fact, facts) for each in draft.rejected)
    every = tuple(sorted((*facts, *disputed), key=place_of))
    used = {thing for fact in every for thing in fact.statement.things}
    return Reading(
        findings.release.id,
        tuple(thing for thing in draft.contents.things if thing in left or thing.id in used),
        every,
        (*discrepancies, *map(_recorded, draft.rejected)),
        uncovered_languages(findings),
    )


def _recorded(rejected: Rejected) -> Discrepancy:
    """Return the discrepancy that says who rejected a reading, and what stands instead."""
    fact, statement = rejected.fact, rejected.fact.statement
    return Discrepancy(
        REJECTED, _about(statement), statement.slot, (statement,), "explained",
        languages_of(fact), preferred=rejected.instead, by=rejected.by,
    )  # fmt: skip


def _about(statement: Statement) -> Id | ReleaseSubject:
    """Return what a rejected reading is about: of no event, what it was taken for part of."""
    match statement.slot, statement.subject, statement.value:
        case Slot.EVENT_OF | Slot.PART_OF, _, Id() as whole:
            return whole
        case _, Id() as thing, _:
            return thing
        case _, Participation(_, context), _:
            return context
        case Slot.PROGRAMME_OF, _, Id() as owner:
            return owner
        case _:
            return ReleaseSubject()


def _disputed(fact: Fact, facts: Iterable[Fact]) -> Fact:
    there = {each.statement for each in facts}
    premises = tuple(premise for premise in fact.premises if premise in there)
    return replace(
        fact, status=Status.DISPUTED, certainty=Certainty.POSSIBLE, premises=premises, by=None
    )


# accept


def _is_of_one(correction: Correction) -> bool:
    """Tell whether a correction explains what one release has alone."""
    accepts = correction.action is Action.ACCEPT
    return accepts and correction.discrepancy not in BETWEEN_RELEASES


def _accept(
    reading: Reading, draft: Draft, corrections: Iterable[Correction]
) -> tuple[Reading, tuple[Corrected, ...]]:
    """Return the reading with discrepancies explained by a person, and what became of each."""
    contents, outcomes = replace(draft.contents, facts=reading.facts), []
    for correction in corrections:
        found = [d for d in reading.discrepancies if _meant(contents, correction, d)]
        still_open = [d for d in found if d.resolution == "open"]
        if not still_open:
            outcomes.append(_not_open(correction, found))
            continue
        explained = {id(d): _explained(contents, correction, d) for d in still_open}
        decided = tuple(explained.get(id(d), d) for d in reading.discrepancies)
        reading = replace(reading, discrepancies=decided)
        outcomes.append(Corrected(correction, Outcome.APPLIED))
    return reading, tuple(outcomes)


def _meant(contents: Contents, correction: Correction, discrepancy: Discrepancy) -> bool:
    if discrepancy.type != correction.discrepancy:
        return False
    if correction.slot not in {None, discrepancy.slot}:
        return False
    about = discrepancy.about
    fits = not isinstance(about, Id) or contents.fits(about, correction.at)
    facts = [f for f in contents.facts if f.statement in discrepancy.concerns]
    given = [g for g in (correction.old, correction.value) if g is not None]
    quote = correction.quote
    return (
        fits
        and all(any(contents.same(s.value, g) for s in discrepancy.concerns) for g in given)
        and (quote is None or any(contents.rests_on(fact, quote) for fact in facts))
    )


def _explained(contents: Contents, correction: Correction, discrepancy: Discrepancy) -> Discrepancy:
    value = correction.value
    meant = (s for s in discrepancy.concerns if value is not None and contents.same(s.value, value))
    preferred = next(meant, discrepancy.preferred)
    return replace(discrepancy, resolution="explained", preferred=preferred, by=correction.by)


def _not_open(correction: Correction, found: Sequence[Discrepancy]) -> Corrected:
    if found:
        return Corrected(correction, Outcome.REDUNDANT, "it is resolved already")
    return stale(correction, "there is no such discrepancy")
