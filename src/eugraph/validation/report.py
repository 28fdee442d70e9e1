"""A verdict written out for programs: as a SHACL validation report, and as JSON.

The report follows SHACL 1.0, section 3.6. Results have IRIs made from what they
say, so the same verdict gives the same bytes. A result is derived from the
evidence whose words bear on it, and names the releases it concerns; the words
and the sentence around them are told where the texts were at hand
(`eugraph.validation.sentences`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SH
from rdflib.term import Node

from eugraph.triples.ntriples import Triple
from eugraph.validation.finding import Finding, Quote, Verdict
from eugraph.vocabulary import ESH, IRI_BASE, PREFIXES

NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")

REPORT = URIRef(IRI_BASE + "id/report")


def report_graph(verdict: Verdict) -> Graph:
    """Return the verdict as a `sh:ValidationReport`; `sh:conforms` tells that nothing was violated.

    (SHACL says false as soon as there is any result; here warnings and infos
    do not refuse, as pySHACL's `allow_warnings` has it.)
    """
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.bind("nif", NIF)
    graph.add((REPORT, RDF.type, SH.ValidationReport))
    graph.add((REPORT, SH.conforms, Literal(verdict.conforms)))
    for finding in verdict.findings:
        _add(finding, graph)
    return graph


def report_turtle(verdict: Verdict) -> str:
    """Return the verdict as Turtle."""
    return report_graph(verdict).serialize(format="turtle")


def report_json(verdict: Verdict) -> str:
    """Return the verdict as JSON: `conforms`, `counts` by severity, and `findings`."""
    findings = [_record(finding) for finding in verdict.findings]
    counts: dict[str, int] = {}
    for finding in verdict.findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    record = {"conforms": verdict.conforms, "counts": counts, "findings": findings}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _add(finding: Finding, graph: Graph) -> None:
    said = "\n".join((finding.shape, *map(str, (finding.focus, finding.path, finding.value))))
    said += "\n".join((finding.messages["en"], *finding.releases))
    node = URIRef(f"{REPORT}#{hashlib.sha256(said.encode()).hexdigest()[:16]}")
    graph.add((REPORT, SH.result, node))
    graph.add((node, RDF.type, SH.ValidationResult))
    graph.add((node, SH.focusNode, finding.focus))
    graph.add((node, SH.resultSeverity, SH[finding.severity]))
    graph.add((node, SH.sourceShape, ESH[finding.shape]))
    graph.add((node, SH.sourceConstraintComponent, finding.component))
    optional: tuple[tuple[URIRef, Node | None], ...] = (
        (SH.resultPath, finding.path),
        (SH.value, finding.value),
    )
    for predicate, value in optional:
        if value is not None:
            graph.add((node, predicate, value))
    for language, message in finding.messages.items():
        graph.add((node, SH.resultMessage, Literal(message, lang=language)))
    for release in finding.releases:
        graph.add((node, DCTERMS.source, URIRef(f"{IRI_BASE}id/release/{release}")))
    for quote in finding.quotes:
        graph.add((node, PROV.wasDerivedFrom, URIRef(quote.evidence)))
        for triple in _words(quote):
            graph.add(triple)


def _words(quote: Quote) -> Iterator[Triple]:
    """Yield the words of a quote, and the sentence they stand in, as NIF has strings of a text."""
    evidence = URIRef(quote.evidence)
    yield evidence, NIF.anchorOf, Literal(quote.text)
    start, _ = quote.span
    if quote.sentence and start is not None:
        first = start - quote.offset
        source = quote.evidence.partition("#")[0]
        sentence = URIRef(f"{source}#char={first},{first + len(quote.sentence)}")
        yield evidence, NIF.sentence, sentence
        yield sentence, NIF.anchorOf, Literal(quote.sentence)


def _record(finding: Finding) -> dict[str, object]:
    return {
        "shape": finding.shape,
        "severity": finding.severity,
        "focus": str(finding.focus),
        "about": dict(finding.about),
        "path": finding.path,
        "value": None if finding.value is None else str(finding.value),
        "messages": dict(finding.messages),
        "advice": dict(finding.advice),
        "releases": list(finding.releases),
        "quotes": [_quote(each) for each in finding.quotes],
    }


def _quote(quote: Quote) -> dict[str, object]:
    start, end = quote.span
    return {
        "text": quote.text,
        "sentence": quote.sentence or None,
        "offset": quote.offset if quote.sentence else None,
        "language": quote.language,
        "release": quote.release,
        "start": start,
        "end": end,
        "evidence": quote.evidence,
    }
