"""The overview: drawings, the tables beside them, and the queries behind both."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from eugraph.errors import QueryError
from eugraph.server.addresses import leads
from eugraph.server.overview import overview_sections, thing_drawings
from eugraph.server.overview.labels import Labels
from eugraph.server.overview.sections import MOST_ROWS
from eugraph.server.overview.time import MOST_SPANS, inferred_days, timeline_section
from eugraph.server.source import Source
from eugraph.settings import Settings
from eugraph.workers import Limits, Pool, started

from .conftest import graphs_of, publish_graphs

TIDE = "https://w3id.org/eugraph/id/project/tide-2020"
SURF = "https://w3id.org/eugraph/id/project/surf-2021"

DATED = """
@base <https://w3id.org/eugraph/id/> .
<project/surf-2021> a eug:Project ; skos:prefLabel "SURF" ;
  eug:startDate "2021-05-01"^^xsd:date ; eug:endDate "2023-04-30"^^xsd:date .
<event/meeting> a eug:Event ; eug:eventOf <project/surf-2021> ; skos:prefLabel "Meeting" ;
  eug:eventStatus estat:reported-planned , estat:reported-held ;
  eug:notBefore "2021-09-01"^^xsd:date , "2021-09-27"^^xsd:date ;
  eug:notAfter "2021-09-30"^^xsd:date , "2021-09-29"^^xsd:date ;
  eug:startDate "2021-09-27"^^xsd:date ; eug:endDate "2021-09-29"^^xsd:date .
<event/visit> a eug:Event ; eug:eventOf <project/surf-2021> ; skos:prefLabel "Visit" ;
  eug:eventStatus estat:reported-planned ; eug:notBefore "2022-03-01"^^xsd:date ;
  eug:startDate "2022-03-01"^^xsd:date .
<event/fair> a eug:Event ; eug:eventOf <project/surf-2021> ; skos:prefLabel "Fair" ;
  eug:notBefore "2022-06-01"^^xsd:date ; eug:notAfter "2022-06-30"^^xsd:date .
<assertion/1> a eug:Assertion ; rdf:subject <event/meeting> ; rdf:predicate eug:startDate ;
  rdf:object "2021-09-27"^^xsd:date ; eug:assertionStatus astat:inferred .
<assertion/2> a eug:Assertion ; rdf:subject <event/meeting> ; rdf:predicate eug:endDate ;
  rdf:object "2021-09-29"^^xsd:date ; eug:assertionStatus astat:inferred .
<assertion/3> a eug:Assertion ; rdf:subject <event/visit> ; rdf:predicate eug:startDate ;
  rdf:object "2022-03-01"^^xsd:date ; eug:assertionStatus astat:inferred .
<assertion/4> a eug:Assertion ; rdf:subject <event/visit> ; rdf:predicate eug:startDate ;
  rdf:object "2022-03-01"^^xsd:date ; eug:assertionStatus astat:stated .
<assertion/5> a eug:Assertion ; rdf:subject <project/surf-2021> ; rdf:predicate eug:endDate ;
  rdf:object "2023-04-30"^^xsd:date ; eug:assertionStatus astat:inferred .
"""


@pytest.fixture
def source(site: Path, pool: Pool) -> Source:
    """Return what the application reads from."""
    return Source.of(site, Settings(query_seconds=5), pool)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    """Yield what tells of a project with days stated and inferred, events held and planned."""
    site = tmp_path_factory.mktemp("dated")
    publish_graphs(site, graphs_of(dated=DATED))
    with started(site, Limits(seconds=30)) as pool:
        yield Source.of(site, Settings(), pool)


@pytest.mark.parametrize("tongue", ["en", "lv"])
def test_each_drawing_has_a_table_of_exactly_the_rows_of_its_query(
    client: FlaskClient, source: Source, tongue: str
) -> None:
    sections = overview_sections(source, source.edition, tongue)

    assert [section.key for section in sections] == ["map", "timeline", "network"]
    for section in sections:
        answer = client.post(
            "/sparql", data={"query": section.query}, headers={"Accept": "text/csv"}
        )
        assert answer.status_code == 200, answer.text
        _, *rows = csv.reader(io.StringIO(answer.text))
        assert rows
        lead = leads(source, source.edition)
        hrefs = [[lead(value) if "://" in value else value for value in row] for row in rows]
        assert [[cell.href or cell.text for cell in row] for row in section.rows] == hrefs


def test_the_page_draws_and_links_to_the_queries(client: FlaskClient) -> None:
    shown = client.get("/overview", headers={"Accept": "text/html"}).text
    queries = [unescape(each) for each in re.findall(r'href="(/query\?[^"]+)"', shown)]

    assert list(re.findall(r'class="drawing (\w+)"', shown)) == [
        "map",
        "timeline",
        "network",
    ]
    assert ' style="' not in shown
    assert len(queries) == 3
    for each in queries:
        assert "SELECT" in parse_qs(urlsplit(each).query)["query"][0]
        assert client.get(each).status_code == 200


def test_of_many_projects_the_latest_are_drawn_and_the_page_says_what_it_leaves_out() -> None:
    rows = [
        {
            "project": {"type": "uri", "value": f"https://w3id.org/eugraph/id/project/p-{number}"},
            "start": {"type": "literal", "value": "2020-01-01"},
        }
        for number in range(MOST_ROWS + 7)
    ]
    labels = Labels("en", {}, lambda iri: iri)
    section = timeline_section(labels, rows, [], {}, {})

    assert len(section.rows) == MOST_ROWS
    assert section.rest == 7
    assert section.picture.count('class="span open"') == MOST_SPANS
    assert str(len(rows) - MOST_SPANS) in section.note


def test_what_is_known_to_the_month_or_at_one_end_is_drawn_and_told_as_that() -> None:
    rows = [
        {
            name: {"type": "literal", "value": told}
            for name, told in (("project", "p"), ("start", start), ("end", end), ("known", known))
            if told
        }
        for start, end, known in (
            ("2021-01-01", "2023-12-31", "2021-01/2023-12"),
            ("", "2025-12-31", "../2025-12-31"),
            ("2021-03-04", "2022-03-03", "2021-03-04/2022-03-03"),
        )
    ]
    section = timeline_section(Labels("en", {}, lambda iri: iri), rows, [], {}, {})
    told = re.findall(r'aria-label="p: ([^"]+)" class="([^"]+)"', section.picture)

    assert [(words.replace("\N{THIN SPACE}", " "), kind) for words, kind in told] == [
        ("January 2021 – December 2023", "span rough"),
        ("until 31 December 2025", "span open"),
        ("4 Mar 2021 – 3 Mar 2022", "span"),
    ]
    assert section.note == ""


def test_names_are_in_the_readers_language(source: Source) -> None:
    rows = overview_sections(source, source.edition, "lv")[0].rows

    assert {row[0].text for row in rows} == {"Latvija", "Estonia"}, (
        "Estonia has no Latvian name here"
    )


def test_a_project_has_its_countries_on_a_map_and_its_term_on_a_line(source: Source) -> None:
    drawn = thing_drawings(source, source.edition, TIDE, "project", "en")().map
    line = thing_drawings(source, source.edition, TIDE, "project", "en")().time

    assert drawn.count("area shade") == 2
    assert "Latvia" in drawn
    assert "1 Mar 2020\N{THIN SPACE}–\N{THIN SPACE}28 Feb 2022" in line
    assert "inferred" not in line


def test_what_is_asked_ahead_is_what_is_asked_at_once(source: Source) -> None:
    query = "SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o LIMIT 20"
    ahead = source.rows_ahead(source.edition, query)
    wrong = source.rows_ahead(source.edition, "SELECT ?s { ?s a }")

    assert ahead.result(30) == list(source.rows(source.edition, query)) != []
    with pytest.raises(QueryError):
        wrong.result(30)


def test_countries_lead_to_their_projects_here(client: FlaskClient) -> None:
    shown = client.get("/overview", headers={"Accept": "text/html"}).text

    assert 'href="/projects?country=country%3ALVA"' in shown
    assert "publications.europa.eu" not in shown.replace("SELECT", "")


def test_days_that_are_inferred_are_drawn_and_told_as_such(dated: Source) -> None:
    line = thing_drawings(dated, dated.edition, SURF, "project", "en")().time
    marks = dict(re.findall(r'aria-label="([^":]*): [^"]*" class="([^"]*)"', line))
    told = dict(re.findall(r'aria-label="([^":]*): ([^"]*)"', line))

    assert marks == {
        "SURF": "span inferred", "Meeting": "mark held inferred", "Visit": "mark planned",
        "Fair": "mark unknown",
    }  # fmt: skip
    assert (
        told["SURF"]
        == "1 May 2021\N{THIN SPACE}–\N{THIN SPACE}30 Apr 2023 (inferred: 30 April 2023)"
    )
    assert told["Meeting"].startswith("27–29 Sept 2021 (inferred); ")
    assert "inferred" not in told["Visit"], "what one release infers another one states"
    assert inferred_days(dated, dated.edition)[SURF] == frozenset({"endDate"})


def test_an_event_that_was_planned_and_then_held_is_drawn_as_held_to_the_day(
    dated: Source,
) -> None:
    line = thing_drawings(dated, dated.edition, SURF, "project", "lv")().time

    assert line.count('class="mark held') == 1
    assert "2021. gada 27.–29. sept. (izsecināts)" in line


def test_of_a_thing_without_countries_or_days_there_is_no_drawing(source: Source) -> None:
    assert not thing_drawings(
        source, source.edition, "https://w3id.org/eugraph/id/project/no", "project", "en"
    )().map
    assert not thing_drawings(
        source, source.edition, "https://w3id.org/eugraph/id/project/no", "project", "en"
    )().time
