"""Shapes that are unusable are named, and reading them leaves rdflib as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import SH, XSD

from eugraph.errors import DataError
from eugraph.shipped import shipped
from eugraph.validation import load_shapes, validate

GOOD = """
@prefix esh: <https://w3id.org/eugraph/shapes#> .
@prefix eug: <https://w3id.org/eugraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
esh:T01 a sh:NodeShape ; sh:targetClass eug:Project ; sh:severity sh:Violation ;
    sh:message "An acronym is missing."@en , "Trūkst akronīma."@lv ;
    rdfs:comment "Add it."@en , "Pievienojiet to."@lv ;
    sh:property [ sh:path eug:acronym ; sh:minCount 1 ] .
"""


def write(folder: Path, text: str) -> Path:
    (folder / "test.ttl").write_text(text, encoding="utf-8")
    return folder


def test_shapes_of_any_folder_can_be_used(tmp_path: Path) -> None:
    shapes = load_shapes(write(tmp_path, GOOD))
    data = Graph().parse(
        data="<urn:p> a <https://w3id.org/eugraph/ontology#Project> .", format="turtle"
    )

    verdict = validate({"urn:g": data}, Graph(), lambda _: [], shapes=shapes)

    assert [(each.shape, str(each.focus)) for each in verdict.findings] == [("T01", "urn:p")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GOOD + "esh:T02 a", "cannot be read as Turtle"),
        (GOOD.replace("@lv ;\n    rdfs", "@et ;\n    rdfs"), "T01 needs one message"),
        (GOOD.replace(', "Pievienojiet to."@lv', ""), "T01 needs one comment"),
    ],
)
def test_shapes_that_are_unusable_are_told(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        load_shapes(write(tmp_path, text))


def test_shapes_that_pyshacl_refuses_are_told(tmp_path: Path) -> None:
    text = GOOD.replace("sh:path eug:acronym", "sh:path eug:acronym , eug:topic")
    shapes = load_shapes(write(tmp_path, text))

    with pytest.raises(DataError, match="pySHACL cannot use them"):
        validate({}, Graph(), lambda _: [], shapes=shapes)


def test_rdflib_reads_booleans_as_before(tmp_path: Path) -> None:
    """PySHACL, given a file that does not parse, would leave `1` reading as false."""
    with pytest.raises(DataError):
        load_shapes(write(tmp_path, "esh:T02 a"))
    validate({}, Graph(), lambda _: [], shapes=load_shapes())

    assert Literal("1", datatype=XSD.boolean).toPython() is True


def test_the_files_stay_as_they_are(tmp_path: Path) -> None:
    """The graph for pySHACL lacks SPARQL constraints; the shapes as published have them."""
    shutil.copytree(shipped("shapes"), tmp_path / "shapes")
    core = load_shapes(tmp_path / "shapes").core

    assert not list(core.objects(None, SH.sparql))
    assert any("sh:sparql" in path.read_text() for path in (tmp_path / "shapes").glob("*.ttl"))
