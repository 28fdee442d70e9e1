"""What releases disagree on, told anew only of the projects that a changed release speaks of.

Where things keep their keys (`eugraph.pipeline.settled`) no other project can
be told of otherwise than before. What persons explained is worked out over all
projects, as long as there is any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from rdflib.namespace import PROV

from eugraph.editions import GRAPH_BASE
from eugraph.facts.fact import Project
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.disagreements import explained, find_disagreements, is_of_several
from eugraph.identity.resolve import Keys
from eugraph.pipeline.material import Base, Material
from eugraph.pipeline.settled import known_keys
from eugraph.pipeline.workings import Outline
from eugraph.triples.between_releases import describe_between
from eugraph.triples.iris import ID, QUALITY_GRAPH
from eugraph.triples.ntriples import split_ntriples, to_ntriples
from eugraph.vocabulary import EUG

_NAME: Final = str(QUALITY_GRAPH).removeprefix(GRAPH_BASE)
_START: Final = f"<{ID}discrepancy/{_NAME}/"


def describe_disagreements(
    base: Base, material: Material, keys: Keys | None, gazetteer: Gazetteer
) -> tuple[str, Material]:
    """Return the quality graph as sorted N-Triples, and what became of the corrections of it.

    `keys` are those of all releases, None where they are those of `base`.
    """
    corrections = [each for each in material.reader.inputs.corrections if is_of_several(each)]
    known, before = base.workings.releases, base.graph(_NAME)
    outlines, among, kept = material.outlines, None, ""
    if keys is None and not corrections and str(PROV.wasAttributedTo) not in before:
        among = _projects(outlines, base)
        outlines, kept = _speaking(outlines, among, base), before
    key_of = keys.key if keys else known_keys(known[each.id] for each in outlines).key
    found = find_disagreements((each.bare for each in outlines), key_of, among)
    texts = {each.id: each.sha256 for each in outlines}
    found, told = explained(found, corrections, texts)
    lines = set(split_ntriples(to_ntriples(describe_between(found, gazetteer))))
    lines.update(line for line in split_ntriples(kept) if _project(line) not in (among or ()))
    outcomes = {each.correction: each for each in told}
    corrected = tuple(outcomes.get(each.correction, each) for each in material.corrected)
    return "".join(f"{line}\n" for line in sorted(lines)), replace(material, corrected=corrected)


def count_disagreements(graph: str) -> int:
    """Return how many discrepancies the quality graph tells of."""
    return graph.count(f" <{EUG.Discrepancy}> .")


def _projects(outlines: Iterable[Outline], base: Base) -> frozenset[str]:
    """Return the keys of the projects that changed releases speak of."""
    known = base.workings.releases
    return frozenset(
        known[each.id].names.keys[thing.id.name]
        for each in outlines
        if each is not known[each.id].outline
        for thing in each.bare.things
        if isinstance(thing, Project)
    )


def _speaking(
    outlines: Iterable[Outline], projects: Collection[str], base: Base
) -> tuple[Outline, ...]:
    """Return the releases that may speak of one of these projects."""
    known = base.workings.releases
    wanted = frozenset(projects)
    return tuple(
        each for each in outlines if not wanted.isdisjoint(known[each.id].names.keys.values())
    )


def _project(line: str) -> str:
    """Return the key of the project that a line of the quality graph tells of."""
    subject = line[: line.index(">")]
    return subject.removeprefix(_START).rpartition("/")[0]
