"""A CKAN harvester: what ckanext-dcat does with a catalogue, and what ends it.

HEAD first, no Accept header, the type of page one for all pages, 50 MB, no
base IRI, `hydra:next` until there is none; what is missing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import DCAT, DCTERMS, RDF, BNode, Graph, Namespace, URIRef

from eugraph.doctor.finding import Check, checker
from eugraph.doctor.visitor import RELATIVE, Answer, Visitor

_HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
_DCAT3: Final = Namespace(str(DCAT))  # of version 3, newer than the DCAT of rdflib
_OK: Final = 200
_GET_INSTEAD: Final = frozenset({400, 405})
_PAGES: Final = 50

check = checker("harvester")


def play_harvester(visitor: Visitor) -> Iterator[Check]:
    """Harvest the catalogue as CKAN does."""
    head = visitor.head("catalog")
    yield check(
        "HEAD is answered",
        head.status == _OK or head.status in _GET_INSTEAD,
        head.address,
        f"got {head.outcome}: the harvest ends before it begins",
    )
    pages: list[Answer] = []
    whole = Graph()
    for answer, graph in read_catalogue(visitor):
        yield from _page(visitor, answer, graph)
        repeated = any(answer.body == page.body for page in pages)
        yield check(
            "pages differ",
            not repeated,
            answer.address,
            "it is the same as a page before: a harvester goes round for ever, or stops",
        )
        pages.append(answer)
        whole += graph or Graph()
    if not pages or not len(whole):
        return
    again = visitor.get("catalog")
    yield check(
        "the same catalogue is the same each time",
        again.body == pages[0].body,
        again.address,
        "two answers differ though nothing was published: every night all is updated",
    )
    yield from _datasets(visitor, whole)


def read_catalogue(visitor: Visitor) -> Iterator[tuple[Answer, Graph | None]]:
    """Yield the pages of the catalogue as they are sent, each with its graph if it can be read."""
    address, known = visitor.base + "catalog", set[str]()
    while address and address not in known and len(known) < _PAGES:
        known.add(address)
        answer = visitor.get(address)
        graph = answer.graph()
        yield answer, graph
        following = [str(node) for node in graph.objects(None, _HYDRA.next)] if graph else []
        address = following[0] if following and visitor.is_here(following[0]) else ""


def _page(visitor: Visitor, answer: Answer, graph: Graph | None) -> Iterator[Check]:
    yield check(
        "the catalogue answers", answer.status == _OK, answer.address, f"got {answer.outcome}"
    )
    yield check(
        "a page is below 50 MB",
        not answer.cut,
        answer.address,
        "it is longer, or takes too long: the harvest ends",
    )
    yield check(
        "a page is RDF that rdflib reads without hints",
        graph is not None,
        answer.address,
        f"got {answer.outcome}, which cannot be read",
    )
    if graph is None:
        return
    terms = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    relative = sorted(term for term in terms if term.startswith(RELATIVE))
    yield check(
        "no IRI is relative",
        not relative,
        answer.address,
        f"{', '.join(relative[:3])} would become a file of the harvester's",
    )
    for following in graph.objects(None, _HYDRA.next):
        yield check(
            "the next page is at this server",
            visitor.is_here(str(following)),
            answer.address,
            f"it is told to be {following}; set public_url",
        )


def _datasets(visitor: Visitor, graph: Graph) -> Iterator[Check]:
    address = visitor.base + "catalog"
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    yield check("there is a dataset", datasets, address, "no dcat:Dataset: the portal deletes all")
    versions = datasets & set(graph.objects(None, _DCAT3.hasVersion))
    yield check(
        "a portal shows a dataset once",
        not versions,
        address,
        f"{len(versions)} of its versions are a dcat:Dataset here as well: each becomes an entry",
    )
    for dataset in sorted(datasets, key=str):
        yield check(
            "a dataset has an IRI that stays",
            not isinstance(dataset, BNode),
            address,
            "a blank node: each harvest deletes and creates it",
        )
        yield check(
            "a dataset has a title",
            (dataset, DCTERMS.title, None) in graph,
            address,
            f"{dataset} has none: the whole harvest ends",
        )
        for files in graph.objects(dataset, DCAT.distribution):
            for url in graph.objects(files, DCAT.accessURL):
                yield check(
                    "files are at this server",
                    visitor.is_here(str(url)),
                    address,
                    f"{url} is elsewhere; set public_url",
                )
