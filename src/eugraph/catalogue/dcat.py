"""The catalogue as DCAT-AP 3.0.1, complete for the scale of data.europa.eu.

DCAT-AP: https://semiceu.github.io/DCAT-AP/releases/3.0.1/ (mandatory and
recommended properties of Catalog, Dataset, Distribution, DataService). The
dataset is told first, then its dated versions, oldest first, some to a page;
each page stands by itself (Hydra: https://www.hydra-cg.com/spec/latest/core/).
"""

from __future__ import annotations

from typing import Final

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

from eugraph.catalogue.description import AUTHORITY, Description
from eugraph.catalogue.publication import (
    LATEST,
    Distribution,
    Publication,
    in_languages,
    wording,
)

PAGE: Final = 20
"""How many datasets a page tells of at most."""

_ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
_DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
_HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
_SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
_VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_DCAT3: Final = Namespace(str(DCAT))  # of version 3, newer than the DCAT of rdflib
_PROTOCOL: Final = URIRef("https://www.w3.org/TR/sparql11-protocol/")
_ONTOLOGY: Final = URIRef("https://w3id.org/eugraph/ontology")
_SPARQL_RESULTS: Final = AUTHORITY["file-type/SPARQLQRES"]
_PACKED: Final = {"application/gzip": "gzip", "application/zstd": "zstd"}


def describe_catalogue(publication: Publication, page: int = 1, address: str = "") -> Graph:
    """Return a page of the catalogue of `publication`: datasets, files, service.

    `address` is the one that page was asked for at, without its number; further
    pages are told under the same.
    """
    told = _Catalogue(publication)
    told.catalogue()
    for each in _datasets(publication)[(page - 1) * PAGE : page * PAGE]:
        told.dataset(each)
    told.service()
    told.publisher()
    told.view(page, address or publication.catalogue)
    return told.graph


def describe_dataset(publication: Publication) -> Graph:
    """Return what the catalogue says of the dataset alone, or of one version of it."""
    told = _Catalogue(publication)
    told.dataset(publication)
    told.publisher()
    return told.graph


def pages(publication: Publication) -> int:
    """Return how many pages the catalogue has."""
    return -(-len(_datasets(publication)) // PAGE)


def _datasets(publication: Publication) -> tuple[Publication, ...]:
    return (publication, *publication.versions)


class _Catalogue(Description):
    """One page in the making."""

    def __init__(self, publication: Publication) -> None:
        super().__init__()
        self._publication = publication
        self._public = AUTHORITY["access-right/PUBLIC"]
        self._licence = URIRef(publication.licence)
        self._publisher = publication.at("catalog#publisher")
        self._contact = publication.at("catalog#contact")
        self.say(self._licence, RDF.type, DCTERMS.LicenseDocument)
        self.say(self._public, RDF.type, DCTERMS.RightsStatement)
        self.scheme(AUTHORITY["access-right"])

    def catalogue(self) -> None:
        it = self._publication.catalogue
        self.texts(it, "catalogue")
        self.say(it, RDF.type, DCAT.Catalog)
        self._responsibility(it, contact=False)
        self.say(it, FOAF.homepage, self._publication.at(""))
        self.say(it, DCAT.themeTaxonomy, AUTHORITY["data-theme"])
        self.say(it, DCAT.service, self._publication.service)
        self._coverage(it, self._publication)
        self._dates(it, self._publication)
        self.say(self._publication.at(""), RDF.type, FOAF.Document)

    def dataset(self, edition: Publication) -> None:
        """Describe the dataset, or a version of it, with its files."""
        it = edition.dataset
        self.say(it, RDF.type, DCAT.Dataset)
        self.say(self._publication.catalogue, DCAT.dataset, it)
        self.say(it, DCTERMS.title, *in_languages(edition.texts("title")))
        self.say(it, DCTERMS.description, *in_languages(edition.texts("description")))
        self._responsibility(it)
        self.say(it, DCTERMS.creator, self._publisher)
        self.say(it, DCTERMS.identifier, Literal(it))
        self._subject(it)
        self._coverage(it, edition)
        self.say(it, DCTERMS.accessRights, self._public)
        self.say(it, DCTERMS.conformsTo, _ONTOLOGY)
        self.say(_ONTOLOGY, RDF.type, DCTERMS.Standard)
        self.say(it, DCAT.landingPage, edition.landing_page)
        self.say(edition.landing_page, RDF.type, FOAF.Document)
        self.say(it, _DCAT3.version, Literal(edition.version))
        self._dates(it, edition)
        self._period(it, edition)
        self._versions(it, edition)
        for distribution in edition.distributions:
            self._file(edition, distribution)
        if edition.folder == LATEST:
            self._query_distribution(edition)

    def service(self) -> None:
        it = self._publication.service
        self.texts(it, "service")
        self.say(it, RDF.type, DCAT.DataService)
        self._responsibility(it)
        self.say(it, DCAT.endpointURL, self._publication.at("sparql"))
        self.say(it, DCAT.endpointDescription, self._publication.at("sparql"))
        self.say(it, DCAT.servesDataset, self._publication.dataset)
        self.say(it, DCTERMS.conformsTo, _PROTOCOL)
        self.say(it, DCTERMS.accessRights, self._public)
        self._subject(it)
        self.say(_PROTOCOL, RDF.type, DCTERMS.Standard)

    def publisher(self) -> None:
        """Describe the publisher and whom to ask."""
        publication = self._publication
        name = Literal(publication.publisher_name)
        home = URIRef(publication.publisher_url or publication.base_url)
        self.say(self._publisher, RDF.type, FOAF.Agent)
        self.say(self._publisher, FOAF.name, name)
        self.say(self._publisher, FOAF.homepage, home)
        self.say(home, RDF.type, FOAF.Document)
        if publication.publisher_type:
            self._kind_of_publisher(URIRef(publication.publisher_type))
        self.say(self._contact, RDF.type, _VCARD.Kind, _VCARD.Organization)
        self.say(self._contact, _VCARD.fn, Literal(publication.contact_name or name))
        self.say(self._contact, _VCARD.hasURL, home)
        if publication.contact_email:
            self.say(self._contact, _VCARD.hasEmail, URIRef("mailto:" + publication.contact_email))

    def _kind_of_publisher(self, kind: URIRef) -> None:
        scheme = URIRef("http://purl.org/adms/publishertype/1.0")
        self.say(self._publisher, DCTERMS.type, kind)
        self.say(kind, RDF.type, SKOS.Concept)
        self.say(kind, SKOS.inScheme, scheme)
        self.say(kind, SKOS.prefLabel, Literal(kind.rpartition("/")[2], lang="en"))
        self.say(scheme, RDF.type, SKOS.ConceptScheme)
        self.say(scheme, DCTERMS.title, Literal("Publisher type", lang="en"))

    def view(self, page: int, address: str) -> None:
        """Say which page this is, and where the next is; never where it would lead in a circle."""
        last = pages(self._publication)
        separator = "&" if "?" in address else "?"
        numbered = {n: URIRef(f"{address}{separator}page={n}") for n in (1, page, page + 1, last)}
        it = numbered[page]
        self.say(it, RDF.type, _HYDRA.PartialCollectionView)
        self.say(it, _HYDRA.first, numbered[1])
        self.say(it, _HYDRA.last, numbered[last])
        self.say(it, _HYDRA.itemsPerPage, Literal(PAGE))
        total = Literal(len(_datasets(self._publication)))
        self.say(it, _HYDRA.totalItems, total)
        if page < last:
            self.say(it, _HYDRA.next, numbered[page + 1])

    def _file(self, edition: Publication, distribution: Distribution) -> None:
        """Describe one file for download."""
        it = self._distribution(edition, distribution.fragment)
        words = wording()["formats"][distribution.extension]
        label = " ".join(filter(None, [words["label"], _packing(distribution)]))
        content = distribution.table or wording()["whole"]
        self.texts(it, "distribution", content=content, format={"": label})
        address = edition.download(distribution)
        self.say(it, DCAT.accessURL, address)
        self.say(it, DCAT.downloadURL, address)
        self._format(it, AUTHORITY["file-type/" + words["concept"]], words["label"])
        # One type only: that of a packed file is no type of its content, and harvesters
        # hold the declared type to what the server sends.
        type_ = DCAT.compressFormat if distribution.packed else DCAT.mediaType
        sent = distribution.packed or distribution.media_type
        self.say(it, type_, *self.media_types([sent]))
        size = Literal(str(distribution.size), datatype=XSD.nonNegativeInteger)
        self.say(it, DCAT.byteSize, size)
        checksum = edition.part(f"{distribution.fragment}-sha256")
        self.say(it, _SPDX.checksum, checksum)
        self.say(checksum, RDF.type, _SPDX.Checksum)
        self.say(checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256)
        value = Literal(distribution.sha256, datatype=XSD.hexBinary, normalize=False)
        self.say(checksum, _SPDX.checksumValue, value)

    def _query_distribution(self, edition: Publication) -> None:
        """Describe the dataset as it is had by queries."""
        it = self._distribution(edition, "sparql")
        self.texts(it, "service")
        self.say(it, DCAT.accessURL, edition.at("sparql"))
        self.say(it, DCAT.accessService, edition.service)
        self._format(it, _SPARQL_RESULTS, "SPARQL query results")

    def _distribution(self, edition: Publication, name: str) -> URIRef:
        """Begin a distribution of the dataset with what all have in common."""
        it = edition.part(name)
        self.say(edition.dataset, DCAT.distribution, it)
        self.say(it, RDF.type, DCAT.Distribution)
        self.say(it, DCTERMS.license, self._licence)
        self.say(it, DCTERMS.rights, self._public)
        self.say(it, DCTERMS.language, *self._languages(edition))
        for table, predicate in (
            ("planned-availability", _DCATAP.availability),
            ("distribution-status", _ADMS.status),
        ):
            self.say(it, predicate, *self.concepts(table, wording()["concepts"][table]))
        self._dates(it, edition)
        return it

    def _format(self, distribution: URIRef, file_type: URIRef, label: str) -> None:
        self.say(distribution, DCTERMS["format"], file_type)
        self.concept(file_type, label, "file-type")
        self.say(file_type, RDF.type, DCTERMS.MediaTypeOrExtent)

    def _versions(self, it: URIRef, edition: Publication) -> None:
        """Say which versions there are, or what this is a version of."""
        self.say(it, _DCAT3.hasVersion, *(each.dataset for each in edition.versions))
        if edition.folder == LATEST:
            frequency = self.concepts("frequency", wording()["concepts"]["frequency"])
            self.say(it, DCTERMS.accrualPeriodicity, *frequency)
            for each in frequency:
                self.say(each, RDF.type, DCTERMS.Frequency)
            return
        self.say(it, _DCAT3.isVersionOf, self._publication.at("catalog#dataset"))
        before = [each for each in self._publication.versions if each.issued < edition.issued]
        if before:
            self.say(it, _DCAT3.previousVersion, before[-1].dataset)

    def _responsibility(self, subject: URIRef, *, contact: bool = True) -> None:
        self.say(subject, DCTERMS.publisher, self._publisher)
        self.say(subject, DCTERMS.license, self._licence)
        if contact:
            self.say(subject, DCAT.contactPoint, self._contact)

    def _subject(self, subject: URIRef) -> None:
        """Say what it is about."""
        words = wording()["dataset"]["keywords"].items()
        keywords = (Literal(word, lang=tag) for tag, many in words for word in many)
        self.say(subject, DCAT.keyword, *keywords)
        themes = self.concepts("data-theme", wording()["concepts"]["themes"])
        self.say(subject, DCAT.theme, *themes)

    def _coverage(self, subject: URIRef, edition: Publication) -> None:
        places = self.labelled(edition.statistics.countries, DCTERMS.Location)
        self.say(subject, DCTERMS.spatial, *places)
        self.say(subject, DCTERMS.language, *self._languages(edition))

    def _languages(self, edition: Publication) -> list[URIRef]:
        return self.labelled(edition.statistics.languages, DCTERMS.LinguisticSystem)

    def _dates(self, subject: URIRef, edition: Publication) -> None:
        self.time(subject, DCTERMS.issued, edition.issued)
        self.time(subject, DCTERMS.modified, edition.modified)

    def _period(self, dataset: URIRef, edition: Publication) -> None:
        """Say which time the data is about, as far as its dates tell."""
        it = edition.part("period")
        bounds = ((DCAT.startDate, edition.statistics.first_day),)
        for predicate, day in (*bounds, (DCAT.endDate, edition.statistics.last_day)):
            if day:
                self.say(dataset, DCTERMS.temporal, it)
                self.say(it, RDF.type, DCTERMS.PeriodOfTime)
                self.say(it, predicate, Literal(day, datatype=XSD.date))


def _packing(distribution: Distribution) -> str:
    """Return how a file is packed, as its title tells it."""
    return f"({_PACKED[distribution.packed]})" if distribution.packed else ""
