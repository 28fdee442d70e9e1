"""The guard that looks at a query's text before the engine does."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.errors import EugraphError, MalformedQueryError, QueryLimitError, RefusedQueryError
from eugraph.store import BASE, Form, Store, outline

SERVICE = "<http://127.0.0.1:9/>"

ASKING_ELSEWHERE = [
    (f"SELECT * {{ SERVICE {SERVICE} {{ ?s ?p ?o }} }}", "as everybody writes it"),
    (f"select*{{service silent{SERVICE}{{?s ?p ?o}}}}", "small letters, no spaces"),
    ("SELECT * { ?x a ?y SERVICE ?x { ?s ?p ?o } }", "the address is a variable"),
    (f"PREFIX : {SERVICE} SELECT * {{ SERVICE:x{{?s ?p ?o}} }}", "looks like a prefixed name"),
    (f"PREFIX : {SERVICE} SELECT * {{ ?s ?p trueSERVICE:x{{}} }}", "glued to a boolean"),
    (f"SELECT * {{ ?s ?p 1.0e5SERVICE{SERVICE}{{}} }}", "glued to a number"),
    (
        f"PREFIX x: <a:> SELECT * {{ ?s ?p x:.SERVICE{SERVICE}{{}} }}",
        "after a name of no local part",
    ),
    (f"SELECT * {{ ?s ?p ?o # '\rSERVICE{SERVICE}{{}}\n}}", "a carriage return ends a comment"),
    ("SELECT * { FILTER(?a<?b)SERVICE?a{} }", "a less-than that might begin an IRI"),
    ("PREFIX : <a:> SELECT * { FILTER(?a<?b)SERVICE:x#>\n{} }", "and one that a comment closes"),
    (f"SELECT * {{ ?s ?p 'a\\'' SERVICE {SERVICE} {{}} }}", "after an escaped quote"),
    (f"PREFIX x: {SERVICE} SELECT * {{ SERVICEx:y{{ ?s ?p ?o }} }}", "glued to its prefix"),
    (f"PREFIX x: {SERVICE} SELECT * {{ ?a ?b 1SERVICEx:y{{}} }}", "glued on both sides"),
    (f"PREFIX : {SERVICE} SELECT * {{ SERVICESILENT:x{{ ?s ?p ?o }} }}", "glued to SILENT"),
    (
        f"SELECT * {{ FILTER(1<'>'||true)SERVICE{SERVICE}{{ ?s ?p ?o }} FILTER('1'='1') }}",
        "a less-than before a string looks like an IRI",
    ),
    (f"SELECT * {{ FILTER(1<'>')SERVICE{SERVICE}{{}}#'\n}}", "and one that a comment closes"),
    (f"SELECT * {{ ?s ?p ''' ' ''' SERVICE {SERVICE} {{}} }}", "after a long string"),
    (
        f"SELECT * {{ FILTER(?a<?b#>'''\n) SERVICE {SERVICE} {{}} #'''\n}}",
        "a comment behind a less-than looks like an IRI and a string",
    ),
    (
        f"SELECT * {{ ?r ?q <<?s?p?o#>'''\n>> SERVICE {SERVICE} {{}} #'''\n}}",
        "and one in a triple term",
    ),
    (
        f'SELECT * {{ VALUES ?x {{"""a" }} SERVICE {SERVICE} {{}} #\\q"""\n}}',
        "an escape that there is not makes two strings of a long one",
    ),
    (
        f"SELECT * {{ VALUES ?x {{'''a' }} #\\uD800''' \"\"\"\n SERVICE {SERVICE} {{}} #\"\"\"\n}}",
        "and so does a surrogate",
    ),
]

NOT_ASKING_ELSEWHERE = [
    ('SELECT * { ?s ?p "SERVICE <a:b> {}" }', "in a string"),
    ('SELECT * { ?s ?p """ " SERVICE """ }', "in a long string"),
    ("SELECT * { ?s ?p ?o } # SERVICE <a:b> {}", "in a comment"),
    ("SELECT * { ?service ?p $service }", "a variable"),
    ("SELECT * { ?s a <http://www.w3.org/ns/dcat#DataService> }", "in an IRI"),
    ("PREFIX e: <a:> SELECT * { ?s e:service ?o . ?s e:SERVICE-x 1 }", "a local name"),
    ("PREFIX service: <a:> SELECT * { ?s service:x ?o }", "a prefix"),
    ('SELECT * { ?s ?p "x"@en-SERVICE }', "a language tag"),
    (
        "PREFIX d: <http://www.w3.org/ns/dcat#> SELECT * { ?s a d:DataService }",
        "beside a namespace",
    ),
    ('SELECT * { ?s ?p """\\"SERVICE\\" \\u0041\\U0010FFFF""" }', "in a long string of escapes"),
    ('SELECT * { <https://e.org/a?b=1&c> ?p "City services" }', "in a label, beside an IRI"),
]


@pytest.mark.parametrize(("query", "how"), ASKING_ELSEWHERE)
def test_a_query_that_asks_another_service_is_refused(query: str, how: str) -> None:
    with pytest.raises(RefusedQueryError, match="SERVICE"):
        outline(query, base=BASE, depth=50)
    assert how


@pytest.mark.parametrize(("query", "how"), NOT_ASKING_ELSEWHERE)
def test_the_word_alone_does_no_harm(query: str, how: str) -> None:
    assert outline(query, base=BASE, depth=50).form is Form.SELECT, how


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server on loopback, and the list of connections that reached it."""
    seen: list[str] = []

    class Canary(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            seen.append(str(self.client_address))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Canary) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", seen
        server.shutdown()


FRAGMENTS = (
    """
?s·?p|true|1|.|:a|x:|'|"|'''|\\|#|·|<|>|FILTER(?a<?b)|FILTER(|)|FILTER(?a<?b#>|VALUES·?v{|\"\"\"a"}|OPTIONAL{}|?|_:b|-|%53|@en|²
""".strip()
    .replace("·", " ")
    .split("|")
)


@settings(max_examples=400, deadline=None)
@given(
    before=st.lists(st.sampled_from([*FRAGMENTS, "\r", "\n"]), max_size=6),
    target=st.sampled_from(["<{}>", ":x", "?u", " x:y"]),
    after=st.sampled_from(["", " ", "#\n", "#>\n", "#'\n", "\r"]),
    end=st.sampled_from(["", "#'''\n", '#\\q"""\n', "#>\n"]),
)
def test_what_the_guard_lets_through_reaches_nobody(
    canary: tuple[str, list[str]], before: list[str], target: str, after: str, end: str
) -> None:
    url, seen = canary
    head = f"PREFIX : <{url}> PREFIX x: <{url}> SELECT * {{ BIND(<{url}> AS ?u) "
    query = head + "".join(before) + "SERVICE" + target.format(url) + after + "{?s ?p ?o} "
    query += end + "}"
    with suppress(EugraphError):
        answer = Store.in_memory({}).query(query)
        answer.serialize("text/csv", _Nowhere())
    assert not seen, query


class _Nowhere:
    def write(self, block: bytes) -> int:
        return len(block)

    def flush(self) -> None: ...


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { " + "{ " * 5000 + "?s ?p ?o" + " }" * 5000 + " }",
        "SELECT * { ?s ?p ?o FILTER(" + "(" * 20000 + "1" + ")" * 20000 + ") }",
        "SELECT * { ?s ?p ?o FILTER(" + "!" * 20000 + "1) }",
        "SELECT * { ?s ?p ?o FILTER(?o<" + "(" * 20000 + "1>2" + ")" * 20000 + ") }",
        "SELECT * { ?s ?p ?o FILTER(?o<" + "!" * 20000 + "1>2) }",
        "SELECT * { ?s ?p " + "[ ?p " * 200 + "1" + " ]" * 200 + " }",
    ],
    ids=["groups", "brackets", "signs", "brackets like an IRI", "signs like an IRI", "nodes"],
)
def test_deep_nesting_never_reaches_the_engine(query: str) -> None:
    with pytest.raises(QueryLimitError) as caught:
        outline(query, base=BASE, depth=100)
    assert caught.value.limit == "query_depth"


def test_brackets_in_strings_are_no_nesting() -> None:
    query = 'SELECT * { ?s ?p "' + "{" * 500 + '" }'
    assert outline(query, base=BASE, depth=10).form is Form.SELECT


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX a: <b:> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/>",
        "drop all",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ASK {} }",
    ],
)
def test_an_update_is_told_that_this_is_read_only(update: str) -> None:
    with pytest.raises(RefusedQueryError, match="read-only"):
        outline(update, base=BASE, depth=50)


@pytest.mark.parametrize("text", ["", "  # SELECT", '"SELECT"', "PREFIX select: <a:>", "{}", "\\"])
def test_a_text_without_a_query_form_is_malformed(text: str) -> None:
    with pytest.raises(MalformedQueryError):
        outline(text, base=BASE, depth=50)


def test_from_clauses_are_resolved_as_the_query_declares() -> None:
    query = """
        BASE <https://example.org/a/> PREFIX ex: <b/> PREFIX : <https://example.net/>
        SELECT * FROM <g1> FROM NAMED ex:g2 FROM :g3 { ?s ?from "FROM <no>" }
    """
    dataset = outline(query, base=BASE, depth=50).dataset
    assert dataset.default == ("https://example.org/a/g1", "https://example.net/g3")
    assert dataset.named == ("https://example.org/a/b/g2",)


PIECES = [
    "PREFIX a: <http://e.org/> ",
    "BASE <http://e.org/b/> ",
    "PREFIX : <c> ",
    "prefix\tä.b-c:<#>",
    "# one\n",
    "PREFIX a:x <d> ",
    "PREFIX a: <\\u0041> ",
    "PREFIX a <e>",
    "BASE a:",
    "INSERT ",
    "\r",
    "'s'",
    "SELECT",
    "ASK ",
    "construct",
    "DESCRIBE.",
    "SELECT-",
    "ASK:a",
    "SELECT?s",
    "{}",
    "<f>",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_what_is_kept_of_queries_that_begin_alike_is_what_each_says(text: str) -> None:
    def told(query: str) -> object:
        try:
            found = outline(query, base=BASE, depth=50)
        except (MalformedQueryError, RefusedQueryError) as error:
            return type(error), str(error)
        return found.form, found.prefixes, found.dataset

    # The word in a comment has each token looked at.
    assert told(text) == told(text + "\n# FROM")


@given(st.text(max_size=200))
def test_any_text_is_outlined_or_refused(text: str) -> None:
    with suppress(MalformedQueryError, RefusedQueryError, QueryLimitError):
        outline(text, base=BASE, depth=50)
