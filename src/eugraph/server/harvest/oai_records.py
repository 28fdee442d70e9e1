"""What an OAI-PMH record says: Dublin Core, DCAT-AP or all RDF of an item.

https://www.openarchives.org/OAI/openarchivesprotocol.html, section 2.5;
`oai_dc` as in http://www.openarchives.org/OAI/2.0/oai_dc.xsd.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree
from rdflib import DCTERMS, RDF, RDFS, SKOS

from eugraph.catalogue import describe_dataset
from eugraph.server.harvest.oai_items import DATASET, Item
from eugraph.server.source import Source
from eugraph.store import serialize
from eugraph.triples.ntriples import split_ntriples, to_ntriples
from eugraph.vocabulary import EUG, PREFIXES, PROLOGUE

_DC: Final = "http://purl.org/dc/elements/1.1/"
_OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What is said of several things: each, its participations and its language versions.
_ABOUT: Final = """CONSTRUCT {{ ?s ?p ?o }} {{
  VALUES ?thing {{ {iris} }}
  ?thing (eug:hasParticipation|eug:hasLanguageVersion)? ?s . ?s ?p ?o }}"""

_LINE: Final = re.compile(
    r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<[^>]*>)?) \.'
)
_ESCAPED: Final = re.compile(r'\\(?:([tbnrf"\'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_CONTROLS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

_PARTS: Final = frozenset(map(str, (EUG.hasParticipation, EUG.hasLanguageVersion)))

# In the order of their elements; of a catalogue and of things alike.
_ELEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (SKOS.prefLabel, DCTERMS.title),
    "subject": (EUG.topic, "http://www.w3.org/ns/dcat#keyword", "http://www.w3.org/ns/dcat#theme"),
    "description": (DCTERMS.description, EUG.objective, EUG.conclusion, EUG.purpose, RDFS.comment),
    "date": (DCTERMS.issued, DCTERMS.modified, EUG.edtf),
    "type": (RDF.type,),
    "language": (DCTERMS.language,),
    "relation": (
        EUG.aboutProject,
        EUG.aboutEvent,
        EUG.eventOf,
        EUG.fundedUnder,
        DCTERMS.conformsTo,
    ),
    "coverage": (
        EUG.involvesCountry,
        EUG.organisationCountry,
        EUG.locationCountry,
        DCTERMS.spatial,
    ),
}


@dataclass(frozen=True, slots=True)
class Format:
    """A metadata format: its schema, its namespace, and what it can describe."""

    schema: str
    namespace: str
    datasets_only: bool = False

    def disseminates(self, kind: str) -> bool:
        """Tell whether items of this set come in it."""
        return kind == DATASET or not self.datasets_only


FORMATS: Final[Mapping[str, Format]] = {
    "oai_dc": Format("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", _OAI_DC),
    "dcat": Format("http://www.w3.org/2000/07/rdf.xsd", _RDF, datasets_only=True),
    "rdf": Format("http://www.w3.org/2000/07/rdf.xsd", _RDF),
}
"""By their prefix: `dcat` tells of the dataset in DCAT-AP, `rdf` of all."""

Described = Mapping[str, list[str]]
"""What is said of each item, by its identifier, as sorted lines of N-Triples."""


def describe_items(source: Source, items: Iterable[Item]) -> Described:
    """Return what is said of `items`, less those that are deleted; it takes one query for all."""
    there = [item for item in items if not item.deleted]
    triples = {
        item.identifier: split_ntriples(to_ntriples(describe_dataset(item.publication)))
        for item in there
        if item.publication
    }
    iris = [item.identifier for item in there if not item.publication]
    if not iris:
        return triples
    query = _ABOUT.format(iris=" ".join(f"<{iri}>" for iri in iris))
    by_subject: dict[str, list[str]] = {}
    for line in source.graph(source.edition, PROLOGUE + query):
        by_subject.setdefault(line[1 : line.find(">")], []).append(line.rstrip("\n"))
    return triples | {iri: list(_with_parts(iri, by_subject)) for iri in iris}


def metadata(prefix: str, item: Item, lines: list[str], source: Source) -> etree._Element:
    """Return the record of `item`, of which `lines` are said, in the format `prefix`."""
    if prefix == "oai_dc":
        return _dublin_core(item, lines, source)
    output = io.BytesIO()
    serialize((line + "\n" for line in sorted(lines)), "application/rdf+xml", output)
    return etree.fromstring(output.getvalue(), _parser())


def _parser() -> etree.XMLParser[etree._Element]:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _with_parts(iri: str, by_subject: Mapping[str, list[str]]) -> Iterator[str]:
    for line in by_subject.get(iri, []):
        yield line
        _, predicate, value, *_ = _terms(line)
        if predicate in _PARTS:
            yield from by_subject.get(value, [])


def _dublin_core(item: Item, lines: list[str], source: Source) -> etree._Element:
    root = etree.Element(f"{{{_OAI_DC}}}dc", nsmap={"oai_dc": _OAI_DC, "dc": _DC, "xsi": _XSI})
    location = f"{_OAI_DC} {FORMATS['oai_dc'].schema}"
    root.set(f"{{{_XSI}}}schemaLocation", location)

    def add(element: str, text: str, language: str = "") -> None:
        child = etree.SubElement(root, f"{{{_DC}}}{element}")
        child.text = _FORBIDDEN.sub("\ufffd", text)
        if language:
            child.set(_XML_LANG, language)

    terms = [_terms(line) for line in lines]
    parts = {value for _, predicate, value, *_ in terms if predicate in _PARTS}
    described = [term for term in terms if term[0] == item.identifier or term[0] in parts]
    for element, predicates in _ELEMENTS.items():
        found = [
            (value, language)
            for wanted in map(str, predicates)
            for subject, predicate, value, language in described
            if predicate == wanted
            and (subject == item.identifier or element in {"title", "language"})
        ]
        for value, language in dict.fromkeys(found):
            add(element, _short(value) if element == "type" else value, language)
    add("publisher", source.settings.publisher)
    add("identifier", item.identifier)
    if item.publication is None:
        add("identifier", f"{source.settings.base_url}doc/{item.path}")
    add("rights", source.settings.data_licence)
    return root


def _short(iri: str) -> str:
    """Return a class by its prefix and name."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def _terms(line: str) -> tuple[str, str, str, str]:
    """Return subject, predicate, value and language of a line of N-Triples."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"This is no N-Triples without blank nodes: {line!r}.")
    subject, predicate, iri, text, language = found.groups()
    return subject, predicate, iri if iri is not None else _unescaped(text), language or ""


def _unescaped(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        sign, short, long = found.groups()
        return _CONTROLS.get(sign, sign) if sign else chr(int(short or long, 16))

    return _ESCAPED.sub(meant, text)
