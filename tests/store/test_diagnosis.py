"""What is told of a query that the engine does not take."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import XSD

from eugraph.errors import MalformedQueryError
from eugraph.store import Store
from eugraph.store.diagnosis import CASTS

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
        ("PREFIX a: <http://e/> ASK { ?s a:p ?o", (1, 38), "expected"),
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
