"""The side index: lists, facets, what is about a thing, full text."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from eugraph.errors import SiteError
from eugraph.releases.sentences import sentence_around, sentences
from eugraph.search import KINDS, FullText, Index, lists, query_of, short_query_of, write_index
from eugraph.search.lists import sort_key, term
from eugraph.store import Store
from eugraph.triples.ntriples import to_ntriples
from eugraph.vocabulary import IRI_BASE, PREFIXES, PROLOGUE

ID = IRI_BASE + "id/"
COUNTRY = PREFIXES["country"]
DATA = """
@base <https://w3id.org/eugraph/id/> .
<release/a> a eug:PressRelease ; eug:hasLanguageVersion <release/a/lv> ; eug:aboutProject <project/wave-2018> .
<release/a/lv> dcterms:title "Sākas projekts “Vilnis”"@lv ; dcterms:language lang:LAV .
<project/wave-2018> a eug:Project ; skos:prefLabel "WAVE" ; dcterms:title "Šūpoles pie jūras"@lv ;
  eug:notBefore "2018-03-01"^^xsd:date ; eug:notAfter "2019-02-28"^^xsd:date ;
  eug:fundedUnder <scheme/erasmus> ; eug:involvesCountry country:LVA , country:SWE ;
  eug:hasParticipation <participation/1> .
<participation/1> eug:participant <org/lv-riga> ; eug:participationIn <project/wave-2018> ; eug:participationRole role:partner .
<project/tide-2020> a eug:Project ; skos:prefLabel "TIDE" ; eug:notBefore "2020-01-01"^^xsd:date ;
  eug:involvesCountry country:LVA .
<org/lv-riga> a org:Organization ; skos:prefLabel "Rīgas dome"@lv , "Riga City Council"@en ; skos:altLabel "Rīgas pilsēta"@lv ;
  eug:organisationCountry country:LVA .
<place/zz> a dcterms:Location ; skos:prefLabel "zilupe"@lv . <place/aa> a dcterms:Location ; skos:prefLabel "Ādaži"@lv .
<place/ab> a dcterms:Location ; skos:prefLabel "Abava"@lv , "Yard"@en .
<scheme/erasmus> a eug:FundingScheme ; skos:prefLabel "Erasmus+"@en .
<discrepancy/a/1> a eug:Discrepancy ; oa:hasTarget <project/wave-2018> ; rdfs:comment "Skaits neatbilst."@lv , "The count differs."@en .
country:LVA a dcterms:Location ; skos:notation "LV" ; skos:prefLabel "Latvia"@en , "Latvija"@lv .
"""
TEXT = "Sākas projekts “Vilnis”.\r\nPartneri tiksies Ventspilī. Viņi runās par jūru.\n"


@pytest.fixture(scope="module")
def store() -> Store:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    graph = Graph().parse(data=prefixes + DATA, format="turtle")
    return Store.in_memory({ID + "graph/a": to_ntriples(graph)})


@pytest.fixture(scope="module")
def path(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "search.db"
    write_index(path, store.select, {"a": TEXT})
    return path


@pytest.fixture(scope="module")
def index(path: Path) -> Index:
    return Index(path)


def test_a_list_is_sorted_as_asked_and_told_in_the_language_of_the_reader(index: Index) -> None:
    projects = lists()["projects"]
    latest = index.page(projects, language="en", sort="latest")
    assert (latest.total, [each.name for each in latest.entries]) == (2, ["TIDE", "WAVE"])
    assert [e.name for e in index.page(projects, language="en", sort="earliest").entries] == [
        "WAVE",
        "TIDE",
    ]
    (riga,) = index.page(lists()["organisations"], language="lv").entries
    assert (riga.name, riga.tag) == ("Rīgas dome", "lv")
    (scheme,) = index.page(lists()["programmes"], language="lv").entries
    assert (scheme.name, scheme.tag) == ("Erasmus+", "en")


def test_facets_count_what_is_left_and_narrow_together(index: Index) -> None:
    projects = lists()["projects"]
    choices = index.choices(projects, (), language="lv", most=9)
    assert next((each.name, each.count) for each in choices["country"]) == ("Latvija", 2)
    assert {each.value: each.count for each in choices["discrepancies"]} == {
        "with": 1,
        "without": 1,
    }
    sweden = [("country", COUNTRY + "SWE")]
    assert index.page(projects, sweden, language="en").total == 1
    assert index.page(projects, [*sweden, ("year", "2020")], language="en").total == 0
    narrowed = index.choices(projects, sweden, language="en", most=9)
    assert next((each.value, each.chosen) for each in narrowed["country"]) == (
        COUNTRY + "SWE",
        True,
    )
    assert [each.value for each in narrowed["year"]] == ["2018", "2019"]


def test_a_project_counts_for_every_year_in_which_it_runs(index: Index) -> None:
    wave, tide = ID + "project/wave-2018", ID + "project/tide-2020"
    found = {
        year: [
            e.iri for e in index.page(lists()["projects"], [("year", year)], language="en").entries
        ]
        for year in ("2017", "2018", "2019", "2020", "2021")
    }
    years = {
        c.value: c.count
        for c in index.choices(lists()["projects"], (), language="en", most=9)["year"]
    }

    assert found == {"2017": [], "2018": [wave], "2019": [wave], "2020": [tide], "2021": []}, (
        "of a project whose end is not known only the year in which it begins"
    )
    assert years == {year: len(iris) for year, iris in found.items() if iris}
    for name in ("organisations", "programmes"):
        listed = lists()[name]
        assert (
            name == "programmes" or index.page(listed, [("year", "2019")], language="en").total == 1
        )


def test_what_an_event_or_a_discrepancy_belongs_to(index: Index) -> None:
    assert index.projects_of([ID + "discrepancy/a/1", ID + "project/wave-2018", ID + "no"]) == {
        ID + "discrepancy/a/1": ID + "project/wave-2018"
    }


@pytest.mark.parametrize("name", sorted(lists()))
@pytest.mark.parametrize("chosen", [(), (("country", COUNTRY + "LVA"),), (("year", "2018"),)])
def test_the_query_behind_a_list_gives_the_same_things(
    index: Index, store: Store, name: str, chosen: tuple[tuple[str, str], ...]
) -> None:
    listed = lists()[name]
    chosen = tuple(each for each in chosen if each[0] in listed.facets)
    for sort, language in product(listed.sorts, ["en", "lv"]):
        page = index.page(listed, chosen, language=language, sort=sort, most=-1)
        rows = store.select(query_of(listed, chosen, sort, language=language))
        found = [str(row["thing"]) for row in rows]
        assert set(found) == {each.iri for each in page.entries}
        plain = [each.iri for each in page.entries if each.name.isascii()]
        assert [iri for iri in found if iri in plain] == plain
        short = store.select(short_query_of(listed, chosen, language=language))
        assert {str(row["thing"]) for row in short} == set(found)


def test_letters_with_marks_stand_by_those_without(index: Index) -> None:
    for listed in lists().values():
        names = [each.name for each in index.page(listed, language="lv", most=-1).entries]
        assert names == sorted(names, key=sort_key)
    assert sort_key("Ādaži") < sort_key("Bauska") < sort_key("Čekija") < sort_key("Daugavpils")


def test_every_facet_of_every_list_makes_a_query_that_holds(store: Store) -> None:
    for listed in lists().values():
        for facet in listed.facets:
            for value in ("https://example.org/x", 'a "quoted" \\ value'):
                chosen = [(facet, value), (facet, value)]
                assert list(store.select(query_of(listed, chosen))) == []
                assert list(store.select(short_query_of(listed, chosen))) == []


def test_the_page_of_a_thing_finds_what_is_about_it(index: Index) -> None:
    found = index.related(ID + "org/lv-riga", language="en", most=5)
    assert [(each.listed.name, each.facet, each.total) for each in found] == [
        ("projects", "organisation", 1)
    ]
    assert index.related(ID + "org/nobody", language="en", most=5) == ()


def test_full_text_folds_marks_and_knows_beginnings(path: Path) -> None:
    for words in ("rigas dom", "RĪGAS", "riga city", "rīgas pilsēta"):
        hits = FullText(path, words, language="en").hits("name")
        assert hits[0].entry.iri == ID + "org/lv-riga", words
    found = FullText(path, "supoles juras", language="en")
    assert found.hits("name")[0].entry.name == "WAVE"
    found = FullText(path, "ventspili", language="lv")
    (hit,) = found.hits("text")
    assert (hit.kind, hit.entry.iri, hit.start) == (
        "text",
        ID + "release/a",
        TEXT.index("Partneri"),
    )
    assert hit.pieces == ("Partneri tiksies ", "Ventspilī", ".")
    assert found.total("name") == 0


def test_a_country_is_found_in_any_language_with_the_lists_it_narrows(path: Path) -> None:
    for words in ("Latvia", "latvij", "Lettland", "Λετονία", "Letonia"):
        (country,) = FullText(path, words, language="en").narrowed()
        assert (country.iri, country.name, country.facet) == (COUNTRY + "LVA", "Latvia", "country")
        told = {name: count for name, _, count in country.lists}
        assert told == {"projects": 2, "organisations": 1, "programmes": 1, "releases": 1}, words
    assert FullText(path, "Sweden", language="en").narrowed() == ()


def test_what_is_said_of_a_discrepancy_is_no_name(path: Path) -> None:
    found = FullText(path, "count differs", language="en")
    assert (found.total("name"), found.total("remark")) == (0, 1)
    assert found.hits("remark")[0].type == "discrepancy"


def test_all_that_is_found_is_counted_and_read_by_pages(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    write_index(path, store.select, {"a": "They met in Riga. " * 60})
    found = FullText(path, "riga", language="en")
    assert (found.total("text"), found.total("name")) == (60, 1)
    starts = [hit.start for first in (0, 25, 50) for hit in found.hits("text", first=first)]
    assert len(starts) == len(set(starts)) == 60


@given(st.text(max_size=60))
def test_any_words_may_be_searched_for(path: Path, words: str) -> None:
    found = FullText(path, words, language="en")
    for kind in KINDS:
        assert all(hit.entry.iri for hit in found.hits(kind))
    assert all(each.lists for each in found.narrowed())


def test_an_index_that_is_gone_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="build again"):
        Index(tmp_path / "search.db").page(lists()["projects"], language="en")


@given(st.text(alphabet="ab .!?ā\n\r“”", max_size=80))
def test_sentences_are_pieces_of_the_text_at_their_place(text: str) -> None:
    for start, sentence in sentences(text):
        assert text[start : start + len(sentence)] == sentence


@given(st.text(alphabet="ab .!?ā\n", min_size=1, max_size=80), st.data())
def test_the_sentence_around_words_holds_them(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence_around(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "words " * 200 + "here " + "words " * 200
    start = text.index("here")
    first, last = sentence_around(text, start, start + 4)
    assert (
        text[first:last].split(maxsplit=1)[0] == text[first:last].rsplit(maxsplit=1)[-1] == "words"
    )
    assert text[last] == text[first - 1] == " "


@given(st.text(max_size=40))
def test_a_value_is_one_term_of_a_query_whatever_is_in_it(store: Store, value: str) -> None:
    query = f"{PROLOGUE}SELECT ?x {{ BIND({term(value)} AS ?x) }}"
    if "\0" in value or any(0xD800 <= ord(letter) < 0xE000 for letter in value):
        return
    assert [str(row["x"]) for row in store.select(query)] == [value]


def test_another_file_of_the_same_name_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    found = []
    for name in ("Ebb", "Flood"):
        graph = Graph().parse(
            data=f"<{ID}place/x> a <{PREFIXES['dcterms']}Location> ; "
            f'<{PREFIXES["skos"]}prefLabel> "{name}"@en .',
            format="turtle",
        )
        store = Store.in_memory({ID + "graph/a": to_ntriples(graph)})
        write_index(tmp_path / "new.db", store.select, {})
        (tmp_path / "new.db").replace(path)
        page = Index(path).page(lists()["places"], language="en")
        found += [entry.name for entry in page.entries]
    assert found == ["Ebb", "Flood"]


def test_any_number_of_threads_ask_at_once_and_many_indexes_are_open_and_let_go(
    store: Store, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.db" for number in range(5)]
    for path in paths:
        write_index(path, store.select, {"a": TEXT})

    def ask(number: int) -> int:
        return Index(paths[number % 5]).page(lists()["projects"], language="en").total

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(200))) == {2}
    gc.collect()
    held = [os.path.realpath(each) for each in Path("/proc/self/fd").iterdir()]
    assert sum(each.startswith(str(tmp_path)) for each in held) <= 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("korydallos", "Κορυδαλλός"),
        ("Κορυδαλλός", "Κορυδαλλός"),
        ("κορυδαλ", "Κορυδαλλός"),
        ("Рига", "Riga City Council"),
        ("rezekne", "Резекне"),
        ("Lodz", "Łódź"),
        ("łódź", "Łódź"),
        ("strasse", "Hohe Straße"),
    ],
)
def test_names_are_found_in_either_script(tmp_path: Path, asked: str, found: str) -> None:
    names = ("Κορυδαλλός", "Riga City Council", "Резекне", "Łódź", "Hohe Straße", "Other")
    told = "".join(
        f"<{ID}place/p{number}> a <{PREFIXES['dcterms']}Location> ; "
        f'<{PREFIXES["skos"]}prefLabel> "{name}"@en .\n'
        for number, name in enumerate(names)
    )
    store = Store.in_memory(
        {ID + "graph/a": to_ntriples(Graph().parse(data=told, format="turtle"))}
    )
    path = tmp_path / "search.db"
    write_index(path, store.select, {"a": "Η συνάντηση στον Κορυδαλλό."})
    hits = FullText(path, asked, language="en").hits("name")
    assert [hit.entry.name for hit in hits] == [found]


def test_a_word_that_only_begins_so_in_another_script_is_no_hit_where_there_are_others(
    tmp_path: Path,
) -> None:
    told = "".join(
        f"<{ID}place/p{number}> a <{PREFIXES['dcterms']}Location> ; "
        f'<{PREFIXES["skos"]}prefLabel> "{name}" .\n'
        for number, name in enumerate(("Graz", "Graziņi", "Европа за граждани", "Грац"))
    )
    graph = to_ntriples(Graph().parse(data=told, format="turtle"))
    path = tmp_path / "search.db"
    write_index(path, Store.in_memory({ID + "graph/a": graph}).select, {})

    def names(words: str) -> set[str]:
        return {hit.entry.name for hit in FullText(path, words, language="en").hits("name")}

    assert names("Graz") == {"Graz", "Graziņi"}
    assert names("grazhd") == {"Европа за граждани"}
    assert names("grats") == {"Грац"}


@pytest.mark.parametrize(
    ("text", "wanted", "marked"),
    [
        ("Δήμος Κορυδαλλού, Ελλάδα", "korydall", ["Κορυδαλλού"]),
        ("Tikšanās Δήμος, Riga", "tiksanas dimos", ["Tikšanās", "Δήμος"]),
        ("Łódź, Чернівці", "lodz", ["Łódź"]),
        ("Чернівці і Łódź", "chernivtsi", ["Чернівці"]),
        ("Straße nach Łódź", "strasse", ["Straße"]),
    ],
)
def test_words_found_across_scripts_are_marked_in_their_own(
    tmp_path: Path, text: str, wanted: str, marked: list[str]
) -> None:
    path = tmp_path / "search.db"
    named = (
        f'<{ID}project/x> a <{PREFIXES["eug"]}Project> ; <{PREFIXES["skos"]}prefLabel> "{text}" .'
    )
    graph = Graph().parse(data=named, format="turtle")
    write_index(path, Store.in_memory({ID + "graph/x": to_ntriples(graph)}).select, {})
    (hit,) = FullText(path, wanted, language="en").hits("name")

    assert "".join(hit.pieces) == text
    assert list(hit.pieces[1::2]) == marked
