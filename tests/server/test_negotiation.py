"""Content negotiation as RFC 9110 has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.server.negotiation import GRAPH_ALIASES, negotiate, of_format

OFFERED = ["text/turtle", "application/ld+json", "application/n-triples", "text/html"]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

CASES = [
    (None, "text/turtle", "no header: our first"),
    ("", "text/turtle", "an empty one too"),
    ("*/*", "text/turtle", "anything, so not HTML"),
    (BROWSER, "text/html", "a browser asks for HTML"),
    ("application/ld+json", "application/ld+json", "the plain case"),
    ("TEXT/Turtle", "text/turtle", "case does not matter"),
    ("text/turtle;q=0.5, application/ld+json;q=0.9", "application/ld+json", "quality decides"),
    ("text/turtle; q=0.5,application/ld+json ; q=0.9", "application/ld+json", "blanks around"),
    ("text/turtle;q=0, */*;q=0.1", "application/ld+json", "zero excludes, though */* would do"),
    ("text/*;q=0.3, text/turtle;q=0.2", "text/html", "the specific range beats the wide one"),
    ("application/*", "application/ld+json", "a range of one type"),
    ("text/turtle;charset=utf-8", "text/turtle", "parameters do not matter"),
    ('application/ld+json;profile="a,b;q=0"', "application/ld+json", "quoted commas and q"),
    ("application/json", "application/ld+json", "an alias"),
    ("text/plain, */*;q=0.1", "application/n-triples", "rdflib asks so for N-Triples"),
    ("application/json;q=0.1, text/html;q=0.2", "text/html", "an alias has its own quality"),
    ("text/html, */*", "text/html", "what is named wins over what a wildcard takes"),
    ("image/png", None, "nothing fits"),
    ("text/turtle;q=0", None, "only what is excluded"),
    ("text/turtle;q=abc, text/html", "text/html", "an unreadable item is left out"),
    ("garbage", "text/turtle", "a header without a readable item says nothing"),
    (",;, ,", "text/turtle", "nor does this one"),
]


@pytest.mark.parametrize(("accept", "expected", "remark"), CASES)
def test_the_best_of_what_is_offered(accept: str | None, expected: str | None, remark: str) -> None:
    assert negotiate(accept, OFFERED, GRAPH_ALIASES) == expected, remark


@given(st.text(max_size=80))
def test_any_header_gives_one_of_the_offered_or_none(accept: str) -> None:
    assert negotiate(accept, OFFERED, GRAPH_ALIASES) in {*OFFERED, None}


@given(st.permutations(OFFERED), st.floats(0.001, 0.999))
def test_a_higher_quality_wins_in_any_order(order: list[str], quality: float) -> None:
    accept = ", ".join(
        name if name == "application/n-triples" else f"{name};q={quality:.3f}" for name in order
    )
    assert negotiate(accept, OFFERED) == "application/n-triples"


@pytest.mark.parametrize(
    "accept", ["text/n3", "text/rdf+n3;q=0.5, image/png", "text/n3, */*;q=0.1"]
)
def test_who_takes_n3_gets_turtle(accept: str) -> None:
    assert negotiate(accept, OFFERED, GRAPH_ALIASES) == "text/turtle"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ttl", "text/turtle"),
        ("TTL", "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("json", "application/ld+json"),
        ("n3", "text/turtle"),
        ("csv", None),
        ("nonsense", None),
        ("", None),
        (None, None),
    ],
)
def test_a_format_parameter_names_one_of_the_offered_or_nothing(
    name: str | None, expected: str | None
) -> None:
    assert of_format(name, OFFERED) == expected
