"""From readings to graphs: only what is made of something else than before is described again.

The graph of a release is made of its reading, of the keys of its things, and
of nothing else, but for the labels: what several releases tell of is called in
all as in the first. So a graph remembers what it would call things if it were
alone, and where the agreement is another one its labels are put right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from eugraph.facts.fact import Reading
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.resolve import Keys, thing_kind
from eugraph.pipeline.reading import Progress, ReadRelease
from eugraph.pipeline.workings import Names, Outline, Recalled, Worked
from eugraph.reconciliation.candidate import Candidate
from eugraph.triples.describe import describe
from eugraph.triples.identification import describe_identity
from eugraph.triples.iris import ID, IDENTITY_GRAPH, LINKS_GRAPH, REFERENCE_GRAPH
from eugraph.triples.links import describe_links
from eugraph.triples.ntriples import Triple, ntriples_line, split_ntriples, to_ntriples
from eugraph.triples.reference import common_keys, describe_reference

Full = Callable[[str], ReadRelease]
"""Returns a release and all it says, by its id."""

Text = Callable[[str], str]
"""Returns the graph of a release as it was before, by its id."""


Where = tuple[str, str]
"""The IRI of a thing, and a language."""

Called = Mapping[Where, str]
"""What things are called."""

Before = tuple[Mapping[str, Worked], Text]
"""What was made of the releases before, by their ids, and how their graphs read."""


@dataclass(frozen=True, slots=True)
class Described:
    """The graph of one release, and what it names; `text` is None where it is as before."""

    id: str
    names: Names
    text: str | None


def describe_releases(  # noqa: PLR0913  # each is something else to ask
    outlines: Sequence[Outline],
    keys: Keys,
    *,
    before: Before,
    full: Full,
    gazetteer: Gazetteer,
    progress: Progress,
) -> tuple[Described, ...]:
    """Return the graphs of all releases, ordered by id, their labels agreed on.

    Where `keys` know nothing of a release that did not change, it is as before.
    """
    known = {release for release, _ in keys.of}
    described = []
    for done, outline in enumerate(sorted(outlines, key=lambda each: each.id), start=1):
        worked = before[0].get(outline.id)
        if worked and outline is worked.outline and outline.id not in known:
            described.append(Described(outline.id, worked.names, None))
            continue
        own = {
            thing.id.name: f"{thing_kind(thing)}/{keys.key(outline.id, thing.id)}"
            for thing in outline.bare.things
        }
        digest = _digest(outline, own)
        if worked and worked.names.digest == digest:
            described.append(Described(outline.id, worked.names, None))
        else:
            described.append(_describe(full(outline.id), keys, digest, own, gazetteer))
        progress("describing", done, len(outlines))
    return _agreed(described, before)


def describe_shared(
    bare: Sequence[Reading], keys: Keys, gazetteer: Gazetteer, proposed: Iterable[Candidate]
) -> dict[str, Graph]:
    """Return the graphs that releases share, by their IRIs; readings without words are enough."""
    return {
        str(REFERENCE_GRAPH): describe_reference(bare, keys, gazetteer),
        str(IDENTITY_GRAPH): describe_identity(keys),
        str(LINKS_GRAPH): describe_links(bare, keys, gazetteer, proposed),
    }


def _digest(outline: Outline, paths: Mapping[str, str]) -> str:
    return hashlib.sha256(repr((outline.key, [*paths.items()])).encode()).hexdigest()


def _describe(
    read: ReadRelease, keys: Keys, digest: str, own: Mapping[str, str], gazetteer: Gazetteer
) -> Described:
    graph = describe(read.release, read.reading, keys, gazetteer)
    labels = sorted(
        (str(node), name.language or "", str(name))
        for node, _, name in graph.triples((None, SKOS.prefLabel, None))
        if isinstance(name, Literal)
    )
    named = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    inner = f"/{read.release.id}"
    shared = frozenset(iri for iri in named if not (iri.startswith(ID) and inner in iri))
    common = common_keys(read.reading, gazetteer)
    names = Names(digest, own, common, partial(_same, (tuple(labels), shared)))
    return Described(read.release.id, names, to_ntriples(graph))


def _same(names: Recalled) -> Recalled:
    return names


def _agreed(described: Sequence[Described], before: Before) -> tuple[Described, ...]:
    """Return graphs with the labels that all agree on: of each thing those of the first."""
    worked, text = before
    now, was = {each.id: each.names for each in described}, {n: w.names for n, w in worked.items()}
    other = {name for name in {*now, *was} if now.get(name) is not was.get(name)}
    concerned = {
        label[:2] for name in other for each in (now, was) if name in each
        for label in each[name].labels
    }  # fmt: skip
    if not concerned:
        return tuple(described)
    agreed, earlier = _first_names(now, concerned), _first_names(was, concerned)
    moved = {where for where in concerned if agreed.get(where) != earlier.get(where)}
    return tuple(_relabelled(each, agreed, earlier, moved, text) for each in described)


def _first_names(names: Mapping[str, Names], concerned: Collection[Where]) -> Called:
    """Return what things are called in the first release that names them."""
    called: dict[Where, str] = {}
    for name in sorted(names):
        for label in names[name].labels:
            if label[:2] in concerned:
                called.setdefault(label[:2], label[2])
    return called


def _relabelled(
    each: Described, agreed: Called, earlier: Called, moved: Collection[Where], text: Text
) -> Described:
    """Return a graph with the agreed labels in place of its own, or of those told before."""
    if each.text is None:
        own = [label[:2] for label in each.names.labels if label[:2] in moved] if moved else []
        was = {where: earlier[where] for where in own}
    else:
        was = {label[:2]: label[2] for label in each.names.labels}
    now = {where: agreed[where] for where in was}
    if now == was:
        return each
    gone, come = ([_triple(*where, name) for where, name in names.items()] for names in (was, now))
    lines = set(split_ntriples(each.text if each.text is not None else text(each.id)))
    lines -= set(map(ntriples_line, gone))
    lines |= set(map(ntriples_line, come))
    return replace(each, text="".join(f"{line}\n" for line in sorted(lines)))


def _triple(iri: str, language: str, name: str) -> Triple:
    return URIRef(iri), SKOS.prefLabel, Literal(name, lang=language or None)
