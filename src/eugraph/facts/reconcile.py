"""Reconcile what was found: one fact for each statement, with all its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from eugraph.facts.fact import Fact, Reading, Statement
from eugraph.facts.find import Findings, find_facts
from eugraph.facts.knowledge import Knowledge, load_knowledge
from eugraph.releases.release import Release


def reconcile(findings: Findings) -> Reading:
    """Return the reading of a release: equal statements merged, evidence in the order of the text."""
    release = findings.document.release
    facts = merge(findings.facts)
    uncovered = tuple(
        language
        for language in release.languages
        if not findings.document.knowledge.lexicon(language).covered
    )
    return Reading(release.id, findings.things, facts, (), uncovered)


def read_facts(release: Release, knowledge: Knowledge | None = None) -> Reading:
    """Return all that `release` says: what it states, what follows, where it disagrees with itself."""
    return reconcile(find_facts(release, knowledge or load_knowledge()))


def merge(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return one fact for each statement, with the evidence of all, in the order of their first words."""
    merged: dict[Statement, Fact] = {}
    for fact in facts:
        known = merged.get(fact.statement)
        if known is None:
            merged[fact.statement] = fact
        else:
            both = sorted(
                {*known.evidence, *fact.evidence}, key=lambda e: (e.start, e.end, e.rule)
            )
            merged[fact.statement] = replace(known, evidence=tuple(both))
    return tuple(sorted(merged.values(), key=_place))


def _place(fact: Fact) -> tuple[int, int]:
    return (fact.evidence[0].start, fact.evidence[0].end) if fact.evidence else (1 << 60, 0)
