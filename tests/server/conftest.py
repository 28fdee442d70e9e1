"""A published site of two small releases, and the application that serves it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph
from werkzeug.test import TestResponse

from eugraph.changes import write_changes
from eugraph.dumps import write_dumps
from eugraph.editions import (
    GRAPH_BASE,
    Edition,
    Manifest,
    editions,
    fill,
    keep_register,
    new_draft,
    publish,
)
from eugraph.identity.register import Entry, Register
from eugraph.search import write_index
from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.store import Store
from eugraph.triples.ntriples import to_ntriples
from eugraph.vocabulary import PREFIXES
from eugraph.workers import Limits, Pool, started

GRAPHS = ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples")

PROLOGUE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

TIDE = """
@base <https://w3id.org/eugraph/id/> .
<release/tide> a eug:PressRelease ; eug:hasLanguageVersion <release/tide/en> ;
  eug:aboutProject <project/tide-2020> .
<release/tide/en> a eug:LanguageVersion ; dcterms:title "TIDE begins"@en ; dcterms:language lang:ENG .
<project/tide-2020> a eug:Project ; skos:prefLabel "TIDE" ; eug:acronym "TIDE" ;
  eug:startDate "2020-03-01"^^xsd:date ; eug:endDate "2022-02-28"^^xsd:date ;
  eug:statedPartnerCount 4 ; eug:hasParticipation <participation/tide-2020/lv-riga> ;
  eug:involvesCountry country:LVA , country:EST .
<participation/tide-2020/lv-riga> a eug:Participation ; eug:participant <org/lv-riga> ;
  eug:participationIn <project/tide-2020> ; eug:participationRole role:lead-partner .
<assertion/tide/1> a eug:Assertion ; rdf:subject <project/tide-2020> ;
  rdf:predicate eug:statedPartnerCount ; rdf:object 4 ; eug:assertionStatus astat:stated ;
  eug:hasEvidence <text/tide#char=9,25> .
<assertion/tide/2> a eug:Assertion ; rdf:subject <project/tide-2020> ;
  rdf:predicate eug:involvesCountry ; rdf:object country:FIN ; eug:assertionStatus astat:disputed .
<text/tide#char=9,25> a eug:Evidence ; oa:hasSource <text/tide> ; dcterms:language lang:ENG ;
  oa:hasSelector <selector/tide/9-25> .
<selector/tide/9-25> a oa:TextQuoteSelector ; oa:exact "four <b>partners" .
<text/tide> a eug:SourceText ; dcterms:identifier "tide.txt" .
"""

REEF = """
@base <https://w3id.org/eugraph/id/> .
<release/reef> a eug:PressRelease ; eug:hasLanguageVersion <release/reef/lv> ;
  eug:aboutProject <project/tide-2020> .
<release/reef/lv> a eug:LanguageVersion ; dcterms:title "Sākas “TIDE”"@lv ;
  dcterms:language lang:LAV .
<project/tide-2020> a eug:Project ; skos:prefLabel "TIDE" ; eug:acronym "TIDE" .
"""

REFERENCE = """
@base <https://w3id.org/eugraph/id/> .
<org/lv-riga> a org:Organization ; skos:prefLabel "Rīgas dome"@lv , "Riga City Council"@en .
country:LVA a dcterms:Location ; skos:notation "LV" ; skos:prefLabel "Latvia"@en , "Latvija"@lv . country:EST skos:prefLabel "Estonia"@en .
eug:acronym rdfs:label "acronym"@en , "akronīms"@lv .
eug:statedPartnerCount rdfs:label "stated partner count"@en .
"""

REGISTER = Register(
    (
        Entry("project", "project/tide-2020"),
        Entry(
            "project", "project/tide", replaced_by="project/tide-2020", rule="same-name-and-start"
        ),
        Entry("project", "project/ebb-2019"),
    )
)
"""Of three projects that were published one is another by now, and one is told of no more."""


@dataclass
class Conforms:
    """The verdict of a gate that found nothing."""

    conforms: bool = True


def graph_in(answer: TestResponse) -> Graph:
    """Return the graph that `answer` holds, read by its media type."""
    assert answer.status_code == 200, answer.text
    form = ox.RdfFormat.from_media_type(str(answer.mimetype))
    triples = (quad.triple for quad in ox.parse(answer.data, form))
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return Graph().parse(data=lines, format="nt")


def graphs_of(**texts: str) -> dict[str, str]:
    """Return graphs written in Turtle as graph IRI → sorted N-Triples."""
    return {
        GRAPH_BASE + name: to_ntriples(Graph().parse(data=PROLOGUE + text, format="turtle"))
        for name, text in texts.items()
    }


def _time(edition: Edition) -> str:
    return f"2026-01-0{edition.number}T00:00:00+00:00"


def keep_changes(site: Path, draft: Edition, graphs: dict[str, str]) -> None:
    """Write what `draft`, which is of `graphs`, changes of the edition before it."""
    before = editions(site)[-1] if editions(site) else None
    write_changes(
        draft.changes,
        before=before.changes if before else None,
        number=draft.number,
        created=_time(draft),
        old=before.graphs if before else {},
        new=graphs,
        about=Store.read_only(draft.store).about,
    )


def publish_graphs(site: Path, graphs: dict[str, str]) -> Edition:
    """Publish `graphs` as the next edition of `site`."""
    with new_draft(site) as draft:
        fill(draft, graphs, {"tide": "TIDE has four <b>partners."})
        keep_changes(site, draft, graphs)
        keep_register(draft, REGISTER)
        write_dumps(draft.dumps, graphs)
        write_index(draft.search, Store.read_only(draft.store).select, draft.texts)
        manifest = Manifest(draft.number, _time(draft), "eugraph 0")
        return publish(draft, Conforms(), manifest)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with one edition of three graphs."""
    site = tmp_path_factory.mktemp("site")
    publish_graphs(site, graphs_of(tide=TIDE, reef=REEF, reference=REFERENCE))
    return site


@pytest.fixture(scope="session")
def pool(site: Path) -> Iterator[Pool]:
    """Yield workers for the site."""
    with started(site, Limits(seconds=5, rows=20_000)) as pool:
        yield pool


@pytest.fixture(scope="session")
def app(site: Path, pool: Pool) -> Flask:
    """Return the application, the second of the switch over: in it, times still change."""
    app = create_app(site, Settings(query_length=2000, query_seconds=5), pool)
    time.sleep(1 - time.time() % 1)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the application."""
    return app.test_client()
