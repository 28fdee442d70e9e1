"""Where releases disagree on a project's days, no page takes one of them silently."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from eugraph.pipeline import build
from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.workers import Limits, started

TEXT = """Partners of the project “{title}” ({acronym}) met
The project “{title}” ({acronym}) involves 4 partners from 2 countries – Latvia and Sweden.
Term of implementation: 01.09.2018. – {end}.
The first partner meeting of the project was held in Daugavpils, Latvia, from 3 to 5 May 2019.
"""
SAID = {
    "one": TEXT.format(title="Green Corners", acronym="GREENCOR", end="31.08.2020"),
    "two": TEXT.format(title="Green Corners", acronym="GREENCOR", end="30.09.2020"),
    "three": TEXT.format(title="Blue Bay", acronym="BLUEBAY", end="31.08.2020"),
}
PROJECT = "https://w3id.org/eugraph/id/project/greencor-2018"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Return a client of a site of three releases, two of which end one project differently."""
    folder = tmp_path_factory.mktemp("disputed")
    (folder / "releases").mkdir()
    for name, each in SAID.items():
        (folder / "releases" / f"{name}.txt").write_text(each, encoding="utf-8")
    build([folder / "releases"], folder / "site")
    with started(folder / "site", Limits()) as pool:
        yield create_app(folder / "site", Settings(), pool).test_client()


@pytest.mark.parametrize("path", ["/", "/projects", "/doc/project/greencor-2018", "/overview"])
@pytest.mark.parametrize(
    ("language", "term", "told"),
    [
        ("en", "1 September 2018 – 31 August 2020 or 30 September 2020", "releases disagree"),
        (
            "lv",
            "2018. gada 1. septembris – 2020. gada 31. augusts vai 2020. gada 30. septembris",
            "relīzes atšķiras",
        ),
    ],
)
def test_every_day_is_told_and_that_releases_disagree(
    client: FlaskClient, path: str, language: str, term: str, told: str
) -> None:
    page = client.get(f"{path}?lang={language}", headers={"Accept": "text/html"}).text

    assert term in page
    assert told in page


def test_the_table_has_every_day(client: FlaskClient) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/projects.csv").text))
    ends = {row["iri"]: row["end"] for row in rows}

    assert ends[PROJECT] == "2020-08-31; 2020-09-30"
    assert "2020-08-31" in ends.values()


def test_what_is_at_odds_is_listed_with_its_project(client: FlaskClient) -> None:
    chosen = "type=dtype:value-differs-between-releases"
    rows = csv.DictReader(io.StringIO(client.get(f"/discrepancies.csv?{chosen}").text))

    assert [(row["project"], row["status"]) for row in rows] == [("GREENCOR", "open")]


def test_both_readings_have_their_words_on_its_page(client: FlaskClient) -> None:
    page = client.get("/doc/discrepancy/quality/greencor-2018/end.html").text

    assert "31.08.2020" in page
    assert "30.09.2020" in page
