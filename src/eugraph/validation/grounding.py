"""That the words are in the text: every quote, at its place, as stored (V03, R06)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from eugraph.validation.dates import PROGRAM
from eugraph.validation.finding import Result, Severity
from eugraph.vocabulary import EUG, OA


def check_grounding(
    graph: Graph, texts: Mapping[str, str], name: str | None = None
) -> Iterator[Result]:
    """Yield a result for each quote that is not in its text there, and for each changed text.

    `texts` are the stored texts by the IRI of their source text or by the id
    of their release. A text that is not among them grounds nothing.
    """
    for source in graph.subjects(RDF.type, EUG.SourceText):
        for path in _differences(source, _text(source, texts), graph):
            yield Result("R06", Severity.VIOLATION, source, PROGRAM, path, graph=name)
    for evidence in graph.subjects(RDF.type, EUG.Evidence):
        if not _is_grounded(evidence, graph, texts):
            yield Result("V03", Severity.VIOLATION, evidence, PROGRAM, graph=name)


def _text(source: Node | None, texts: Mapping[str, str]) -> str | None:
    key = str(source)
    return texts.get(key, texts.get(key.rpartition("/")[2]))


def _differences(source: Node, text: str | None, graph: Graph) -> Iterator[URIRef]:
    """Yield the properties of a source text that its stored text does not have."""
    if text is None:
        yield EUG.sha256
        return
    if graph.value(source, EUG.sha256) != Literal(hashlib.sha256(text.encode()).hexdigest()):
        yield EUG.sha256
    if _number(graph.value(source, EUG.characterCount)) != len(text):
        yield EUG.characterCount


def _is_grounded(evidence: Node, graph: Graph, texts: Mapping[str, str]) -> bool:
    text = _text(graph.value(evidence, OA.hasSource), texts)
    selectors = list(graph.objects(evidence, OA.hasSelector))
    found = {
        path: {value for selector in selectors for value in graph.objects(selector, path)}
        for path in (OA.exact, OA.start, OA.end)
    }
    if text is None or any(len(values) != 1 for values in found.values()):
        return False
    start, end = (_number(next(iter(found[path]))) for path in (OA.start, OA.end))
    if start is None or end is None or not 0 <= start < end <= len(text):
        return False
    return text[start:end] == str(next(iter(found[OA.exact])))


def _number(node: Node | None) -> int | None:
    value = node.toPython() if isinstance(node, Literal) else None
    return value if isinstance(value, int) else None
