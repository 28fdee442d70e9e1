"""The catalogue as DCAT-AP 3.0.1, complete for the scale of data.europa.eu.

DCAT-AP: https://semiceu.github.io/DCAT-AP/releases/3.0.1/ (mandatory and
recommended properties of Catalog, Dataset, Distribution, DataService).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

from eugraph.catalogue.publication import Distribution, Publication, in_languages, wording

_ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
_DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
_SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
_VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_AUTHORITY: Final = Namespace("http://publications.europa.eu/resource/authority/")
_MEDIA_TYPES: Final = Namespace("https://www.iana.org/assignments/media-types/")
_VERSION: Final = URIRef(f"{DCAT}version")  # newer than the DCAT of rdflib
_PROTOCOL: Final = URIRef("https://www.w3.org/TR/sparql11-protocol/")
_SPARQL_RESULTS: Final = _AUTHORITY["file-type/SPARQLQRES"]


def describe_catalogue(publication: Publication) -> Graph:
    """Return the catalogue page of `publication`: catalogue, dataset, files, service."""
    page = _Page(publication)
    page.catalogue()
    page.dataset()
    for distribution in publication.distributions:
        page.file(distribution)
    page.query_distribution()
    page.service()
    page.publisher()
    page.types()
    return page.graph


class _Page:
    """One page in the making."""

    def __init__(self, publication: Publication) -> None:
        self.graph = Graph()
        self._publication = publication
        self._words = wording()
        self._themes = self._concepts("data-theme", self._words["concepts"]["themes"])
        self._public = _AUTHORITY["access-right/PUBLIC"]
        self._licence = URIRef(publication.licence)
        self._languages = self._labelled(publication.statistics.languages, DCTERMS.LinguisticSystem)
        self._places = self._labelled(publication.statistics.countries, DCTERMS.Location)
        self._keywords = [
            Literal(word, lang=language)
            for language, words in self._words["dataset"]["keywords"].items()
            for word in words
        ]

    def catalogue(self) -> None:
        it = self._publication.catalogue
        self._texts(it, "catalogue")
        self._say(it, RDF.type, DCAT.Catalog)
        self._responsibility(it, contact=False)
        self._say(it, FOAF.homepage, self._publication.at(""))
        self._say(it, DCAT.themeTaxonomy, _AUTHORITY["data-theme"])
        self._say(it, DCAT.dataset, self._publication.dataset)
        self._say(it, DCAT.service, self._publication.service)
        self._say(it, DCTERMS.language, *self._languages)
        self._say(it, DCTERMS.spatial, *self._places)
        self._dates(it)
        self._say(self._publication.at(""), RDF.type, FOAF.Document)

    def dataset(self) -> None:
        it = self._publication.dataset
        self._texts(it, "dataset")
        self._say(it, RDF.type, DCAT.Dataset)
        self._responsibility(it)
        self._say(it, DCTERMS.creator, self._publisher)
        self._say(it, DCTERMS.identifier, Literal(it))
        self._say(it, DCAT.keyword, *self._keywords)
        self._say(it, DCAT.theme, *self._themes)
        self._say(it, DCTERMS.spatial, *self._places)
        self._say(it, DCTERMS.language, *self._languages)
        frequency = self._concepts("frequency", self._words["concepts"]["frequency"])
        self._say(it, DCTERMS.accrualPeriodicity, *frequency)
        self._say(it, DCTERMS.accessRights, self._public)
        self._say(it, DCTERMS.conformsTo, *self._standards())
        self._say(it, DCAT.landingPage, self._publication.at(""))
        self._say(it, _VERSION, Literal(self._publication.version))
        self._dates(it)
        self._period(it)

    def file(self, distribution: Distribution) -> None:
        """Describe one file for download."""
        it = self._distribution(distribution.extension)
        words = self._words["formats"][distribution.extension]
        self._texts(it, "distribution", format=words["label"])
        address = self._publication.download(distribution)
        self._say(it, DCAT.accessURL, address)
        self._say(it, DCAT.downloadURL, address)
        file_type = _AUTHORITY["file-type/" + words["concept"]]
        media_type = _MEDIA_TYPES[distribution.media_type]
        self._say(it, DCTERMS["format"], file_type)
        self._say(it, DCAT.mediaType, media_type)
        self._say(media_type, RDF.type, DCTERMS.MediaType)
        size = Literal(str(distribution.size), datatype=XSD.nonNegativeInteger)
        self._say(it, DCAT.byteSize, size)
        self._checksum(it, distribution)
        self._concept(file_type, words["label"], "file-type")
        self._say(file_type, RDF.type, DCTERMS.MediaTypeOrExtent)

    def query_distribution(self) -> None:
        """Describe the dataset as it is had by queries."""
        it = self._distribution("sparql")
        self._texts(it, "service")
        self._say(it, DCAT.accessURL, self._publication.at("sparql"))
        self._say(it, DCAT.accessService, self._publication.service)
        self._say(it, DCTERMS["format"], _SPARQL_RESULTS)
        self._concept(_SPARQL_RESULTS, "SPARQL query results", "file-type")
        self._say(_SPARQL_RESULTS, RDF.type, DCTERMS.MediaTypeOrExtent)

    def service(self) -> None:
        it = self._publication.service
        self._texts(it, "service")
        self._say(it, RDF.type, DCAT.DataService)
        self._responsibility(it)
        self._say(it, DCAT.endpointURL, self._publication.at("sparql"))
        self._say(it, DCAT.endpointDescription, self._publication.at("sparql"))
        self._say(it, DCAT.servesDataset, self._publication.dataset)
        self._say(it, DCTERMS.conformsTo, _PROTOCOL)
        self._say(it, DCTERMS.accessRights, self._public)
        self._say(it, DCAT.keyword, *self._keywords)
        self._say(it, DCAT.theme, *self._themes)
        self._say(_PROTOCOL, RDF.type, DCTERMS.Standard)

    def publisher(self) -> None:
        """Describe the publisher and whom to ask."""
        publication = self._publication
        name = Literal(publication.publisher_name)
        kind = URIRef(publication.publisher_type)
        scheme = URIRef("http://purl.org/adms/publishertype/1.0")
        home = URIRef(publication.publisher_url or publication.base_url)
        self._say(self._publisher, RDF.type, FOAF.Agent)
        self._say(self._publisher, FOAF.name, name)
        self._say(self._publisher, FOAF.homepage, home)
        self._say(self._publisher, DCTERMS.type, kind)
        self._say(home, RDF.type, FOAF.Document)
        self._say(kind, RDF.type, SKOS.Concept)
        self._say(kind, SKOS.inScheme, scheme)
        self._say(kind, SKOS.prefLabel, Literal(kind.rpartition("/")[2], lang="en"))
        self._say(scheme, RDF.type, SKOS.ConceptScheme)
        self._say(scheme, DCTERMS.title, Literal("Publisher type", lang="en"))
        self._say(self._contact, RDF.type, _VCARD.Kind, _VCARD.Organization)
        self._say(self._contact, _VCARD.fn, Literal(publication.contact_name or name))
        self._say(self._contact, _VCARD.hasURL, home)
        if publication.contact_email:
            self._say(self._contact, _VCARD.hasEmail, URIRef("mailto:" + publication.contact_email))

    def types(self) -> None:
        """Say of each term of an authority what the shapes ask to find in the page."""
        self._say(self._licence, RDF.type, DCTERMS.LicenseDocument)
        self._say(self._public, RDF.type, DCTERMS.RightsStatement)
        for table in ("access-right", "data-theme", "file-type", "frequency"):
            self._scheme(_AUTHORITY[table])

    @property
    def _publisher(self) -> URIRef:
        return self._publication.at("catalog#publisher")

    @property
    def _contact(self) -> URIRef:
        return self._publication.at("catalog#contact")

    def _say(self, subject: URIRef, predicate: URIRef, *objects: URIRef | Literal) -> None:
        for object_ in objects:
            self.graph.add((subject, predicate, object_))

    def _texts(self, subject: URIRef, part: str, **fields: str) -> None:
        for name, predicate in (("title", DCTERMS.title), ("description", DCTERMS.description)):
            texts = {tag: text.format(**fields) for tag, text in self._words[part][name].items()}
            self._say(subject, predicate, *in_languages(texts))

    def _responsibility(self, subject: URIRef, *, contact: bool = True) -> None:
        self._say(subject, DCTERMS.publisher, self._publisher)
        self._say(subject, DCTERMS.license, self._licence)
        if contact:
            self._say(subject, DCAT.contactPoint, self._contact)

    def _dates(self, subject: URIRef) -> None:
        for predicate, time in (
            (DCTERMS.issued, self._publication.issued),
            (DCTERMS.modified, self._publication.modified),
        ):
            self._say(subject, predicate, Literal(time, datatype=XSD.dateTime, normalize=False))

    def _period(self, dataset: URIRef) -> None:
        """Say which time the data is about, as far as its dates tell."""
        it = self._publication.at("catalog#period")
        bounds = self._publication.statistics
        for predicate, day in (
            (DCAT.startDate, bounds.first_day),
            (DCAT.endDate, bounds.last_day),
        ):
            if day:
                self._say(dataset, DCTERMS.temporal, it)
                self._say(it, RDF.type, DCTERMS.PeriodOfTime)
                self._say(it, predicate, Literal(day, datatype=XSD.date))

    def _distribution(self, name: str) -> URIRef:
        """Begin a distribution of the dataset with what all have in common."""
        it = self._publication.at(f"catalog#{name}")
        self._say(self._publication.dataset, DCAT.distribution, it)
        self._say(it, RDF.type, DCAT.Distribution)
        self._say(it, DCTERMS.license, self._licence)
        self._say(it, DCTERMS.rights, self._public)
        self._say(it, DCTERMS.language, *self._languages)
        for table, predicate in (
            ("planned-availability", _DCATAP.availability),
            ("distribution-status", _ADMS.status),
        ):
            self._say(it, predicate, *self._concepts(table, self._words["concepts"][table]))
        self._dates(it)
        return it

    def _checksum(self, distribution: URIRef, file: Distribution) -> None:
        it = self._publication.at(f"catalog#{file.extension}-sha256")
        self._say(distribution, _SPDX.checksum, it)
        self._say(it, RDF.type, _SPDX.Checksum)
        self._say(it, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256)
        value = Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)
        self._say(it, _SPDX.checksumValue, value)

    def _standards(self) -> list[URIRef]:
        standards = [URIRef("https://w3id.org/eugraph/ontology")]
        for standard in standards:
            self._say(standard, RDF.type, DCTERMS.Standard)
        return standards

    def _concepts(self, table: str, labels: Mapping[str, str]) -> list[URIRef]:
        """Describe concepts of an authority table: code → English label."""
        self._scheme(_AUTHORITY[table])
        for code, label in labels.items():
            self._concept(_AUTHORITY[f"{table}/{code}"], label, table)
        found = [_AUTHORITY[f"{table}/{code}"] for code in labels]
        if table == "frequency":
            for each in found:
                self._say(each, RDF.type, DCTERMS.Frequency)
        return found

    def _concept(self, concept: URIRef, label: str, table: str) -> None:
        self._say(concept, RDF.type, SKOS.Concept)
        self._say(concept, SKOS.prefLabel, Literal(label, lang="en"))
        self._say(concept, SKOS.inScheme, _AUTHORITY[table])

    def _labelled(self, concepts: Mapping[str, Mapping[str, str]], kind: URIRef) -> list[URIRef]:
        """Describe the concepts that occur in the data, with the labels they have there."""
        for iri, labels in concepts.items():
            it = URIRef(iri)
            table = iri.removeprefix(str(_AUTHORITY)).partition("/")[0]
            self._say(it, RDF.type, kind, SKOS.Concept)
            self._say(it, SKOS.inScheme, _AUTHORITY[table])
            self._say(it, SKOS.prefLabel, *in_languages(labels or {"en": iri.rpartition("/")[2]}))
            self._scheme(_AUTHORITY[table])
        return [URIRef(iri) for iri in concepts]

    def _scheme(self, scheme: URIRef) -> None:
        self._say(scheme, RDF.type, SKOS.ConceptScheme)
        title = scheme.rpartition("/")[2].replace("-", " ").capitalize()
        self._say(scheme, DCTERMS.title, Literal(title, lang="en"))
