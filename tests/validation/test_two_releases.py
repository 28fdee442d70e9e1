"""Releases may disagree: that is told, with both releases, and refuses nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import BNode, Graph

from eugraph.triples.wording import terms_graph
from eugraph.validation import Ask, Finding, Severity, validate
from eugraph.vocabulary import IRI_BASE, PROLOGUE

GRAPH = IRI_BASE + "id/graph/"
BASE = f"BASE <{IRI_BASE}id/> {PROLOGUE}"


@pytest.fixture
def bridges(bridge: Graph) -> dict[str, Graph]:
    """Return the release, and a second one of the same project that says the same."""
    text = (Path(__file__).parent / "bridge.ttl").read_text(encoding="utf-8")
    for kind in ("release", "text", "assertion", "selector"):
        text = text.replace(f"<{kind}/bridge", f"<{kind}/again")
    return {GRAPH + "bridge": bridge, GRAPH + "again": Graph().parse(data=text, format="turtle")}


@pytest.fixture
def reference() -> Graph:
    """Return the ontology and the concept schemes."""
    graph = Graph()
    for triple in terms_graph():
        if not any(isinstance(node, BNode) for node in triple):
            graph.add(triple)
    return graph


@pytest.fixture
def judge(
    bridges: dict[str, Graph], reference: Graph, ask_over: Callable[[Graph], Ask]
) -> Callable[..., tuple[Finding, ...]]:
    """Put the releases before the gate, or only those that are named, and ask about all."""

    def judge(*names: str) -> tuple[Finding, ...]:
        everything = Graph()
        for graph in (reference, *bridges.values()):
            for triple in graph:
                everything.add(triple)
        looked_at = {name: bridges[name] for name in names or bridges}
        return validate(looked_at, reference, ask_over(everything)).findings

    return judge


Judge = Callable[..., tuple[Finding, ...]]


def change(graph: Graph, predicate: str, old: str, new: str) -> None:
    """Change a value in the fact and in its assertion."""
    graph.update(
        f"""{BASE}
        DELETE {{ ?s {predicate} {old} . ?a rdf:object {old} }}
        INSERT {{ ?s {predicate} {new} . ?a rdf:object {new} }}
        WHERE {{ ?s {predicate} {old} . ?a rdf:subject ?s ; rdf:predicate {predicate} }}"""
    )


def test_two_releases_that_agree_give_no_finding(judge: Judge) -> None:
    assert judge() == ()


def test_a_disagreement_is_a_warning_that_names_both_releases_and_their_words(
    bridges: dict[str, Graph], judge: Judge
) -> None:
    change(bridges[GRAPH + "again"], "eug:statedPartnerCount", "2", "3")

    findings = {finding.shape: finding for finding in judge()}

    told = findings["X01"]
    assert told.severity is Severity.WARNING
    assert told.releases == ("again", "bridge")
    assert {(quote.release, quote.text) for quote in told.quotes} == {
        (release, words) for release in told.releases for words in ("2 partneri", "2 partners")
    }
    assert told.messages["en"] == "Releases disagree on stated partner count: 2 and 3."
    assert all(each.severity is not Severity.VIOLATION for each in findings.values())


def test_a_longer_term_in_one_release_does_not_put_events_outside_the_term(
    bridges: dict[str, Graph], judge: Judge
) -> None:
    again = bridges[GRAPH + "again"]
    change(again, "eug:endDate", '"2019-02-28"^^xsd:date', '"2019-08-31"^^xsd:date')

    assert {finding.shape for finding in judge()} == {"X01"}


def test_two_lead_partners_in_two_releases_are_a_violation(
    bridges: dict[str, Graph], judge: Judge
) -> None:
    again = bridges[GRAPH + "again"]
    swap = '"%s"'
    text = again.serialize(format="turtle")
    one, two = "ee-tartu-municipality", "lv-riga-municipality"
    text = text.replace(f"bridge-2018/{one}", swap).replace(
        f"bridge-2018/{two}", f"bridge-2018/{one}"
    )
    bridges[GRAPH + "again"] = Graph().parse(
        data=text.replace(swap, f"bridge-2018/{two}"), format="turtle"
    )

    shapes = {finding.shape: finding for finding in judge()}

    assert shapes["X04"].severity is Severity.VIOLATION
    assert shapes["X04"].releases == ("again", "bridge")


def test_only_changed_releases_need_to_be_looked_at(
    bridges: dict[str, Graph], judge: Judge
) -> None:
    """Core constraints see the named graph, sense sees all."""
    for graph in bridges.values():
        graph.update(BASE + "DELETE WHERE { ?text eug:sha256 ?digest }")
    change(bridges[GRAPH + "again"], "eug:statedPartnerCount", "2", "3")

    findings = judge(GRAPH + "bridge")

    assert {(each.shape, each.releases) for each in findings if each.shape != "P08"} == {
        ("R06", ("bridge",)),
        ("X01", ("again", "bridge")),
    }
