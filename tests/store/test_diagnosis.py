"""What is told of a query that the engine does not take."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD

from eugraph.errors import MalformedQueryError, QueryError, SiteError
from eugraph.store import Store
from eugraph.store.diagnosis import CASTS, unanswerable
from eugraph.store.mistakes import FUNCTIONS, mistake_in

STORE = Store.in_memory({})


@pytest.mark.parametrize(
    ("query", "place", "told"),
    [
        ("SELECT (<http://e/f>(1) AS ?x) {}", (1, 9), "unknown function <http://e/f>"),
        ("PREFIX a: <http://e/>\nASK { FILTER(a:near(?o)) }", (2, 14), "function <http://e/near>"),
        ("ASK { FILTER EXISTS { BIND(<tag:f>(1) AS ?x) } }", (1, 28), "unknown function <tag:f>"),
        (f"SELECT (<{XSD}foo>(1) AS ?x) {{}}", (1, 9), "casts, xsd: boolean date"),
        (f"SELECT (<{XSD.date}>(1, 2) AS ?x) {{}}", (1, 9), "takes 1 arguments, not 2"),
        ("ASK { ?s\n  xyz:p ?o }", (2, 3), "the prefix xyz: is not declared"),
        ("SELECT (xsd:date(1) AS ?x) {}", (1, 9), f"begin with PREFIX xsd: <{XSD}>"),
        ("ASK { ?s :p _:o }", (1, 10), "the prefix : is not declared"),
        ("ASK { <http://a b> ?p ?o }", (1, 19), "IRI parsing failed"),
        ("ASK { ?s http://e/p ?o }", (1, 10), "an address stands in < >"),
        ("PREFIX a: <http://e/> ASK { ?s a:p ?o", (1, 38), "{ of line 1, column 27 is not closed"),
        ("SELECT * {\n ?s ?p ", (2, 8), "{ of line 1, column 10 is not closed"),
        ("ASK { FILTER(?a = 1 }", (1, 21), "closes a bracket of another kind"),
        ("ASK { ?s ?p ?o }\n}", (2, 1), "this } closes nothing"),
        ("ASK { ?s ?p ?o ?a ?b ?c }", (1, 16), "a dot is likely missing"),
        ("SELEC * { ?s ?p ?o }", (1, 1), "is SELECT meant?"),
        ("SELECT DISTINT * { ?s ?p ?o }", (1, 8), "is DISTINCT meant?"),
        ("ASK { ?s ?p ?o FILTER NOT EXIST { ?s ?x ?y } }", (1, 27), "is EXISTS meant?"),
        ("ASK { FILTER(CONTAIN(?a, 'x')) }", (1, 14), "is CONTAINS meant?"),
        ("ASK { FILTER(?a = 1 AND ?b = 2) }", (1, 21), "write &&"),
        ("ASK { FILTER(?a == 1) }", (1, 17), "write ="),
        ("ASK { FILTER(?a > ) }", (1, 17), "a value is missing after >"),
        ("ASK { ?s a Project }", (1, 12), "Project is no word of SPARQL"),
        ("ASK { ?s ?p “x” }", (1, 13), "encloses no text"),
        ("ASK { ?s ?p 'x }", (1, 13), "does not end"),
        ("SELECT ?a, ?b { ?a ?b ?c }", (1, 10), "without commas"),
        ("SELECT (CONCAT(?a, ?b) AS ?c) { ?a ?b ?c", (1, 41), "{ of line 1, column 31"),
        ("ASK { ?s ?p <<?s ?p ?o>> }}", (1, 27), "this } closes nothing"),
        ("SELECT COUNT(*) { ?a ?b ?c }", (1, 8), "(COUNT( … ) AS ?name)"),
        ("SELECT (COUNT(*) ?n) { ?a ?b ?c }", (1, 18), "AS is missing before ?n"),
        ("SELECT * { ?s ?p ?o } ORDER ?s", (1, 23), "ORDER is followed by BY"),
        ("SELECT * { ?s ?p ?o } LIMIT", (1, 23), "LIMIT is followed by a number"),
        ("SELECT * { OPTIONAL ?s ?p ?o }", (1, 12), "OPTIONAL is followed by a group"),
        ("SELECT * { FILTER ?o > 3 }", (1, 12), "stands in brackets"),
        ("PREFIX a <http://e/> ASK {}", (1, 8), "PREFIX a: <…>"),
        ("SELECT ?s ?p { ?s ?p ?o } GROUP BY ?s", (1, 38), "variable that is unbound"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    query: str, place: tuple[int, int], told: str
) -> None:
    with pytest.raises(MalformedQueryError) as error:
        STORE.query(query)
    assert told in str(error.value)
    assert (error.value.line, error.value.column) == place


def test_the_casts_that_are_told_of_are_those_of_the_engine() -> None:
    def is_there(name: str) -> bool:
        try:
            ox.Store().query(f"SELECT (<{XSD}{name}>('1') AS ?x) {{}}")
        except RuntimeError:
            return False
        return True

    names = [*CASTS, *(iri.removeprefix(str(XSD)) for iri in dir(XSD))]
    assert {name for name in names if is_there(name)} == set(CASTS)


def test_every_word_that_the_engine_takes_is_known() -> None:
    """A query that ends too early is told so, whatever words of SPARQL are in it."""
    bodies = [f"BIND({name}() AS ?x)" for name in FUNCTIONS] + [
        "VALUES ?x { UNDEF true false } MINUS { ?a a ?b } OPTIONAL { GRAPH ?g { ?s ?p 1.5e3 } }",
        "{ SELECT REDUCED ?s { ?s ?p -1 } GROUP BY ?s HAVING (?s = 1) ORDER BY DESC(?s) LIMIT 1 }",
        "FILTER(?a NOT IN (1)) FILTER NOT EXISTS { BIND(GROUP_CONCAT(?a; SEPARATOR='x') AS ?b) }",
    ]
    for body in bodies:
        text = f"SELECT * {{ {body}"
        mistake = mistake_in(text)
        assert mistake is not None
        assert mistake.start == len(text), mistake


def test_a_long_text_of_mistakes_is_told_in_short() -> None:
    for text in ("word " * 20_000, "w" * 90_000, "ASK { " + "a, " * 20_000, "“" * 90_000):
        mistake = mistake_in(text)
        assert mistake is not None
        assert len(mistake.message) < 200


@given(st.text(max_size=80))
def test_any_text_is_looked_through(text: str) -> None:
    mistake = mistake_in(text)
    assert mistake is None or 0 <= mistake.start <= len(text)


def test_a_store_that_cannot_be_read_is_the_publishers_and_no_file_is_told(tmp_path: Path) -> None:
    Store.create(tmp_path, {})
    (tmp_path / "CURRENT").unlink()
    with pytest.raises(SiteError, match="build again"):
        Store.read_only(tmp_path)
    for error in (OSError("/a/b is gone"), RuntimeError("Corruption: block in /a/b")):
        assert isinstance(unanswerable(error, "ASK {}", ""), SiteError)
    assert isinstance(unanswerable(RuntimeError("What?"), "ASK {}", ""), QueryError)
