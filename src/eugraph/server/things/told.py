"""The triples around one thing, and what is asserted of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from rdflib import RDF

from eugraph.editions import Edition
from eugraph.server.source import Cell, Source
from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, OA, PROLOGUE

Properties = Mapping[str, list[Cell]]


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
        self._asserted = self._assertions()

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
        return sorted(node for node in self._triples if str(type_) in self.values(node, RDF.type))

    def assertions(self, subject: str, predicate: str, cell: Cell) -> list[str]:
        """Return the assertions of one triple."""
        return self._asserted.get((subject, predicate, *_term(cell)), [])

    def asserted(self, subject: str) -> Iterator[tuple[str, Cell]]:
        """Yield predicate and value of what is asserted of a node, accepted or not."""
        for key, nodes in sorted(self._asserted.items()):
            if key[0] == subject:
                yield key[1], self.of(nodes[0])[str(RDF.object)][0]

    def discrepancies(self, assertion: str) -> list[str]:
        """Return the discrepancies that concern an assertion."""
        return [
            node
            for node in self.nodes(EUG.Discrepancy)
            if assertion in self.values(node, EUG.concernsAssertion)
        ]

    def iris(self) -> set[str]:
        """Return everything named here that may have a label: nodes, predicates, IRIs as values."""
        found = set(self._triples)
        for properties in self._triples.values():
            found |= set(properties)
            found |= {
                cell["value"]
                for predicate, cells in properties.items()
                if predicate not in {str(EUG.hasEvidence), str(OA.hasSelector)}
                for cell in cells
                if cell["type"] == "uri"
            }
        return found

    def _assertions(self) -> dict[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for node in self.nodes(EUG.Assertion):
            objects = self.of(node).get(str(RDF.object), [])
            for cell in objects:
                key = (self.value(node, RDF.subject), self.value(node, RDF.predicate))
                found.setdefault((*key, *_term(cell)), []).append(node)
        return found


def told_about(source: Source, edition: Edition, iri: str) -> Told:
    """Return what `edition` tells about the thing `iri`."""
    return Told(iri, source.rows(edition, _query() % {"iri": iri}))


@cache
def _query() -> str:
    return PROLOGUE + shipped("data/pages/about.rq").read_text(encoding="utf-8")


def _term(cell: Cell) -> tuple[str, str]:
    return cell["value"], cell.get("xml:lang", "")
