"""Every shape lets the right graphs through and finds each way to fail, just as pySHACL does.

The graphs stand in the TriG files of this folder, named after the shape they
are about: `P04-passes`, `P04-two-lead`. Of a graph that fails, the default
graph of the file says which nodes fail, and with which severity.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from pyshacl import Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS, SH, XSD
from rdflib.plugins.sparql import prepareQuery
from rdflib.query import Result
from rdflib.term import Node

from eugraph.shipped import shipped
from eugraph.validation import Ask, Finding, Severity, load_shapes, validate
from eugraph.validation.constraints import check_constraints
from eugraph.validation.sense import check_sense
from eugraph.vocabulary import ESH, EUG, PREFIXES

CASE = "https://example.org/case/"
TEXTS = {"r": "abc"}
SHAPES = 59

Found = set[tuple[Node | None, Node | None]]


@dataclass(frozen=True, slots=True)
class Case:
    """One graph, the shape it is about, and the nodes that fail it, with the severity."""

    name: str
    graph: Graph
    expected: frozenset[tuple[Node, str]]

    @property
    def shape(self) -> str:
        """The id of the shape."""
        return self.name.partition("-")[0]


def read_cases() -> list[Case]:
    return [
        case for path in sorted(Path(__file__).parent.glob("*.trig")) for case in cases_in(path)
    ]


def cases_in(path: Path) -> list[Case]:
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TRIG):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        graphs.setdefault(name, []).append(quad.triple)
    told = as_graph(graphs.pop(""))
    return [
        Case(name.removeprefix(CASE), as_graph(triples), expected(told, URIRef(name)))
        for name, triples in sorted(graphs.items())
    ]


def as_graph(triples: list[ox.Triple]) -> Graph:
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    return Graph().parse(data=lines, format="nt")


def expected(told: Graph, case: URIRef) -> frozenset[tuple[Node, str]]:
    severity = str(told.value(case, SH.severity)).removeprefix(str(SH))
    return frozenset((focus, severity) for focus in told.objects(case, SH.focusNode))


CASES = read_cases()


@cache
def shapes_graph() -> Graph:
    graph = Graph()
    for path in shipped("shapes").glob("*.ttl"):
        graph.parse(path)
    return graph


def findings(case: Case, ask: Ask) -> list[Finding]:
    verdict = validate({"urn:case": case.graph}, Graph(), ask, texts=TEXTS)
    return [finding for finding in verdict.findings if finding.shape == case.shape]


def by_pyshacl(case: Case) -> Found:
    """Return what pySHACL says of the shape as it stands in its file."""
    _, report, _ = pyshacl.validate(
        case.graph, shacl_graph=shapes_graph(), use_shapes=[ESH[case.shape]], inplace=True
    )
    assert isinstance(report, Graph), report
    return {
        (report.value(result, SH.focusNode), report.value(result, SH.value))
        for result in report.objects(None, SH.result)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_shape_finds_what_is_wrong_and_nothing_else(
    case: Case, ask_over: Callable[[Graph], Ask]
) -> None:
    found = findings(case, ask_over(case.graph))

    assert {(each.focus, each.severity) for each in found} == case.expected
    by_shapes: Found = {
        (each.focus, each.value) for each in found if each.component.startswith(str(SH))
    }
    assert by_shapes == by_pyshacl(case)


def test_every_shape_has_a_graph_that_passes_and_one_that_fails() -> None:
    passing = {case.shape for case in CASES if not case.expected}
    failing = {case.shape for case in CASES if case.expected}

    assert passing == failing == set(load_shapes().shapes)
    assert len(passing) == SHAPES


def test_a_graph_is_named_by_what_is_expected_of_it() -> None:
    assert all(("-passes" in case.name) == (not case.expected) for case in CASES)


def test_every_severity_of_a_shape_occurs() -> None:
    """P04 and L01 have two: one for what is missing, one for what is too much."""
    severities: dict[str, set[str]] = {}
    for case in CASES:
        for _, severity in case.expected:
            severities.setdefault(case.shape, set()).add(severity)

    assert {shape for shape, found in severities.items() if len(found) > 1} == {"P04", "L01"}
    assert all(load_shapes()[shape].severity in found for shape, found in severities.items())


def test_messages_inside_a_shape_are_those_of_the_shape() -> None:
    graph = shapes_graph()
    for node, owner in load_shapes().owners.items():
        messages = set(graph.objects(node, SH.message))
        assert not messages or messages == set(graph.objects(ESH[owner], SH.message))
    constraints = set(graph.objects(None, SH.sparql)) | set(graph.objects(None, SH.property))
    top = {part for part in constraints if set(graph.subjects(None, part)) & set_of_shapes()}
    assert all(len(set(graph.objects(part, SH.message))) == 2 for part in top)


def set_of_shapes() -> set[Node]:
    return {ESH[shape] for shape in load_shapes().shapes}


def test_a_message_names_only_what_its_constraint_binds() -> None:
    for shape in load_shapes().shapes.values():
        for message in shape.messages.values():
            names = {part.partition("}")[0] for part in message.split("{?")[1:]}
            bound = {name for select in shape.selects for name in names if f"?{name}" in select}
            assert names == bound or shape.id == "X11"  # computed, see test_names


def test_the_properties_that_need_evidence_are_the_targets_of_s03() -> None:
    ontology = Graph().parse(shipped("ontology/eugraph.ttl"))
    needing = set(ontology.subjects(EUG.needsEvidence, None))

    assert set(load_shapes()["S03"].target_subjects_of) == needing


def test_prefixes_of_the_shapes_are_those_of_the_project() -> None:
    graph = shapes_graph()
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(URIRef(str(ESH)[:-1]), SH.declare)
    }

    assert declared
    assert declared.items() <= PREFIXES.items()


def test_every_shape_says_what_to_do_and_where_it_is_defined() -> None:
    graph = shapes_graph()
    for shape in load_shapes().shapes.values():
        assert set(shape.advice) == set(shape.messages) == {"en", "lv"}
        assert graph.value(ESH[shape.id], RDFS.isDefinedBy) == URIRef(str(ESH)[:-1])
        assert isinstance(shape.severity, Severity)


MUTANTS = 300


class Prepared(Graph):
    """A graph that parses a query once, however often it is asked."""

    def query(self, query_object: str, *rest: object, **named: object) -> Result:  # type: ignore[override]
        """Evaluate a query, parsing it if it is new."""
        return super().query(prepared(query_object), *rest, **named)  # type: ignore[arg-type]


prepared = cache(prepareQuery)


def mutant(number: int) -> Graph:
    """Return a small graph made of three to six cases, with one to four triples changed.

    A value is changed for one of its kind: what is later, of a date and a
    number, is not defined, and engines differ.
    """
    chance = random.Random(number)  # noqa: S311  # a seed that can be repeated
    graph = Graph()
    for case in chance.sample([each for each in CASES if comparable(each)], chance.randint(3, 6)):
        for triple in case.graph:
            graph.add(triple)
    for _ in range(chance.randint(1, 4)):
        triples = sorted(graph)
        subject, predicate, value = chance.choice(triples)
        same_kind = [each[2] for each in triples if kind(each[2]) == kind(value)]
        match chance.randint(0, 3):
            case 0:
                graph.remove((subject, predicate, value))
            case 1:
                graph.add((subject, predicate, chance.choice(same_kind)))
            case 2:
                graph.remove((subject, predicate, value))
                graph.add((subject, predicate, chance.choice(same_kind)))
            case _:
                graph.add((chance.choice(triples)[0], predicate, value))
    return graph


def kind(node: Node) -> object:
    return node.datatype if isinstance(node, Literal) else type(node)


def comparable(case: Case) -> bool:
    dates = {EUG.startDate, EUG.endDate, EUG.notBefore, EUG.notAfter}
    return all(
        kind(value) == XSD.date and not getattr(value, "ill_typed", False)
        for _, predicate, value in case.graph
        if predicate in dates
    )


def test_set_queries_and_pyshacl_agree_on_changed_graphs(
    ask_over: Callable[[Graph], Ask],
) -> None:
    shapes = load_shapes()
    mutants = {f"urn:mutant:{number}": mutant(number) for number in range(MUTANTS)}
    found: dict[str, set[tuple[str, Node, Node | None]]] = {name: set() for name in mutants}
    for each in check_constraints(mutants, Graph(), shapes):
        found[str(each.graph)].add((each.shape, each.focus, each.value))
    for name, graph in mutants.items():
        for each in check_sense(shapes, ask_over(graph)):
            found[name].add((each.shape, each.focus, each.value))

    expected = {name: by_pyshacl_alone(graph) for name, graph in mutants.items()}

    assert found == expected
    failing = {shape for results in expected.values() for shape, _, _ in results}
    assert set(shapes.shapes) - failing <= {"V03", "L02", "X09", "X10", "X11"}


def by_pyshacl_alone(graph: Graph) -> set[tuple[str, Node | None, Node | None]]:
    """Return what pySHACL says of all shapes, SPARQL constraints among them."""
    data, official = oracle()
    data.remove((None, None, None))
    for triple in graph:
        data.add(triple)
    _, report, _ = official.run()
    return {
        (owner(report, result), report.value(result, SH.focusNode), report.value(result, SH.value))
        for result in report.objects(None, SH.result)
    }


@cache
def oracle() -> tuple[Graph, Any]:
    data = Prepared()
    options = {"inplace": True}
    return data, Validator(DataGraph.from_rdflib(data), shacl_graph=shapes_graph(), options=options)


def owner(report: Graph, result: Node) -> str:
    node = next(report.objects(result, SH.sourceShape))
    while not isinstance(node, URIRef):
        node = next(shapes_graph().subjects(None, node))
    return node.removeprefix(str(ESH))
