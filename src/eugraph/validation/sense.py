"""SPARQL constraints as set queries: one query for all focus nodes instead of one for each.

SHACL evaluates `sh:select` once for every focus node, with `$this` bound to it
(SHACL 1.0, section 5.3.1). Here `$this` is an ordinary variable, bound by the
shape's target in the same group, and an engine with indexes answers for all
nodes at once: the cost grows with the data, not with its square. The shapes
are written so that both readings give the same rows; tests compare them with
pySHACL on changed graphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from rdflib import URIRef
from rdflib.namespace import RDFS, SH
from rdflib.term import Node

from eugraph.validation.finding import Result
from eugraph.validation.shapes import Shape, Shapes
from eugraph.vocabulary import PROLOGUE

Ask = Callable[[str], Iterable[Mapping[str, Node]]]
"""Answers a SPARQL SELECT query over all published triples, its solutions as rdflib terms."""

_OPENING = re.compile(r"\bWHERE\s*\{")
_ABOUT_THIS = re.compile(r"\{(?=[^{}]*\$this)(?!\s*SELECT\b)")
"""The opening of a group that speaks of `$this` itself."""
_PORTION = 500
"""So many focus nodes are asked of at once."""


def check_sense(
    shapes: Shapes, ask: Ask, among: Mapping[str, Collection[Node]] | None = None
) -> Iterator[Result]:
    """Yield what the SPARQL constraints of all shapes say of the graph that `ask` answers for.

    With `among`, only of those focus nodes, by the id of the shape.
    """
    targets = {kind for shape in shapes.shapes.values() for kind in shape.target_classes}
    kinds = {target: _with_subclasses(target, ask) for target in targets}
    sorts = {} if among is None else _sorts(set().union(*among.values()), ask)
    for shape in shapes.shapes.values():
        nodes = None if among is None else _possible(shape, kinds, sorts, among[shape.id])
        for select in shape.selects:
            for values in [""] if nodes is None else portions(nodes):
                rows = ask(set_query(select, _target(shape, kinds, values), values))
                for row in dict.fromkeys(tuple(sorted(row.items())) for row in rows):
                    yield _result(shape, dict(row))


def _possible(
    shape: Shape,
    kinds: Mapping[URIRef, list[str]],
    sorts: Mapping[str, Collection[Node]],
    nodes: Collection[Node],
) -> Collection[Node]:
    """Return those of `nodes` that may be a focus of the shape."""
    if shape.target_subjects_of:
        return nodes
    types = (kind for target in shape.target_classes for kind in kinds[target])
    return {node for kind in types for node in sorts.get(kind, ()) if node in nodes}


def set_query(select: str, target: str, values: str = "") -> str:
    """Return the SELECT of a SPARQL constraint with `$this` bound by the pattern `target`.

    With `values`, the rows of VALUES, `$this` is one of them, in every group
    that speaks of it: so each is answered from there, subqueries too, for SHACL
    has it that they project `$this`. The `target` is one of them as well.
    """
    if values:
        select = _ABOUT_THIS.sub(lambda found: f"{found[0]} VALUES ?this {{ {values} }}", select)
    return PROLOGUE + _OPENING.sub(lambda found: f"{found[0]} {target}", select, count=1)


def portions(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the IRIs among `nodes` as rows of VALUES, some hundred at a time."""
    iris = sorted(node.n3() for node in nodes if isinstance(node, URIRef))
    for start in range(0, len(iris), _PORTION):
        yield " ".join(iris[start : start + _PORTION])


def _sorts(nodes: Iterable[Node], ask: Ask) -> Mapping[str, set[Node]]:
    """Return those of `nodes` that have a type, by the type."""
    sorts: dict[str, set[Node]] = {}
    for values in portions(nodes):
        for row in ask(f"SELECT * WHERE {{ VALUES ?this {{ {values} }} ?this a ?kind }}"):
            sorts.setdefault(str(row["kind"]), set()).add(row["this"])
    return sorts


def _target(shape: Shape, kinds: Mapping[URIRef, list[str]], values: str) -> str:
    """Return the pattern of the shape's targets, each among the rows `values` if there are any."""
    among = f"VALUES ?this {{ {values} }} " if values else ""
    types = [f"<{kind}>" for target in shape.target_classes for kind in kinds[target]]
    properties = [f"<{predicate}>" for predicate in shape.target_subjects_of]
    patterns = [f"?this a {kind} ." for kind in types] + [
        f"?this {each} [] ." for each in properties
    ]
    if len(patterns) == 1:
        return among + patterns[0]
    if values:  # one look at each row, not one for each way
        ways = {"a ?kind . FILTER(?kind": types, "?property [] . FILTER(?property": properties}
        patterns = [f"?this {way} IN ({', '.join(iris)}))" for way, iris in ways.items() if iris]
    union = " UNION ".join(f"{{ {among}{pattern} }}" for pattern in patterns)
    return f"{{ SELECT DISTINCT ?this WHERE {{ {union} }} }}"


def _with_subclasses(kind: URIRef, ask: Ask) -> list[str]:
    rows = ask(f"SELECT ?kind WHERE {{ ?kind <{RDFS.subClassOf}>* <{kind}> }}")
    return sorted({str(kind), *(str(row["kind"]) for row in rows)})


def _result(shape: Shape, row: Mapping[str, Node]) -> Result:
    path = row.get("path")
    return Result(
        shape=shape.id,
        severity=shape.severity,
        focus=row["this"],
        component=SH.SPARQLConstraintComponent,
        path=path if isinstance(path, URIRef) else None,
        value=row.get("value", row["this"]),
        bindings=tuple(sorted(row.items())),
    )
