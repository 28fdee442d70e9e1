"""Every IRI of the data is minted here, from keys alone.

Keys are ASCII, lower case and stable (`eugraph.identity` decides them); an IRI
is `{IRI_BASE}id/{type}/{key}`. Assertions and discrepancies are named by a
digest of what they say, evidence by its character range (RFC 5147), so the
same words give the same IRI on every run and no blank node is needed.
"""

from __future__ import annotations

import hashlib

from rdflib import URIRef
from rdflib.term import Node

from eugraph.identity.keys import slug
from eugraph.triples.ntriples import ntriples_line
from eugraph.vocabulary import IRI_BASE

ID = IRI_BASE + "id/"
COUNTRY_TABLE = "http://publications.europa.eu/resource/authority/country/"
LANGUAGE_TABLE = "http://publications.europa.eu/resource/authority/language/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
GEONAMES = "https://sws.geonames.org/"
PROGRAMME_TABLE = "http://publications.europa.eu/resource/authority/eu-programme/"

REFERENCE_GRAPH = URIRef(ID + "graph/reference")
LINKS_GRAPH = URIRef(ID + "graph/links")
QUALITY_GRAPH = URIRef(ID + "graph/quality")
IDENTITY_GRAPH = URIRef(ID + "graph/identity")
SHARED_GRAPHS = frozenset({"reference", "links", "quality", "identity"})
"""The names of graphs that belong to no release; no release may have such an id."""


def thing_iri(kind: str, key: str) -> URIRef:
    """Return the IRI of a thing: `thing_iri("project", "wir-2017")`."""
    return URIRef(f"{ID}{kind}/{key}")


def graph_iri(release_id: str) -> URIRef:
    """Return the IRI of the named graph that holds what one release says."""
    return thing_iri("graph", release_id)


def version_iri(release_id: str, language: str) -> URIRef:
    """Return the IRI of one language version of a release."""
    return thing_iri("release", f"{release_id}/{language}")


def evidence_iri(release_id: str, start: int, end: int) -> URIRef:
    """Return the IRI of a character range of a release's text (RFC 5147 fragment)."""
    return URIRef(f"{thing_iri('text', release_id)}#char={start},{end}")


def selector_iri(release_id: str, start: int, end: int) -> URIRef:
    """Return the IRI of the selector of a character range."""
    return thing_iri("selector", f"{release_id}/{start}-{end}")


def assertion_iri(release_id: str, subject: Node, predicate: Node, value: Node) -> URIRef:
    """Return the IRI of a release's assertion of a triple.

    The key is the release's, then the first 16 hexadecimal digits of the
    SHA-256 of the triple as a line of N-Triples.
    """
    line = ntriples_line((subject, predicate, value))
    return thing_iri("assertion", f"{release_id}/{digest(line)}")


def discrepancy_iri(release_id: str, kind: str, concerns: list[URIRef]) -> URIRef:
    """Return the IRI of a release's discrepancy of a kind that concerns these assertions."""
    return thing_iri("discrepancy", f"{release_id}/{kind}-{digest(' '.join(sorted(concerns)))[:8]}")


def measurement_iri(graph: URIRef, metric: str) -> URIRef:
    """Return the IRI of what one of our metrics gives for a named graph."""
    return thing_iri("measurement", f"{graph.removeprefix(ID + 'graph/')}/{metric}")


def disagreement_iri(project: str, slot: str) -> URIRef:
    """Return the IRI of what releases disagree on in one slot of a project, by its key.

    It stays when another release joins in. No release is called `quality`.
    """
    return thing_iri("discrepancy", f"quality/{project}/{slot}")


def agent_iri(name: str) -> URIRef:
    """Return the IRI of a person who answers for corrections, by name."""
    return thing_iri("agent", slug(name))


def concept_iri(scheme: str, name: str) -> URIRef:
    """Return the IRI of a concept of one of our schemes."""
    return URIRef(f"{IRI_BASE}vocab/{scheme}/{name}")


def country_iri(authority_code: str) -> URIRef:
    """Return the IRI of a country in the EU's country table, by its code there (`GRC`)."""
    return URIRef(COUNTRY_TABLE + authority_code)


def language_iri(authority_code: str) -> URIRef:
    """Return the IRI of a language in the EU's language table, by its code there (`LAV`)."""
    return URIRef(LANGUAGE_TABLE + authority_code)


def digest(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
