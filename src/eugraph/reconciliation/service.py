"""A client of the W3C Reconciliation Service API, version 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

One GET for the manifest (section 3), then POSTs of batches of queries (section
4). Every exchange has a limit of time and the answer one of size, for what
arrives, not for what is announced; redirects are not followed. Of an answer
only what was asked for and is well formed is taken.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import requests
import urllib3

from eugraph.errors import ReconciliationError
from eugraph.reconciliation.candidate import Candidate, decimal, safe_iri

_PIECE = 65_536
_LONGEST_NAME = 500
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Service:
    """Which service is asked, and how far it is trusted.

    `type` is the service's id of the type of things to look among, `limit` how
    many candidates a thing may have, `batch` how many queries go in one request.
    """

    url: str
    type: str | None = None
    limit: int = 3
    batch: int = 20
    seconds: float = 30.0
    answer_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of one thing: its path here and its name."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself: its name, and how its ids become IRIs."""

    name: str
    space: str
    view: str | None = None

    def iri(self, id_: str) -> str | None:
        """Return the IRI of an id; None where it would be none.

        The identifier space with the id where that is a namespace, else the
        page of the id; an id that is an IRI itself is taken as it is.
        """
        if id_.startswith(("http://", "https://")):
            return safe_iri(id_)
        if self.space.startswith(("http://", "https://")) and self.space[-1] in "/#=:":
            return safe_iri(self.space + quote(id_, safe=":/"))
        if self.view and "{{id}}" in self.view:
            return safe_iri(self.view.replace("{{id}}", quote(id_, safe="")))
        return None


def ask(service: Service, queries: Sequence[Query]) -> Iterator[tuple[Query, list[Candidate]]]:
    """Yield each query with the candidates for it, best first.

    Raises `ReconciliationError` saying what went wrong; what was yielded before
    stands.
    """
    if not safe_iri(service.url):
        raise ReconciliationError(
            service.url, "is no address of a service; write http:// or https://"
        )
    with _Session() as session:
        manifest = _manifest(service, _exchange(service, session, "GET"))
        for start in range(0, len(queries), service.batch):
            batch = queries[start : start + service.batch]
            asked = {f"q{number}": _query(service, query) for number, query in enumerate(batch)}
            form = {"queries": json.dumps(asked, ensure_ascii=False)}
            answer = _exchange(service, session, "POST", form)
            for number, query in enumerate(batch):
                results = _results(service, answer, f"q{number}")
                yield query, _candidates(service, manifest, query, results)


class _Session(requests.Session):
    """A session that leaves redirects alone, and with them the body of one, however long."""

    def get_redirect_target(self, _response: requests.Response) -> str | None:
        return None


def _query(service: Service, query: Query) -> dict[str, object]:
    asked: dict[str, object] = {"query": query.name, "limit": service.limit}
    return asked | ({"type": service.type} if service.type else {})


def _exchange(
    service: Service, session: requests.Session, method: str, form: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """Return the JSON object that the service answers with."""
    until = time.monotonic() + service.seconds
    try:
        with session.request(
            method,
            service.url,
            data=form,
            headers=_HEADERS,
            allow_redirects=False,
            stream=True,
            timeout=service.seconds,
        ) as response:
            if response.status_code != HTTPStatus.OK:
                reason = f"answers with status {response.status_code}"
                raise ReconciliationError(service.url, reason)
            body = _received(service, response.raw, until)
    except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        reason = f"cannot be reached ({type(error).__name__}); check the address, or try later"
        raise ReconciliationError(service.url, reason) from error
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ReconciliationError(service.url, "does not answer in JSON") from error
    if not isinstance(answer, dict):
        raise ReconciliationError(service.url, "is no reconciliation service")
    return answer


def _received(service: Service, raw: urllib3.BaseHTTPResponse, until: float) -> bytes:
    body = bytearray()
    # Piece by piece as it comes: a service may send a byte at a time for ever.
    while piece := raw.read1(_PIECE, decode_content=True):
        body += piece
        if len(body) > service.answer_bytes:
            reason = f"answers with more than {service.answer_bytes:,} bytes"
            raise ReconciliationError(service.url, reason)
        if time.monotonic() > until:
            reason = f"takes more than {service.seconds:g} s to answer"
            raise ReconciliationError(service.url, reason)
    return bytes(body)


def _manifest(service: Service, document: Mapping[str, Any]) -> Manifest:
    name, space, view = document.get("name"), document.get("identifierSpace"), document.get("view")
    if not isinstance(name, str) or not isinstance(space, str) or not space:
        reason = "is no reconciliation service: its manifest has no name or identifierSpace"
        raise ReconciliationError(service.url, reason)
    template = view.get("url") if isinstance(view, dict) else None
    return Manifest(name, space, template if isinstance(template, str) else None)


def _results(service: Service, answer: Mapping[str, Any], key: str) -> list[object]:
    results = answer.get(key)
    found = results.get("result") if isinstance(results, dict) else None
    if not isinstance(found, list):
        raise ReconciliationError(service.url, "does not answer every query that it is asked")
    return found


def _candidates(
    service: Service, manifest: Manifest, query: Query, results: Sequence[object]
) -> list[Candidate]:
    found = []
    for result in results:
        if not isinstance(result, dict) or not isinstance(result.get("id"), str):
            continue
        score, iri = decimal(result.get("score")), manifest.iri(result["id"])
        name = result.get("name")
        if score is not None and iri and isinstance(name, str) and _is_text(name):
            confident = result.get("match") is True
            found.append(Candidate(query.path, iri, name, score, confident, service.url))
    found.sort(key=lambda each: (-float(each.score), each.iri))
    return found[: service.limit]


def _is_text(name: str) -> bool:
    """Tell whether a name can be published: not endless, and without halves of surrogate pairs."""
    return 0 < len(name) <= _LONGEST_NAME and name.isprintable()
