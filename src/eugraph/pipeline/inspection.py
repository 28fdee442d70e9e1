"""Looking without publishing: one release alone, an edition, files of triples."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from eugraph.editions import GRAPH_BASE, current
from eugraph.errors import SiteError
from eugraph.facts.claim import Claimant
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.identity.resolve import resolve
from eugraph.pipeline.extraction import read_corrected
from eugraph.pipeline.inputs import corrections_in
from eugraph.pipeline.reading import ReadRelease
from eugraph.releases.read import read_release
from eugraph.store import Store, merged, serialize
from eugraph.triples.describe import describe
from eugraph.triples.iris import REFERENCE_GRAPH, SHARED_GRAPHS
from eugraph.triples.ntriples import to_ntriples
from eugraph.triples.reference import describe_reference, extract
from eugraph.validation import Ask, Verdict, in_sentences, validate
from eugraph.validation import validate_files as validate_turtle


@dataclass(frozen=True, slots=True)
class Inspected:
    """One release alone: what it says, its graph with the reference data it needs, the verdict."""

    read: ReadRelease
    graph: Graph
    verdict: Verdict


def inspect(
    path: Path, claimant: Claimant | None = None, overrides: Path | None = None
) -> Inspected:
    """Read one release and put it before the gate on its own; nothing is published.

    With a `claimant`, what it claims besides is kept as candidates; of the
    corrections in the folder `overrides`, those of this release are applied.
    Raises `ReleaseError` if the file cannot be read, `DataError` if a
    correction is malformed.
    """
    release = read_release(path)
    reading, corrected = read_corrected(release, claimant, corrections_in(overrides))
    read = ReadRelease(release, reading, corrected)
    gazetteer = load_knowledge().gazetteer
    keys = resolve([reading])
    graph = describe(release, reading, keys, gazetteer)
    reference = describe_reference([reading], keys, gazetteer)
    graphs = {str(graph.identifier): graph, str(REFERENCE_GRAPH): reference}
    ask = Store.in_memory({iri: to_ntriples(each) for iri, each in graphs.items()}).select
    verdict = validate(
        {str(graph.identifier): graph}, reference, ask, texts={release.id: release.text}
    )
    alone = graph + extract(reference, graph)
    return Inspected(read, alone, in_sentences(verdict, {release.id: release.text}.get))


def validate_site(site: Path) -> Verdict:
    """Return what the gate says of the current edition, the words looked up in its texts.

    Raises `SiteError` if there is none, or a graph of it cannot be read.
    """
    edition = current(site)
    try:
        graphs = {
            iri: Graph(identifier=iri).parse(data=text, format="nt")
            for iri, text in edition.graphs.items()
        }
    except Exception as error:  # rdflib's parser raises many kinds, some its own
        raise SiteError(f"a graph of {edition.folder} is damaged ({error}); roll back.") from error
    shared = {GRAPH_BASE + name for name in SHARED_GRAPHS}
    releases = {iri: graph for iri, graph in graphs.items() if iri not in shared}
    ask = Store.read_only(edition.store).select
    texts = edition.texts
    verdict = validate(releases, graphs[str(REFERENCE_GRAPH)], ask, texts=texts)
    return in_sentences(verdict, texts.get)


def validate_files(paths: Iterable[Path]) -> Verdict:
    """Return what the gate says of Turtle files, each a release with its reference data.

    Raises `DataError` naming a file that cannot be read.
    """
    return validate_turtle(paths, _ask)


def open_store(site: Path) -> Store:
    """Return the store of the current edition; raises `SiteError` if there is none."""
    return Store.read_only(current(site).store)


def to_turtle(graph: Graph) -> str:
    """Return a graph as Turtle, the same for equal graphs."""
    output = io.BytesIO()
    serialize(merged([to_ntriples(graph)]), "text/turtle", output)
    return output.getvalue().decode()


def _ask(graph: Graph) -> Ask:
    return Store.in_memory({str(REFERENCE_GRAPH): to_ntriples(graph)}).select
