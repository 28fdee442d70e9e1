"""Every shape lets the right graphs through and finds each way to fail, just as pySHACL does.

The graphs stand in the TriG files of this folder, named after the shape they
are about: `P04-passes`, `P04-two-lead`. Of a graph that fails, the default
graph of the file says which nodes fail, and with which severity.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SH
from rdflib.term import Node

from eugraph.shipped import shipped
from eugraph.validation import Ask, Finding, Severity, load_shapes, validate
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
