"""Which nodes a change reaches: those of which a check of all releases may now say something else.

Nearly every shape looks from its focus node no further than the project that
the node belongs to. So what changed reaches the projects it is part of, and
all that belongs to them: their events, participations, releases, and what is
asserted of these. A shape that looks further, at what projects share, says how
far in `esh:reach`, a query from a reached node `$touched` to the nodes `$this`
that are to be looked at again: the country of an organisation matters to the
one shape that compares it, and to no other shape of its projects. So how much
is reached does not grow with the number of releases, only with that of each
project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from eugraph.validation.finding import Result
from eugraph.validation.sense import Ask, portions
from eugraph.validation.shapes import Shapes
from eugraph.vocabulary import PROLOGUE

_PROJECTS = (
    "?touched a eug:Project . BIND(?touched AS ?node)",
    "?touched eug:eventOf ?node",
    "?touched eug:partOfEvent/eug:eventOf ?node",
    "?touched eug:participationIn ?node . ?node a eug:Project",
    "?touched eug:participationIn/eug:eventOf ?node",
    "?touched eug:participationIn/eug:partOfEvent/eug:eventOf ?node",
    "?touched eug:aboutProject ?node",
)
_MEMBERS = (
    "?node eug:eventOf ?touched",
    "?node eug:partOfEvent/eug:eventOf ?touched",
    "?node eug:participationIn ?touched",
    "?node eug:participationIn/eug:eventOf ?touched",
    "?node eug:participationIn/eug:partOfEvent/eug:eventOf ?touched",
    "?node eug:aboutProject ?touched",
    "?release eug:aboutProject ?touched ; eug:hasLanguageVersion ?node",
)
_ASSERTIONS_OF_VALUE = ("?node rdf:object ?touched",)
_ASSERTIONS = ("?node rdf:subject ?touched", "?node oa:hasTarget ?touched")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change reaches: the nodes `near` it, and those `further` that a shape looks to."""

    near: frozenset[Node]
    further: Mapping[str, frozenset[Node]]

    def among(self, earlier: Iterable[Result]) -> Mapping[str, frozenset[Node]]:
        """Return for each shape, by its id, the nodes to be looked at again.

        `earlier` is what was found before: what names a reached node is reached, too.
        """
        naming = {result.focus for result in earlier if not self.near.isdisjoint(_named(result))}
        common = self.near | naming
        return {shape: common | nodes for shape, nodes in self.further.items()}


def reached(touched: Iterable[URIRef], ask: Ask, shapes: Shapes) -> Reach:
    """Return what a change of `touched` reaches.

    `touched` are the nodes of which a changed graph tells something else than
    before, those that are gone among them.
    """
    changed = frozenset(touched)
    projects = _found(_PROJECTS, changed, ask)
    near = changed | projects | _found(_MEMBERS, projects, ask)
    near |= _found(_ASSERTIONS, near, ask) | _found(_ASSERTIONS_OF_VALUE, changed, ask)
    further = {
        shape.id: frozenset[Node]().union(*(_further(query, near, ask) for query in shape.reach))
        for shape in shapes.shapes.values()
    }
    return Reach(near, further)


def _named(result: Result) -> Iterator[Node | None]:
    yield result.focus
    yield result.value
    yield from (node for _, node in result.bindings)


def _found(patterns: Iterable[str], nodes: Iterable[Node], ask: Ask) -> frozenset[Node]:
    """Return what patterns lead to from `nodes`; each is asked alone, so that it starts there."""
    return frozenset(
        row["node"]
        for pattern in patterns
        for values in portions(nodes)
        for row in ask(
            f"{PROLOGUE}SELECT DISTINCT ?node WHERE {{ VALUES ?touched {{ {values} }} {pattern} }}"
        )
        if isinstance(row["node"], URIRef)
    )


def _further(query: str, nodes: Iterable[Node], ask: Ask) -> frozenset[Node]:
    """Return what the query of a shape's `esh:reach` leads to from `nodes`."""
    return frozenset(
        row["this"]
        for values in portions(nodes)
        for row in ask(
            PROLOGUE + query.replace("WHERE {", f"WHERE {{ VALUES ?touched {{ {values} }}", 1)
        )
    )
