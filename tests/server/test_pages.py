"""The home page, errors, and what tells that the service is well."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, SKOS, URIRef

from eugraph.errors import QueryLimitError
from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.vocabulary import IRI_BASE
from eugraph.workers import Limits, Pool, started

from .conftest import REFERENCE, TIDE, graph_in, graphs_of, publish_graphs


def test_the_home_page_leads_to_the_data(client: FlaskClient) -> None:
    page = client.get("/").text
    for address in ("/doc/project/tide-2020", "/doc/release/reef", "/sparql", "/catalog.ttl"):
        assert f'href="{address}"' in page
    for line in page.split('href="/')[1:]:
        with client.get("/" + line.partition('"')[0]) as answer:
            assert answer.status_code == 200, line


def test_who_asks_the_home_page_for_rdf_is_led_to_the_catalogue(client: FlaskClient) -> None:
    for accept in ("text/turtle", "application/json", "application/rdf+xml, text/html;q=0.5"):
        answer = client.get("/", headers={"Accept": accept}, follow_redirects=True)
        assert answer.request.path == "/catalog"
        assert answer.mimetype != "text/html"
    for accept in ("", "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"):
        assert client.get("/", headers={"Accept": accept}).mimetype == "text/html"
    refused = client.get("/", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle" in refused.text


@pytest.mark.parametrize("lang", ["en", "lv"])
def test_every_page_says_under_which_licence_the_data_are(client: FlaskClient, lang: str) -> None:
    licence = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'
    for address in ("/", "/projects", "/doc/project/tide-2020", "/download/", "/no/such/page"):
        page = client.get(f"{address}?lang={lang}", headers={"Accept": "text/html"}).text
        assert licence in page.partition("<footer>")[2], address


def test_the_home_page_says_how_to_cite(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "edition 1" in page.partition("Cite this")[2]
    assert "<code>https://w3id.org/eugraph/</code>" in page
    assert "/diff/" not in page


@pytest.mark.parametrize(("lang", "said"), [("en", "since edition"), ("lv", "kopš")])
def test_editions_lead_to_what_they_changed(lang: str, said: str, tmp_path: Path) -> None:
    for text in (TIDE, TIDE.replace("TIDE", "TIDES"), TIDE):
        publish_graphs(tmp_path, graphs_of(tide=text, reference=REFERENCE))
    difference, accept = re.compile(r'href="(/download/[^"]*/diff/[^"]+)"'), {"Accept": "text/html"}
    with started(tmp_path, Limits(seconds=30)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        listed = client.get(f"/download/?lang={lang}", headers=accept).text
        home = client.get(f"/?lang={lang}", headers=accept).text
        told = client.get(f"/download/3/diff/2?lang={lang}", headers=accept).text
    newest = f"/download/3/diff/2?lang={lang}"
    assert difference.findall(listed) == [newest, f"/download/2/diff/1?lang={lang}"]
    assert said in listed
    assert difference.findall(home) == [newest]
    assert f'<html lang="{lang}">' in told


def test_pages_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'src="http' not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_service_says_how_it_is(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "edition 1\n"


def test_a_site_without_edition_is_not_ready_and_says_so_everywhere(
    tmp_path: Path, pool: Pool
) -> None:
    client = create_app(tmp_path, Settings(), pool).test_client()
    assert client.get("/healthz").status_code == 200
    for path in ("/readyz", "/", "/sparql?query=ASK{}", "/catalog", "/download/latest/eugraph.nt"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert int(answer.headers["Retry-After"]) > 0
        assert "eugraph build" in json.loads(answer.data)["detail"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_errors_are_readable_from_another_origin(client: FlaskClient, method: str) -> None:
    answer = client.open("/no/such/page", method=method, headers={"Origin": "https://example.org"})
    assert answer.status_code == 404
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", ["ontology", "shapes", "ontology/alignments"])
def test_every_vocabulary_and_its_version_answer_at_their_iris(
    client: FlaskClient, name: str
) -> None:
    graph = graph_in(client.get(f"/{name}", headers={"Accept": "text/turtle"}))
    (version,) = graph.objects(URIRef(IRI_BASE + name), OWL.versionIRI)
    answer = client.get(f"/{str(version).removeprefix(IRI_BASE)}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{name}")
    assert client.get(f"/{name}/9.9.9").status_code == 404
    assert client.get(f"/{name}", headers=HTML).mimetype == "text/html"


def test_the_concept_schemes_are_listed(client: FlaskClient) -> None:
    graph = graph_in(client.get("/vocab/", headers={"Accept": "text/turtle"}))
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert URIRef(IRI_BASE + "vocab/role") in schemes
    for scheme in schemes:
        assert client.get(f"/{str(scheme).removeprefix(IRI_BASE)}").status_code == 200
    assert client.get("/vocab").headers["Location"] == "/vocab/"
    assert 'href="/vocab/"' in client.get("/ontology", headers=HTML).text


@pytest.mark.parametrize("name", ["ontology", "shapes", "vocab/role"])
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "text/html"])
def test_vocabularies_are_served_readable_and_for_machines(
    client: FlaskClient, name: str, accept: str
) -> None:
    answer = client.get(f"/{name}", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, accept)
    assert (
        client.get(f"/{name}", headers={"Accept": accept}).headers["ETag"] == answer.headers["ETag"]
    )


def test_the_page_of_the_ontology_tells_of_each_term_what_it_is_joined_to_and_how_often_used(
    client: FlaskClient,
) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html"}).text
    terms = dict(re.findall(r'<dt id="(\w+)">(.*?)(?=<dt|</dl>)', page, re.DOTALL))
    term = terms["hasParticipation"]

    assert "range: <a href=" in term
    assert "ontology#Participation</code>" in term
    assert "close match: " in term
    assert "http://data.europa.eu/s66#hasInvolvedParty" in term
    assert "<pre>" in term
    assert re.search(r"used [1-9][0-9]* times?", terms["acronym"])


def test_the_page_of_the_ontology_speaks_latvian_and_shows_an_example_from_the_data(
    client: FlaskClient,
) -> None:
    page = client.get("/ontology?lang=lv", headers={"Accept": "text/html"}).text
    terms = dict(re.findall(r'<dt id="(\w+)">(.*?)(?=<dt|</dl>)', page, re.DOTALL))

    assert "vērtību apgabals: <a href=" in terms["hasParticipation"]
    assert "range:" not in page
    assert "klase</small>" in terms["Project"]
    assert "Class" not in page
    assert re.search(r"lietojumu skaits: [1-9]", terms["acronym"])
    (example,) = re.findall(r'piemērs no datiem: <a href="([^"]+)"', terms["Project"])
    assert client.get(example, follow_redirects=True, headers=HTML).status_code == 200


def test_every_property_in_the_data_has_an_example_from_it(client: FlaskClient) -> None:
    page = client.get("/ontology", headers=HTML).text
    terms = dict(re.findall(r'<dt id="(\w+)">(.*?)(?=<dt|</dl>)', page, re.DOTALL))

    used = {name for name, term in terms.items() if re.search(r"used [1-9]", term)}
    assert {"acronym", "involvesCountry", "startDate"} <= used
    assert all("example from the data: <a href=" in terms[name] for name in used)
    assert re.search(r"project/\w+-20\d\d</code></a> → <code>\w+</code>", terms["acronym"])


def test_the_page_of_a_scheme_tells_how_often_a_concept_is_used(client: FlaskClient) -> None:
    page = client.get("/vocab/role", headers=HTML).text
    term = page.split("vocab/role/lead-partner</code>")[1].split("<dt")[0]

    assert re.search(r"used [1-9][0-9]* times?", term)
    assert "id/participation/" in term


def test_a_concept_leads_to_its_scheme(client: FlaskClient) -> None:
    page = client.get("/vocab/role/lead-partner", headers=HTML).text
    assert page.count("<dt") == 1
    assert "vocab/role/lead-partner</code>" in page
    assert '<a href="/vocab/role">' in page
    assert client.get("/vocab/role/nobody").status_code == 404
    assert client.get("/vocab/nothing").status_code == 404


HTML = {"Accept": "text/html"}


def test_a_reader_chooses_a_language_by_header_and_by_address(client: FlaskClient) -> None:
    latvian = {**HTML, "Accept-Language": "lv,en;q=0.5"}
    assert '<html lang="en">' in client.get("/", headers=HTML).text
    assert '<html lang="lv">' in client.get("/", headers=latvian).text
    assert '<html lang="en">' in client.get("/?lang=en", headers=latvian).text
    assert '<html lang="en">' in client.get("/?lang=xx", headers=HTML).text
    assert "Accept-Language" in client.get("/").headers["Vary"]


def test_a_chosen_language_is_kept_on_links_to_pages_alone(client: FlaskClient) -> None:
    page = client.get("/?lang=lv", headers=HTML).text
    assert 'href="/doc/project/tide-2020?lang=lv"' in page
    assert 'href="/download/latest/eugraph.ttl"' in page
    assert 'href="/static/eugraph.css"' in page
    asked = client.get("/sparql?lang=lv", headers=HTML).text
    assert '<input type="hidden" name="lang" value="lv"' in asked
    assert "?lang=" not in client.get("/", headers=HTML).text.split("<main")[1]


def test_the_switch_leads_to_the_same_page(client: FlaskClient) -> None:
    page = client.get("/overview?a=b+c&lang=lv", headers=HTML).text
    assert '<a href="/overview?a=b+c&amp;lang=en" lang="en" hreflang="en">English</a>' in page


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/doc/project/ebb-2019", 410)])
def test_problems_are_told_in_the_language_of_the_reader(
    client: FlaskClient, path: str, status: int
) -> None:
    answer = client.get(path, headers={**HTML, "Accept-Language": "lv"})
    assert answer.status_code == status
    assert '<html lang="lv">' in answer.text
    assert "Uz sākumlapu" in answer.text


def test_a_page_that_leads_on_in_a_language_is_another_than_one_that_does_not(
    client: FlaskClient,
) -> None:
    for coding in ("identity", "gzip"):
        headers = {**HTML, "Accept-Language": "lv", "Accept-Encoding": coding}
        plain, chosen = (
            client.get("/projects", headers=headers),
            client.get("/projects?lang=lv", headers=headers),
        )
        assert plain.headers["ETag"] != chosen.headers["ETag"]
        assert plain.data != chosen.data
        again = {**headers, "If-None-Match": chosen.headers["ETag"]}
        assert client.get("/projects?lang=lv", headers=again).status_code == 304
        assert client.get("/projects", headers=again).status_code == 200


def test_a_long_report_is_read_by_shape_and_page(tmp_path: Path, pool: Pool) -> None:
    found = [
        {
            "shape": shape,
            "severity": severity,
            "focus": f"https://w3id.org/eugraph/id/place/p-{number}",
            "about": {"en": f"Place {number}"},
            "messages": {"en": "A label is missing."},
            "advice": {"en": "Give one."},
            "quotes": [],
            "releases": [],
        }
        for shape, severity, count in (("L01", "Warning", 120), ("R08", "Info", 3))
        for number in range(count)
    ]
    edition = publish_graphs(tmp_path, graphs_of(reference=REFERENCE))
    (edition.folder / "report.json").write_text(json.dumps({"findings": found}))
    client = create_app(tmp_path, Settings(), pool).test_client()

    first = client.get("/report", headers={"Accept": "text/html"}).text
    assert len(re.findall("<article", first)) == 5 + 3
    assert 'href="/report?shape=L01"' in first
    assert "shape=R08" not in first
    pages = [client.get(f"/report?shape=L01&page={n}").text for n in (1, 2, 3)]
    told = [name for page in pages for name in re.findall(r"<bdi>(Place \d+)</bdi>", page)]
    assert told == [f"Place {number}" for number in range(120)]
    for path in ("/report?shape=L01&page=4", "/report?shape=L01&page=0", "/report?shape=no"):
        assert client.get(path).status_code == 404


def test_a_damaged_file_is_named_in_the_log_alone(
    tmp_path: Path, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    edition = publish_graphs(tmp_path / "site", graphs_of(tide=TIDE))
    client = create_app(tmp_path / "site", Settings(), pool).test_client()
    edition.search.write_bytes(b"no index" * 1000)
    for path in ("/projects", "/projects.csv", "/search?q=tide"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text
    assert str(edition.search) in caplog.text
    shutil.rmtree(edition.dumps)
    for path in ("/catalog", "/download/latest/eugraph.nt", "/api/3/action/package_list"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text


@pytest.mark.parametrize(("limit", "status"), [("query_memory", 200), ("query_queue", 503)])
def test_a_page_outlives_the_loss_of_one_worker_and_no_other_limit(
    site: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, limit: str, status: int
) -> None:
    client = create_app(site, Settings(), pool).test_client()
    ask = Pool.ask
    failed: list[str] = []

    def once(self: Pool, *arguments: object, **more: object) -> object:
        if not failed:
            failed.append(limit)
            raise QueryLimitError("The worker is gone.", limit)
        return ask(self, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "ask", once)
    answer = client.get("/doc/project/tide-2020", headers={"Accept": "text/html"})

    assert (failed, answer.status_code) == ([limit], status)
