"""What releases disagree on, told anew only of the projects that a changed release speaks of.

No other project can be told of otherwise than before. What persons explained
is worked out over all projects, as long as there is any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from rdflib.namespace import PROV

from eugraph.editions import GRAPH_BASE
from eugraph.facts.fact import Id, Project
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.disagreements import (
    KeyOf,
    explained,
    find_disagreements,
    is_of_several,
)
from eugraph.identity.marks import things
from eugraph.identity.resolve import Keys
from eugraph.pipeline.material import Base, Material
from eugraph.pipeline.workings import Outline
from eugraph.triples.between_releases import describe_between
from eugraph.triples.describe import rejected_things
from eugraph.triples.iris import ID, QUALITY_GRAPH
from eugraph.triples.ntriples import ntriples_line, split_ntriples, to_ntriples
from eugraph.triples.quality import describe_quality
from eugraph.vocabulary import EUG

_NAME: Final = str(QUALITY_GRAPH).removeprefix(GRAPH_BASE)
_PROJECT: Final = "project/"
_START: Final = f"<{ID}discrepancy/{_NAME}/"
_SUBJECT: Final = f"<{ID}{_PROJECT}"


def describe_disagreements(
    base: Base,
    material: Material,
    keys: Keys,
    concerned: Collection[str] | None,
    gazetteer: Gazetteer,
) -> tuple[str, Material]:
    """Return the quality graph as sorted N-Triples, and what became of the corrections of it.

    `keys` are those of the `concerned` releases, of which things may have
    others than before, or of all releases (None); the rest are those of `base`.
    """
    corrections = [each for each in material.reader.inputs.corrections if is_of_several(each)]
    before, known = base.graph(_NAME), base.workings.releases
    outlines, among, kept = material.outlines, None, ""
    if concerned is not None and not corrections and str(PROV.wasAttributedTo) not in before:
        among = _projects(base, material, keys, concerned)
        paths = {_PROJECT + key for key in among}
        outlines = tuple(
            each
            for each in outlines
            if each.id in concerned or not paths.isdisjoint(known[each.id].names.paths.values())
        )
        kept = before

    def key_of(release: str, thing: Id) -> str:
        key = keys.of.get((release, thing))
        return known[release].names.paths[thing.name].removeprefix(_PROJECT) if key is None else key

    found = find_disagreements((each.bare for each in outlines), key_of, among)
    texts = {each.id: each.sha256 for each in outlines}
    found, corrected = explained(found, corrections, texts)
    projects = _published(outlines, key_of, among)
    lines = set(split_ntriples(to_ntriples(describe_between(found, projects, gazetteer))))
    lines.update(
        line for line in split_ntriples(kept) if _project(line) not in {"", *(among or ())}
    )
    if lines:
        lines.update(map(ntriples_line, describe_quality(QUALITY_GRAPH, _discrepancies(lines))))
    outcomes = {each.correction: each for each in corrected}
    corrected = tuple(outcomes.get(each.correction, each) for each in material.corrected)
    return "".join(f"{line}\n" for line in sorted(lines)), replace(material, corrected=corrected)


def count_disagreements(graph: str) -> int:
    """Return how many discrepancies the quality graph tells of."""
    return _discrepancies(graph.splitlines())


def _discrepancies(lines: Iterable[str]) -> int:
    return sum(line.endswith(f" <{EUG.Discrepancy}> .") for line in lines)


def _published(
    outlines: Iterable[Outline], key_of: KeyOf, among: Collection[str] | None
) -> frozenset[str]:
    """Return the keys of the projects of `outlines` that are published, if they are `among`."""
    keys = frozenset(
        key_of(outline.id, thing.id)
        for outline in outlines
        for thing in things(outline.bare, Project)
        if thing.id not in rejected_things(outline.bare)
    )
    return keys if among is None else keys & frozenset(among)


def _projects(
    base: Base, material: Material, keys: Keys, concerned: Collection[str]
) -> frozenset[str]:
    """Return the keys of the projects that concerned releases speak of, or those gone spoke of."""
    known = base.workings.releases
    here = {outline.id for outline in material.outlines}
    before = known.keys() & {*concerned, *(known.keys() - here)}
    was = {path for name in before for path in known[name].names.paths.values()}
    now = {
        keys.key(outline.id, thing.id)
        for outline in material.outlines
        if outline.id in concerned
        for thing in outline.bare.things
        if isinstance(thing, Project)
    }
    return frozenset(
        now | {path.removeprefix(_PROJECT) for path in was if path.startswith(_PROJECT)}
    )


def _project(line: str) -> str:
    """Return the key of the project that a line of the quality graph tells of; empty if of none."""
    subject = line[: line.index(">")]
    if subject.startswith(_START):
        return subject.removeprefix(_START).rpartition("/")[0]
    return subject.removeprefix(_SUBJECT) if subject.startswith(_SUBJECT) else ""
