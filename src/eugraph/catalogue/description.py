"""A page of the catalogue in the making: triples, texts, and the terms of authorities.

The official shapes ask to find the type, label and scheme of every concept in
the page that points at it, so each is described where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rdflib import DCTERMS, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

from eugraph.catalogue.publication import in_languages, wording

AUTHORITY: Final = Namespace("http://publications.europa.eu/resource/authority/")
MEDIA_TYPES: Final = Namespace("https://www.iana.org/assignments/media-types/")


class Description:
    """The triples of one page."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.graph = Graph()

    def add(self, subject: URIRef, predicate: URIRef, *objects: URIRef | Literal) -> None:
        """Add that `subject` has each of `objects`."""
        for object_ in objects:
            self.graph.add((subject, predicate, object_))

    def texts(self, subject: URIRef, part: str, **fields: Mapping[str, str]) -> None:
        """Add the title and the description that the wording has for `part`, completed by `fields`.

        A field is a text by language; one without a language stands under "".
        """
        for name, predicate in (("title", DCTERMS.title), ("description", DCTERMS.description)):
            texts = {
                tag: text.format(
                    **{key: field.get(tag, field.get("", "")) for key, field in fields.items()}
                )
                for tag, text in wording()[part][name].items()
            }
            self.add(subject, predicate, *in_languages(texts))

    def time(self, subject: URIRef, predicate: URIRef, time: str) -> None:
        """Add an ISO 8601 time as it is written."""
        self.add(subject, predicate, Literal(time, datatype=XSD.dateTime, normalize=False))

    def concepts(self, table: str, labels: Mapping[str, str]) -> list[URIRef]:
        """Describe concepts of an authority table: code → English label."""
        for code, label in labels.items():
            self.concept(AUTHORITY[f"{table}/{code}"], label, table)
        return [AUTHORITY[f"{table}/{code}"] for code in labels]

    def concept(self, concept: URIRef, label: str, table: str) -> None:
        """Describe a concept of an authority table, and the table."""
        self.add(concept, RDF.type, SKOS.Concept)
        self.add(concept, SKOS.prefLabel, Literal(label, lang="en"))
        self.add(concept, SKOS.inScheme, AUTHORITY[table])
        self.scheme(AUTHORITY[table])

    def labelled(self, concepts: Mapping[str, Mapping[str, str]], kind: URIRef) -> list[URIRef]:
        """Describe the concepts that occur in the data, with the labels they have there."""
        for iri, labels in concepts.items():
            it = URIRef(iri)
            table = iri.removeprefix(str(AUTHORITY)).partition("/")[0]
            self.add(it, RDF.type, kind, SKOS.Concept)
            self.add(it, SKOS.inScheme, AUTHORITY[table])
            self.add(it, SKOS.prefLabel, *in_languages(labels or {"en": iri.rpartition("/")[2]}))
            self.scheme(AUTHORITY[table])
        return [URIRef(iri) for iri in concepts]

    def scheme(self, scheme: URIRef) -> None:
        """Describe an authority table."""
        self.add(scheme, RDF.type, SKOS.ConceptScheme)
        title = scheme.rpartition("/")[2].replace("-", " ").capitalize()
        self.add(scheme, DCTERMS.title, Literal(title, lang="en"))

    def media_types(self, names: Iterable[str]) -> list[URIRef]:
        """Describe media types of the IANA."""
        found = [MEDIA_TYPES[name] for name in names]
        for each in found:
            self.add(each, RDF.type, DCTERMS.MediaType)
        return found
