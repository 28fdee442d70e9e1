"""The scorer of data.europa.eu: 405 points a dataset, by its best distribution.

Metadata Quality Assessment, https://data.europa.eu/mqa/methodology: Excellent
from 351 points, Good from 221, Sufficient from 121. URLs are asked by HEAD;
only a 2xx counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from rdflib import DCAT, DCTERMS, RDF, Graph
from rdflib.term import Node

from eugraph.doctor.catalogue import read_catalogue
from eugraph.doctor.finding import Check, checker
from eugraph.doctor.visitor import Visitor

MOST: Final = 405

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_MACHINE: Final = frozenset(
    ["CSV", "JSON", "JSON_LD", "RDF", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE",
     "RDF_XML", "XML", "GEOJSON", "TSV"]
)  # fmt: skip
_DATASETS: Final = 10

check = checker("scorer")

Metric = tuple[str, int, Callable[[Graph, Node], bool]]


def _has(predicate: Node) -> Callable[[Graph, Node], bool]:
    return lambda graph, subject: (subject, predicate, None) in graph


def _from(predicate: Node, vocabulary: str) -> Callable[[Graph, Node], bool]:
    def judge(graph: Graph, subject: Node) -> bool:
        values = [str(value) for value in graph.objects(subject, predicate)]
        return bool(values) and all(value.startswith(vocabulary) for value in values)

    return judge


def _machine(graph: Graph, subject: Node) -> bool:
    formats = graph.objects(subject, DCTERMS["format"])
    return any(str(value).rpartition("/")[2] in _MACHINE for value in formats)


def _vocabularies(graph: Graph, subject: Node) -> bool:
    formats = _from(DCTERMS["format"], _AUTHORITY + "file-type/")
    return formats(graph, subject) and _from(DCAT.mediaType, _IANA)(graph, subject)


def _conforms(graph: Graph, dataset: Node) -> bool:
    """Tell whether what DCAT-AP makes mandatory is there."""
    texts = all((dataset, p, None) in graph for p in (DCTERMS.title, DCTERMS.description))
    files = graph.objects(dataset, DCAT.distribution)
    return texts and all((file, DCAT.accessURL, None) in graph for file in files)


_OF_DATASETS: Final[tuple[Metric, ...]] = (
    ("keywords", 30, _has(DCAT.keyword)),
    ("themes", 30, _has(DCAT.theme)),
    ("places", 20, _has(DCTERMS.spatial)),
    ("a time that it is about", 20, _has(DCTERMS.temporal)),
    ("what DCAT-AP makes mandatory", 30, _conforms),
    ("access rights", 10, _has(DCTERMS.accessRights)),
    (
        "access rights from the vocabulary",
        5,
        _from(DCTERMS.accessRights, _AUTHORITY + "access-right/"),
    ),
    ("a contact point", 20, _has(DCAT.contactPoint)),
    ("a publisher", 10, _has(DCTERMS.publisher)),
    ("a date of issue", 5, _has(DCTERMS.issued)),
    ("a date of change", 5, _has(DCTERMS.modified)),
)
_OF_FILES: Final[tuple[Metric, ...]] = (
    ("a download address", 20, _has(DCAT.downloadURL)),
    ("a format", 20, _has(DCTERMS["format"])),
    ("a media type", 10, _has(DCAT.mediaType)),
    ("format and media type from the vocabularies", 10, _vocabularies),
    ("a format that is free", 20, _machine),
    ("a format that machines read", 20, _machine),
    ("a licence", 20, _has(DCTERMS.license)),
    ("a licence from the vocabulary", 10, _from(DCTERMS.license, _AUTHORITY + "licence/")),
    ("rights", 5, _has(DCTERMS.rights)),
    ("a size", 5, _has(DCAT.byteSize)),
)


def play_scorer(visitor: Visitor) -> Iterator[Check]:
    """Score each dataset, and say what costs it points."""
    graph = Graph()
    for _, page in read_catalogue(visitor):
        graph += page or Graph()
    datasets = sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str)
    yield check(
        "there is something to score", datasets, visitor.base + "catalog", "no dcat:Dataset"
    )

    @cache
    def answers(address: str) -> bool:
        return 200 <= visitor.head(address).status < 300  # noqa: PLR2004

    for dataset in datasets[:_DATASETS]:
        yield from _scored(graph, dataset, answers)


def _scored(graph: Graph, dataset: Node, answers: Callable[[str], bool]) -> Iterator[Check]:
    metrics = (*_OF_FILES, *_answering(answers))
    best, lacking = 0, [name for name, _, _ in metrics]
    for file in sorted(graph.objects(dataset, DCAT.distribution), key=str):
        missing = [name for name, _, judge in metrics if not judge(graph, file)]
        points = sum(points for name, points, _ in metrics if name not in missing)
        if points > best:
            best, lacking = points, missing
        if not missing:
            break
    judged = [(name, points, judge(graph, dataset)) for name, points, judge in _OF_DATASETS]
    total = best + sum(points for _, points, well in judged if well)
    lacking += [name for name, _, well in judged if not well]
    yield check(
        f"a dataset has all {MOST} points",
        total == MOST,
        str(dataset),
        f"{total} of {MOST}; it lacks {', '.join(lacking)}",
    )


def _answering(answers: Callable[[str], bool]) -> tuple[Metric, ...]:
    def judge(predicate: Node) -> Callable[[Graph, Node], bool]:
        return lambda graph, file: any(
            answers(str(address)) for address in graph.objects(file, predicate)
        )

    return (
        ("an access address that answers HEAD with 200", 50, judge(DCAT.accessURL)),
        ("a download address that answers HEAD with 200", 30, judge(DCAT.downloadURL)),
    )
