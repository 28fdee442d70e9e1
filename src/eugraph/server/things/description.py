"""The triples around one thing, and what is asserted of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from rdflib import DCTERMS, PROV, RDF, RDFS, Literal, URIRef

from eugraph.editions import Edition
from eugraph.server.source import Cell, Source
from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, OA, with_prefixes

Properties = Mapping[str, list[Cell]]

# As text, once: looking a term up in its namespace takes longer than all that is done with it.
TYPE: Final = str(RDF.type)
SUBJECT: Final = str(RDF.subject)
PREDICATE: Final = str(RDF.predicate)
OBJECT: Final = str(RDF.object)
COMMENT: Final = str(RDFS.comment)
LANGUAGE: Final = str(DCTERMS.language)
PREMISE: Final = str(PROV.wasDerivedFrom)
STATUS: Final = str(EUG.assertionStatus)
CERTAINTY: Final = str(EUG.certainty)
RULE: Final = str(EUG.inferenceRule)
EVIDENCE: Final = str(EUG.hasEvidence)

_DISCREPANCY: Final = str(EUG.Discrepancy)
_CONCERNS: Final = str(EUG.concernsAssertion)
_WITHOUT_LABELS: Final = frozenset((EVIDENCE, PREMISE, str(OA.hasSelector)))
_OF_AN_ASSERTION: Final = {
    "subject": SUBJECT,
    "predicate": PREDICATE,
    "object": OBJECT,
    "status": STATUS,
    "certainty": CERTAINTY,
}
"""What the variables of a row about an assertion are of it."""

_ASSERTED: Final = """{ SELECT DISTINCT ?s ?subject {
  { ?s rdf:subject <%(iri)s> BIND(<%(iri)s> AS ?subject) }
  UNION { <%(iri)s> eug:hasParticipation ?subject . ?s rdf:subject ?subject } } }"""
"""The assertions about a thing and its participations."""


class Description:
    """Triples as subject → predicate → objects, in a fixed order, each once."""

    def __init__(self, iri: str, rows: Iterable[Mapping[str, Cell]]) -> None:
        """Gather the `rows` of `data/pages/about.rq` around the thing `iri`."""
        self.iri = iri
        self._triples: dict[str, dict[str, list[Cell]]] = {}
        for row in filter(None, rows):
            self._add(row)
        for properties in self._triples.values():
            for predicate, cells in properties.items():
                if len(cells) > 1:
                    properties[predicate] = _each_once(cells)
        self._typed = self._by_type()
        self._asserted = self._assertions()
        self._by_subject = self._subjects()
        self._concerning = self._by_assertion()
        self._iris = frozenset(self._named())

    def _add(self, row: Mapping[str, Cell]) -> None:
        node = self._triples.setdefault(row["s"]["value"], {})
        if "p" in row:
            node.setdefault(row["p"]["value"], []).append(row["o"])
        elif "evidence" in row:
            node.setdefault(EVIDENCE, []).append(row["evidence"])
            if "language" in row:
                words = self._triples.setdefault(row["evidence"]["value"], {})
                words.setdefault(LANGUAGE, []).append(row["language"])
        else:
            for variable, predicate in _OF_AN_ASSERTION.items():
                if variable in row:
                    node.setdefault(predicate, []).append(row[variable])

    def of(self, node: str) -> Properties:
        """Return the properties of a node."""
        return self._triples.get(node, {})

    def values(self, node: str, predicate: str) -> list[str]:
        """Return the values of a property of a node."""
        return [cell["value"] for cell in self.of(node).get(predicate, ())]

    def value(self, node: str, predicate: str) -> str:
        """Return the first value of a property of a node, empty if there is none."""
        cells = self.of(node).get(predicate)
        return cells[0]["value"] if cells else ""

    @property
    def discrepancies(self) -> list[str]:
        """The discrepancies among the nodes."""
        return self._typed.get(_DISCREPANCY, [])

    def assertions(self, subject: str, predicate: str, cell: Cell) -> list[str]:
        """Return the assertions of one triple."""
        return self._asserted.get((subject, predicate, *_term(cell)), [])

    def asserted(self, subject: str) -> Iterator[tuple[str, Cell]]:
        """Yield predicate and value of what is asserted of a node, accepted or not."""
        for key, node in self._by_subject.get(subject, ()):
            yield key[1], self.of(node)[OBJECT][0]

    def concerning(self, assertion: str) -> list[str]:
        """Return the discrepancies that concern an assertion."""
        return self._concerning.get(assertion, [])

    def iris(self) -> frozenset[str]:
        """Return everything named here that may have a label: nodes, predicates, IRIs as values."""
        return self._iris

    def _named(self) -> Iterator[str]:
        for node, properties in self._triples.items():
            # What is asserted, and words of a text, go by no name.
            if OBJECT not in properties and LANGUAGE not in properties:
                yield node
            yield from properties
            for predicate, cells in properties.items():
                if predicate not in _WITHOUT_LABELS:
                    yield from (cell["value"] for cell in cells if cell["type"] == "uri")

    def _by_type(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for node in sorted(self._triples):
            for type_ in self.values(node, TYPE):
                found.setdefault(type_, []).append(node)
        return found

    def _by_assertion(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for node in self.discrepancies:
            for assertion in self.values(node, _CONCERNS):
                found.setdefault(assertion, []).append(node)
        return found

    def _assertions(self) -> dict[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for node in sorted(self._triples):
            for cell in self.of(node).get(OBJECT, ()):
                key = (self.value(node, SUBJECT), self.value(node, PREDICATE))
                found.setdefault((*key, *_term(cell)), []).append(node)
        return found

    def _subjects(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """Return what is asserted of each node, in a fixed order, with the first who says so."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, nodes in sorted(self._asserted.items()):
            found.setdefault(key[0], []).append((key, nodes[0]))
        return found


def description_of(source: Source, edition: Edition, iri: str) -> Description:
    """Return what `edition` says of the thing `iri`."""
    return Description(iri, source.rows(edition, _query() % {"iri": iri}))


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
    query = shipped("data/pages/about.rq").read_text(encoding="utf-8")
    return with_prefixes(query.replace("%(asserted)s", _ASSERTED))


def _each_once(cells: list[Cell]) -> list[Cell]:
    """Return terms in their order; several ways may lead to one."""
    cells.sort(key=_term)
    return [cell for cell, before in zip(cells, (None, *cells), strict=False) if cell != before]


def _term(cell: Cell) -> tuple[str, str]:
    return cell["value"], cell.get("xml:lang", "")
