"""Everything that has an IRI of ours: `/id/…` → 303 → `/doc/…`, a page or RDF about it.

Linked-data practice: https://www.w3.org/TR/cooluris/, section 4.2. An IRI that
was given up for an older one points, for good, to the document about that one;
of what an earlier edition told of and this one does not, it is said that it is
gone.
"""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, Response, redirect
from werkzeug.exceptions import Gone, HTTPException, NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.server.negotiation import EXTENSIONS, GRAPH_ALIASES
from eugraph.server.representations import choose, conditional, links, serialized
from eugraph.server.source import Source
from eugraph.server.things import thing_page
from eugraph.store import BASE, GRAPH_FORMATS
from eugraph.vocabulary import PROLOGUE

_KEY: Final = re.compile(r"[a-z]+(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+")
_EXTENSION: Final = re.compile(rf"(.+)\.({'|'.join(EXTENSIONS)})")

_ABOUT: Final = """
  { BIND(<%(iri)s> AS ?s) ?s ?p ?o }
  UNION
  # its participations, which are nodes of their own
  { <%(iri)s> eug:hasParticipation ?s . ?s ?p ?o }
  UNION
  # what points to it, but for the assertions about it and the selectors within it
  { SELECT ?s ?p (<%(iri)s> AS ?o) {
      ?s ?p <%(iri)s>
      FILTER(?p NOT IN (rdf:subject, rdf:object, oa:hasSource, oa:hasTarget)) }
    ORDER BY ?p ?s LIMIT 1000 }
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
"""

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
            return redirect(f"{source.prefix}doc/{heir}", 301)
        return redirect(f"{source.prefix}doc/{key}", 303)

    @blueprint.get("/doc/<path:key>")
    def document(key: str) -> BaseResponse:
        """Say what is known about a thing."""
        found = _EXTENSION.fullmatch(key)
        key, extension = found.groups() if found else (key, "")
        if heir := source.edition_keys.get(key):
            suffix = f".{extension}" if extension else ""
            return redirect(f"{source.prefix}doc/{heir}{suffix}", 301)
        return _document(source, key, extension)

    return blueprint


def _document(source: Source, key: str, extension: str) -> Response:
    if not _KEY.fullmatch(key):
        raise NotFound("There is no such thing here.")
    path = f"{source.prefix}doc/{key}"
    offered = [*GRAPH_FORMATS, "text/html"]
    media_type = choose(offered, GRAPH_ALIASES, extension)
    if media_type == "text/html":
        answer = conditional(_page(source, key).encode(), media_type)
    else:
        answer = conditional(serialized(_lines(source, key), media_type), media_type)
    alternates = links(path, offered, but=media_type)
    answer.headers["Link"] = f'{alternates}, <{BASE}{key}>; rel="describes"'
    return answer


def _page(source: Source, key: str) -> str:
    edition = source.edition
    if key.startswith("graph/"):
        _lines(source, key)  # which tells if there is none
    page = thing_page(source, edition, key)
    if page is None:
        raise _absent(source, key)
    return page


def _lines(source: Source, key: str) -> list[str]:
    """Return what is said about a thing, or in a graph; raises NotFound or Gone."""
    iri = BASE + key
    about = (_GRAPH if key.startswith("graph/") else _ABOUT) % {"iri": iri}
    lines = source.graph(source.edition, f"{PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} {{ {about} }}")
    if not key.startswith("graph/") and not any(line.startswith(f"<{iri}> ") for line in lines):
        raise _absent(source, key)
    if not lines:
        raise NotFound(f"There is no graph {iri}.")
    return lines


def _absent(source: Source, key: str) -> HTTPException:
    if key in source.edition_keys:
        return Gone(f"Nothing is published about {BASE}{key} any more.")
    return NotFound(f"Nothing is published about {BASE}{key}.")
