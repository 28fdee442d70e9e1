"""The shapes as the gate uses them: one catalogue, and two ways to evaluate what it holds.

Core constraints go to pySHACL as a graph of their own, SPARQL constraints are
kept as text for `sense`. In the graph for pySHACL every property shape carries
the targets of the node shape around it: that means the same (SHACL 1.0,
section 3.3: a focus node conforms to `sh:property` if it conforms to the
property shape), and pySHACL then looks at all focus nodes at once, which
takes a third less time.

The files are parsed by rdflib alone: when pySHACL itself loads a shapes file
that does not parse, rdflib reads booleans wrongly for the rest of the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import IdentifiedNode, Node

from eugraph.errors import DataError
from eugraph.shipped import shipped
from eugraph.validation.finding import Severity
from eugraph.vocabulary import ESH, PREFIXES

_TARGETS = (SH.targetClass, SH.targetSubjectsOf)
_CURIE = re.compile(r"\b([a-z]+):([A-Za-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of `shapes/`, by its id.

    `messages` hold `{?name}` where a constraint binds a variable. `selects` are
    its SPARQL constraints. `mentions` are the IRIs that its constraints name:
    they tell which assertions bear on a result of it. `reach` are queries from
    what changed to what is to be looked at again, beyond what always is.
    """

    id: str
    severity: Severity
    messages: Mapping[str, str]
    advice: Mapping[str, str]
    target_classes: tuple[URIRef, ...]
    target_subjects_of: tuple[URIRef, ...]
    selects: tuple[str, ...]
    mentions: frozenset[URIRef]
    reach: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes by id, their Core constraints as one graph, and which shape owns each node."""

    shapes: Mapping[str, Shape]
    core: Graph
    owners: Mapping[Node, str]

    def __getitem__(self, shape: str) -> Shape:
        """Return the shape with this id."""
        return self.shapes[shape]


@cache
def load_shapes(folder: Path | None = None) -> Shapes:
    """Return the shapes of `folder`, by default the shipped ones.

    Raises `DataError` naming the file if one is not Turtle, and for a shape
    without id, message or advice in English and Latvian.
    """
    graph = Graph()
    for path in sorted((folder or shipped("shapes")).glob("*.ttl")):
        try:
            graph.parse(path)
        except Exception as error:  # rdflib's parser raises many kinds, some its own
            raise DataError(path.name, f"it cannot be read as Turtle: {error}") from error
    nodes = sorted(
        node for node in graph.subjects(RDF.type, SH.NodeShape) if isinstance(node, URIRef)
    )
    shapes = [_shape(node, graph) for node in nodes]
    owners = {part: _id(node) for node in nodes for part in _parts(node, graph)}
    return Shapes({shape.id: shape for shape in shapes}, _core(graph, nodes), owners)


def _shape(node: URIRef, graph: Graph) -> Shape:
    selects = tuple(
        sorted(
            str(select)
            for constraint in graph.objects(node, SH.sparql)
            for select in graph.objects(constraint, SH.select)
        )
    )
    return Shape(
        id=_id(node),
        severity=Severity(str(graph.value(node, SH.severity)).removeprefix(str(SH))),
        messages=_texts(node, SH.message, graph),
        advice=_texts(node, RDFS.comment, graph),
        target_classes=_iris(graph, node, SH.targetClass),
        target_subjects_of=_iris(graph, node, SH.targetSubjectsOf),
        selects=selects,
        mentions=frozenset(_mentions(node, graph, selects)),
        reach=tuple(sorted(str(query) for query in graph.objects(node, ESH.reach))),
    )


def _id(node: URIRef) -> str:
    return str(node).removeprefix(str(ESH))


def _texts(node: URIRef, predicate: URIRef, graph: Graph) -> Mapping[str, str]:
    texts = {
        text.language: str(text)
        for text in graph.objects(node, predicate)
        if isinstance(text, Literal) and text.language
    }
    if set(texts) != {"en", "lv"}:
        kind = predicate.rpartition("#")[2]
        raise DataError(
            "shapes", f"shape {_id(node)} needs one {kind} in English and one in Latvian"
        )
    return texts


def _iris(graph: Graph, node: URIRef, predicate: URIRef) -> tuple[URIRef, ...]:
    return tuple(sorted(iri for iri in graph.objects(node, predicate) if isinstance(iri, URIRef)))


def _parts(node: IdentifiedNode, graph: Graph) -> Iterator[Node]:
    """Yield a shape and every blank node inside it."""
    yield node
    for value in graph.objects(node, None):
        if isinstance(value, IdentifiedNode) and not isinstance(value, URIRef):
            yield from _parts(value, graph)


def _mentions(node: URIRef, graph: Graph, selects: tuple[str, ...]) -> Iterator[URIRef]:
    for part in _parts(node, graph):
        for predicate, value in graph.predicate_objects(part):
            if isinstance(value, URIRef) and predicate not in {*_TARGETS, RDF.type, SH.severity}:
                yield value
    for select in selects:
        for prefix, name in _CURIE.findall(select):
            yield URIRef(PREFIXES[prefix] + name)


def _core(graph: Graph, nodes: list[URIRef]) -> Graph:
    core = Graph()
    for triple in graph:
        core.add(triple)
    for constraint in set(core.objects(None, SH.sparql)):
        core.remove((constraint, None, None))
        core.remove((None, None, constraint))
    for node in nodes:
        for inner in set(core.objects(node, SH.property)):
            for target in _TARGETS:
                for value in graph.objects(node, target):
                    core.add((inner, target, value))
        core.remove((node, SH.property, None))
    return core
