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
<project/b> a eug:Project ; eug:acronym "B, \\"b\\"" ; skos:prefLabel "Bē"@lv , "Bee"@en , "Biene"@de ;
  dcterms:title "Smart | Green \\\\ cities"@en ; eug:fundedUnder <scheme/efc> , <scheme/z> ;
  eug:startDate "2020-03-01"^^xsd:date ; eug:involvesCountry country:LVA , country:EST , country:DEU .
country:LVA skos:prefLabel "Latvia"@en , "Latvija"@lv .
country:EST skos:prefLabel "Estonia"@en , "Igaunija"@lv .
country:DEU skos:prefLabel "Germany"@en .
<project/a> a eug:Project ; eug:acronym "line\\nbreak" ; eug:edtf "2021-01/2023"^^edtf:EDTF .
<scheme/efc> a eug:FundingScheme ; skos:prefLabel "Europe | \\\\ Citizens"@en , "Europa"@es .
<scheme/z> a eug:FundingScheme ; skos:prefLabel "Zeta"@en , "Zwei"@de .
<release/r> a eug:PressRelease ; eug:hasLanguageVersion <release/r/lv> ; dcterms:publisher "R | S" .
<release/r/lv> a eug:LanguageVersion ; dcterms:title "Virsraksts"@lv .
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
    assert (second["acronym"], second["name_lv"], second["name_en"]) == ('B, "b"', "Bē", "Bee")
    assert [iri[-3:] for iri in second["country"].split("|")] == ["DEU", "EST", "LVA"]
    assert rows(folder, "participations")[0]["organisation_name_en"] == "X"


def columns(folder: Path, name: str) -> dict[str, dict[str, str]]:
    described = json.loads((folder / f"{name}.csv-metadata.json").read_text(encoding="utf-8"))
    return {column["titles"]: column for column in described["tableSchema"]["columns"]}


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_are_the_same_whatever_the_data_is(
    folder: Path, tmp_path: Path, name: str
) -> None:
    write_dumps(tmp_path, {})
    assert columns(tmp_path, name) == columns(folder, name)
    assert (tmp_path / f"{name}.csv").read_text().splitlines() == [",".join(columns(folder, name))]


def test_one_text_stands_as_it_is_and_only_in_lists_the_separator_is_written_otherwise(
    folder: Path,
) -> None:
    described = columns(folder, "projects")
    _, row = rows(folder, "projects")
    (release,) = rows(folder, "releases")

    assert row["title_en"] == "Smart | Green \\ cities"
    assert "separator" not in described["title_en"]
    assert release["publisher"] == "R | S"
    names = row["programme_name_en"].split(described["programme_name_en"]["separator"])
    assert len(names) == len(row["programme"].split("|"))
    assert names == [r"Europe \u007C \u005C Citizens", "Zeta"]
    assert [each.replace(r"\u007C", "|").replace(r"\u005C", "\\") for each in names] == [
        "Europe | \\ Citizens",
        "Zeta",
    ]


def test_every_name_and_title_is_among_the_labels_as_it_is(folder: Path) -> None:
    found = {
        (row["thing"].partition("/id/")[2], row["property"][-9:], row["language"], row["value"])
        for row in rows(folder, "labels")
    }
    assert found >= {
        ("project/b", "prefLabel", "de", "Biene"),
        ("project/b", "prefLabel", "en", "Bee"),
        ("project/b", "rms/title", "en", "Smart | Green \\ cities"),
        ("scheme/efc", "prefLabel", "es", "Europa"),
        ("scheme/efc", "prefLabel", "en", "Europe | \\ Citizens"),
        ("release/r/lv", "rms/title", "lv", "Virsraksts"),
    }
    assert rows(folder, "releases")[0]["language_version"].endswith("release/r/lv")
    lines = (folder / "labels.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == len(set(lines))


def test_a_date_known_to_the_month_or_the_year_is_told_as_the_graph_has_it(folder: Path) -> None:
    row, _ = rows(folder, "projects")
    assert (row["start_date"], row["end_date"]) == ("", "")
    assert row["duration_edtf"] == "2021-01/2023"


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
    told = columns(folder, name)
    header = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert [*told] == header
    assert described["url"] == f"{name}.csv"
    for row in rows(folder, name):
        for title, text in row.items():
            if told[title]["datatype"] == "anyURI" and "|" in text:
                assert told[title]["separator"] == "|"


def test_every_path_of_the_tables_can_be_asked() -> None:
    from eugraph.dumps.tables import _tables

    store = Store.in_memory({})
    for table in _tables().values():
        for column in table["columns"] if "class" in table else []:
            query = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
            query += f"SELECT ?v {{ ?thing a {table['class']} ; {column['path']} ?v }}"
            assert list(store.select(query)) == []
