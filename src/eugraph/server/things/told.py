"""The triples around one thing, and what is asserted of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from rdflib import RDF, Literal, URIRef

from eugraph.editions import Edition
from eugraph.server.source import Cell, Source
from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, OA, PROLOGUE, with_prefixes

Properties = Mapping[str, list[Cell]]

# As text, once: looking a term up in its namespace takes longer than all that is done with it.
_TYPE, _SUBJECT, _PREDICATE, _OBJECT = map(str, (RDF.type, RDF.subject, RDF.predicate, RDF.object))
_WITHOUT_LABELS: Final = frozenset(map(str, (EUG.hasEvidence, OA.hasSelector)))


class Told:
    """Triples as subject → predicate → objects, in a fixed order."""

    def __init__(self, iri: str, rows: Iterable[Mapping[str, Cell]]) -> None:
        """Gather `rows` (`s`, `p`, `o`) around the thing `iri`."""
        self.iri = iri
        self._triples: dict[str, dict[str, list[Cell]]] = {}
        for row in rows:
            if "s" in row:
                node = self._triples.setdefault(row["s"]["value"], {})
                node.setdefault(row["p"]["value"], []).append(row["o"])
        for properties in self._triples.values():
            for cells in properties.values():
                cells.sort(key=lambda cell: (cell["value"], cell.get("xml:lang", "")))
        self._typed = self._by_type()
        self._asserted = self._assertions()
        self._concerning = self._by_assertion()
        self._iris = frozenset(self._named())

    def of(self, node: str) -> Properties:
        """Return the properties of a node."""
        return self._triples.get(node, {})

    def values(self, node: str, predicate: object) -> list[str]:
        """Return the values of a property of a node."""
        return [cell["value"] for cell in self.of(node).get(str(predicate), [])]

    def value(self, node: str, predicate: object) -> str:
        """Return the first value of a property of a node, empty if there is none."""
        return next(iter(self.values(node, predicate)), "")

    def nodes(self, type_: object) -> list[str]:
        """Return the nodes of a type."""
        return self._typed.get(str(type_), [])

    def assertions(self, subject: str, predicate: str, cell: Cell) -> list[str]:
        """Return the assertions of one triple."""
        return self._asserted.get((subject, predicate, *_term(cell)), [])

    def asserted(self, subject: str) -> Iterator[tuple[str, Cell]]:
        """Yield predicate and value of what is asserted of a node, accepted or not."""
        for key, nodes in sorted(self._asserted.items()):
            if key[0] == subject:
                yield key[1], self.of(nodes[0])[_OBJECT][0]

    def discrepancies(self, assertion: str) -> list[str]:
        """Return the discrepancies that concern an assertion."""
        return self._concerning.get(assertion, [])

    def iris(self) -> frozenset[str]:
        """Return everything named here that may have a label: nodes, predicates, IRIs as values."""
        return self._iris

    def _named(self) -> Iterator[str]:
        yield from self._triples
        for properties in self._triples.values():
            yield from properties
            for predicate, cells in properties.items():
                if predicate not in _WITHOUT_LABELS:
                    yield from (cell["value"] for cell in cells if cell["type"] == "uri")

    def _by_type(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for node in sorted(self._triples):
            for type_ in self.values(node, _TYPE):
                found.setdefault(type_, []).append(node)
        return found

    def _by_assertion(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for node in self.nodes(EUG.Discrepancy):
            for assertion in self.values(node, EUG.concernsAssertion):
                found.setdefault(assertion, []).append(node)
        return found

    def _assertions(self) -> dict[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for node in sorted(self._triples):
            for cell in self.of(node).get(_OBJECT, []):
                key = (self.value(node, _SUBJECT), self.value(node, _PREDICATE))
                found.setdefault((*key, *_term(cell)), []).append(node)
        return found


def told_about(source: Source, edition: Edition, iri: str) -> Told:
    """Return what `edition` tells about the thing `iri`."""
    return Told(iri, source.rows(edition, _query() % {"iri": iri}))


def every_reading(node: str, predicate: str, cell: Cell) -> str:
    """Return the query of every assertion of one triple, with its words."""
    return with_prefixes(
        "SELECT ?status ?evidence ?assertion WHERE {\n"
        f"  ?assertion rdf:subject <{node}> ;\n    rdf:predicate <{predicate}> ;\n"
        f"    rdf:object {_written(cell)} ;\n    eug:assertionStatus ?status .\n"
        "  OPTIONAL { ?assertion eug:hasEvidence ?evidence }\n}\nORDER BY ?status ?evidence\n"
    )


def _written(cell: Cell) -> str:
    """Return a term as SPARQL writes it."""
    if cell["type"] == "uri":
        return URIRef(cell["value"]).n3()
    tag, datatype = cell.get("xml:lang"), cell.get("datatype")
    # The tag first: a literal with both is none of rdflib's.
    kind = URIRef(datatype) if datatype and not tag else None
    return Literal(cell["value"], lang=tag, datatype=kind, normalize=False).n3()


@cache
def _query() -> str:
    return PROLOGUE + shipped("data/pages/about.rq").read_text(encoding="utf-8")


def _term(cell: Cell) -> tuple[str, str]:
    return cell["value"], cell.get("xml:lang", "")
