"""The catalogue as DCAT-AP 3.0.1, complete for the scale of data.europa.eu.

DCAT-AP: https://semiceu.github.io/DCAT-AP/releases/3.0.1/ (mandatory and
recommended properties of Catalog, Dataset, Distribution, DataService). There is
one dataset. Its dated versions are named (`dcat:hasVersion`) and told of in full
where their files are: harvesters make an entry of everything in the page that
is typed `dcat:Dataset` (ckanext-dcat, `RDFParser._datasets`), and a portal is to
show one entry with its versions, not one more for each edition. The page stands
by itself (Hydra: https://www.hydra-cg.com/spec/latest/core/).
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    RDF,
    RDFS,
    SKOS,
    XSD,
    Graph,
    Literal,
    Namespace,
    URIRef,
)

from eugraph.catalogue.description import AUTHORITY, Description
from eugraph.catalogue.publication import (
    LATEST,
    Distribution,
    Publication,
    in_languages,
    wording,
)

_ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
_DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
_HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
_SCHEMA: Final = Namespace("https://schema.org/")
_SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
_VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_DCAT3: Final = Namespace(str(DCAT))  # of version 3, newer than the DCAT of rdflib
_PROTOCOL: Final = URIRef("https://www.w3.org/TR/sparql11-protocol/")
_ONTOLOGY: Final = URIRef("https://w3id.org/eugraph/ontology")
_SPARQL_RESULTS: Final = AUTHORITY["file-type/SPARQLQRES"]
_PACKED: Final = {"application/gzip": "gzip", "application/zstd": "zstd"}


def describe_catalogue(publication: Publication, address: str = "", since: str = "") -> Graph:
    """Return the catalogue of `publication`: the dataset, its files, its versions, the service.

    `address` is the one that it was asked for at. The dataset is left out if it
    is as it was at `since`, an ISO 8601 day or time.
    """
    described = _Catalogue(publication)
    described.catalogue()
    told = is_modified(publication, since)
    if told:
        described.dataset(publication)
        described.versions()
    described.service()
    described.publisher()
    described.view(address or publication.catalogue, datasets=int(told))
    return described.graph


def describe_dataset(publication: Publication) -> Graph:
    """Return what is said of the dataset alone, or of one version of it."""
    described = _Catalogue(publication)
    described.dataset(publication)
    if publication.versions:
        described.versions()
    described.publisher()
    return described.graph


def is_modified(publication: Publication, since: str) -> bool:
    """Tell whether `publication` was modified at the ISO 8601 day or time `since`, or after."""
    return not since or _moment(publication.modified) >= _moment(since)


def _moment(time: str) -> datetime:
    moment = datetime.fromisoformat(time)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class _Catalogue(Description):
    """One page in the making."""

    def __init__(self, publication: Publication) -> None:
        super().__init__()
        self._publication = publication
        self._public = AUTHORITY["access-right/PUBLIC"]
        self._licence = URIRef(publication.licence)
        self._publisher = publication.at("catalog#publisher")
        self._contact = publication.at("catalog#contact")
        self.add(self._licence, RDF.type, DCTERMS.LicenseDocument)
        self.add(self._public, RDF.type, DCTERMS.RightsStatement)
        self.scheme(AUTHORITY["access-right"])

    def catalogue(self) -> None:
        it = self._publication.catalogue
        self.texts(it, "catalogue")
        self.add(it, RDF.type, DCAT.Catalog)
        self._responsibility(it, contact=False)
        self.add(it, FOAF.homepage, self._publication.at(""))
        self.add(it, DCAT.themeTaxonomy, AUTHORITY["data-theme"])
        self.add(it, DCAT.service, self._publication.service)
        self._coverage(it, self._publication)
        self._dates(it, self._publication)
        self.add(self._publication.at(""), RDF.type, FOAF.Document)

    def dataset(self, edition: Publication) -> None:
        """Describe the dataset, or a version of it, with its files."""
        it = edition.dataset
        self.add(it, RDF.type, DCAT.Dataset)
        self._names(it, edition)
        self._responsibility(it)
        self.add(it, DCTERMS.creator, self._publisher)
        self.add(it, DCTERMS.identifier, Literal(it))
        self._subject(it)
        self._coverage(it, edition)
        self.add(it, DCTERMS.accessRights, self._public)
        self.add(it, DCTERMS.conformsTo, _ONTOLOGY)
        self.add(_ONTOLOGY, RDF.type, DCTERMS.Standard)
        self._period(it, edition)
        self._versions(it, edition)
        for distribution in edition.distributions:
            self._file(edition, distribution)
        if edition.folder == LATEST:
            self._query_distribution(edition)

    def versions(self) -> None:
        """Name the versions, of which their own documents tell all.

        The shapes want a `dcat:Dataset`, which harvesters would take for a further
        entry: so each is one as a schema.org Dataset, which is the same class.
        """
        versions = self._publication.versions
        self.add(_SCHEMA.Dataset, RDFS.subClassOf, DCAT.Dataset)
        for each in versions:
            self.add(self._publication.dataset, _DCAT3.hasVersion, each.dataset)
            self.add(each.dataset, RDF.type, _SCHEMA.Dataset)
            self._names(each.dataset, each)
        for before, after in pairwise(versions):
            self.add(after.dataset, _DCAT3.previousVersion, before.dataset)

    def service(self) -> None:
        it = self._publication.service
        self.texts(it, "service")
        self.add(it, RDF.type, DCAT.DataService)
        self._responsibility(it)
        self.add(it, DCAT.endpointURL, self._publication.at("sparql"))
        self.add(it, DCAT.endpointDescription, self._publication.at("sparql"))
        self.add(it, DCAT.servesDataset, self._publication.dataset)
        self.add(it, DCTERMS.conformsTo, _PROTOCOL)
        self.add(it, DCTERMS.accessRights, self._public)
        self._subject(it)
        self.add(_PROTOCOL, RDF.type, DCTERMS.Standard)

    def publisher(self) -> None:
        """Describe the publisher and whom to ask."""
        publication = self._publication
        name = Literal(publication.publisher_name)
        home = URIRef(publication.publisher_url or publication.base_url)
        self.add(self._publisher, RDF.type, FOAF.Agent)
        self.add(self._publisher, FOAF.name, name)
        self.add(self._publisher, FOAF.homepage, home)
        self.add(home, RDF.type, FOAF.Document)
        if publication.publisher_type:
            self._kind_of_publisher(URIRef(publication.publisher_type))
        self.add(self._contact, RDF.type, _VCARD.Kind, _VCARD.Organization)
        self.add(self._contact, _VCARD.fn, Literal(publication.contact_name or name))
        self.add(self._contact, _VCARD.hasURL, home)
        if publication.contact_email:
            self.add(self._contact, _VCARD.hasEmail, URIRef("mailto:" + publication.contact_email))

    def _kind_of_publisher(self, kind: URIRef) -> None:
        scheme = URIRef("http://purl.org/adms/publishertype/1.0")
        self.add(self._publisher, DCTERMS.type, kind)
        self.add(kind, RDF.type, SKOS.Concept)
        self.add(kind, SKOS.inScheme, scheme)
        self.add(kind, SKOS.prefLabel, Literal(kind.rpartition("/")[2], lang="en"))
        self.add(scheme, RDF.type, SKOS.ConceptScheme)
        self.add(scheme, DCTERMS.title, Literal("Publisher type", lang="en"))

    def view(self, address: str, *, datasets: int) -> None:
        """Say that this is all: the only page, which leads to no further one."""
        page = URIRef(f"{address}{'&' if '?' in address else '?'}page=1")
        self.add(page, RDF.type, _HYDRA.PartialCollectionView)
        self.add(page, _HYDRA.first, page)
        self.add(page, _HYDRA.last, page)
        self.add(page, _HYDRA.totalItems, Literal(datasets))

    def _file(self, edition: Publication, distribution: Distribution) -> None:
        """Describe one file for download."""
        it = self._distribution(edition, distribution.fragment)
        words = wording()["formats"][distribution.extension]
        label = " ".join(filter(None, [words["label"], _packing(distribution)]))
        content = distribution.table or wording()["whole"]
        self.texts(it, "distribution", content=content, format={"": label})
        address = edition.download(distribution)
        self.add(it, DCAT.accessURL, address)
        self.add(it, DCAT.downloadURL, address)
        self._format(it, AUTHORITY["file-type/" + words["concept"]], words["label"])
        # One type only: that of a packed file is no type of its content, and harvesters
        # hold the declared type to what the server sends.
        type_ = DCAT.compressFormat if distribution.packed else DCAT.mediaType
        sent = distribution.packed or distribution.media_type
        self.add(it, type_, *self.media_types([sent]))
        size = Literal(str(distribution.size), datatype=XSD.nonNegativeInteger)
        self.add(it, DCAT.byteSize, size)
        checksum = edition.part(f"{distribution.fragment}-sha256")
        self.add(it, _SPDX.checksum, checksum)
        self.add(checksum, RDF.type, _SPDX.Checksum)
        self.add(checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256)
        self.add(_SPDX.checksumAlgorithm_sha256, RDF.type, _SPDX.ChecksumAlgorithm)
        value = Literal(distribution.sha256, datatype=XSD.hexBinary, normalize=False)
        self.add(checksum, _SPDX.checksumValue, value)

    def _query_distribution(self, edition: Publication) -> None:
        """Describe the dataset as it is had by queries."""
        it = self._distribution(edition, "sparql")
        self.texts(it, "service")
        self.add(it, DCAT.accessURL, edition.at("sparql"))
        self.add(it, DCAT.accessService, edition.service)
        self._format(it, _SPARQL_RESULTS, "SPARQL query results")

    def _distribution(self, edition: Publication, name: str) -> URIRef:
        """Begin a distribution of the dataset with what all have in common."""
        it = edition.part(name)
        self.add(edition.dataset, DCAT.distribution, it)
        self.add(it, RDF.type, DCAT.Distribution)
        self.add(it, DCTERMS.license, self._licence)
        self.add(it, DCTERMS.rights, self._public)
        self.add(it, DCTERMS.language, *self._languages(edition))
        for table, predicate in (
            ("planned-availability", _DCATAP.availability),
            ("distribution-status", _ADMS.status),
        ):
            self.add(it, predicate, *self.concepts(table, wording()["concepts"][table]))
        self._dates(it, edition)
        return it

    def _format(self, distribution: URIRef, file_type: URIRef, label: str) -> None:
        self.add(distribution, DCTERMS["format"], file_type)
        self.concept(file_type, label, "file-type")
        self.add(file_type, RDF.type, DCTERMS.MediaTypeOrExtent)

    def _names(self, it: URIRef, edition: Publication) -> None:
        """Say what the dataset or a version of it is called, of when it is and where to read."""
        self.add(it, DCTERMS.title, *in_languages(edition.texts("title")))
        self.add(it, DCTERMS.description, *in_languages(edition.texts("description")))
        self.add(it, _DCAT3.version, Literal(edition.version))
        self.add(it, DCAT.landingPage, edition.landing_page)
        self.add(edition.landing_page, RDF.type, FOAF.Document)
        self._dates(it, edition)

    def _versions(self, it: URIRef, edition: Publication) -> None:
        """Say what the dataset is in the catalogue, or what this is a version of."""
        if edition.folder == LATEST:
            self.add(edition.catalogue, DCAT.dataset, it)
            frequency = self.concepts("frequency", wording()["concepts"]["frequency"])
            self.add(it, DCTERMS.accrualPeriodicity, *frequency)
            for each in frequency:
                self.add(each, RDF.type, DCTERMS.Frequency)
            return
        whole = edition.at("catalog#dataset")
        self.add(it, _DCAT3.isVersionOf, whole)
        self.add(whole, _DCAT3.hasVersion, it)

    def _responsibility(self, subject: URIRef, *, contact: bool = True) -> None:
        self.add(subject, DCTERMS.publisher, self._publisher)
        self.add(subject, DCTERMS.license, self._licence)
        if contact:
            self.add(subject, DCAT.contactPoint, self._contact)

    def _subject(self, subject: URIRef) -> None:
        """Say what it is about."""
        words = wording()["dataset"]["keywords"].items()
        keywords = (Literal(word, lang=tag) for tag, many in words for word in many)
        self.add(subject, DCAT.keyword, *keywords)
        themes = self.concepts("data-theme", wording()["concepts"]["themes"])
        self.add(subject, DCAT.theme, *themes)

    def _coverage(self, subject: URIRef, edition: Publication) -> None:
        places = self.labelled(edition.statistics.countries, DCTERMS.Location)
        self.add(subject, DCTERMS.spatial, *places)
        self.add(subject, DCTERMS.language, *self._languages(edition))

    def _languages(self, edition: Publication) -> list[URIRef]:
        return self.labelled(edition.languages, DCTERMS.LinguisticSystem)

    def _dates(self, subject: URIRef, edition: Publication) -> None:
        self.time(subject, DCTERMS.issued, edition.issued)
        self.time(subject, DCTERMS.modified, edition.modified)

    def _period(self, dataset: URIRef, edition: Publication) -> None:
        """Say which time the data is about, as far as its dates tell."""
        it = edition.part("period")
        bounds = ((DCAT.startDate, edition.statistics.first_day),)
        for predicate, day in (*bounds, (DCAT.endDate, edition.statistics.last_day)):
            if day:
                self.add(dataset, DCTERMS.temporal, it)
                self.add(it, RDF.type, DCTERMS.PeriodOfTime)
                self.add(it, predicate, Literal(day, datatype=XSD.date))


def _packing(distribution: Distribution) -> str:
    """Return how a file is packed, as its title tells it."""
    return f"({_PACKED[distribution.packed]})" if distribution.packed else ""
