"""What is no mistake of a server, but what its publisher should know and decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Namespace

from eugraph.doctor.catalogue import read_catalogue
from eugraph.doctor.visitor import VisitError, Visitor

_VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_NOBODY: Final = "eugraph"
"""How the publisher is called where nobody said."""


def remarks_on(visitor: Visitor) -> tuple[str, ...]:
    """Return what to know of whose the data are, and of where identifiers lead; a line each."""
    try:
        _, graph = next(read_catalogue(visitor), (None, None))
    except VisitError:  # its bounds are reached
        graph = None
    return (*_whose(graph or Graph()), _identifiers(visitor))


def _whose(graph: Graph) -> Iterator[str]:
    not_set = []
    for catalogue in graph.subjects(RDF.type, DCAT.Catalog):
        publishers = graph.objects(catalogue, DCTERMS.publisher / FOAF.name)
        if _NOBODY in map(str, publishers):
            licences = sorted(map(str, set(graph.objects(None, DCTERMS.license))))
            not_set.append(f"publisher_name (it says eugraph), licence ({', '.join(licences)})")
    if not any(graph.triples((None, _VCARD.hasEmail, None))):
        not_set.append("contact_email")
    if not_set and len(graph):
        yield f"whose data these are is not said: set {', '.join(not_set)} (docs/settings.md)"


def _identifiers(visitor: Visitor) -> str:
    base = visitor.iri_base
    return (
        f"identifiers begin with {base} and are answered at {visitor.base}: {base} itself leads "
        "nowhere here until a redirect is registered (docs/identifiers.md)"
    )
