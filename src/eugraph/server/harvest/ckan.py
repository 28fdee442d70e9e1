"""The read part of CKAN's action API, for portals that harvest CKAN and nothing else.

https://docs.ckan.org/en/latest/api/: `/api/3/action/NAME`, by GET with a query
or POST with JSON; the answer says whether it worked, and errors look as CKAN's.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from anyascii import anyascii
from flask import Blueprint, Response, request

from eugraph.catalogue import Distribution, Publication, format_label, keywords
from eugraph.server.harvest.documents import json_document
from eugraph.server.source import Source

Arguments = Mapping[str, Any]
Result = Any

_CKAN: Final = "2.11.0"
"""The version of CKAN whose answers these are."""

_LICENCE: Final = re.compile(r"/licence/(\w+)$")
_WORD: Final = re.compile(r"\w+")
_TERM: Final = re.compile(r'([+-]?)(?:(\w+):)?("[^"]*"|\S+)')
_MOST: Final = 1000


class _ActionError(Exception):
    """An error as CKAN tells it: status and what stands in the answer's `error`."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        super().__init__(told)
        self.status = status
        self.told = told


def ckan_blueprint(source: Source) -> Blueprint:
    """Return `/api/3/action/…`."""
    blueprint = Blueprint("ckan", __name__)

    @blueprint.get("/api/3")
    @blueprint.get("/api/3/")
    def version() -> Response:
        """Say which version of the API this is."""
        return json_document({"version": 3})

    @blueprint.route("/api/action/<name>", methods=["GET", "POST"])
    @blueprint.route("/api/3/action/<name>", methods=["GET", "POST"])
    def action(name: str) -> Response:
        """Answer one action."""
        if name not in _ACTIONS:
            answer = json_document(f"Bad request - Action name not known: {name}")
            answer.status_code = 400
            return answer
        told: dict[str, Any] = {
            "help": f"{source.settings.base_url}api/3/action/help_show?name={name}",
        }
        try:
            told |= {"success": True, "result": _ACTIONS[name](_Portal(source), _arguments())}
        except _ActionError as error:
            answer = json_document(told | {"success": False, "error": error.told})
            answer.status_code = error.status
            return answer
        return json_document(told)

    return blueprint


class _Portal:
    """What is published, in CKAN's words."""

    def __init__(self, source: Source) -> None:
        self.settings = source.settings
        publication = source.publication(source.dumped)
        self._publications = {
            _name(each): each for each in (publication, *reversed(publication.versions))
        }

    @property
    def names(self) -> list[str]:
        """The names of the packages: the dataset, then its versions, newest first."""
        return list(self._publications)

    @property
    def organization(self) -> dict[str, Any]:
        """The publisher."""
        publication = self._publications[self.names[0]]
        iri = str(publication.at("catalog#publisher"))
        return {
            "id": _id(iri),
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

    def package(self, name: str) -> dict[str, Any] | None:
        """Return the package of this name or id."""
        by_id = {_id(str(each.dataset)): each for each in self._publications.values()}
        publication = self._publications.get(name) or by_id.get(name)
        return _package(publication, self.organization) if publication else None

    def packages(self) -> list[dict[str, Any]]:
        """Return all packages."""
        return [_package(each, self.organization) for each in self._publications.values()]


def _package(publication: Publication, organization: Mapping[str, Any]) -> dict[str, Any]:
    titles, notes = publication.texts("title"), publication.texts("description")
    dataset = str(publication.dataset)
    resources = [
        _resource(publication, file, number)
        for number, file in enumerate(publication.distributions)
    ]
    tags = [
        {
            "name": word,
            "display_name": word,
            "id": _id(word),
            "state": "active",
            "vocabulary_id": None,
        }
        for word in keywords("en")
    ]
    extras = {
        "uri": dataset,
        "identifier": dataset,
        "issued": publication.issued,
        "modified": publication.modified,
        "language": json.dumps(list(publication.statistics.languages)),
        "spatial": "",
        "spatial_uri": json.dumps(list(publication.statistics.countries)),
        "temporal_start": publication.statistics.first_day,
        "temporal_end": publication.statistics.last_day,
        "publisher_name": publication.publisher_name,
        "publisher_uri": str(publication.at("catalog#publisher")),
        "access_rights": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
    }
    return {
        "id": _id(dataset),
        "name": _name(publication),
        "title": titles["en"],
        "title_translated": dict(titles),
        "notes": notes["en"],
        "notes_translated": dict(notes),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": True,
        "url": str(publication.landing_page),
        "version": publication.version,
        "license_id": _licence_id(publication.licence),
        "license_title": _licence_id(publication.licence),
        "license_url": publication.licence,
        "author": publication.publisher_name,
        "author_email": publication.contact_email or None,
        "maintainer": publication.contact_name or publication.publisher_name,
        "maintainer_email": publication.contact_email or None,
        "metadata_created": _ckan_time(publication.issued),
        "metadata_modified": _ckan_time(publication.modified),
        "organization": dict(organization),
        "owner_org": organization["id"],
        "groups": [],
        "tags": tags,
        "num_tags": len(tags),
        "resources": resources,
        "num_resources": len(resources),
        "extras": [{"key": key, "value": value} for key, value in extras.items() if value],
        "relationships_as_object": [],
        "relationships_as_subject": [],
    }


def _resource(publication: Publication, file: Distribution, number: int) -> dict[str, Any]:
    url = str(publication.download(file))
    return {
        "id": _id(url),
        "package_id": _id(str(publication.dataset)),
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


def _package_list(portal: _Portal, arguments: Arguments) -> Result:
    start, most = _whole(arguments, "offset", 0), _whole(arguments, "limit", _MOST)
    return portal.names[start : start + most]


def _package_show(portal: _Portal, arguments: Arguments) -> Result:
    package = portal.package(str(_needed(arguments, "id", "name_or_id")))
    if package is None:
        raise _not_found()
    return package


def _package_search(portal: _Portal, arguments: Arguments) -> Result:
    start, most = _whole(arguments, "start", 0), _whole(arguments, "rows", 10)
    found = [each for each in portal.packages() if _matches(each, arguments)]
    sort = str(arguments.get("sort") or "score desc, metadata_modified desc")
    found = _sorted(found, sort)
    return {
        "count": len(found),
        "sort": sort,
        "results": found[start : start + min(most, _MOST)],
        "facets": {},
        "search_facets": {},
    }


def _current_package_list_with_resources(portal: _Portal, arguments: Arguments) -> Result:
    start, most = _whole(arguments, "offset", 0), _whole(arguments, "limit", _MOST)
    return portal.packages()[start : start + most]


def _organization_list(portal: _Portal, arguments: Arguments) -> Result:
    told = portal.organization
    if _truth(arguments.get("all_fields")):
        return [told | {"package_count": len(portal.names)}]
    return [told["name"]]


def _organization_show(portal: _Portal, arguments: Arguments) -> Result:
    told, name = portal.organization, str(_needed(arguments, "id"))
    if name not in {told["id"], told["name"]}:
        raise _not_found()
    packages = portal.packages() if _truth(arguments.get("include_datasets")) else None
    return (
        told | {"package_count": len(portal.names)} | ({"packages": packages} if packages else {})
    )


def _status_show(portal: _Portal, arguments: Arguments) -> Result:
    del arguments
    return {
        "ckan_version": _CKAN,
        "site_url": portal.settings.base_url.rstrip("/"),
        "site_title": portal.settings.publisher_name,
        "site_description": "",
        "error_emails_to": portal.settings.contact_email or None,
        "locale_default": "en",
        "extensions": ["dcat"],
    }


def _site_read(portal: _Portal, arguments: Arguments) -> Result:
    del portal, arguments
    return True


def _group_list(portal: _Portal, arguments: Arguments) -> Result:
    del portal, arguments
    return []


def _tag_list(portal: _Portal, arguments: Arguments) -> Result:
    del arguments
    return sorted({tag["name"] for each in portal.packages() for tag in each["tags"]})


def _help_show(portal: _Portal, arguments: Arguments) -> Result:
    del portal
    name = str(_needed(arguments, "name"))
    if name not in _ACTIONS:
        raise _not_found()
    return f"{name}: as https://docs.ckan.org/en/latest/api/ describes it."


_ACTIONS: Final[Mapping[str, Callable[[_Portal, Arguments], Result]]] = {
    "current_package_list_with_resources": _current_package_list_with_resources,
    "group_list": _group_list,
    "help_show": _help_show,
    "organization_list": _organization_list,
    "organization_show": _organization_show,
    "package_list": _package_list,
    "package_search": _package_search,
    "package_show": _package_show,
    "site_read": _site_read,
    "status_show": _status_show,
    "tag_list": _tag_list,
}


def _arguments() -> Arguments:
    """Return the arguments of the request: of its query, or of its body in JSON."""
    given: dict[str, Any] = dict(request.args.items())
    if request.method != "POST" or not request.get_data():
        return given
    if request.mimetype == "application/x-www-form-urlencoded" and request.form:
        return given | dict(request.form.items())
    try:
        told = json.loads(request.get_data())
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        message = "JSON Error: Error decoding JSON data."
        raise _ActionError(400, {"__type": "Bad Request", "message": message})
    return given | told


def _needed(arguments: Arguments, *names: str) -> object:
    for name in names:
        if arguments.get(name) not in (None, ""):
            return arguments[name]
    raise _ActionError(409, {"__type": "Validation Error", names[0]: ["Missing value"]})


def _whole(arguments: Arguments, name: str, default: int) -> int:
    value = arguments.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(str(value)[:12])
    except ValueError:
        number = -1
    if number < 0:
        told = (
            ["Invalid integer"]
            if not str(value).lstrip("-").isdecimal()
            else ["Must be a natural number"]
        )
        raise _ActionError(409, {"__type": "Validation Error", name: told})
    return number


def _truth(value: object) -> bool:
    return str(value).lower() in {"true", "yes", "1", "t", "y", "on"}


def _not_found() -> _ActionError:
    return _ActionError(404, {"__type": "Not Found Error", "message": "Not found"})


def _matches(package: Mapping[str, Any], arguments: Arguments) -> bool:
    """Tell whether a package is what `q` and `fq` ask for: every word, every `field:value`."""
    text = json.dumps(package, ensure_ascii=False).lower()
    for sign, field, value in _TERM.findall(
        f"{arguments.get('q') or ''} {arguments.get('fq') or ''}"
    ):
        wanted = value.strip('"()').lower()
        if wanted in {"*", "*:*", "and"} or (field, wanted) == ("*", "*"):
            continue
        found = (
            wanted == "*" or wanted in _values(package, field)
            if field
            else all(word in text for word in _WORD.findall(wanted))
        )
        if found == (sign == "-"):
            return False
    return True


def _values(package: Mapping[str, Any], field: str) -> set[str]:
    """Return what CKAN's index has for a package in a field."""
    match field:
        case "organization":
            return {package["organization"]["name"].lower()}
        case "tags":
            return {tag["name"].lower() for tag in package["tags"]}
        case "res_format":
            return {resource["format"].lower() for resource in package["resources"]}
        case "dataset_type":
            return {package["type"]}
    extras = {extra["key"]: extra["value"] for extra in package["extras"]}
    return {str(package.get(field, extras.get(field, ""))).lower()}


def _sorted(packages: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    for term in reversed(sort.split(",")):
        field, _, direction = term.strip().partition(" ")
        if field in {
            "metadata_modified",
            "metadata_created",
            "name",
            "title",
            "title_string",
            "id",
        }:
            key = field.removesuffix("_string")
            packages = sorted(
                packages, key=lambda each: str(each[key]), reverse=direction == "desc"
            )
    return packages


def _name(publication: Publication) -> str:
    return "eugraph" if publication.versions else f"eugraph-{publication.version}"


def _id(text: str) -> str:
    """Return an id such as CKAN gives, the same for the same thing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, text))


def _slug(name: str) -> str:
    return "-".join(_WORD.findall(anyascii(name).lower())) or "publisher"


def _licence_id(iri: str) -> str:
    found = _LICENCE.search(iri)
    return found[1].lower().replace("_", "-") if found else iri


def _ckan_time(time: str) -> str:
    """Return a time as CKAN writes it: in UTC, without a zone, with microseconds."""
    return f"{time[:19]}.000000"
