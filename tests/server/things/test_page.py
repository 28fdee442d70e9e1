"""The page of a thing: where its values lead, and how much of what is said it shows."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from eugraph.search import Index
from eugraph.server import create_app
from eugraph.server.app import SOURCE
from eugraph.server.desk.review import Finding, Where, where_found
from eugraph.server.interface import translator
from eugraph.server.things.localizer import Localizer
from eugraph.server.things.presenter import MOST_READINGS
from eugraph.server.things.sections import SECTIONS
from eugraph.settings import Settings
from eugraph.shipped import shipped
from eugraph.vocabulary import IRI_BASE, PREFIXES
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


DOUBTED = """
@base <https://w3id.org/eugraph/id/> .
<project/ebb-2021> a eug:Project ; skos:prefLabel "EBB" ; eug:acronym "EBB" ;
  eug:startDate "2021-05-01"^^xsd:date ; eug:notBefore "2021-05-01"^^xsd:date ;
  eug:involvesCountry country:LVA .
<event/ebb-2021/fair> a eug:Event ; skos:prefLabel "Fair" ; eug:eventOf <project/ebb-2021> ;
  eug:notBefore "2021-09-27"^^xsd:date ; eug:notAfter "2021-09-29"^^xsd:date .
<event/ebb-2021/fair/talk> a eug:Event ; skos:prefLabel "Talk" ;
  eug:partOfEvent <event/ebb-2021/fair> .
<assertion/1> a eug:Assertion ; rdf:subject <project/ebb-2021> ; rdf:predicate eug:startDate ;
  rdf:object "2021-05-01"^^xsd:date ; eug:assertionStatus astat:stated .
<assertion/2> a eug:Assertion ; rdf:subject <project/ebb-2021> ; rdf:predicate eug:startDate ;
  rdf:object "2021-06-01"^^xsd:date ; eug:assertionStatus astat:disputed .
<assertion/3> a eug:Assertion ; rdf:subject <project/ebb-2021> ; rdf:predicate eug:involvesCountry ;
  rdf:object country:LVA ; eug:assertionStatus astat:stated .
<discrepancy/1> a eug:Discrepancy ; oa:hasTarget <project/ebb-2021> ; eug:onProperty eug:startDate ;
  eug:discrepancyType dtype:value-differs-between-languages ; eug:resolutionStatus dres:open ;
  eug:concernsAssertion <assertion/1> , <assertion/2> ; rdfs:comment "May or June."@en .
<discrepancy/2> a eug:Discrepancy ; oa:hasTarget <project/ebb-2021> ;
  eug:onProperty eug:involvesCountry ; eug:resolutionStatus dres:open ;
  eug:discrepancyType dtype:stated-in-one-language-only ; eug:concernsAssertion <assertion/3> ;
  rdfs:comment "In English only."@en .
"""


@pytest.fixture(scope="module")
def doubted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Yield a client of a site with a project of which two days are told as its first."""
    site = tmp_path_factory.mktemp("doubted")
    publish_graphs(site, graphs_of(doubted=DOUBTED))
    with started(site, Limits(seconds=30)) as pool:
        yield create_app(site, Settings(), pool).test_client()


def test_contradictions_are_counted_and_remarks_stand_apart(doubted: FlaskClient) -> None:
    page = doubted.get("/doc/project/ebb-2021", headers=HTML).text
    contradictions = page.partition('<section id="contradictions"')[2].partition("</section>")[0]
    remarks = page.partition('<section id="remarks"')[2].partition("</section>")[0]

    assert "There is 1 contradiction in what is said of this." in page
    assert ("May or June." in contradictions, "In English only." in contradictions) == (True, False)
    assert "In English only." in remarks
    assert page.count('class="clash contradicted" href="#contradictions"') == 2
    assert page.count('class="clash remarked" href="#remarks"') == 1


def test_a_part_of_an_event_tells_of_which_project_it_is_and_when_the_whole_is(
    doubted: FlaskClient,
) -> None:
    page = doubted.get("/doc/event/ebb-2021/fair/talk", headers=HTML).text
    way = page.partition('<p class="way"')[2].partition("</p>")[0]
    whole = doubted.get("/doc/event/ebb-2021/fair", headers=HTML).text

    assert re.findall('href="([^"]+)"', way) == [
        "/doc/project/ebb-2021",
        "/doc/event/ebb-2021/fair",
    ]
    assert "The day of this part is not stated; the whole: 27–29 Sept 2021." in page
    assert "The day of this part" not in whole


def test_findings_tell_to_which_project_what_they_are_about_belongs(doubted: FlaskClient) -> None:
    index = Index(doubted.application.extensions[SOURCE].edition.search)
    iris = [
        f"{IRI_BASE}id/{key}"
        for key in ("discrepancy/1", "event/ebb-2021/fair", "project/ebb-2021")
    ]
    findings = [Finding("Warning", "S02", iri, f"raw {iri}", "", "", (), ()) for iri in iris]
    where = where_found(index, findings, "en")

    assert where[iris[0]] == Where("May or June.", iris[2], "EBB")
    assert where[iris[1]] == Where(f"raw {iris[1]}", iris[2], "EBB")
    assert iris[2] not in where, "a project needs no other to be found"


def test_what_another_authority_numbers_is_told_with_that_authority() -> None:
    localizer = Localizer("en", translator("en"), names={}, terms={}, languages={})

    assert localizer.name("https://sws.geonames.org/460413/") == "460413 (sws.geonames.org)"
    assert localizer.name(f"{IRI_BASE}id/place/lv-riga") == "lv riga"
    assert localizer.name(PREFIXES["eug"] + "noSuchTerm") == "noSuchTerm"


def test_a_participation_is_called_by_who_takes_part_in_what(client: FlaskClient) -> None:
    page = client.get("/doc/participation/tide-2020/lv-riga", headers=HTML).text

    assert "<bdi>Riga City Council – TIDE</bdi></h1>" in page
    assert "lv riga" not in page


@pytest.mark.parametrize(("tongue", "name"), [("en", "start date"), ("lv", "sākuma datums")])
def test_lists_tell_which_value_is_in_doubt(doubted: FlaskClient, tongue: str, name: str) -> None:
    page = doubted.get(f"/projects?lang={tongue}", headers=HTML).text
    rows = list(csv.DictReader(io.StringIO(doubted.get(f"/projects.csv?lang={tongue}").text)))

    assert re.search(
        rf'<div class="doubt"><dt>[^<]+</dt><dd><bdi>{name}</bdi></dd>', page, re.IGNORECASE
    )
    assert [row["contradicted"].lower() for row in rows] == [name]


def test_every_place_knows_the_same_contradictions() -> None:
    """Lists, tables and pages are data of their own, and must not come to differ."""
    kinds = re.compile(r"dtype:([a-z-]+)")
    pages = tomllib.loads(shipped("data/pages/things.toml").read_text(encoding="utf-8"))
    told = set(kinds.findall(" ".join(pages["contradictions"])))
    patterns = [
        *re.findall(r"\?kind IN \(([^)]*)\)", shipped("data/tables.toml").read_text("utf-8")),
        *re.findall(r"\?kind IN \(([^)]*)\)", shipped("data/lists/lists.toml").read_text("utf-8")),
    ]

    assert len(patterns) == 5
    assert all(set(kinds.findall(each)) == told for each in patterns)


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


AROUND = """
@base <https://w3id.org/eugraph/id/> .
<project/tide-2020> a eug:Project ; skos:prefLabel "TIDE" ; eug:notBefore "2020-01-01"^^xsd:date ;
  eug:involvesCountry country:LVA , country:EST ; eug:hasParticipation <participation/1> ;
  eug:notAfter "2021-12-31"^^xsd:date ; eug:edtf "2020-01/2021"^^edtf:EDTF ; eug:statedPartnerCount 4 ;
  eug:fundedUnder <scheme/fund> , <scheme/fund/strand-2> .
<scheme/fund> a eug:FundingScheme ; skos:prefLabel "Fund"@en ; eug:schemeLevel <https://w3id.org/eugraph/vocab/scheme-level/programme> .
<scheme/fund/strand-2> a eug:FundingScheme ; skos:prefLabel "Seas"@en ; skos:notation "2" ; eug:subSchemeOf <scheme/fund> ;
  eug:schemeLevel <https://w3id.org/eugraph/vocab/scheme-level/strand> .
<https://w3id.org/eugraph/vocab/scheme-level/strand> skos:prefLabel "strand"@en . role:lead-partner skos:prefLabel "lead partner"@en .
<participation/1> a eug:Participation ; eug:participant <org/lv-riga> ;
  eug:participationIn <project/tide-2020> ; eug:participationRole role:lead-partner .
<org/lv-riga> a org:Organization ; skos:prefLabel "Riga City Council"@en , "Rīgas dome"@lv ;
  eug:organisationCountry country:LVA ; dcterms:spatial <place/lv-riga> .
<place/lv-riga> a dcterms:Location ; skos:prefLabel "Riga"@en ; eug:locationCountry country:LVA ;
  owl:sameAs <https://sws.geonames.org/456172/> .
country:EST skos:prefLabel "Estonia"@en . country:LVA skos:prefLabel "Latvia"@en .
<release/tide> a eug:PressRelease ; eug:hasLanguageVersion <release/tide/en> ;
  dcterms:issued "2020-01-07"^^xsd:date ; eug:edtf "2020-01-07"^^edtf:EDTF .
<release/tide/en> a eug:LanguageVersion ; eug:languageVersionOf <release/tide> ;
  dcterms:title "TIDE begins"@en .
<release/reef> a eug:PressRelease ; eug:hasLanguageVersion <release/reef/en> .
<release/reef/en> eug:languageVersionOf <release/reef> ; dcterms:title "Of others"@en .
<assertion/1> a eug:Assertion ; rdf:subject <participation/1> ; rdf:predicate eug:participationRole ;
  rdf:object role:partner ; eug:statedIn <release/tide/en> .
<event/one> a eug:Event ; skos:prefLabel "TIDE meeting"@en ; eug:eventOf <project/tide-2020> ;
  eug:heldAt <place/lv-riga> ; eug:notBefore "2020-02-01"^^xsd:date ; eug:notAfter "2020-02-29"^^xsd:date .
<event/two> a eug:Event ; skos:prefLabel "TIDE meeting"@en ; eug:eventOf <project/tide-2020> ;
  eug:notBefore "2021-05-03"^^xsd:date ; eug:notAfter "2021-05-03"^^xsd:date ; eug:edtf "2021-05-03"^^edtf:EDTF ;
  eug:startDate "2021-05-03"^^xsd:date ; eug:endDate "2021-05-03"^^xsd:date .
<event/three> a eug:Event ; skos:prefLabel "TIDE meeting"@en ; eug:eventOf <project/tide-2020> .
<release/tide> eug:aboutEvent <event/one> , <event/two> , <event/three> .
"""


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Yield a client of a site with an organisation, its place, and events of one name."""
    site = tmp_path_factory.mktemp("around")
    publish_graphs(site, graphs_of(tide=AROUND))
    with started(site, Limits(seconds=30)) as pool:
        yield create_app(site, Settings(), pool).test_client()


@pytest.mark.parametrize("thing", ["org/lv-riga", "place/lv-riga"])
def test_an_organisation_and_a_place_tell_the_countries_they_work_with_and_what_speaks_of_them(
    around: FlaskClient, thing: str
) -> None:
    page = around.get(f"/doc/{thing}", headers=HTML).text
    section = unescape(page.partition('id="with"')[2].partition("</section>")[0])
    assert re.findall(r"<bdi>(\w+)</bdi>", section) == ["Estonia"], "not its own"
    assert "1 project<" in section
    found = re.search(r'href="(/projects\?[^"]+)"', section)
    assert found
    assert "TIDE" in around.get(found[1], headers=HTML).text.partition("<ol")[2]
    told = page.partition('id="mentions"')[2].partition("</section>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi>", told) == ["TIDE begins"]


def section(page: str, name: str) -> str:
    return unescape(page.partition(f'<section id="{name}"')[2].partition("</section>")[0])


@pytest.mark.parametrize(
    ("thing", "drawn", "on_map"),
    [
        ("project/tide-2020", "TIDE: January 2020 – 2021", "Estonia: 1 project"),
        ("org/lv-riga", "TIDE: January 2020 – 2021", "Estonia: 1 project"),
        ("scheme/fund", "TIDE: January 2020 – 2021", "Estonia: 1 project"),
        ("place/lv-riga", "TIDE meeting: February 2020; ", "Riga"),
        ("event/one", "TIDE meeting: February 2020; ", "Riga"),
    ],
)
def test_every_kind_of_thing_is_drawn_in_time_and_place(
    around: FlaskClient, thing: str, drawn: str, on_map: str
) -> None:
    page = around.get(f"/doc/{thing}", headers=HTML).text
    assert f'aria-label="{drawn}' in section(page, "time")
    assert f'aria-label="{on_map}' in section(page, "map")
    assert ("dotted: known to the month or the year" in page) == (
        "TIDE: J" in section(page, "time")
    )


def test_an_event_stands_in_the_term_of_its_project(around: FlaskClient) -> None:
    line = section(around.get("/doc/event/one", headers=HTML).text, "time")
    assert re.findall(r'class="(span[^"]*|mark[^"]*)"', line) == ["span rough", "mark unknown"]
    assert "TIDE: January 2020 – 2021" in line


def test_an_organisation_has_its_role_in_each_project_and_its_other_name(
    around: FlaskClient,
) -> None:
    page = around.get("/doc/org/lv-riga", headers=HTML).text
    assert '<p class="also" lang="lv"><bdi>Rīgas dome</bdi></p>' in page
    assert "lead partner" in section(page, "projects")
    latvian = around.get("/doc/org/lv-riga?lang=lv", headers=HTML).text
    assert '<p class="also" lang="en"><bdi>Riga City Council</bdi></p>' in latvian


def test_a_project_tells_how_many_of_its_partners_are_named_and_calls_a_strand_one(
    around: FlaskClient,
) -> None:
    page = around.get("/doc/project/tide-2020", headers=HTML).text
    assert "1 of 4 named" in section(page, "parts")
    way = re.sub("<[^>]+>", "", page.partition('<p class="way"')[2].partition("</p>")[0])
    assert "strand 2: Seas" in way


def test_a_page_begins_with_its_contents_and_tells_contradictions_last(
    doubted: FlaskClient,
) -> None:
    page = doubted.get("/doc/project/ebb-2021", headers=HTML).text
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    keys = re.findall(r'href="#([^"]+)"', contents)
    assert keys == re.findall(r'<section id="([^"]+)"', page)
    assert keys.index("events") < keys.index("contradictions")
    assert '<details class="evidence" open' not in page
    own = doubted.get("/doc/discrepancy/1", headers=HTML).text
    assert '<details class="evidence" open' in own


def test_pages_have_sections_that_there_are() -> None:
    told = tomllib.loads(shipped("data/pages/things.toml").read_text(encoding="utf-8"))
    for each in (told, *(entry for entry in told.values() if isinstance(entry, dict))):
        names = each.get("sections", [])
        assert set(names) <= set(SECTIONS)
        assert len(set(names)) == len(names)


def test_events_of_one_name_are_told_apart(around: FlaskClient) -> None:
    page = around.get("/doc/release/tide", headers=HTML).text
    names = re.findall(r"<bdi>(TIDE meeting[^<]*)</bdi>", page)
    assert sorted(set(names)) == [
        "TIDE meeting (2)", "TIDE meeting (3 May 2021)", "TIDE meeting (February 2020)"
    ]  # fmt: skip
    found = around.get("/search/suggestions?q=tide+meeting").json
    assert {each["when"] for each in found or ()} == {"3 May 2021", "February 2020", ""}


def test_a_normalised_date_is_shown_where_it_is_more_than_the_days(around: FlaskClient) -> None:
    pages = {
        path: around.get(f"/doc/{path}", headers=HTML).text
        for path in ("project/tide-2020", "event/two", "release/tide")
    }

    assert "2020-01/2021" in pages["project/tide-2020"]
    assert "ontology#startDate" in pages["event/two"]
    assert "ontology#edtf" not in pages["event/two"]
    assert "7 January 2020" in pages["release/tide"]
    assert "ontology#edtf" not in pages["release/tide"]


def test_a_name_in_another_language_says_so(around: FlaskClient) -> None:
    for path in ("/doc/place/lv-riga", "/overview", "/projects", "/search?q=riga"):
        page = around.get(f"{path}?lang=lv" if "?" not in path else f"{path}&lang=lv", headers=HTML)
        assert re.search(r'lang="en"[^>]*>(<bdi>)?(Riga|Estonia|Latvia)', page.text), path


REJECTED = """
@base <https://w3id.org/eugraph/id/> .
<release/tide> a eug:PressRelease ; eug:aboutProject <project/tide-2020> .
<project/tide-2020> a eug:Project ; skos:prefLabel "TIDE" .
<assertion/tide/1> a eug:Assertion ; rdf:subject <release/tide> ; rdf:predicate eug:aboutProject ;
  rdf:object <project/ebb> ; eug:assertionStatus astat:rejected ;
  eug:hasEvidence <text/tide#char=9,13> .
<text/tide#char=9,13> a eug:Evidence ; oa:hasSource <text/tide> ; dcterms:language lang:ENG ;
  oa:hasSelector <selector/tide/9-13> .
<selector/tide/9-13> a oa:TextQuoteSelector ; oa:exact "four" .
<text/tide> a eug:SourceText ; dcterms:identifier "tide.txt" .
"""


def test_what_is_not_published_is_told_in_its_words_without_a_link(tmp_path: Path) -> None:
    publish_graphs(tmp_path, graphs_of(tide=REJECTED))
    with started(tmp_path, Limits(seconds=30)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        page = client.get("/doc/release/tide", headers=HTML).text
        assert client.get("/doc/project/ebb", headers=HTML).status_code in {404, 410}
    assert "<q><bdi>four</bdi></q>" in page
    assert "/doc/project/ebb" not in page
    assert 'href="/doc/project/tide-2020"' in page


def test_a_citation_has_the_address_that_lasts(client: FlaskClient) -> None:
    page = client.get("/doc/project/tide-2020", headers=HTML).text
    assert "url = {https://w3id.org/eugraph/id/project/tide-2020}" in page
    assert "127.0.0.1" not in page
