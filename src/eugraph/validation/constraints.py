"""SHACL Core constraints, by pySHACL, one release graph after the other.

One validator serves many graphs: shapes are read once, and the data graph holds
the reference data while releases come and go. Without `inplace` and
`advanced` off, pySHACL would copy the graph each time.

Reference data is there to be looked up, not to be checked again with every
release: what would make its nodes a target is left out of it, and it is
checked once, as a graph of its own. Nor is anything loaded that no Core constraint
names, which is a third of a release.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from pyshacl import Validator, consts
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from pyshacl.graph_abstraction import DataGraph
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from eugraph.errors import DataError
from eugraph.triples.ntriples import Triple
from eugraph.validation.finding import Result, Severity
from eugraph.validation.shapes import Shapes

_LOG = logging.getLogger(__name__)

_AT_ONCE = 50
"""So many graphs come and go in one: of each node that went, rdflib's store keeps empty tables."""


def check_constraints(
    graphs: Mapping[str, Graph],
    reference: Graph,
    shapes: Shapes,
    *,
    shared: Collection[Node] | None = None,
) -> Iterator[Result]:
    """Yield what Core constraints say of each graph, each seen with the reference data.

    Of the reference data itself too: of the nodes `shared`, or of all. Raises
    `DataError` if pySHACL cannot work with the shapes.
    """
    predicates = {RDF.type, RDFS.subClassOf, *shapes.core.objects()}
    known = _nodes(shapes)
    wanted = reference if shared is None else _named(reference, graphs, shared)
    common = tuple(_looked_at(wanted, predicates, known))
    if shared is None or shared:
        data, validator = _prepared(common, shapes)
        if shared:
            _leave_for_looking_up(data, shapes, but=shared)
        yield from _results(validator, shapes, graph=None)
    names = iter(graphs)
    while batch := tuple(islice(names, _AT_ONCE)):
        data, validator = _prepared(common, shapes)
        _leave_for_looking_up(data, shapes)
        for name in batch:
            found = _looked_at(graphs[name], predicates, known)
            added = [each for each in found if each not in data]
            for triple in added:
                data.add(triple)
            yield from _results(validator, shapes, graph=name)
            for triple in added:
                data.remove(triple)


def _prepared(common: Iterable[Triple], shapes: Shapes) -> tuple[Graph, Validator]:
    """Return a graph of what all graphs are seen with, and a validator of it."""
    data = Graph()
    for triple in common:
        data.add(triple)
    return data, _validator(data, shapes)


def _looked_at(
    triples: Iterable[Triple], predicates: Collection[Node], known: Mapping[Node, Node]
) -> Iterator[Triple]:
    """Yield the triples that a constraint may look at, equal nodes one, and the `known` one."""
    shared = dict(known)
    for subject, predicate, value in triples:
        if predicate in predicates:
            yield (
                shared.setdefault(subject, subject),
                shared.setdefault(predicate, predicate),
                shared.setdefault(value, value),
            )


def _named(
    reference: Graph, graphs: Mapping[str, Graph], shared: Iterable[Node]
) -> Iterator[Triple]:
    """Yield what `reference` tells of `shared`, of what the graphs name, and of what that names."""
    wanted = {*shared, *(node for graph in graphs.values() for triple in graph for node in triple)}
    seen: set[Node] = set()
    while wanted:
        node = wanted.pop()
        seen.add(node)
        for triple in reference.triples((node, None, None)):
            yield triple
            wanted |= {triple[2]} - seen


def _nodes(shapes: Shapes) -> dict[Node, Node]:
    """Return the nodes that pySHACL and the shapes look for, each by its value.

    Looking up a node that is the very one in the index is a fifth faster than
    looking up its equal, for nothing has to be compared.
    """
    constants = (node for node in vars(consts).values() if isinstance(node, URIRef))
    return {node: node for triple in shapes.core for node in triple} | {
        node: node for node in constants
    }


def _validator(data: Graph, shapes: Shapes) -> Validator:
    options = {"inplace": True, "advanced": False, "inference": "none", "logger": _LOG}
    try:
        return Validator(DataGraph.from_rdflib(data), shacl_graph=shapes.core, options=options)
    except (ShapeLoadError, ReportableRuntimeError) as error:
        raise DataError("shapes", f"pySHACL cannot use them: {error}") from error


def _leave_for_looking_up(data: Graph, shapes: Shapes, but: Collection[Node] = ()) -> None:
    """Take out of `data` what makes nodes targets, but for some."""
    for shape in shapes.shapes.values():
        kinds = ((None, RDF.type, kind) for kind in shape.target_classes)
        subjects = ((None, predicate, None) for predicate in shape.target_subjects_of)
        for pattern in (*kinds, *subjects):
            for triple in list(data.triples(pattern)):
                if triple[0] not in but:
                    data.remove(triple)


def _results(validator: Validator, shapes: Shapes, graph: str | None) -> Iterable[Result]:
    try:
        _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    except (ShapeLoadError, ReportableRuntimeError) as error:
        raise DataError("shapes", f"pySHACL cannot use them: {error}") from error
    return [
        _result(report, node, shapes, graph)
        for node in report.objects(None, SH.result)  # not what is a detail of one
    ]


def _result(report: Graph, node: Node, shapes: Shapes, graph: str | None) -> Result:
    path = report.value(node, SH.resultPath)
    severity = str(report.value(node, SH.resultSeverity)).removeprefix(str(SH))
    return Result(
        shape=shapes.owners[next(report.objects(node, SH.sourceShape))],
        severity=Severity(severity),
        focus=next(report.objects(node, SH.focusNode)),
        component=URIRef(str(report.value(node, SH.sourceConstraintComponent))),
        path=path if isinstance(path, URIRef) else None,
        value=report.value(node, SH.value),
        graph=graph,
    )
