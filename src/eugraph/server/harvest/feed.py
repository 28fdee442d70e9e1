"""The changes of every edition as a Linked Data Event Stream, in pages by TREE.

LDES: https://w3id.org/ldes/specification; DCAT-AP Feeds of SEMIC: members are
ActivityStreams `Create`, `Update` and `Delete` with an IRI of their own, what
they brought stands in a graph of that name. An edition never changes, so all
its pages are closed and kept for good; `/feed` alone goes on and leads to them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, request
from rdflib import DCTERMS, RDF, SH, XSD, Graph, Literal, Namespace, URIRef
from werkzeug.exceptions import NotFound

from eugraph.catalogue import LATEST
from eugraph.changes import Action, Change
from eugraph.editions import Edition, editions
from eugraph.server.negotiation import GRAPH_ALIASES
from eugraph.server.plain import plain_page
from eugraph.server.publication import created, version_of
from eugraph.server.representations import choose, conditional
from eugraph.server.source import Source
from eugraph.store import GRAPH_FORMATS, serialize, serialize_quads
from eugraph.triples.ntriples import split_ntriples, to_ntriples

MEMBERS: Final = 250
"""How many changes a page tells of at most."""

_AS: Final = Namespace("https://www.w3.org/ns/activitystreams#")
_LDES: Final = Namespace("https://w3id.org/ldes#")
_TREE: Final = Namespace("https://w3id.org/tree#")
_KINDS: Final = {
    Action.CREATE: _AS.Create,
    Action.UPDATE: _AS.Update,
    Action.DELETE: _AS.Delete,
}
_QUADS: Final = ["application/trig", "application/ld+json", "application/n-quads"]
_OFFERED: Final = [*_QUADS, *(each for each in GRAPH_FORMATS if each not in _QUADS), "text/html"]
_FOR_GOOD: Final = "public, max-age=604800, immutable"


def feed_blueprint(source: Source) -> Blueprint:
    """Return `/feed` and its pages, `/feed/{edition}/{page}`."""
    blueprint = Blueprint("feed", __name__)

    @blueprint.get("/feed")
    @blueprint.get("/feed.<extension>")
    def start(extension: str = "") -> Response:
        """Describe the stream, and lead to the pages of each edition."""
        return _answer(source, _start(source), [], extension)

    @blueprint.get("/feed/<int:number>/<int:page>")
    @blueprint.get("/feed/<int:number>/<int:page>.<extension>")
    def page(number: int, page: int, extension: str = "") -> Response:
        """Tell some of the changes of an edition; what a page says never changes."""
        known = {each.number: each for each in _editions(source)}
        if number not in known:
            raise NotFound(f"There is no edition {number}.")
        changes = source.changes(known[number]).changes()
        members = changes[(page - 1) * MEMBERS : page * MEMBERS]
        if page < 1 or (not members and page > 1):
            raise NotFound(f"Edition {number} has no page {page}.")
        graph = _page(source, known[number], page, members, more=len(changes) > page * MEMBERS)
        address = _address(source, number, page)
        payload = [(_activity(address, change), change.content) for change in members]
        answer = _answer(source, graph, payload, extension)
        answer.headers["Cache-Control"] = _FOR_GOOD
        return answer

    return blueprint


def _editions(source: Source) -> list[Edition]:
    """Return the editions up to the current one whose changes are kept."""
    newest = source.edition.number
    return [e for e in editions(source.site) if e.number <= newest and e.changes.exists()]


def _stream(source: Source) -> URIRef:
    return URIRef(source.settings.base_url + "feed#stream")


def _address(source: Source, number: int, page: int) -> str:
    return f"{source.settings.base_url}feed/{number}/{page}"


def _activity(page: str, change: Change) -> URIRef:
    return URIRef(f"{page}#{change.thing.path}")


def _start(source: Source) -> Graph:
    """Return the view: a node that leads to the first page of each edition."""
    graph = Graph()
    stream, view = _stream(source), URIRef(source.settings.base_url + "feed")
    publication = replace(version_of(source.edition, source.settings), folder=LATEST)
    _describe_stream(graph, source)
    _describe_shape(graph, source)
    graph.add((view, RDF.type, _TREE.Node))
    for name, predicate in (("title", DCTERMS.title), ("description", DCTERMS.description)):
        for tag, text in publication.texts(name).items():
            graph.add((stream, predicate, Literal(text, lang=tag)))
    graph.add((stream, DCTERMS.license, URIRef(publication.licence)))
    for edition in _editions(source):
        node = URIRef(_address(source, edition.number, 1))
        since = _time(created(edition))
        for name, kind in (
            ("from", _TREE.GreaterThanOrEqualToRelation),
            ("to", _TREE.LessThanOrEqualToRelation),
        ):
            relation = URIRef(f"{view}#{name}-{edition.number}")
            graph.add((view, _TREE.relation, relation))
            graph.add((relation, RDF.type, kind))
            graph.add((relation, _TREE.node, node))
            graph.add((relation, _TREE.path, _AS.published))
            graph.add((relation, _TREE.value, since))
    return graph


def _describe_stream(graph: Graph, source: Source) -> None:
    stream = _stream(source)
    graph.add((stream, RDF.type, _LDES.EventStream))
    graph.add((stream, _TREE.view, URIRef(source.settings.base_url + "feed")))
    graph.add((stream, _LDES.timestampPath, _AS.published))
    graph.add((stream, _LDES.versionOfPath, _AS.object))
    for term, action in (
        (_LDES.versionCreateObject, Action.CREATE),
        (_LDES.versionUpdateObject, Action.UPDATE),
        (_LDES.versionDeleteObject, Action.DELETE),
    ):
        graph.add((stream, term, _KINDS[action]))
    graph.add((stream, _TREE.shape, _shape(source)))


def _shape(source: Source) -> URIRef:
    return URIRef(source.settings.base_url + "feed#member")


def _describe_shape(graph: Graph, source: Source) -> None:
    """Say what every member has: one thing that it is about, and one time (SHACL)."""
    shape = _shape(source)
    graph.add((shape, RDF.type, SH.NodeShape))
    for predicate, what, value in (
        (_AS.object, SH.nodeKind, SH.IRI),
        (_AS.published, SH.datatype, XSD.dateTime),
    ):
        part = URIRef(f"{shape}-{str(predicate).rpartition('#')[2]}")
        graph.add((shape, SH.property, part))
        graph.add((part, RDF.type, SH.PropertyShape))
        graph.add((part, SH.path, predicate))
        graph.add((part, what, value))
        for count in (SH.minCount, SH.maxCount):
            graph.add((part, count, Literal(1)))


def _page(
    source: Source, edition: Edition, page: int, changes: Iterable[Change], *, more: bool
) -> Graph:
    """Return a closed page: its members, and the next page of the edition if there is `more`."""
    graph = Graph()
    address = _address(source, edition.number, page)
    it, stream = URIRef(address), _stream(source)
    _describe_stream(graph, source)
    graph.add((it, RDF.type, _TREE.Node))
    graph.add((it, _LDES.immutable, Literal("true", datatype=XSD.boolean)))
    if more:
        relation = URIRef(f"{address}#next")
        graph.add((it, _TREE.relation, relation))
        graph.add((relation, RDF.type, _TREE.Relation))
        graph.add((relation, _TREE.node, URIRef(_address(source, edition.number, page + 1))))
    published = _time(created(edition))
    for change in changes:
        activity = _activity(address, change)
        graph.add((stream, _TREE.member, activity))
        graph.add((activity, RDF.type, _KINDS[change.action]))
        graph.add((activity, _AS.object, URIRef(change.thing.iri)))
        graph.add((activity, _AS.published, published))
    return graph


def _time(text: str) -> Literal:
    return Literal(text, datatype=XSD.dateTime, normalize=False)


def _answer(
    source: Source, graph: Graph, payload: Iterable[tuple[URIRef, str]], extension: str
) -> Response:
    """Send `graph`, and each payload in the graph of its name; formats of one graph have it all."""
    media_type = choose(_OFFERED, GRAPH_ALIASES, extension)
    lines = [line + "\n" for line in split_ntriples(to_ntriples(graph))]
    output = io.BytesIO()
    if media_type == "text/html":
        serialize_quads([*lines, *_quads(payload)], _QUADS[0], output)
        path = source.prefix + request.path.lstrip("/").removesuffix(f".{extension}")
        return conditional(
            plain_page("feed", output.getvalue().decode(), path, _OFFERED).encode(), media_type
        )
    if media_type in GRAPH_FORMATS and media_type != "application/ld+json":
        brought = (line + "\n" for _, text in payload for line in split_ntriples(text))
        serialize(sorted({*lines, *brought}), media_type, output)
    else:
        serialize_quads([*lines, *_quads(payload)], media_type, output)
    return conditional(output.getvalue(), media_type)


def _quads(payload: Iterable[tuple[URIRef, str]]) -> Iterator[str]:
    for name, text in payload:
        for line in split_ntriples(text):
            yield f"{line.removesuffix('.')}<{name}> .\n"
