"""The tables for download and their descriptions."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from rdflib import Graph

from eugraph.dumps import TABLES, write_dumps
from eugraph.store import Store
from eugraph.triples.ntriples import to_ntriples
from eugraph.vocabulary import PREFIXES

TURTLE = (
    "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    + """
@base <https://w3id.org/eugraph/id/> .
<project/b> a eug:Project ; eug:acronym "B, \\"b\\"" ; skos:prefLabel "Bē"@lv , "Bee"@en , "B|c"@en ;
  eug:startDate "2020-03-01"^^xsd:date ; eug:involvesCountry country:LVA , country:EST , country:DEU .
country:LVA skos:prefLabel "Latvia"@en , "Latvija"@lv .
country:EST skos:prefLabel "Estonia"@en , "Igaunija"@lv .
country:DEU skos:prefLabel "Germany"@en .
<project/a> a eug:Project ; eug:acronym "line\\nbreak" .
<discrepancy/one> a eug:Discrepancy ; oa:hasTarget <project/b> ; eug:onProperty eug:startDate ;
  eug:discrepancyType dtype:value-differs-between-languages ; eug:resolutionStatus dres:open .
<discrepancy/two> a eug:Discrepancy ; oa:hasTarget <project/b> ; eug:onProperty eug:involvesCountry ;
  eug:discrepancyType dtype:list-differs-between-languages ; eug:resolutionStatus dres:explained .
<discrepancy/three> a eug:Discrepancy ; oa:hasTarget <project/b> ; eug:onProperty eug:objective ;
  eug:discrepancyType dtype:stated-in-one-language-only ; eug:resolutionStatus dres:open .
<participation/b/x> a eug:Participation ; eug:participationIn <project/b> ; eug:participant <org/x> .
<org/x> a org:Organization ; skos:prefLabel "X"@en ; dcterms:spatial <place/lv-riga> .
<place/lv-riga> a dcterms:Location ; skos:prefLabel "Riga"@en ; eug:locationCountry country:LVA .
country:LVA a skos:Concept , dcterms:Location .
"""
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dumps")
    graph = Graph().parse(data=TURTLE, format="turtle")
    write_dumps(folder, {"https://w3id.org/eugraph/id/graph/one": to_ntriples(graph)})
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_value_that_an_open_contradiction_leaves_in_doubt_is_told_as_such(folder: Path) -> None:
    first, second = rows(folder, "projects")

    assert first["contradicted"] == "", "nothing contradicts it"
    assert second["contradicted"] == "https://w3id.org/eugraph/ontology#startDate", (
        "what is explained, and what one language leaves out, is no contradiction left open"
    )


def test_values_come_back_as_they_are_sorted_and_by_language(folder: Path) -> None:
    first, second = rows(folder, "projects")
    assert (first["project"], first["acronym"]) == (
        "https://w3id.org/eugraph/id/project/a",
        "line\nbreak",
    )
    assert (second["acronym"], second["name_lv"], second["name_en"]) == ('B, "b"', "Bē", "B/c|Bee")
    assert [iri[-3:] for iri in second["country"].split("|")] == ["DEU", "EST", "LVA"]
    assert rows(folder, "participations")[0]["organisation_name_en"] == "X"


def test_names_stand_in_the_order_of_what_they_name(folder: Path) -> None:
    _, row = rows(folder, "projects")
    assert row["country_name_en"] == "Germany|Estonia|Latvia"
    assert row["country_name_lv"] == "|Igaunija|Latvija"


def test_a_country_is_no_row_of_the_places(folder: Path) -> None:
    (row,) = rows(folder, "places")
    assert (row["place"][-7:], row["name_en"], row["country"][-3:]) == ("lv-riga", "Riga", "LVA")
    assert (row["country_name_lv"], row["organisation"][-5:]) == ("Latvija", "org/x")
    (organisation,) = rows(folder, "organisations")
    assert organisation["takes_part_in"].endswith("project/b")
    assert organisation["place_name_en"] == "Riga"


@pytest.mark.parametrize("name", TABLES)
def test_the_description_is_that_of_the_table(folder: Path, name: str) -> None:
    described = json.loads((folder / f"{name}.csv-metadata.json").read_text(encoding="utf-8"))
    header = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    columns = {column["titles"]: column for column in described["tableSchema"]["columns"]}
    assert [*columns] == header
    assert described["url"] == f"{name}.csv"
    for row in rows(folder, name):
        for title, text in row.items():
            if "|" in text:
                assert columns[title]["separator"] == "|"


def test_every_path_of_the_tables_can_be_asked() -> None:
    from eugraph.dumps.tables import _tables

    store = Store.in_memory({})
    for table in _tables().values():
        for column in table["columns"]:
            query = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
            query += f"SELECT ?v {{ ?thing a {table['class']} ; {column['path']} ?v }}"
            assert list(store.select(query)) == []
