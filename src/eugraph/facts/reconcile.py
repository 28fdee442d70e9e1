"""Reconcile what was found into one reading: merged, settled, inferred, its disagreements told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from eugraph.facts.collection import seldom_collected
from eugraph.facts.conclusions.disagreements import find_disagreements
from eugraph.facts.conclusions.infer import infer
from eugraph.facts.conclusions.settle import merge, place_of, settle
from eugraph.facts.fact import Certainty, Fact, Reading, Status
from eugraph.facts.gazetteer.knowledge import Knowledge, load_knowledge
from eugraph.facts.mentions.misspellings import only_misspelt
from eugraph.facts.statements.find import Findings, find_facts
from eugraph.releases.release import Release

CIRCUMSTANTIAL = frozenset(
    {
        "row-of-names-with-countries", "takes-part-in-the-project", "acronym-beside-event",
        "name-said-to-be-project", "name-before-coordinates", "acronym-used-as-project",
    }
)  # fmt: skip
"""Rules that no word for the role or the project bears out: the place in the sentence does."""


@seldom_collected()
def reconcile(findings: Findings) -> Reading:
    """Return the reading of a release.

    Equal statements are one fact with the evidence of all; what excludes each
    other is settled; what follows is inferred, with its premises; and what
    disagrees is told. Equal findings give an equal reading.
    """
    facts = with_inferred(findings, settled_facts(findings))
    return Reading(
        findings.release.id,
        findings.things,
        facts,
        find_disagreements(findings, facts),
        uncovered_languages(findings),
    )


def settled_facts(findings: Findings) -> tuple[Fact, ...]:
    """Return what a release states, merged, and settled where it excludes each other."""
    return settle(_doubted(findings, _disputed(findings, merge(findings.facts))))


def with_inferred(findings: Findings, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return `facts` and what follows from them, in the order of the text."""
    inferred = infer(findings, facts)
    return _without_doubles(sorted((*facts, *inferred), key=place_of))


@seldom_collected()
def read_facts(release: Release, knowledge: Knowledge | None = None) -> Reading:
    """Return all that `release` says: what it states, what follows, where it disagrees with itself.

    Raises `DataError` if a shipped lexicon or gazetteer file is malformed.
    """
    return reconcile(find_facts(release, knowledge or load_knowledge()))


def uncovered_languages(findings: Findings) -> tuple[str, ...]:
    """Return the languages of a release that have no lexicon."""
    knowledge = findings.survey.document.knowledge
    return tuple(
        language
        for language in findings.release.languages
        if not knowledge.lexicon(language).covered
    )


def _disputed(findings: Findings, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Dispute the titles that are the name of a funding scheme."""
    return tuple(
        replace(fact, status=Status.DISPUTED, certainty=Certainty.POSSIBLE)
        if fact.statement in findings.scheme_titles
        else fact
        for fact in facts
    )


def _doubted(findings: Findings, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Lower the certainty of what rests on little: on a misspelling, on circumstances alone.

    What two language versions say is certain all the same.
    """
    document = findings.survey.document
    return tuple(
        replace(fact, certainty=Certainty.PROBABLE)
        if only_misspelt(document, fact) or _circumstantial(fact)
        else fact
        for fact in facts
    )


def _circumstantial(fact: Fact) -> bool:
    """Return whether one version says a fact, and only by where the words stand."""
    if not fact.evidence or fact.evidence[0].rule not in CIRCUMSTANTIAL:
        return False
    languages = {piece.language for piece in fact.evidence}
    return len(languages) == 1 and all(p.rule in CIRCUMSTANTIAL for p in fact.evidence)


def _without_doubles(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Drop what is inferred although it is stated."""
    kept: dict[object, Fact] = {}
    for fact in sorted(facts, key=lambda fact: fact.status is not Status.STATED):
        kept.setdefault(fact.statement, fact)
    return tuple(sorted(kept.values(), key=place_of))
