"""What a service proposes is kept and published as a candidate, never as the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, VOID, XSD

from eugraph.editions import GRAPH_BASE, candidates, current
from eugraph.errors import ReconciliationError, SiteError
from eugraph.linking import link
from eugraph.pipeline import build, is_current
from eugraph.reconciliation.service import Service
from eugraph.triples.iris import ID
from eugraph.vocabulary import EUG

from .reconciliation.conftest import Script, script

__all__ = ["script"]

RELEASES = Path(__file__).parents[1] / "data" / "releases"
TITLE = "EU city digital strategies for immigrants integration"
FOUND: dict[str, object] = {"id": "7", "name": "EUCIDIN", "score": 61, "match": False}
PROJECT = URIRef(ID + "project/eucidin-2017")


def links(site: Path) -> Graph:
    return Graph().parse(data=current(site).graphs[GRAPH_BASE + "links"], format="nt")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert build([RELEASES], tmp_path).edition
    return tmp_path


def test_projects_are_asked_about_and_the_next_build_publishes_what_was_proposed(
    site: Path, script: Script
) -> None:
    script.known = {TITLE: [FOUND]}

    found = link(site, Service(script.url))

    assert [query["query"] for query in script.batches[0].values()] == [TITLE, "WIR"]
    assert candidates(site) == found
    assert not is_current([RELEASES], site)
    assert build([RELEASES], site).edition
    graph = links(site)
    (node,) = graph.subjects(RDF.type, EUG.CandidateLink)
    assert (node, DCTERMS.subject, PROJECT) in graph
    assert (node, RDFS.seeAlso, URIRef("https://projects.example/id/7")) in graph
    assert (node, EUG.linkScore, Literal("61", datatype=XSD.decimal)) in graph
    assert not list(graph.triples((PROJECT, None, None)))


def test_a_service_that_is_asked_again_replaces_what_it_proposed(
    site: Path, script: Script
) -> None:
    script.known = {TITLE: [FOUND], "WIR": [{**FOUND, "id": "8"}]}
    link(site, Service(script.url))
    script.known = {TITLE: [{**FOUND, "id": "9"}]}

    link(site, Service(script.url))

    assert [each.iri for each in candidates(site)] == ["https://projects.example/id/9"]


def test_a_service_that_fails_changes_nothing(site: Path, script: Script) -> None:
    script.known = {TITLE: [FOUND]}
    kept = link(site, Service(script.url))
    script.status = 500

    with pytest.raises(ReconciliationError):
        link(site, Service(script.url))

    assert candidates(site) == kept


def test_without_an_edition_there_is_nothing_to_ask_about(tmp_path: Path, script: Script) -> None:
    with pytest.raises(SiteError):
        link(tmp_path, Service(script.url))


def test_the_verb_asks_only_when_a_service_is_named(site: Path, script: Script) -> None:
    script.known = {TITLE: [FOUND]}

    def run(*arguments: str) -> list[dict[str, object]]:
        command = [
            sys.executable,
            "-m",
            "eugraph",
            "link",
            "--site",
            str(site),
            "--json",
            *arguments,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return list(json.loads(done.stdout))

    assert run() == []
    assert script.batches == []
    told = run("--reconcile", script.url)
    assert [each["score"] for each in told] == ["61"]
    assert run() == told


def test_links_are_described_as_linksets(site: Path) -> None:
    graph = links(site)

    described = {
        (str(graph.value(node, VOID.objectsTarget)), graph.value(node, VOID.linkPredicate)): int(
            str(graph.value(node, VOID.triples))
        )
        for node in graph.subjects(RDF.type, VOID.Linkset)
    }
    assert described == {
        ("https://www.geonames.org/", OWL.sameAs): 4,
        ("https://www.wikidata.org/", OWL.sameAs): 2,
        ("https://www.wikidata.org/", RDFS.seeAlso): 13,
    }
    country = URIRef("http://publications.europa.eu/resource/authority/country/LVA")
    assert (country, RDFS.seeAlso, URIRef("http://www.wikidata.org/entity/Q211")) in graph
    for (target, predicate), number in described.items():
        space = str(graph.value(URIRef(target), VOID.uriSpace))
        found = [o for o in graph.objects(None, predicate) if str(o).startswith(space)]
        assert len(found) == number
