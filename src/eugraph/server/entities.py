"""Everything that has an IRI of ours: `/id/…` → 303 → `/doc/…`, a page or RDF about it.

Linked-data practice: https://www.w3.org/TR/cooluris/, section 4.2. An IRI that
was given up for an older one points, for good, to the document about that one;
of what an earlier edition told of and this one does not, it is said that it is
gone.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from rdflib import RDF
from werkzeug.exceptions import BadRequest, Gone, HTTPException, NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.server.negotiation import EXTENSIONS, GRAPH_ALIASES
from eugraph.server.representations import (
    RDF_FORMATS,
    add_links,
    choose,
    conditional,
    links,
    serialized,
)
from eugraph.server.signposts import signpost_thing
from eugraph.server.source import Source
from eugraph.server.things import thing_page
from eugraph.store import BASE
from eugraph.vocabulary import PROLOGUE

_KEY: Final = re.compile(r"[a-z]+(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+")
_EXTENSION: Final = re.compile(rf"(.+)\.({'|'.join(EXTENSIONS)})")

_ABOUT: Final = """
  { BIND(<%(iri)s> AS ?s) ?s ?p ?o }
  UNION
  # its participations, which are nodes of their own
  { <%(iri)s> eug:hasParticipation ?s . ?s ?p ?o }
  UNION
  # what points to it
  { %(pointing)s }
  UNION
  # names of what it points to
  { <%(iri)s> (eug:hasParticipation?)/!rdf:type ?s . ?s ?p ?o
    FILTER(?p IN (skos:prefLabel, rdfs:label, dcterms:title, eug:acronym)) }
  UNION
  # who says so, in which words
  { ?s rdf:subject/^eug:hasParticipation? <%(iri)s> ; a eug:Assertion ; ?p ?o }
  UNION
  { ?assertion rdf:subject/^eug:hasParticipation? <%(iri)s> .
    ?assertion eug:hasEvidence/oa:hasSelector? ?s . ?s ?p ?o }
  UNION
  # the stretches of a text that facts rest on: a fragment of its IRI leads here
  { ?s oa:hasSource <%(iri)s> ; ?p ?o }
  UNION
  { ?stretch oa:hasSource <%(iri)s> ; oa:hasSelector ?s . ?s ?p ?o }
"""

# what points to a thing, but for the assertions about it and the selectors within it
_POINTING: Final = """
  SELECT ?s ?p (<%(iri)s> AS ?o) {
    ?s ?p <%(iri)s> FILTER(?p NOT IN (rdf:subject, rdf:object, oa:hasSource, oa:hasTarget)) }
  ORDER BY ?p ?s LIMIT %(most)d OFFSET %(start)d
"""

POINTING: Final = 1000
"""How many triples that point to a thing its document has; further ones are on further pages."""

_GRAPH: Final = "GRAPH <%(iri)s> { ?s ?p ?o }"


def entities_blueprint(source: Source) -> Blueprint:
    """Return `/id/…` and `/doc/…`."""
    blueprint = Blueprint("entities", __name__)

    @blueprint.get("/id/<path:key>")
    def thing(key: str) -> BaseResponse:
        """Point from a thing to the document about it."""
        if not _KEY.fullmatch(key):
            raise NotFound("There is no such thing here.")
        if heir := source.edition_keys.get(key):
            return redirect(f"{source.prefix}doc/{heir}{_query()}", 301)
        return redirect(f"{source.prefix}doc/{key}{_query()}", 303)

    @blueprint.get("/doc/<path:key>")
    def document(key: str) -> BaseResponse:
        """Say what is known about a thing."""
        found = _EXTENSION.fullmatch(key)
        key, extension = found.groups() if found else (key, "")
        if heir := source.edition_keys.get(key):
            suffix = f".{extension}" if extension else ""
            return redirect(f"{source.prefix}doc/{heir}{suffix}{_query()}", 301)
        return _document(source, key, extension)

    return blueprint


def _query() -> str:
    """Return what the address asked for has behind its path, such as `?lang=lv`."""
    query = request.query_string.decode("ascii", "replace")
    return f"?{query}" if query else ""


def about(iri: str, page: int = 1) -> str:
    """Return the pattern of all that a page of the document about `iri` says.

    The first page says all but for what points to the thing beyond the first
    `POINTING` triples; each further page has as many of those.
    """
    start = (page - 1) * POINTING
    pointing = _POINTING % {"iri": iri, "most": POINTING, "start": start}
    return _ABOUT % {"iri": iri, "pointing": pointing} if page == 1 else f"{{ {pointing} }}"


def _document(source: Source, key: str, extension: str) -> Response:
    if not _KEY.fullmatch(key):
        raise NotFound("There is no such thing here.")
    path = f"{source.prefix}doc/{key}"
    offered = [*RDF_FORMATS, "text/html"]
    media_type = choose(offered, GRAPH_ALIASES, extension)
    if media_type == "text/html":
        answer = conditional(_page(source, key).encode(), media_type)
    else:
        lines, turtle = _triples(source, key)
        body = turtle if media_type == "text/turtle" else serialized(lines, media_type)
        answer = conditional(body, media_type)
        add_links(answer, *_pages(path, lines, BASE + key), *_types(lines, BASE + key))
    alternates = links(path, offered, but=media_type)
    answer.headers["Link"] = ", ".join(filter(None, [alternates, answer.headers.get("Link")]))
    signpost_thing(answer, source, key)
    return answer


def _types(lines: list[str], iri: str) -> list[tuple[str, str]]:
    """Return the classes of the thing as links."""
    start = f"<{iri}> <{RDF.type}> <"
    return [
        (line[len(start) : line.rfind(">")], "type") for line in lines if line.startswith(start)
    ]


def _pages(path: str, lines: list[str], iri: str) -> list[tuple[str, str]]:
    """Return links to the page after and the page before, if there may be one."""
    page, query = _page_number(), dict(request.args)
    pointing = sum(line.endswith(f" <{iri}> .\n") for line in lines)

    def at(number: int) -> str:
        return f"{path}?{urlencode(query | {'page': number})}"

    after = [(at(page + 1), "next")] if pointing >= POINTING else []
    return after + ([(at(page - 1), "prev")] if page > 1 else [])


def _page_number() -> int:
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal() and int(text[:6]) > 0):
        raise BadRequest("page is a number from 1 on.")
    return int(text[:6])


def _page(source: Source, key: str) -> str:
    edition = source.edition
    if key.startswith("graph/"):
        _triples(source, key)  # raises NotFound if there is none
    page = thing_page(source, edition, key)
    if page is None:
        raise _absent(source, key)
    return page


def _triples(source: Source, key: str) -> tuple[list[str], bytes]:
    """Return what is said about a thing, or in a graph, as lines and as Turtle.

    Raises NotFound or Gone.
    """
    iri, page = BASE + key, _page_number()
    pattern = _GRAPH % {"iri": iri} if key.startswith("graph/") else about(iri, page)
    query = f"{PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} {{ {pattern} }}"
    lines, turtle = source.document(source.edition, query)
    if page > 1 and not key.startswith("graph/"):
        if not lines:
            raise NotFound(f"There is no page {page} about {iri}.")
        return lines, turtle
    if not key.startswith("graph/") and not any(line.startswith(f"<{iri}> ") for line in lines):
        raise _absent(source, key)
    if not lines:
        raise NotFound(f"There is no graph {iri}.")
    return lines, turtle


def _absent(source: Source, key: str) -> HTTPException:
    if key in source.edition_keys:
        return Gone(f"Nothing is published about {BASE}{key} any more.")
    return NotFound(f"Nothing is published about {BASE}{key}.")
