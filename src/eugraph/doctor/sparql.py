"""A SPARQL client: the protocol as clients use it (SPARQL 1.1 Protocol, section 2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

from rdflib import RDF, Namespace

from eugraph.doctor.finding import Check, checker
from eugraph.doctor.visitor import TURTLE, Answer, Visitor

_JSON = "application/sparql-results+json"
_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

check = checker("sparql")


def play_sparql_client(visitor: Visitor) -> Iterator[Check]:
    """Ask in every way the protocol has, and something wrong."""
    asked = visitor.get("sparql?" + urlencode({"query": "ASK {}"}), accept=_JSON)
    yield check(
        "a query by GET is answered in JSON",
        asked.status == 200 and _boolean(asked),  # noqa: PLR2004
        asked.address,
        f"got {asked.outcome}",
    )
    yield check(
        "scripts of other sites may read answers (CORS)",
        asked.headers.get("Access-Control-Allow-Origin"),
        asked.address,
        "no Access-Control-Allow-Origin: a browser says the server cannot be reached",
    )
    for content_type, body in (
        ("application/sparql-query", b"ASK {}"),
        ("application/x-www-form-urlencoded", urlencode({"query": "ASK {}"}).encode()),
    ):
        headers = {"Accept": _JSON, "Content-Type": content_type}
        posted = visitor.ask("POST", "sparql", headers=headers, body=body)
        yield check(
            f"a query by POST as {content_type} is answered",
            posted.status == 200 and _boolean(posted),  # noqa: PLR2004
            posted.address,
            f"got {posted.outcome}",
        )
    yield from _wrong(visitor)
    yield from _described(visitor)


def _wrong(visitor: Visitor) -> Iterator[Check]:
    wrong = visitor.get("sparql?" + urlencode({"query": "SELECT nonsense"}), accept=_JSON)
    yield check(
        "a syntax error is the client's error (400)",
        wrong.status == 400,  # noqa: PLR2004
        wrong.address,
        f"got {wrong.outcome}: a client takes it for a result or for an outage",
    )
    yield check(
        "errors can be read by scripts of other sites, too",
        wrong.headers.get("Access-Control-Allow-Origin"),
        wrong.address,
        "no Access-Control-Allow-Origin on an error: an editor cannot show what is wrong",
    )
    update = urlencode({"update": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = visitor.ask("POST", "sparql", headers=headers, body=update)
    yield check(
        "an update is refused",
        400 <= answer.status < 500,  # noqa: PLR2004
        answer.address,
        f"got {answer.outcome}: anybody may write",
    )


def _described(visitor: Visitor) -> Iterator[Check]:
    answer = visitor.get("sparql", accept=TURTLE)
    graph = answer.graph()
    services = list(graph.subjects(RDF.type, _SD.Service)) if graph else []
    yield check(
        "without a query there is a service description",
        services,
        answer.address,
        f"got {answer.outcome} without an sd:Service: clients take it for a document",
    )
    for endpoint in graph.objects(None, _SD.endpoint) if graph else ():
        yield check(
            "the service tells the address it is asked at",
            str(endpoint) == visitor.base + "sparql",
            answer.address,
            f"it tells {endpoint}: clients would go there; set public_url",
        )


def _boolean(answer: Answer) -> bool:
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("boolean") is True
