"""The page of a thing: where its values lead, and how much of what is said it shows."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

from eugraph.server import create_app
from eugraph.server.things.arranged import MOST_READINGS
from eugraph.settings import Settings
from eugraph.workers import Limits, started

from ..conftest import graphs_of, publish_graphs  # noqa: TID252

HTML = {"Accept": "text/html"}


def test_countries_and_concepts_lead_to_the_list_of_what_they_are_said_of(
    client: FlaskClient,
) -> None:
    page = client.get("/doc/project/tide-2020", headers=HTML).text
    facts = unescape(page.partition('<dl class="facts">')[2].partition("</dl>")[0])
    for country in ("LVA", "EST", "FIN"):
        assert f'href="/projects?country=country%3A{country}"' in facts
    assert "publications.europa.eu" not in facts
    parts = unescape(page.partition('<ul class="parts">')[2].partition("</ul>")[0])
    assert 'href="/organisations?role=role%3Alead-partner"' in parts
    for address in re.findall(r'href="(/(?:projects|organisations)\?[^"]+)"', facts + parts):
        listed = client.get(address, headers=HTML).text
        assert ('class="name"' in listed) == ("FIN" not in address)


def test_properties_lead_to_the_ontology(client: FlaskClient) -> None:
    page = client.get("/doc/project/tide-2020", headers=HTML).text
    assert '<dt><a href="/ontology#involvesCountry"' in page


def test_every_link_to_words_lands_on_one_place_of_the_text(client: FlaskClient) -> None:
    page = client.get("/doc/project/tide-2020", headers=HTML).text
    links = re.findall(r'href="(/doc/text/[a-z-]+)#(char=\d+,\d+)"', page)
    assert links
    for address, anchor in links:
        assert client.get(address, headers=HTML).text.count(f'id="{anchor}"') == 1


def test_of_many_readings_the_best_are_shown_and_a_query_gives_all(tmp_path: Path) -> None:
    told = "".join(
        f"<assertion/{number}> a eug:Assertion ; rdf:subject <project/tide-2020> ; "
        f"rdf:predicate eug:statedPartnerCount ; rdf:object 4 ; "
        f"eug:assertionStatus astat:{'stated' if number == 17 else 'inferred'} .\n"
        for number in range(2 * MOST_READINGS)
    )
    about = (
        "@base <https://w3id.org/eugraph/id/> .\n"
        '<project/tide-2020> a eug:Project ; skos:prefLabel "TIDE" ; eug:statedPartnerCount 4 .\n'
    )
    publish_graphs(tmp_path, graphs_of(tide=about + told))
    with started(tmp_path, Limits(seconds=30)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        page = client.get("/doc/project/tide-2020", headers=HTML).text

        assert len(re.findall('class="reading stated"', page)) == 1, "it goes before the others"
        assert len(re.findall('class="reading', page)) == MOST_READINGS
        rest = re.search(rf'href="([^"]+)"[^>]*>{MOST_READINGS} more, by a query', page)
        assert rest
        query = parse_qs(urlsplit(unescape(rest[1])).query)["query"][0]
        rows = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}).text
        assert len(rows.strip().splitlines()) == 1 + 2 * MOST_READINGS
