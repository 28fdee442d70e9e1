"""The overview: drawings, the tables beside them, and the queries behind both."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from eugraph.server.interface import wording
from eugraph.server.overview import overview_sections, project_map, project_timeline
from eugraph.server.overview.sections import MOST_ROWS, MOST_SPANS, Teller, timeline_section
from eugraph.server.source import Source
from eugraph.settings import Settings
from eugraph.workers import Pool

TIDE = "https://w3id.org/eugraph/id/project/tide-2020"


@pytest.fixture
def source(site: Path, pool: Pool) -> Source:
    """Return what the application reads from."""
    return Source.of(site, Settings(query_seconds=5), pool)


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
        hrefs = [[source.href(value) if "://" in value else value for value in row] for row in rows]
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
    teller = Teller(wording("en"), {}, lambda iri: iri)
    section = timeline_section(teller, rows, [], "SELECT …")

    assert len(section.rows) == MOST_ROWS
    assert section.rest == 7
    assert section.picture.count('class="span open"') == MOST_SPANS
    assert str(len(rows) - MOST_SPANS) in section.note


def test_names_are_in_the_readers_language(source: Source) -> None:
    rows = overview_sections(source, source.edition, "lv")[0].rows

    assert {row[0].text for row in rows} == {"Latvija", "Estonia"}, (
        "Estonia has no Latvian name here"
    )


def test_a_project_has_its_countries_on_a_map_and_its_term_on_a_line(source: Source) -> None:
    drawn = project_map(source, source.edition, TIDE, "en")
    line = project_timeline(source, source.edition, TIDE, "en")

    assert drawn.count("area shade") == 2
    assert "Latvia" in drawn
    assert "2020-03-01 – 2022-02-28" in line


def test_of_a_thing_without_countries_or_days_there_is_no_drawing(source: Source) -> None:
    assert not project_map(source, source.edition, "https://w3id.org/eugraph/id/project/no", "en")
    assert not project_timeline(
        source, source.edition, "https://w3id.org/eugraph/id/project/no", "en"
    )


def test_every_language_of_the_interface_says_the_same_things() -> None:
    import tomllib

    from eugraph.shipped import shipped

    spoken = [
        {
            (section, key): set(re.findall(r"\{\w+\}", sentence))
            for section, sentences in tomllib.loads(path.read_text("utf-8")).items()
            for key, sentence in sentences.items()
        }
        for path in sorted(shipped("data/interface").glob("*.toml"))
    ]

    assert len(spoken) == 2
    assert spoken[0] == spoken[1]
