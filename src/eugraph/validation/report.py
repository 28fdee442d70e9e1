"""A verdict written out for programs: as JSON, and as a SHACL validation report.

The report follows SHACL 1.0, section 3.6, and is made of what the JSON tells.
Results have IRIs made from what they say, so the same verdict gives the same
bytes. A result is derived from the evidence whose words bear on it, and names
the releases it concerns; the words and the sentence around them are told where
the texts were at hand (`eugraph.validation.sentences`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SH
from rdflib.term import Node

from eugraph.triples.ntriples import Triple
from eugraph.validation.finding import Finding, Quote, Verdict
from eugraph.vocabulary import ESH, IRI_BASE, PREFIXES

NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")

REPORT = URIRef(IRI_BASE + "id/report")

Record = Mapping[str, Any]
"""A finding, or a quote of one, as what JSON can hold."""


def report_json(verdict: Verdict, lines: Iterable[str] | None = None) -> str:
    """Return the verdict as JSON: `conforms`, `counts` by severity, and `findings`, one a line.

    With `lines`, these are the findings as `finding_json` gives them.
    """
    counts = Counter(str(finding.severity) for finding in verdict.findings)
    head = f'"conforms": {_json(verdict.conforms)}, "counts": {_json(counts)}'
    listed = ",\n".join(map(finding_json, verdict.findings) if lines is None else lines)
    return f'{{{head}, "findings": [\n{listed}\n]}}\n'


def finding_json(finding: Finding) -> str:
    """Return a finding as a line of the JSON."""
    return _json(_record(finding))


def finding_lines(report: str) -> list[str]:
    """Return the findings of a verdict that `report_json` wrote, each as a line."""
    return [line.removesuffix(",") for line in report.split("\n")[1:-2]]


def report_graph(verdict: Verdict) -> Graph:
    """Return the verdict as a `sh:ValidationReport`; `sh:conforms` tells that nothing was violated.

    (SHACL says false as soon as there is any result; here warnings and infos
    do not refuse, as pySHACL's `allow_warnings` has it.)
    """
    return _graph(map(_record, verdict.findings), conforms=verdict.conforms)


def report_turtle(verdict: Verdict) -> str:
    """Return the verdict as Turtle."""
    return report_graph(verdict).serialize(format="turtle")


def graph_of_json(text: str) -> Graph:
    """Return the graph of the verdict that `report_json` wrote."""
    report = json.loads(text)
    return _graph(report["findings"], conforms=report["conforms"])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _graph(findings: Iterable[Record], *, conforms: bool) -> Graph:
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.bind("nif", NIF)
    graph.add((REPORT, RDF.type, SH.ValidationReport))
    graph.add((REPORT, SH.conforms, Literal(conforms)))
    for finding in findings:
        for triple in _triples(finding):
            graph.add(triple)
    return graph


def _triples(finding: Record) -> Iterator[Triple]:
    content = "\n".join(str(finding[name]) for name in ("shape", "focus", "path", "value"))
    content += "\n".join((finding["messages"]["en"], *finding["releases"]))
    node = URIRef(f"{REPORT}#{hashlib.sha256(content.encode()).hexdigest()[:16]}")
    yield REPORT, SH.result, node
    yield node, RDF.type, SH.ValidationResult
    yield node, SH.focusNode, URIRef(finding["focus"])
    yield node, SH.resultSeverity, SH[finding["severity"]]
    yield node, SH.sourceShape, ESH[finding["shape"]]
    yield node, SH.sourceConstraintComponent, URIRef(finding["component"])
    if finding["path"] is not None:
        yield node, SH.resultPath, URIRef(finding["path"])
    if finding["value"] is not None:
        yield node, SH.value, _node(finding["value"], finding["term"])
    for language, message in finding["messages"].items():
        yield node, SH.resultMessage, Literal(message, lang=language)
    for release in finding["releases"]:
        yield node, DCTERMS.source, URIRef(f"{IRI_BASE}id/release/{release}")
    for quote in finding["quotes"]:
        yield node, PROV.wasDerivedFrom, URIRef(quote["evidence"])
        yield from _words(quote)


def _words(quote: Record) -> Iterator[Triple]:
    """Yield the words of a quote, and the sentence they stand in, as NIF has strings of a text."""
    evidence = URIRef(quote["evidence"])
    yield evidence, NIF.anchorOf, Literal(quote["text"])
    if quote["sentence"] and quote["start"] is not None:
        first = quote["start"] - quote["offset"]
        source = quote["evidence"].partition("#")[0]
        sentence = URIRef(f"{source}#char={first},{first + len(quote['sentence'])}")
        yield evidence, NIF.sentence, sentence
        yield sentence, NIF.anchorOf, Literal(quote["sentence"])


def _record(finding: Finding) -> Record:
    return {
        "shape": finding.shape,
        "severity": finding.severity,
        "component": str(finding.component),
        "focus": str(finding.focus),
        "about": dict(finding.about),
        "path": finding.path,
        "value": None if finding.value is None else str(finding.value),
        "term": None if finding.value is None else _term(finding.value),
        "messages": dict(finding.messages),
        "advice": dict(finding.advice),
        "releases": list(finding.releases),
        "quotes": [_quote(each) for each in finding.quotes],
    }


def _quote(quote: Quote) -> Record:
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
        "slot": quote.slot or None,
        "old": quote.old or None,
    }


def _term(value: Node) -> Record:
    """Return what kind of term a value is, as SPARQL 1.1 Query Results JSON has it (3.2.2)."""
    if not isinstance(value, Literal):
        return {"type": "uri"}
    qualifiers = {"xml:lang": value.language, "datatype": value.datatype and str(value.datatype)}
    return {"type": "literal"} | {name: each for name, each in qualifiers.items() if each}


def _node(value: str, term: Record) -> Node:
    if term["type"] == "uri":
        return URIRef(value)
    datatype = term.get("datatype")
    return Literal(value, lang=term.get("xml:lang"), datatype=datatype and URIRef(datatype))
