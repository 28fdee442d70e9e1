"""A verdict is written out for programs, the same way each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SH, XSD

from eugraph.validation import (
    Ask,
    Verdict,
    describe_finding,
    in_sentences,
    report_graph,
    report_json,
    report_turtle,
    validate_files,
)
from eugraph.validation.report import NIF
from eugraph.vocabulary import ESH, IRI_BASE, PROLOGUE

ID = IRI_BASE + "id/"


@pytest.fixture
def verdict(bridge: Graph, tmp_path: Path, ask_over: Callable[[Graph], Ask]) -> Verdict:
    """Return the verdict of a release with a second lead partner and a place without its label."""
    bridge.update(
        f"""BASE <{ID}> {PROLOGUE}
        DELETE DATA {{ <place/lv-riga> skos:prefLabel "Rīga"@lv }} ;
        INSERT DATA {{ <participation/bridge-2018/lv-riga-municipality>
            eug:participationRole role:lead-partner }}"""
    )
    bridge.serialize(path := tmp_path / "bridge.ttl", format="turtle")
    return validate_files([path], ask_over)


def test_the_report_is_a_shacl_report(verdict: Verdict) -> None:
    graph = Graph().parse(data=report_turtle(verdict), format="turtle")

    report = graph.value(None, RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal("false", datatype=XSD.boolean)
    results = set(graph.objects(report, SH.result))
    assert results == set(graph.subjects(RDF.type, SH.ValidationResult))
    assert {graph.value(each, SH.sourceShape) for each in results} == {ESH.P04, ESH.S03, ESH.L01}
    for result in results:  # what SHACL 1.0, section 3.6.2, asks of each
        for predicate in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, predicate))) == 1
        languages = {
            getattr(each, "language", "") for each in graph.objects(result, SH.resultMessage)
        }
        assert languages == {"en", "lv"}


def test_the_words_of_a_finding_are_shown_in_their_sentence(verdict: Verdict) -> None:
    text = (Path(__file__).parent / "bridge.txt").read_text(encoding="utf-8")
    (led,) = (
        each for each in in_sentences(verdict, lambda _: text).findings if each.shape == "P04"
    )

    assert led.quotes
    record = next(
        each
        for each in json.loads(report_json(Verdict((led,))))["findings"]
        if each["shape"] == "P04"
    )
    graph = report_graph(Verdict((led,)))
    for quote, told in zip(led.quotes, record["quotes"], strict=True):
        assert quote.sentence in text
        assert len(quote.sentence) > len(quote.text)
        assert "".join(quote.parts) == quote.sentence == told["sentence"]
        assert any(quote.sentence in line for line in describe_finding(led))
        sentence = graph.value(URIRef(quote.evidence), NIF.sentence)
        assert graph.value(sentence, NIF.anchorOf) == Literal(quote.sentence)
        first, last = map(int, str(sentence).rpartition("=")[2].split(","))
        assert text[first:last] == quote.sentence


def test_words_that_do_not_stand_in_the_text_get_no_sentence(verdict: Verdict) -> None:
    changed = in_sentences(verdict, lambda _: "Something else was written here since.")

    assert changed == verdict


def test_a_result_leads_to_its_release_and_its_words(verdict: Verdict, bridge: Graph) -> None:
    graph = report_graph(verdict)

    result = graph.value(None, SH.sourceShape, ESH.P04)
    assert list(graph.objects(result, DCTERMS.source)) == [URIRef(ID + "release/bridge")]
    evidence = set(graph.objects(result, PROV.wasDerivedFrom))
    assert evidence
    assert all((each, RDF.type, None) in bridge for each in evidence)


def test_the_report_has_no_blank_node_and_the_same_bytes_each_time(verdict: Verdict) -> None:
    backwards = Verdict.of(reversed(verdict.findings))

    assert not any(isinstance(node, BNode) for triple in report_graph(verdict) for node in triple)
    assert report_turtle(backwards) == report_turtle(verdict)
    assert report_json(backwards) == report_json(verdict)


def test_json_tells_what_turtle_tells(verdict: Verdict, text: str) -> None:
    record = json.loads(report_json(verdict))

    assert record["conforms"] is False
    assert record["counts"] == {"Violation": 2, "Warning": 1}
    lead = next(each for each in record["findings"] if each["shape"] == "P04")
    assert lead["focus"] == ID + "project/bridge-2018"
    assert lead["releases"] == ["bridge"]
    assert lead["messages"]["lv"] == "Projektam jābūt vienam vadošajam partnerim."
    assert "the City of Tartu (lead partner)" in {quote["text"] for quote in lead["quotes"]}
    assert all(text[each["start"] : each["end"]] == each["text"] for each in lead["quotes"])


def test_a_report_of_nothing_conforms() -> None:
    graph = report_graph(Verdict(()))

    assert len(graph) == 2
    assert json.loads(report_json(Verdict(()))) == {"conforms": True, "counts": {}, "findings": []}


def test_a_finding_is_told_in_lines(verdict: Verdict) -> None:
    finding = next(each for each in verdict.findings if each.shape == "P04")

    lines = describe_finding(finding, "en")
    assert lines[0] == "Violation P04 [bridge] The project must have one lead partner."
    assert lines[1] == "BRIDGE (project/bridge-2018)"
    assert "“the City of Tartu (lead partner)” (bridge, ENG)" in lines
    assert lines[-1].startswith("Look at the sentences")
