"""What is let through as an IRI is one for the store as well, whatever comes from outside."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eugraph.releases.iri import is_web_iri

SIGNS = st.one_of(st.characters(codec="utf-8"), st.sampled_from("/?#[]@:%<>{}|\\^`\x7fa0\ue000"))


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/ziņas?id=1#top",
        "http://u:p@example.org:8080/a;b/(c)/%C4%81",
        "http://[::1]/x",
        "HTTPS://例え.jp",
        "http://a/?\ue000\U0010fffd",
    ],
)
def test_an_iri_is_let_through(iri: str) -> None:
    assert is_web_iri(iri)


@pytest.mark.parametrize(
    "text",
    [
        "http://a/\ue000",
        "http://a/\ufffe",
        "http://a/\x7f",
        "http://a/\x85",
        "http://a/\U0001ffff",
        "http://a/%zz",
        "http://a/[x]#a#b",
        "http://a/\n",
        "http://a/\n<b>",
        "http://",
        "http:///a",
        "http://a:x/",
        "http://a:99999999/",
        "http://[zz]/",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_iri_of_the_web_is_not(text: str) -> None:
    assert not is_web_iri(text)


@given(st.lists(SIGNS, min_size=1, max_size=12).map("".join))
@example("a/\U000e0001")
@example("a/\U000e1000")
@example("[::1]/")
@example("[::ffff:1.2.3.4]/")
@example("[:]/")
def test_the_store_takes_what_is_let_through(rest: str) -> None:
    iri = f"http://{rest}"
    if is_web_iri(iri):
        line = f"<{iri}> <{iri}> <{iri}> .\n".encode()
        assert len(list(ox.parse(line, ox.RdfFormat.N_TRIPLES))) == 1
