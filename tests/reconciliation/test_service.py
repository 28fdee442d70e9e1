"""A reconciliation service is asked in batches, and trusted as far as its answer is well formed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eugraph.errors import ReconciliationError
from eugraph.reconciliation.candidate import Candidate
from eugraph.reconciliation.service import Manifest, Query, Service, ask

from .conftest import MANIFEST, Script

WIR = Query("project/wir-2017", "WIR")
FOUND: dict[str, object] = {"id": "P17", "name": "WIR", "score": 87.5, "match": True, "type": []}


def proposed(service: Service, *queries: Query) -> list[Candidate]:
    return [each for _, found in ask(service, queries or (WIR,)) for each in found]


def test_what_a_service_proposes_is_a_candidate_with_its_score(script: Script) -> None:
    script.known = {"WIR": [FOUND]}

    assert proposed(Service(script.url)) == [
        Candidate(
            "project/wir-2017",
            "https://projects.example/id/P17",
            "WIR",
            "87.5",
            confident=True,
            service=script.url,
        )
    ]


def test_queries_go_in_batches_with_type_and_limit(script: Script) -> None:
    queries = [Query(f"project/p{n}", f"P{n}") for n in range(5)]

    list(ask(Service(script.url, type="Project", limit=2, batch=2), queries))

    assert [len(batch) for batch in script.batches] == [2, 2, 1]
    assert script.batches[0]["q0"] == {"query": "P0", "limit": 2, "type": "Project"}


def test_candidates_are_best_first_and_no_more_than_asked_for(script: Script) -> None:
    script.known = {"WIR": [{**FOUND, "id": f"P{n}", "score": n} for n in (1, 9, 5)]}

    found = proposed(Service(script.url, limit=2))

    assert [each.score for each in found] == ["9", "5"]


@pytest.mark.parametrize(
    ("change", "id_", "iri"),
    [
        ({}, "P 17/ü", "https://projects.example/id/P%2017/%C3%BC"),
        ({}, "https://other.example/7", "https://other.example/7"),
        ({"identifierSpace": "our ids"}, "P17", "https://projects.example/page?id=P17"),
        ({"identifierSpace": "our ids"}, "a/b", "https://projects.example/page?id=a%2Fb"),
        ({"identifierSpace": "our ids", "view": None}, "P17", None),
        ({}, "http://[", None),  # no address
        ({}, 'http://a.example/"><script>', None),
    ],
)
def test_an_id_becomes_an_iri_as_the_manifest_says(
    script: Script, change: dict[str, object], id_: str, iri: str | None
) -> None:
    script.manifest, script.known = {**MANIFEST, **change}, {"WIR": [{**FOUND, "id": id_}]}

    assert [each.iri for each in proposed(Service(script.url))] == ([iri] if iri else [])


@pytest.mark.parametrize(
    "result",
    [None, 7, "P17", [], {}, {**FOUND, "id": 17}, {**FOUND, "score": "much"}, {**FOUND, "score": None},
     {**FOUND, "score": True}, {**FOUND, "score": "NaN"}, {**FOUND, "score": 1e300},
     {**FOUND, "name": ""}, {**FOUND, "name": "x" * 501}, {**FOUND, "name": "\ud800"}, {**FOUND, "name": None}],
)  # fmt: skip
def test_a_result_that_is_not_well_formed_is_left_out(script: Script, result: object) -> None:
    script.known = {"WIR": [result, FOUND]}  # type: ignore[list-item]

    assert len(proposed(Service(script.url))) == 1


@pytest.mark.parametrize(
    ("manifest", "words"),
    [({}, "manifest"), ([], "is no reconciliation service"), ({"name": "x", "identifierSpace": 1}, "manifest"),
     ("hello", "is no reconciliation service")],
)  # fmt: skip
def test_what_is_no_reconciliation_service_is_an_error(
    script: Script, manifest: object, words: str
) -> None:
    script.manifest = manifest

    with pytest.raises(ReconciliationError, match=words):
        proposed(Service(script.url))


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<html>", "JSON"), (b"[" * 100_000, "JSON"), (b"[]", "no reconciliation service"),
     (b"{}", "every query"), (b'{"q0": {"result": 3}}', "every query"), (b'{"q0": null}', "every query"),
     (b'{"q0": {"result": []}}' + b" " * 3_000, "more than 2,000 bytes")],
)  # fmt: skip
def test_an_answer_that_is_no_answer_is_an_error(script: Script, body: bytes, words: str) -> None:
    script.body = body
    service = Service(script.url, answer_bytes=2_000)
    if len(body) > 10_000:
        service = Service(script.url)

    with pytest.raises(ReconciliationError, match=words):
        proposed(service)


@pytest.mark.parametrize("status", [301, 403, 404, 500, 503])
def test_another_status_is_an_error_and_no_redirect_is_followed(
    script: Script, status: int
) -> None:
    script.status, script.location = status, "http://127.0.0.1:9/elsewhere"

    with pytest.raises(ReconciliationError, match=f"status {status}"):
        proposed(Service(script.url))


def test_a_service_that_sends_a_byte_at_a_time_is_left(script: Script) -> None:
    script.pause, script.body = 0.05, b" " * 200

    with pytest.raises(ReconciliationError, match=r"takes more than 0\.3 s"):
        proposed(Service(script.url, seconds=0.3))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "ftp://a.example/", "reconcile", "http://a b/"]
)
def test_an_address_without_a_service_is_an_error(url: str) -> None:
    with pytest.raises(ReconciliationError):
        proposed(Service(url))


@given(st.binary(max_size=200) | st.from_regex(rb'\{"q0": .{0,40}\}', fullmatch=True))
@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_bytes_give_candidates_or_a_told_error(script: Script, body: bytes) -> None:
    script.body = body
    try:
        found = proposed(Service(script.url))
    except ReconciliationError:
        return
    assert all(Decimal(each.score).is_finite() for each in found)


@given(st.text(max_size=30), st.sampled_from(["https://a.example/", "ids", "urn:x", "http://"]))
def test_an_iri_of_a_candidate_is_always_one(id_: str, space: str) -> None:
    iri = Manifest("x", space, "https://a.example/{{id}}").iri(id_)

    assert iri is None or (iri.startswith("http") and not set(iri) & set(' <>"{}|\\^`'))
    assert json.loads(json.dumps(iri)) == iri
