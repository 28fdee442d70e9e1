"""The read part of CKAN's action API, for portals that harvest CKAN and nothing else.

https://docs.ckan.org/en/latest/api/: `/api/3/action/NAME`, by GET with a query
or POST with JSON; the answer says whether it worked, and errors look as CKAN's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Blueprint, Response, request

from eugraph.server.harvest.ckan_packages import (
    ckan_id,
    organization_record,
    package_name,
    package_record,
)
from eugraph.server.harvest.ckan_search import matches, sort_packages
from eugraph.server.harvest.documents import json_document
from eugraph.server.source import Source

Arguments = Mapping[str, Any]
Result = Any

_CKAN: Final = "2.11.0"
"""The version of CKAN whose answers these are."""

_MOST: Final = 1000


class _ActionError(Exception):
    """An error as CKAN tells it: status and what stands in the answer's `error`."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


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
        document: dict[str, Any] = {
            "help": f"{source.settings.base_url}api/3/action/help_show?name={name}",
        }
        try:
            document |= {"success": True, "result": _ACTIONS[name](_Portal(source), _arguments())}
        except _ActionError as error:
            answer = json_document(document | {"success": False, "error": error.error})
            answer.status_code = error.status
            return answer
        return json_document(document)

    return blueprint


class _Portal:
    """What is published, in CKAN's words."""

    def __init__(self, source: Source) -> None:
        self.settings = source.settings
        publication = source.publication(source.dumped)
        self._publications = {
            package_name(each): each for each in (publication, *reversed(publication.versions))
        }

    @property
    def names(self) -> list[str]:
        """The names of the packages that are offered: the dataset, once.

        Its versions are there for who asks for one by name, and in the catalogue;
        as packages of their own they would flood a portal.
        """
        return list(self._publications)[:1]

    @property
    def organization(self) -> dict[str, Any]:
        """The publisher."""
        return organization_record(self._publications[self.names[0]])

    def package(self, name: str) -> dict[str, Any] | None:
        """Return the package of this name or id."""
        by_id = {ckan_id(str(each.dataset)): each for each in self._publications.values()}
        publication = self._publications.get(name) or by_id.get(name)
        return package_record(publication, self.organization) if publication else None

    def packages(self) -> list[dict[str, Any]]:
        """Return the packages that are offered."""
        offered = (self._publications[name] for name in self.names)
        return [package_record(each, self.organization) for each in offered]


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
    asked = f"{arguments.get('q') or ''} {arguments.get('fq') or ''}"
    sort = str(arguments.get("sort") or "score desc, metadata_modified desc")
    found = sort_packages(
        [each for each in portal.packages() if matches(each, asked=asked)], by=sort
    )
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
    organization = portal.organization
    if _truth(arguments.get("all_fields")):
        return [organization | {"package_count": len(portal.names)}]
    return [organization["name"]]


def _organization_show(portal: _Portal, arguments: Arguments) -> Result:
    organization, name = portal.organization, str(_needed(arguments, "id"))
    if name not in {organization["id"], organization["name"]}:
        raise _not_found()
    packages = portal.packages() if _truth(arguments.get("include_datasets")) else None
    return (
        organization
        | {"package_count": len(portal.names)}
        | ({"packages": packages} if packages else {})
    )


def _status_show(portal: _Portal, arguments: Arguments) -> Result:
    del arguments
    return {
        "ckan_version": _CKAN,
        "site_url": portal.settings.base_url.rstrip("/"),
        "site_title": portal.settings.publisher,
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
        body = json.loads(request.get_data())
        json.dumps(body, ensure_ascii=False).encode()  # half of a pair (RFC 8259, 8.2) is no text
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        message = "JSON Error: Error decoding JSON data."
        raise _ActionError(400, {"__type": "Bad Request", "message": message})
    return given | body


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
        message = (
            ["Invalid integer"]
            if not str(value).lstrip("-").isdecimal()
            else ["Must be a natural number"]
        )
        raise _ActionError(409, {"__type": "Validation Error", name: message})
    return number


def _truth(value: object) -> bool:
    return str(value).lower() in {"true", "yes", "1", "t", "y", "on"}


def _not_found() -> _ActionError:
    return _ActionError(404, {"__type": "Not Found Error", "message": "Not found"})
