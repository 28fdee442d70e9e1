"""The dataset for search engines: schema.org, and Croissant for those who train on tables.

Google: https://developers.google.com/search/docs/appearance/structured-data/dataset.
Croissant 1.0: https://docs.mlcommons.org/croissant/docs/croissant-spec.html; it
is schema.org with what is in the tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from eugraph.catalogue.publication import Distribution, Publication, wording

LANGUAGE: Final = "en"
"""The language of these descriptions, which take a text in one language only."""

_CROISSANT: Final = "http://mlcommons.org/croissant/1.0"
_TYPES: Final = {"date": "sc:Date", "integer": "sc:Integer", "anyURI": "sc:URL"}
_TERMS: Final = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject",
    "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField",
    "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip
"""The properties that Croissant adds to schema.org."""

_PARTED: Final = frozenset({"anyURI", "date"})
"""Datatypes whose values no reader takes for numbers."""

_CONTEXT: Final[Mapping[str, object]] = {
    "@language": LANGUAGE,
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
"""The whole context of the specification: readers warn of one that lacks a term."""


def schema_org(publication: Publication) -> dict[str, Any]:
    """Return the dataset of `publication` as a schema.org `Dataset`, in JSON-LD."""
    files = [each for each in publication.distributions if not each.packed]
    keywords = wording()["dataset"]["keywords"][LANGUAGE]
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": str(publication.dataset),
        "name": publication.texts("title")[LANGUAGE],
        "alternateName": [
            text for tag, text in publication.texts("title").items() if tag != LANGUAGE
        ],
        "description": publication.texts("description")[LANGUAGE],
        "url": str(publication.landing_page),
        "identifier": str(publication.dataset),
        "sameAs": str(publication.dataset),
        "keywords": keywords,
        "license": publication.licence,
        "isAccessibleForFree": True,
        "version": publication.version,
        "datePublished": publication.issued,
        "dateModified": publication.modified,
        "inLanguage": publication.language_tags,
        "creator": _publisher(publication),
        "publisher": _publisher(publication),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": str(publication.catalogue),
            "name": wording()["catalogue"]["title"][LANGUAGE],
            "url": str(publication.catalogue),
        },
        "distribution": [_download(publication, each) for each in files],
        "measurementTechnique": wording()["dataset"]["technique"][LANGUAGE],
        "variableMeasured": wording()["dataset"]["variables"][LANGUAGE],
        "spatialCoverage": [
            {"@type": "Place", "name": labels.get(LANGUAGE, iri.rpartition("/")[2]), "sameAs": iri}
            for iri, labels in publication.statistics.countries.items()
        ],
        "temporalCoverage": _period(publication),
    }
    return {name: value for name, value in dataset.items() if value not in ("", [], None)}


def script_text(document: Mapping[str, Any]) -> str:
    """Return JSON that may stand in a `script` element of a page, whatever texts it holds.

    Such an element of type `application/ld+json` is a data block, which no
    browser executes, so a Content-Security-Policy without inline scripts lets it be.
    """
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def croissant(publication: Publication, columns: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the tables of `publication` as a Croissant dataset, in JSON-LD.

    `columns` maps the name of a table to its CSVW description.
    """
    tables = {
        each.name: each
        for each in publication.distributions
        if each.extension == "csv" and not each.packed
    }
    dataset = schema_org(publication)
    dataset |= {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _CROISSANT,
        "citeAs": f"{publication.publisher_name}: {dataset['name']}, edition "
        f"{publication.version}. {publication.dataset}",
        "distribution": [_file_object(publication, each) for each in tables.values()],
        "recordSet": [
            _record_set(name, columns[name]) for name in sorted(columns) if f"{name}.csv" in tables
        ],
    }
    return dataset


def _publisher(publication: Publication) -> dict[str, Any]:
    organization = {
        "@type": "Organization",
        "@id": str(publication.at("catalog#publisher")),
        "name": publication.publisher_name,
        "url": publication.publisher_url or publication.base_url,
    }
    if publication.contact_email:
        organization["email"] = publication.contact_email
    return organization


def _download(publication: Publication, file: Distribution) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "contentUrl": str(publication.download(file)),
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _file_object(publication: Publication, file: Distribution) -> dict[str, Any]:
    return _download(publication, file) | {"@type": "cr:FileObject", "@id": file.name}


def _record_set(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    schema = table["tableSchema"]
    columns = schema["primaryKey"]
    columns = [columns] if isinstance(columns, str) else columns
    key = [{"@id": f"{name}/{each}"} for each in columns]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "key": key[0] if len(key) == 1 else key,
        "field": [_field(name, column) for column in schema["columns"]],
    }


def _field(name: str, column: Mapping[str, Any]) -> dict[str, Any]:
    """Return a column as a field.

    A list of what may be a number, such as a year, is text: readers take a column
    for numbers if all its lists have one only (mlcroissant), and cannot part those.
    """
    separator, kind = column.get("separator"), column["datatype"]
    source: dict[str, Any] = {
        "fileObject": {"@id": f"{name}.csv"},
        "extract": {"column": column["name"]},
    }
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{name}/{column['name']}",
        "name": column["name"],
        "dataType": _TYPES.get(kind, "sc:Text"),
        "source": source,
    }
    if separator and kind not in _PARTED:
        field |= {"dataType": "sc:Text", "description": f"Several are parted by {separator}"}
    elif separator:
        field["repeated"] = True
        source["transform"] = {"separator": separator}
    return field


def _period(publication: Publication) -> str:
    """Return the time the data is about as an ISO 8601 interval, open where no end is told."""
    first, last = publication.statistics.first_day, publication.statistics.last_day
    return f"{first or '..'}/{last or '..'}" if first else last
