"""The form of minted IRIs, and that nothing is blank (L02).

IRIs with raw diacritics exist in two forms, raw and percent-encoded, and joins
between the two fail silently; blank nodes cannot be addressed, and their names
change with every run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from eugraph.validation.dates import PROGRAM
from eugraph.validation.finding import Result, Severity
from eugraph.vocabulary import IRI_BASE

BLANK_AUTHORITY = "https://w3id.org/"
BLANK_PATH = "/.well-known/genid/"
"""Where IRIs lie that stand for blank nodes of a file (RDF 1.1 Concepts, section 3.5)."""

_MINTED = IRI_BASE + "id/"
_FORM = re.compile(r"[a-z]+(?:/[a-z0-9]+(?:-+[a-z0-9]+)*)+(?:#char=[0-9]+,[0-9]+)?")
_READABLE = re.compile(r"(?:assertion|discrepancy|run)(?:/[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)+")
"""Assertions modelled by hand may be named after a property (`fundedUnder-strand`)."""


def check_form(graph: Graph, name: str | None = None) -> Iterator[Result]:
    """Yield a result for each minted IRI that is not in the agreed form, and for each blank node.

    The focus of a blank node's result is the node that points to it, or its
    type, or the graph.
    """
    nodes = {node for subject, _, value in graph for node in (subject, value)}
    for node in nodes:
        if _is_blank(node):
            yield _result(_anchor(node, graph, name), name)
        elif isinstance(node, URIRef) and node.startswith(_MINTED) and not _well_formed(node):
            yield _result(node, name)


def _is_blank(node: Node) -> bool:
    return isinstance(node, BNode) or (isinstance(node, URIRef) and BLANK_PATH in node)


def _well_formed(iri: URIRef) -> bool:
    key = iri.removeprefix(_MINTED)
    return bool(_FORM.fullmatch(key) or _READABLE.fullmatch(key))


def _anchor(node: Node, graph: Graph, name: str | None) -> Node:
    near = [*graph.subjects(None, node), *graph.objects(node, RDF.type)]
    named = [other for other in near if not _is_blank(other)]
    return min(named, key=str, default=URIRef(name or _MINTED))


def _result(focus: Node, name: str | None) -> Result:
    return Result("L02", Severity.VIOLATION, focus, PROGRAM, graph=name)
