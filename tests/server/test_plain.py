"""What is meant for programs is a page to who takes nothing else, in both languages."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from eugraph.server.interface import LANGUAGES, translator

ADDRESSES = {
    "/feed": "feed",
    "/.well-known/void": "void",
    "/.well-known/sparql-examples/": "examples",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_browser_is_told_what_it_is_and_shown_it(
    client: FlaskClient, address: str, lang: str
) -> None:
    answer = client.get(f"{address}?lang={lang}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert translator(lang)(f"data.about-{ADDRESSES[address]}") in answer.text
    assert "@prefix" in answer.text.partition("<pre")[2].partition("</pre>")[0]
    forms = re.findall(
        r'<a href="([^"]+)">', answer.text.partition('class="take">')[2].partition("</p>")[0]
    )
    assert len(forms) == len(set(forms)) > 3
    for form in forms:
        assert client.get(form).status_code == 200, form


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("accept", ["*/*", "text/turtle"])
def test_a_program_gets_rdf(client: FlaskClient, address: str, accept: str) -> None:
    assert "html" not in str(client.get(address, headers={"Accept": accept}).mimetype)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_offered_is_named_once(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept": "image/png"})
    offered = re.findall(r"[a-z]+/[a-z.+-]+", answer.get_json(force=True)["detail"])
    assert answer.status_code == 406
    assert len(offered) == len(set(offered)) > 3
