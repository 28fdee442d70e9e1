"""A linked-data client: follows IRIs to documents in the form it reads (Cool URIs, section 4)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode, urljoin

from eugraph.doctor.finding import Check, checker
from eugraph.doctor.visitor import Visitor

FORMS: Final = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "text/html",
)
_SEE_OTHER: Final = 303
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_NOT_ACCEPTABLE: Final = 406
_TYPES: Final = """SELECT (MIN(STR(?s)) AS ?iri) { ?s a ?type
  FILTER(STRSTARTS(STR(?s), "%sid/") && !CONTAINS(STR(?s), "#")) }
  GROUP BY ?type ORDER BY ?type LIMIT 6"""

check = checker("linked-data")


def play_linked_data_client(visitor: Visitor) -> Iterator[Check]:
    """Look up a thing of each type in each form."""
    query = urlencode({"query": _TYPES % visitor.iri_base})
    answer = visitor.get(f"sparql?{query}", accept="text/csv")
    rows = list(csv.reader(io.StringIO(answer.text)))[1:] if answer.status == _OK else []
    iris = sorted({row[0] for row in rows if row and row[0].startswith(visitor.iri_base)})
    yield check(
        "the endpoint names things to look up",
        iris,
        answer.address,
        f"got {answer.outcome} and no IRI under {visitor.iri_base}id/",
    )
    for iri in iris:
        yield from _looked_up(visitor, iri)


def _looked_up(visitor: Visitor, iri: str) -> Iterator[Check]:
    thing = visitor.get(visitor.local(iri), accept="text/turtle")
    document = urljoin(thing.address, thing.headers.get("Location", ""))
    yield check(
        "a thing leads to the document about it (303)",
        thing.status == _SEE_OTHER and visitor.is_here(document),
        thing.address,
        f"got {thing.outcome}, Location {thing.headers.get('Location')}",
    )
    if not visitor.is_here(document) or thing.status not in {301, 302, _SEE_OTHER, 307, 308}:
        return
    for form in FORMS:
        answer = visitor.get(document, accept=form)
        yield check(
            f"a document comes as {form}",
            answer.status == _OK and answer.media_type == form,
            document,
            f"got {answer.outcome}",
        )
        yield check(
            "the document tells of the thing",
            form != "application/n-triples" or f"<{iri}> " in answer.text,
            document,
            f"{iri} does not stand in it",
        )
    yield from _negotiated(visitor, document)


def _negotiated(visitor: Visitor, document: str) -> Iterator[Check]:
    refused = visitor.get(document, accept="image/png")
    yield check(
        "what is not offered is not sent (406)",
        refused.status == _NOT_ACCEPTABLE,
        document,
        f"who asked for image/png got {refused.outcome}",
    )
    first = visitor.get(document, accept="text/turtle")
    yield check(
        "caches are told what an answer depends on",
        "accept" in first.headers.get("Vary", "").lower(),
        document,
        "no Vary: Accept: a cache gives Turtle to a browser",
    )
    tag = first.headers.get("ETag", "")
    again = visitor.get(document, accept="text/turtle", If_None_Match=tag) if tag else None
    yield check(
        "what did not change is not sent again (304)",
        again and again.status == _NOT_MODIFIED,
        document,
        f"got {again.outcome}" if again else "there is no ETag",
    )
