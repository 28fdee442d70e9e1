"""Everything that has an IRI of ours: `/id/…` → 303 → `/doc/…`, a page or RDF about it.

Linked-data practice: https://www.w3.org/TR/cooluris/, section 4.2. An IRI that
was given up for an older one points, for good, to the document about that one;
of what an earlier edition told of and this one does not, it is said that it is
gone.
"""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, Response, redirect, render_template
from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.server.entity_view import view_of
from eugraph.server.negotiation import EXTENSIONS
from eugraph.server.pages import language
from eugraph.server.representations import represent
from eugraph.server.source import Source
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


# the names of properties and of what the page mentions, for people
_NAMES: Final = """
  { SELECT DISTINCT ?s {
      { <%(iri)s> ?s ?value } UNION { ?value ?s <%(iri)s> }
      UNION { <%(iri)s> eug:hasParticipation ?part . ?part ?s ?value } } }
  ?s rdfs:label ?o BIND(rdfs:label AS ?p)
"""


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
    edition, iri = source.edition, BASE + key
    about = (_GRAPH if key.startswith("graph/") else _ABOUT) % {"iri": iri}
    lines = source.graph(edition, f"{PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} {{ {about} }}")
    if not key.startswith("graph/") and not any(line.startswith(f"<{iri}> ") for line in lines):
        if key in source.edition_keys:
            raise Gone(f"Nothing is published about {iri} any more.")
        raise NotFound(f"Nothing is published about {iri}.")
    if not lines:
        raise NotFound(f"There is no graph {iri}.")

    def page() -> str:
        rows = source.rows(edition, f"{PROLOGUE}SELECT ?s ?p ?o {{ {about} }}")
        names = source.rows(edition, f"{PROLOGUE}SELECT ?s ?p ?o {{ {_NAMES % {'iri': iri}} }}")
        view = view_of(iri, [*rows, *names], language())
        path = f"{source.prefix}doc/{key}"
        return render_template("entity.html", view=view, path=path, href=source.href)

    answer = represent(lines, page, path=f"{source.prefix}doc/{key}", extension=extension)
    described = f'<{iri}>; rel="describes"'
    answer.headers["Link"] = ", ".join(filter(None, [answer.headers.get("Link"), described]))
    return answer
