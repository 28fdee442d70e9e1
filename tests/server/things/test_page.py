"""The page of a thing: where its values lead."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient

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
