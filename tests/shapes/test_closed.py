"""What is built has the properties that are meant for its class, and a misspelt one is found."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from eugraph.pipeline import inspect
from eugraph.shipped import shipped
from eugraph.vocabulary import EUG

RELEASES = sorted((Path(__file__).parents[2] / "data" / "releases").glob("*.txt"))
BRIDGE = Path(__file__).parents[1] / "validation" / "bridge.ttl"


def misplaced(graph: Graph) -> set[tuple[Node | None, Node | None]]:
    """Return the nodes with a property that is not meant for their class, each with it."""
    shapes = Graph().parse(shipped("shapes/strict/closed.ttl"))
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph), report
    return {
        (report.value(result, SH.focusNode), report.value(result, SH.resultPath))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_release_has_no_property_that_is_not_meant_for_its_class(path: Path) -> None:
    assert misplaced(inspect(path).graph) == set()


def test_a_misspelt_and_a_misplaced_property_are_found() -> None:
    graph = Graph().parse(BRIDGE)
    project = next(graph.subjects(RDF.type, EUG.Project))
    assertion = next(graph.subjects(RDF.type, EUG.Assertion))
    misspelt = URIRef(f"{EUG}statedPartnersCount")
    graph.add((project, misspelt, project))
    graph.add((assertion, EUG.acronym, project))

    assert misplaced(graph) == {(project, misspelt), (assertion, EUG.acronym)}


def test_every_class_of_ours_is_closed() -> None:
    shapes = Graph().parse(shipped("shapes/strict/closed.ttl"))
    ontology = Graph().parse(shipped("ontology/eugraph.ttl"))
    classes = {node for node in ontology.subjects(RDF.type, None) if str(node).startswith(str(EUG))}
    ours = {node for node in classes if str(node).removeprefix(str(EUG))[0].isupper()}

    assert ours <= set(shapes.objects(None, SH.targetClass))
