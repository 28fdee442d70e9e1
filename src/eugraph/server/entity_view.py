"""What is said about one thing, arranged for a page: every value with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import DCTERMS, RDF, RDFS, SKOS

from eugraph.server.source import Cell
from eugraph.vocabulary import EUG, OA, PREFIXES

_NAMES: Final = tuple(map(str, (SKOS.prefLabel, EUG.acronym, DCTERMS.title, RDFS.label)))
_INVERSE_HIDDEN: Final = frozenset(map(str, (EUG.participationIn,)))

Triples = Mapping[str, Mapping[str, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a release that state a value: where they stand, and their language."""

    iri: str
    quote: str
    language: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a page shows it; `iri` is empty for a literal.

    `status` names what an assertion about it is called if it is not accepted.
    """

    text: str
    iri: str
    language: str
    status: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values; `inverse` if the values point to the thing."""

    iri: str
    name: str
    inverse: bool
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A thing with its name, its classes and its properties."""

    iri: str
    name: str
    classes: tuple[str, ...]
    properties: tuple[Property, ...]


def view_of(iri: str, rows: Iterable[Mapping[str, Cell]], language: str) -> View:
    """Return the view of the thing `iri`: `rows` are triples (`s`, `p`, `o`) about it."""
    triples: dict[str, dict[str, list[Cell]]] = {}
    for row in rows:
        cells = triples.setdefault(row["s"]["value"], {}).setdefault(row["p"]["value"], [])
        if row["o"] not in cells:
            cells.append(row["o"])
    view = _Arranger(iri, triples, language)
    properties = sorted([*view.stated(), *view.pointing()], key=lambda p: (p.inverse, p.name))
    classes = triples.get(iri, {}).get(str(RDF.type), [])
    names = tuple(view.name(cell["value"]) for cell in classes)
    return View(iri, view.name(iri), names, tuple(properties))


class _Arranger:
    """The triples about one thing, and what is asserted about it."""

    def __init__(self, iri: str, triples: Triples, language: str) -> None:
        self._iri = iri
        self._triples = triples
        self._language = language
        self._asserted: dict[tuple[str, str], list[str]] = {}
        for node, properties in triples.items():
            if _value(properties, RDF.subject) == iri:
                key = (_value(properties, RDF.predicate), _value(properties, RDF.object))
                self._asserted.setdefault(key, []).append(node)

    def name(self, iri: str) -> str:
        """Return the best name of `iri`, at worst a short form of itself."""
        for predicate in _NAMES:
            cells = self._triples.get(iri, {}).get(predicate, [])
            if cells:
                return min(cells, key=self._strangeness)["value"]
        participant = _value(self._triples.get(iri, {}), EUG.participant)
        return self.name(participant) if participant else _short(iri)

    def stated(self) -> Iterator[Property]:
        """Yield the properties of the thing, those too that are asserted but not accepted."""
        own = {p: list(cells) for p, cells in self._triples.get(self._iri, {}).items()}
        own.pop(str(RDF.type), None)
        for predicate, value in self._asserted:
            if value not in {cell["value"] for cell in own.get(predicate, [])}:
                own.setdefault(predicate, []).append(self._cell(predicate, value))
        for predicate, cells in own.items():
            values = tuple(self._value(predicate, cell) for cell in cells)
            yield Property(predicate, self.name(predicate), inverse=False, values=values)

    def pointing(self) -> Iterator[Property]:
        """Yield the properties by which other things point to this one."""
        found: dict[str, list[str]] = {}
        for node, properties in self._triples.items():
            for predicate, cells in properties.items():
                if predicate not in _INVERSE_HIDDEN and self._points(node, predicate, cells):
                    found.setdefault(predicate, []).append(node)
        for predicate, nodes in found.items():
            values = tuple(Value(self.name(n), n, "", "", ()) for n in sorted(nodes))
            yield Property(predicate, self.name(predicate), inverse=True, values=values)

    def _points(self, node: str, predicate: str, cells: list[Cell]) -> bool:
        reified = predicate in {str(RDF.subject), str(RDF.object)}
        return node != self._iri and not reified and any(c["value"] == self._iri for c in cells)

    def _value(self, predicate: str, cell: Cell) -> Value:
        iri = cell["value"] if cell["type"] == "uri" else ""
        assertions = self._asserted.get((predicate, cell["value"]), [])
        words = {words.iri: words for node in assertions for words in self._words(node)}
        return Value(
            self.name(iri) if iri else cell["value"],
            iri,
            cell.get("xml:lang", ""),
            self._status(assertions),
            tuple(words.values()),
        )

    def _status(self, assertions: Iterable[str]) -> str:
        """Return how the assertions came about, unless the text states it plainly."""
        found = {_value(self._triples[node], EUG.assertionStatus) for node in assertions}
        return ", ".join(sorted(_short(status) for status in found if "stated" not in status))

    def _words(self, assertion: str) -> Iterator[Words]:
        for evidence in self._triples[assertion].get(str(EUG.hasEvidence), []):
            properties = self._triples.get(evidence["value"], {})
            language = _short(_value(properties, DCTERMS.language))
            for selector in properties.get(str(OA.hasSelector), []):
                quote = _value(self._triples.get(selector["value"], {}), OA.exact)
                if quote:
                    yield Words(evidence["value"], quote, language)

    def _cell(self, predicate: str, value: str) -> Cell:
        node = self._asserted[predicate, value][0]
        return self._triples[node][str(RDF.object)][0]

    def _strangeness(self, cell: Cell) -> tuple[bool, bool, str]:
        tag = cell.get("xml:lang", "")
        return (tag != self._language, tag not in {"", "en"}, tag)


def _value(properties: Mapping[str, list[Cell]], predicate: object) -> str:
    cells = properties.get(str(predicate), [])
    return cells[0]["value"] if cells else ""


def _short(iri: str) -> str:
    """Return `iri` without what is in front of its name."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and iri != space:
            local = iri.removeprefix(space)
            return local if prefix in {"lang", "country", "astat"} else f"{prefix}:{local}"
    return iri.rpartition("/id/")[2]
