"""A client of the feed of changes: follows it from the view to its end (LDES, TREE).

https://w3id.org/ldes/specification, https://w3id.org/tree/specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import RDF, Graph, Namespace, URIRef

from eugraph.doctor.finding import Check, checker
from eugraph.doctor.visitor import TURTLE, Answer, Visitor

_LDES: Final = Namespace("https://w3id.org/ldes#")
_TREE: Final = Namespace("https://w3id.org/tree#")
_PAGES: Final = 20

check = checker("feed")


def play_feed_client(visitor: Visitor) -> Iterator[Check]:
    """Follow the feed, and look at each page that is told to be closed."""
    start = visitor.get("feed", accept=TURTLE)
    graph = start.graph() or Graph()
    streams = list(graph.subjects(RDF.type, _LDES.EventStream))
    yield check(
        "there is a stream",
        streams,
        start.address,
        f"got {start.outcome} without an ldes:EventStream: a client has nothing to follow",
    )
    for stream in streams:
        for path in (_LDES.timestampPath, _LDES.versionOfPath):
            yield check(
                "the stream tells when and of what its members are",
                (stream, path, None) in graph,
                start.address,
                f"no {path}: a client cannot go on from where it was",
            )
    left, known = _nodes(graph), {start.address}
    while left and len(known) < _PAGES:
        address = left.pop()
        if address not in known:
            known.add(address)
            page = visitor.get(address, accept=TURTLE)
            yield from _page(visitor, page)
            left += _nodes(page.graph() or Graph())


def _page(visitor: Visitor, page: Answer) -> Iterator[Check]:
    graph = page.graph()
    yield check(
        "the pages of the feed can be read",
        graph is not None,
        page.address,
        f"got {page.outcome}: a client ends here, or begins anew; set public_url",
    )
    if graph is None:
        return
    members = list(graph.objects(None, _TREE.member))
    yield check(
        "what a page tells of is in it",
        all((member, None, None) in graph for member in members),
        page.address,
        "members are named and not described: a client fetches each by itself",
    )
    if (URIRef(page.address), _LDES.immutable, None) in graph:
        yield check(
            "a closed page may be kept",
            "immutable" in page.headers.get("Cache-Control", ""),
            page.address,
            "its Cache-Control does not say so: every client fetches it again each time",
        )
    for node in _nodes(graph):
        yield check(
            "further pages are at this server",
            visitor.is_here(node),
            page.address,
            f"{node} is elsewhere; set public_url",
        )


def _nodes(graph: Graph) -> list[str]:
    return sorted({str(node) for node in graph.objects(None, _TREE.node)}, reverse=True)
