"""What is published, as CKAN's records: a package, its resources, the organization behind it.

https://docs.ckan.org/en/latest/api/#ckan.logic.action.get.package_show, with the
extras that ckanext-dcat reads and writes.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any, Final

from anyascii import anyascii

from eugraph.catalogue import Distribution, Publication, format_label, keywords
from eugraph.releases.licence import Licence, licence_at

_WORD: Final = re.compile(r"\w+")
_ACCESS: Final = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


def package_name(publication: Publication) -> str:
    """Return the name of a package: `eugraph` for the dataset, with its number for a version."""
    return "eugraph" if publication.versions else f"eugraph-{publication.version}"


def ckan_id(text: str) -> str:
    """Return an id such as CKAN gives, the same for the same thing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, text))


def organization_record(publication: Publication) -> dict[str, Any]:
    """Return the publisher."""
    return {
        "id": ckan_id(str(publication.at("catalog#publisher"))),
        "name": _slug(publication.publisher_name),
        "title": publication.publisher_name,
        "type": "organization",
        "description": "",
        "image_url": "",
        "created": _ckan_time(publication.issued),
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def licence_record(licence: Licence) -> dict[str, Any]:
    """Return a licence; its id is that of SPDX, as in the lists of opendefinition.org."""
    approved = "approved" if licence.open else "rejected"
    return {
        "id": licence.spdx,
        "title": licence.name,
        "url": licence.iri,
        "status": "active",
        "od_conformance": approved,
        "osd_conformance": "not reviewed",
        "is_okd_compliant": licence.open,
        "is_osi_compliant": False,
        "domain_content": False,
        "domain_data": True,
        "domain_software": False,
        "family": "",
        "maintainer": "",
    }


def package_record(publication: Publication, organization: Mapping[str, Any]) -> dict[str, Any]:
    """Return a dataset, or a version of it, with its resources."""
    tags = [_tag(word) for word in keywords("en")]
    resources = [
        _resource(publication, file, number)
        for number, file in enumerate(publication.distributions)
    ]
    return {
        "id": ckan_id(str(publication.dataset)),
        "name": package_name(publication),
        "type": "dataset",
        "state": "active",
        "private": False,
        "url": str(publication.landing_page),
        "version": publication.version,
        "metadata_created": _ckan_time(publication.issued),
        "metadata_modified": _ckan_time(publication.modified),
        "organization": dict(organization),
        "owner_org": organization["id"],
        "groups": [],
        "tags": tags,
        "num_tags": len(tags),
        "resources": resources,
        "num_resources": len(resources),
        "extras": [
            {"key": key, "value": value} for key, value in _extras(publication).items() if value
        ],
        "relationships_as_object": [],
        "relationships_as_subject": [],
        **_texts(publication),
        **_rights(publication),
    }


def _texts(publication: Publication) -> dict[str, Any]:
    titles, notes = publication.texts("title"), publication.texts("description")
    return {
        "title": titles["en"],
        "title_translated": dict(titles),
        "notes": notes["en"],
        "notes_translated": dict(notes),
    }


def _rights(publication: Publication) -> dict[str, Any]:
    """Return who answers for the data, and under which licence it is."""
    licence = licence_at(publication.licence)
    return {
        "license_id": licence.spdx or licence.iri,
        "license_title": licence.name,
        "license_url": publication.licence,
        "isopen": licence.open,
        "author": publication.publisher_name,
        "author_email": publication.contact_email or None,
        "maintainer": publication.contact_name or publication.publisher_name,
        "maintainer_email": publication.contact_email or None,
    }


def _extras(publication: Publication) -> dict[str, str | None]:
    dataset, statistics = str(publication.dataset), publication.statistics
    return {
        "uri": dataset,
        "identifier": dataset,
        "issued": publication.issued,
        "modified": publication.modified,
        "language": json.dumps(list(statistics.languages)),
        "spatial": "",
        "spatial_uri": json.dumps(list(statistics.countries)),
        "temporal_start": statistics.first_day,
        "temporal_end": statistics.last_day,
        "publisher_name": publication.publisher_name,
        "publisher_uri": str(publication.at("catalog#publisher")),
        "access_rights": _ACCESS,
    }


def _tag(word: str) -> dict[str, Any]:
    return {
        "name": word,
        "display_name": word,
        "id": ckan_id(word),
        "state": "active",
        "vocabulary_id": None,
    }


def _resource(publication: Publication, file: Distribution, number: int) -> dict[str, Any]:
    url = str(publication.download(file))
    return {
        "id": ckan_id(url),
        "package_id": ckan_id(str(publication.dataset)),
        "name": file.name,
        "description": "",
        "url": url,
        "url_type": None,
        "format": format_label(file),
        "mimetype": file.media_type,
        "mimetype_inner": file.media_type if file.packed else None,
        "size": file.size,
        "hash": f"sha256:{file.sha256}",
        "created": _ckan_time(publication.issued),
        "last_modified": _ckan_time(publication.modified),
        "metadata_modified": _ckan_time(publication.modified),
        "position": number,
        "state": "active",
        "resource_type": None,
        "license": publication.licence,
    }


def _slug(name: str) -> str:
    return "-".join(_WORD.findall(anyascii(name).lower())) or "publisher"


def _ckan_time(time: str) -> str:
    """Return a time as CKAN writes it: in UTC, without a zone, with microseconds."""
    return f"{time[:19]}.000000"
