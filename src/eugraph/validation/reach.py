"""Which nodes a change reaches: those of which a check of all releases may now say something else.

Nearly every shape looks from its focus node no further than the project that
the node belongs to. So what changed reaches the projects it is part of, and
all that belongs to them: their events, participations, releases, and what is
asserted of these. A shape that looks further says how far in `esh:reach`, a
query from a changed node `$touched` to the nodes `$this` that are to be looked
at again (`shapes/releases.ttl`). How much is reached does not grow with the
number of releases, only with that of each project.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from rdflib import URIRef
from rdflib.term import Node

from eugraph.validation.finding import Result
from eugraph.validation.sense import Ask, portions
from eugraph.validation.shapes import Shapes
from eugraph.vocabulary import PROLOGUE

_PROJECTS = """SELECT DISTINCT ?node WHERE {
    { ?touched a eug:Project . BIND(?touched AS ?node) }
    UNION { ?touched eug:partOfEvent?/eug:eventOf ?node }
    UNION { ?touched eug:participationIn/eug:partOfEvent?/eug:eventOf? ?node }
    UNION { ?touched eug:aboutProject ?node }
    UNION { ?touched ^eug:participant/eug:participationIn/eug:partOfEvent?/eug:eventOf? ?node }
    UNION { ?touched ^eug:heldAt/eug:partOfEvent?/eug:eventOf ?node }
    UNION { ?touched ^eug:subSchemeOf*/^eug:fundedUnder ?node }
}"""

_MEMBERS = """SELECT DISTINCT ?node WHERE {
    { ?node eug:eventOf ?touched }
    UNION { ?node eug:partOfEvent/eug:eventOf ?touched }
    UNION { ?node eug:participationIn ?touched }
    UNION { ?node eug:participationIn/eug:eventOf ?touched }
    UNION { ?node eug:participationIn/eug:partOfEvent/eug:eventOf ?touched }
    UNION { ?node eug:aboutProject ?touched }
    UNION { ?node eug:languageVersionOf/eug:aboutProject ?touched }
}"""

_SAID = """SELECT DISTINCT ?node WHERE {
    { ?node rdf:subject ?touched } UNION { ?node oa:hasTarget ?touched }
}"""


def reached(
    touched: Iterable[URIRef], earlier: Iterable[Result], shapes: Shapes, ask: Ask
) -> Mapping[str, frozenset[Node]]:
    """Return for each shape, by its id, the nodes that a change of `touched` reaches.

    `touched` are the nodes of which a changed graph tells something else than
    before, those that are gone among them. `earlier` is what was found before:
    what names a reached node is reached, too.
    """
    changed = frozenset(touched)
    projects = _found(_PROJECTS, changed, ask)
    near = changed | projects | _found(_MEMBERS, projects, ask)
    near |= _found(_SAID, near, ask)
    naming = {result.focus for result in earlier if not near.isdisjoint(_named(result))}
    common = frozenset((*near, *naming))
    return {
        shape.id: common.union(*(_found(query, near, ask, "this") for query in shape.reach))
        for shape in shapes.shapes.values()
    }


def _named(result: Result) -> Iterator[Node | None]:
    yield result.focus
    yield result.value
    yield from (node for _, node in result.bindings)


def _found(query: str, nodes: Collection[Node], ask: Ask, name: str = "node") -> frozenset[URIRef]:
    found: set[URIRef] = set()
    for values in portions(nodes):
        text = query.replace("$touched", "?touched").replace(
            "WHERE {", f"WHERE {{ VALUES ?touched {{ {values} }}", 1
        )
        for row in ask(PROLOGUE + text):
            node = row[name]
            if isinstance(node, URIRef):
                found.add(node)
    return frozenset(found)
