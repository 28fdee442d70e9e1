"""What the service tells of itself, and how much it does for one client."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from eugraph.errors import QueryLimitError
from eugraph.server import create_app
from eugraph.server.budgets import Budgets, client_of
from eugraph.server.query_log import QueryLog
from eugraph.settings import Settings
from eugraph.workers import Pool

PROXIES = frozenset({"127.0.0.1", "10.0.0.1"})
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def app_with(site: Path, pool: Pool, **settings: object) -> Flask:
    return create_app(site, replace(Settings(), **settings), pool)  # type: ignore[arg-type]


@pytest.fixture
def own(site: Path, pool: Pool, tmp_path: Path) -> FlaskClient:
    """Return a client of an application that has answered nothing yet, and logs to a file."""
    return app_with(site, pool, query_log=str(tmp_path / "log")).test_client()


def ask(client: FlaskClient, query: str, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.get("/sparql", query_string={"query": query, "timeout": "0.3"}, headers=sent)
    return answer.status_code


def counts(client: FlaskClient) -> dict[str, float]:
    text = client.get("/metrics").text
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_bucket")
    }


def test_metrics_tell_what_became_of_each_query(own: FlaskClient) -> None:
    killed = counts(own).get("eugraph_workers_killed_total query_seconds", 0)
    assert [ask(own, q) for q in ("ASK {}", "ASK {}", "ASK {", "DROP ALL", ENDLESS)] == [
        200, 200, 400, 403, 504,
    ]  # fmt: skip
    told = counts(own)
    for outcome in ("answered", "kept", "malformed", "refused", "query_seconds"):
        assert told[f"eugraph_queries_total {outcome}"] == 1, outcome
    assert told["eugraph_query_seconds_count"] == 4
    assert told["eugraph_workers_killed_total query_seconds"] == killed + 1
    assert told["eugraph_edition"] == 1
    assert told["eugraph_triples"] > 50
    assert told["eugraph_requests_total sparql 504"] == 1
    assert told["eugraph_queries_running"] == 0


def test_the_log_has_a_line_a_query_with_its_hash_and_cost(
    own: FlaskClient, tmp_path: Path
) -> None:
    for query in ("ASK {}", "ASK {}", ENDLESS):
        ask(own, query)
    first, second, third = map(json.loads, (tmp_path / "log").read_text().splitlines())
    assert (first["outcome"], second["outcome"], third["outcome"]) == (
        "answered", "kept", "query_seconds",
    )  # fmt: skip
    assert first["hash"] == second["hash"] != third["hash"]
    assert third["seconds"] >= 0.3
    assert first["bytes"] > 0
    assert "ASK" not in (tmp_path / "log").read_text()


def test_an_answer_that_breaks_off_is_told_as_what_stopped_it(
    own: FlaskClient, tmp_path: Path
) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    answer = own.get("/sparql", query_string={"query": query, "timeout": "0.5"})
    with pytest.raises(QueryLimitError) as broken:  # whichever comes first on this machine
        assert answer.data
    assert broken.value.limit in {"query_seconds", "query_rows"}
    (line,) = (tmp_path / "log").read_text().splitlines()
    assert json.loads(line)["outcome"] == broken.value.limit


def test_the_log_may_be_off_or_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    QueryLog("").write("query")
    QueryLog("-").write("query", text="ā\n")
    assert json.loads(capsys.readouterr().err)["text"] == "ā\n"


def test_who_has_used_up_its_budget_is_told_when_to_come_back(site: Path, pool: Pool) -> None:
    client = app_with(site, pool, client_seconds=0.2).test_client()
    hungry = {"X_Forwarded_For": "192.0.2.7"}
    assert ask(client, ENDLESS, **hungry) == 504
    refused = client.get(
        "/sparql",
        query_string={"query": "ASK { ?s ?p 1 }"},
        headers={"X-Forwarded-For": "192.0.2.7"},
    )
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert ask(client, "ASK { ?s ?p 1 }", X_Forwarded_For="192.0.2.8") == 200
    # What is kept in memory costs nothing.
    assert ask(client, "ASK { ?s ?p 1 }", **hungry) == 200


def test_a_budget_fills_up_again() -> None:
    now = [0.0]
    budgets = Budgets(60, lambda: now[0])
    budgets.spend("a", 60)
    assert budgets.wait("a") == 0
    budgets.spend("a", 30)
    assert (budgets.wait("a"), budgets.wait("b")) == (30, 0)
    now[0] = 31
    assert budgets.wait("a") == 0
    budgets.spend("a", 1000)
    assert budgets.wait(None) == 0
    off = Budgets(0)
    off.spend("a", 1000)
    assert off.wait("a") == 0


@pytest.mark.parametrize(
    ("address", "forwarded", "client"),
    [
        ("127.0.0.1", "", None),
        ("::1", "", None),
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.1", "192.0.2.1"),  # not through a proxy of ours
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "made-up, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        ("", "", None),
    ],
)
def test_a_client_is_who_the_last_trusted_proxy_says(
    address: str, forwarded: str, client: str | None
) -> None:
    environ = {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_of(environ, PROXIES) == client
