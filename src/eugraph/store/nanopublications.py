"""One nanopublication for each fact: what is said, where it says so, and who publishes it.

A nanopublication (https://nanopub.net/guidelines/working_draft/) has four named
graphs: the head; the assertion, which is the one triple; its provenance, which
is all that the edition knows of the assertion, down to the words; and the
publication's own data. Its IRI ends in a digest of its content, as the RA
module of trusty URIs (https://trustyuri.net/, Kuhn and Dumontier 2014) has it,
so it can be cited and checked by itself and never changes. No clock stands in
it: the same fact gives the same bytes.

A reading that is disputed or a candidate is not published as a fact, so it has
none.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, PROV, RDF

from eugraph.store.graphs import LineReader
from eugraph.store.xml import Output
from eugraph.vocabulary import EUG, IRI_BASE, OA, PREFIXES

NANOPUB: Final = "http://www.nanopub.org/nschema#"
BASE: Final = IRI_BASE + "id/np/"
LICENCE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"

_ACCEPTED: Final = frozenset(
    ox.NamedNode(f"{IRI_BASE}vocab/assertion-status/{name}") for name in ("stated", "inferred")
)
_STAND_IN: Final = "RA" + 43 * "-"
"""What stands for the digest while it is computed; in what is digested it is a blank."""

Descriptions = Mapping[ox.NamedNode, list[ox.Triple]]
"""The triples about each node."""


def nanopublications(
    lines: Iterable[str], *, publisher: str = IRI_BASE, licence: str = LICENCE
) -> Iterator[list[ox.Quad]]:
    """Yield the quads of one nanopublication for each accepted assertion in `lines`.

    `lines` are N-Triples of a release's graph, or of several; publications are
    in the order of the assertions' IRIs.
    """
    about_node: dict[ox.NamedNode, list[ox.Triple]] = defaultdict(list)
    for quad in ox.parse(LineReader(lines), ox.RdfFormat.N_TRIPLES):  # type: ignore[arg-type]
        if isinstance(quad.subject, ox.NamedNode):
            about_node[quad.subject].append(quad.triple)
    for node in sorted(about_node, key=str):
        if not _ACCEPTED.isdisjoint(_values(about_node, node, EUG.assertionStatus)):
            yield _publication(node, about_node, publisher, licence)


def write_nanopublications(
    lines: Iterable[str], output: Output, *, publisher: str = IRI_BASE, licence: str = LICENCE
) -> None:
    """Write the nanopublications of `lines` to `output` as TriG; equal lines give equal bytes."""
    prefixes = dict(PREFIXES) | {"np": NANOPUB}
    quads = (
        quad
        for publication in nanopublications(lines, publisher=publisher, licence=licence)
        for quad in publication
    )
    file: IO[bytes] = output  # type: ignore[assignment]  # the engine calls write and flush only
    ox.serialize(quads, file, ox.RdfFormat.TRIG, prefixes=prefixes)


def artifact_code(quads: Iterable[ox.Quad]) -> str:
    """Return the digest of quads in whose IRIs the stand-in stands for it: `RA…`.

    Statements are sorted by graph, subject, predicate and object, IRIs before
    literals, and each term is a line (trusty URI specification, module RA).
    """
    content = "".join("".join(_line(term) for term in _terms(quad)) for quad in _sorted(quads))
    digest = hashlib.sha256(content.encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _publication(
    node: ox.NamedNode, about_node: Descriptions, publisher: str, licence: str
) -> list[ox.Quad]:
    draft = sorted(_quads(node, about_node, publisher, licence), key=str)
    code = artifact_code(draft)
    return [_named(quad, code) for quad in draft]


def _quads(
    node: ox.NamedNode, about_node: Descriptions, publisher: str, licence: str
) -> Iterator[ox.Quad]:
    this = ox.NamedNode(BASE + _STAND_IN)
    head, assertion, provenance, about = (
        ox.NamedNode(f"{this.value}#{name}")
        for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    yield _quad(this, str(RDF.type), NANOPUB + "Nanopublication", head)
    for name, graph in (
        ("hasAssertion", assertion),
        ("hasProvenance", provenance),
        ("hasPublicationInfo", about),
    ):
        yield _quad(this, NANOPUB + name, graph.value, head)
    subject, predicate, value = (
        _values(about_node, node, part)[0] for part in (RDF.subject, RDF.predicate, RDF.object)
    )
    yield ox.Quad(subject, predicate, value, assertion)  # type: ignore[arg-type]  # as N-Triples had them
    yield _quad(assertion, str(PROV.wasDerivedFrom), node.value, provenance)
    for triple in _provenance(node, about_node):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, provenance)
    yield _quad(this, str(PROV.wasAttributedTo), publisher, about)
    yield _quad(this, str(DCTERMS.license), licence, about)


def _provenance(node: ox.NamedNode, about_node: Descriptions) -> Iterator[ox.Triple]:
    """Yield what is told of an assertion, of its evidence and of that evidence's selectors."""
    yield from about_node[node]
    for evidence in _values(about_node, node, EUG.hasEvidence):
        yield from _about(about_node, evidence)
        for selector in _about_values(about_node, evidence, OA.hasSelector):
            yield from _about(about_node, selector)


def _about(about_node: Descriptions, node: object) -> list[ox.Triple]:
    return about_node[node] if isinstance(node, ox.NamedNode) and node in about_node else []


def _about_values(about_node: Descriptions, node: object, predicate: str) -> list[object]:
    return [
        each.object for each in _about(about_node, node) if each.predicate.value == str(predicate)
    ]


def _values(about_node: Descriptions, node: ox.NamedNode, predicate: str) -> list[object]:
    return _about_values(about_node, node, predicate)


def _quad(subject: ox.NamedNode, predicate: str, value: str, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), ox.NamedNode(value), graph)


def _named(quad: ox.Quad, code: str) -> ox.Quad:
    subject, predicate, value, graph = (_with(term, code) for term in quad)
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def _with(term: object, code: str) -> object:
    if isinstance(term, ox.NamedNode) and term.value.startswith(BASE + _STAND_IN):
        return ox.NamedNode(term.value.replace(_STAND_IN, code, 1))
    return term


def _terms(quad: ox.Quad) -> tuple[object, ...]:
    return (quad.graph_name, quad.subject, quad.predicate, quad.object)


def _sorted(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted(set(quads), key=lambda quad: [_order(term) for term in _terms(quad)])


def _order(term: object) -> tuple[bytes, ...]:
    """Return how terms are ordered: IRIs first, literals by text, datatype and language."""
    if isinstance(term, ox.Literal):
        datatype = "" if term.language else term.datatype.value
        language = term.language or ""
        return (b"1", term.value.encode(), datatype.encode(), language.encode())
    return (b"0", _text(term).encode())


def _line(term: object) -> str:
    if isinstance(term, ox.Literal):
        kind = f"@{term.language.lower()}" if term.language else f"^{term.datatype.value}"
        escaped = term.value.replace("\\", "\\\\").replace("\n", "\\n")
        return f"{kind} {escaped}\n"
    return f"{_text(term)}\n"


def _text(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value.replace(_STAND_IN, " ")
    raise ValueError(f"a blank node cannot be published: {term!r}")
