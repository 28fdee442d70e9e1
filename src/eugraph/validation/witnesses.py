"""Which release a result is about, and in which words: from the assertions that bear on it.

An assertion bears on a result if it is about the focus node or about a
participation in it, and its predicate is the result's path or one that the
shape's constraints name. Where one of them has an object that the result or
the shape names (the role of lead partner, say), only those count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from eugraph.triples.terms import PROPERTIES
from eugraph.validation.finding import Finding, Quote, Result, brief
from eugraph.validation.sense import Ask
from eugraph.validation.shapes import Shape, Shapes
from eugraph.vocabulary import EUG, IRI_BASE, PROLOGUE, VOCAB

_QUOTES = 6
"""How many quotes a finding shows at most."""

_IN_RELEASE = re.compile(
    re.escape(IRI_BASE)
    + r"id/(?:release|text|assertion|discrepancy|selector|graph)/"
    + r"(?!reference$|links$|quality$)([^/#]+)"
)
_STATEMENTS = (
    "SELECT * WHERE { %s %s rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object }"
)
_RESTS_ON = """SELECT * WHERE { %s %s eug:hasEvidence ?evidence .
    ?evidence dcterms:language ?language ; oa:hasSelector ?selector . ?selector oa:exact ?quote }"""
_LABELS = "SELECT ?label WHERE { <%s> skos:prefLabel|rdfs:label ?label }"
_NOTES = "SELECT ?label WHERE { <%s> rdfs:comment ?label }"
_KIND = "SELECT ?kind WHERE { <%s> eug:discrepancyType ?kind }"
_HEADLINES = "SELECT ?label WHERE { <%s> eug:hasLanguageVersion/dcterms:title ?label }"
_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { <%s> ?predicate ?object } }"

_STATED_AS = {EUG.notBefore: EUG.statedDate, EUG.notAfter: EUG.statedDate, EUG.edtf: EUG.statedDate}
"""What the computed dates are computed from."""

_STRUCTURE = frozenset({EUG.eventOf, EUG.partOfEvent, EUG.aboutProject, EUG.aboutEvent})
"""Where a thing belongs says little of why it is wrong."""


@dataclass(frozen=True, slots=True)
class _Bearing:
    """An assertion that may bear on a result, with its quotes."""

    assertion: Node
    subject: Node
    predicate: Node
    object: Node
    quotes: tuple[Quote, ...]


class Witnesses:
    """Asks for what bears on results, each node once.

    `graphs` are the release graphs that were looked at, by their IRIs; without
    them, `ask` tells in which graphs something is said.
    """

    def __init__(self, shapes: Shapes, ask: Ask, graphs: Mapping[str, Graph] | None = None) -> None:
        """Keep the shapes, the way to ask and the graphs."""
        self._shapes = shapes
        self._ask = ask
        self._graphs = graphs
        self._known_labels: dict[Node, Mapping[str, str]] = {}

    def finding(self, result: Result) -> Finding:
        """Return a result as a finding, with its releases and the words that bear on it."""
        shape = self._shapes[result.shape]
        about = _bearings(result.focus, self._ask)
        relevant = _relevant(result, shape, about)
        return Finding(
            shape=result.shape,
            severity=result.severity,
            focus=result.focus,
            component=result.component,
            path=result.path,
            value=result.value,
            about={code: self._about(result.focus, about, code) for code in shape.messages},
            messages={code: self._message(shape, result, code) for code in shape.messages},
            advice=shape.advice,
            releases=self._releases(result, relevant, about),
            quotes=_quotes(relevant),
            bindings=result.bindings,
            graph=result.graph,
        )

    def _message(self, shape: Shape, result: Result, language: str) -> str:
        message = shape.messages[language]
        for name, node in result.bindings:
            if (slot := f"{{?{name}}}") in message:
                message = message.replace(slot, self._words(node, language))
        return message

    def _about(self, focus: Node, bearing: list[_Bearing], language: str) -> str:
        for each in bearing:
            if each.assertion == focus:
                words = (self._words(node, language) for node in (each.predicate, each.object))
                return f"{self._words(each.subject, language)} – {': '.join(words)}"
        name = self._words(focus, language)
        kinds = [self._words(kind, language) for kind in _kinds(focus, self._ask)]
        return name if name == brief(focus) else f"{name} ({(*kinds, brief(focus))[0]})"

    def _words(self, node: Node, language: str) -> str:
        if not isinstance(node, URIRef):
            return str(node)
        if kind_of(node) == "assertion":
            return self._statement(node, language)
        if node not in self._known_labels:
            self._known_labels[node] = _labels(node, self._ask)
        known = self._known_labels[node]
        return known.get(language) or next(iter(known.values()), brief(node))

    def _statement(self, assertion: URIRef, language: str) -> str:
        """Return what an assertion says: of what, and which words or value."""
        for row in self._ask(PROLOGUE + _STATEMENTS % ("", f"<{assertion}>")):
            return (
                f"{self._words(row['subject'], language)} – {self._words(row['object'], language)}"
            )
        return brief(assertion)

    def _releases(
        self, result: Result, relevant: list[_Bearing], about: list[_Bearing]
    ) -> tuple[str, ...]:
        """Return the releases of the first of these ways that leads to any."""
        terms = (result.focus, result.path, result.value)
        ways: tuple[Iterable[Node | str | None], ...] = (
            [result.graph],
            [result.focus],
            [each.assertion for each in relevant],
            self._graphs_with(terms) if result.path and result.value else [],
            [each.assertion for each in about],
            self._graphs_with((result.focus, None, None)),
            self._named_graphs(result.focus),
        )
        for nodes in ways:
            if releases := {match[1] for node in nodes if (match := _IN_RELEASE.match(str(node)))}:
                return tuple(sorted(releases))
        return ()

    def _graphs_with(self, triple: tuple[Node | None, Node | None, Node | None]) -> Iterator[str]:
        if self._graphs is not None:
            return (name for name, graph in self._graphs.items() if triple in graph)
        if not isinstance(triple[0], URIRef):
            return iter(())
        nodes = zip(triple, ("?subject", "?predicate", "?object"), strict=True)
        pattern = " ".join(name if node is None else node.n3() for node, name in nodes)
        rows = self._ask(f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ {pattern} }} }}")
        return (str(row["graph"]) for row in rows)

    def _named_graphs(self, focus: Node) -> Iterator[Node]:
        if isinstance(focus, URIRef):
            yield from (row["graph"] for row in self._ask(_GRAPHS % focus))


def _bearings(focus: Node, ask: Ask) -> list[_Bearing]:
    return [each for start, node in _ways(focus) for each in _found(focus, start, node, ask)]


def _ways(focus: Node) -> Iterator[tuple[str, str]]:
    """Yield patterns that lead from a focus node to assertions, each with the assertion's name.

    Each starts from a known node: then an engine looks up, and joins nothing.
    """
    if not isinstance(focus, URIRef):
        return
    kind = kind_of(focus)
    if kind == "assertion":
        yield "", f"<{focus}>"
    elif kind == "discrepancy":
        yield f"<{focus}> eug:concernsAssertion ?assertion .", "?assertion"
    elif kind == "text":
        yield f"?assertion eug:hasEvidence <{focus}> .", "?assertion"
    else:
        yield f"?assertion rdf:subject <{focus}> .", "?assertion"
        part = f"?participation eug:participationIn <{focus}> ."
        yield f"{part} ?assertion rdf:subject ?participation .", "?assertion"


def _found(focus: Node, start: str, node: str, ask: Ask) -> Iterator[_Bearing]:
    quotes: dict[Node, list[Quote]] = {}
    for row in ask(PROLOGUE + _RESTS_ON % (start, node)):
        quotes.setdefault(row.get("assertion", focus), []).append(_quote(row))
    for row in ask(PROLOGUE + _STATEMENTS % (start, node)):
        assertion = row.get("assertion", focus)
        triple = row["subject"], row["predicate"], row["object"]
        slot, old = _SLOTS.get(str(triple[1]), ""), _written(triple[2])
        words = (replace(each, slot=slot, old=old) for each in quotes.get(assertion, ()))
        yield _Bearing(assertion, *triple, tuple(words))


_SLOTS = {str(predicate): str(slot) for slot, predicate in reversed(tuple(PROPERTIES.items()))}
"""What a correction calls what a property tells; of two slots the first."""


def _written(value: Node) -> str:
    """Return a value as a correction writes it; empty where its words have to tell it."""
    if isinstance(value, Literal):
        return "" if value.language else str(value)
    return str(value).rpartition("/")[2] if str(value).startswith(str(VOCAB)) else ""


def _quote(row: Mapping[str, Node]) -> Quote:
    evidence = row["evidence"]
    release = _IN_RELEASE.match(str(evidence))
    language = str(row["language"]).rpartition("/")[2]
    return Quote(str(evidence), release[1] if release else "", language, str(row["quote"]))


def _relevant(result: Result, shape: Shape, about: list[_Bearing]) -> list[_Bearing]:
    # The focus is itself an assertion, a quote or the like; what a whole release says is too much.
    if _IN_RELEASE.match(str(result.focus)) and kind_of(result.focus) != "release":
        return about
    named = {result.path} if result.path else shape.mentions
    predicates = {_STATED_AS.get(node, node) for node in named} | named
    rows = [each for each in about if each.predicate in predicates - _STRUCTURE]
    objects = {result.value, *shape.mentions, *(node for _, node in result.bindings)}
    exact = [each for each in rows if each.object in objects]
    of_one_value = (
        result.path is not None and result.value is not None and named.isdisjoint(_STATED_AS)
    )
    return exact if of_one_value else exact or rows


def _quotes(bearing: list[_Bearing]) -> tuple[Quote, ...]:
    """Return the first words for each value, and then the others, both in the order of the text."""
    values: dict[tuple[Node, ...], list[Quote]] = {}
    for each in bearing:
        values.setdefault((each.subject, each.predicate, each.object), []).extend(each.quotes)
    first = [min(quotes, key=_place) for quotes in values.values() if quotes]
    others = [quote for quotes in values.values() for quote in quotes]
    ordered = (*sorted(first, key=_place), *sorted(others, key=_place))
    return tuple({quote.evidence: quote for quote in reversed(ordered)}.values())[::-1][:_QUOTES]


def _place(quote: Quote) -> tuple[str, int, str, str, str]:
    """Return where a quote stands, so that quotes come in the order of their text."""
    start = quote.evidence.rpartition("=")[2].partition(",")[0]
    first = int(start) if start.isdecimal() else 0
    return quote.release, first, quote.evidence, quote.slot, quote.old


def kind_of(node: Node) -> str:
    """Return the type that stands in the IRI of a thing of ours."""
    return str(node).removeprefix(IRI_BASE + "id/").partition("/")[0]


def _kinds(focus: Node, ask: Ask) -> Iterator[Node]:
    """Yield the type of a discrepancy."""
    if kind_of(focus) == "discrepancy":
        yield from (row["kind"] for row in ask(PROLOGUE + _KIND % focus))


def _labels(node: URIRef, ask: Ask) -> Mapping[str, str]:
    """Return what a node is called, by language: a discrepancy by what it says of itself."""
    query = {"discrepancy": _NOTES, "release": _HEADLINES}.get(kind_of(node), _LABELS)
    labels = sorted((row["label"] for row in ask(PROLOGUE + query % node)), key=str)
    return {
        label.language: str(label)
        for label in labels
        if isinstance(label, Literal) and label.language
    }
