"""One address of every kind of thing, in every form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import URIRef
from rdflib.compare import isomorphic

from eugraph.pipeline import build
from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.store import BASE
from eugraph.vocabulary import EUG
from eugraph.workers import Limits, started

from .conftest import GRAPHS, graph_in

RELEASES = Path(__file__).parents[2] / "data" / "releases"
KINDS = (
    "assertion", "discrepancy", "event", "graph", "identity", "linkset", "measurement", "org",
    "participation", "place", "project", "release", "scheme", "selector", "text",
)  # fmt: skip
VOCABULARIES = ("ontology", "shapes", "vocab/event-type", "vocab/event-type/conference")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Yield a client of a site of real releases."""
    site = tmp_path_factory.mktemp("kinds")
    assert build([RELEASES], site).edition
    with started(site, Limits(workers=1)) as pool:
        yield create_app(site, Settings(), pool).test_client()


def _asked(reader: FlaskClient, query: str) -> list[str]:
    """Return the IRIs that a query of one variable finds."""
    answer = reader.get("/sparql", query_string={"query": query, "format": "csv"})
    return [row[0] for row in csv.reader(io.StringIO(answer.text))][1:]


@pytest.fixture(scope="module")
def things(reader: FlaskClient) -> dict[str, str]:
    """Return a path of each kind: the first of all that the data speaks of."""
    query = f'SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{BASE}")) }} ORDER BY ?s'
    found: dict[str, str] = {}
    for iri in _asked(reader, query):
        path = iri.removeprefix(BASE).partition("#")[0]
        found.setdefault(path.partition("/")[0], path)
    return found


def test_there_is_a_thing_of_each_kind_and_no_other(things: dict[str, str]) -> None:
    assert set(things) == set(KINDS)


@pytest.mark.parametrize("kind", [*KINDS, *VOCABULARIES])
def test_it_is_told_in_every_form(reader: FlaskClient, things: dict[str, str], kind: str) -> None:
    path = f"/id/{things[kind]}" if kind in KINDS else f"/{kind}"
    told = {}
    for media_type in (*GRAPHS, "text/html", BROWSER):
        answer = reader.get(path, headers={"Accept": media_type}, follow_redirects=True)
        assert answer.status_code == 200, media_type
        assert answer.mimetype == media_type.partition(",")[0]
        assert {"Accept", "Accept-Language"} <= set(re.split(", ?", answer.headers["Vary"]))
        if media_type in GRAPHS:
            told[media_type] = graph_in(answer)
    first = told["text/turtle"]
    assert {len(graph) for graph in told.values()} == {len(first)}
    if kind != "shapes":  # whose many blank nodes take long to match
        assert all(isomorphic(first, graph) for graph in told.values())
    if kind in KINDS and kind != "graph":
        assert (URIRef(BASE + things[kind]), None, None) in first
    assert (
        reader.get(path, headers={"Accept": "image/png"}, follow_redirects=True).status_code == 406
    )


def test_each_piece_of_evidence_is_told_where_its_iri_leads(reader: FlaskClient) -> None:
    query = f"SELECT ?s {{ ?s a <{EUG.Evidence}> }}"
    evidence = set(_asked(reader, query))
    texts = {iri.partition("#")[0].removeprefix(BASE) for iri in evidence}
    told: set[str] = set()
    for path in texts:
        told |= {str(subject) for subject in graph_in(reader.get(f"/doc/{path}.nt")).subjects()}
    assert evidence
    assert evidence <= told
