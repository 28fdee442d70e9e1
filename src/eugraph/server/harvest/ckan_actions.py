"""The actions of CKAN's API that read, each with the answer it has there.

https://docs.ckan.org/en/latest/api/#module-ckan.logic.action.get. There is one
package, the dataset; one organization, the publisher; and there are no groups.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from eugraph.releases.licence import licences
from eugraph.server.harvest.ckan_packages import (
    ckan_id,
    licence_record,
    organization_record,
    package_name,
    package_record,
)
from eugraph.server.harvest.ckan_search import count_values, find_packages, sort_packages
from eugraph.server.harvest.solr_query import SolrQueryError
from eugraph.server.source import Source

Arguments = Mapping[str, Any]
Result = Any

_CKAN: Final = "2.11.0"
"""The version of CKAN whose answers these are."""

_MOST: Final = 1000

_SORT: Final = "score desc, metadata_modified desc"
_OF_A_SEARCH: Final = frozenset({
    "q", "fq", "fq_list", "rows", "start", "sort", "fl", "wt", "qf", "bf", "bq", "boost", "tie",
    "mm", "df", "defType", "facet", "facet.field", "facet.limit", "facet.mincount", "extras",
    "include_drafts", "include_deleted", "include_private", "use_default_schema", "callback",
})  # fmt: skip
"""What CKAN's search takes, and passes on to Solr."""


class ActionError(Exception):
    """An error as CKAN tells it: status and what stands in the answer's `error`."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        """Keep both."""
        super().__init__(error)
        self.status = status
        self.error = error


class Portal:
    """What is published, in CKAN's words."""

    def __init__(self, source: Source) -> None:
        """Look at what is served now."""
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


def _package_list(portal: Portal, arguments: Arguments) -> Result:
    start, most = _whole(arguments, "offset", 0), _whole(arguments, "limit", _MOST)
    return portal.names[start : start + most]


def _package_show(portal: Portal, arguments: Arguments) -> Result:
    package = portal.package(str(_needed(arguments, "id", "name_or_id")))
    if package is None:
        raise _not_found()
    return package


def _package_search(portal: Portal, arguments: Arguments) -> Result:
    start, most = _whole(arguments, "start", 0), _whole(arguments, "rows", 10)
    unknown = {name for name in arguments if not name.startswith("ext_")} - _OF_A_SEARCH
    if unknown:
        raise _search_error(f"Invalid search parameters: {sorted(unknown)}")
    asked = [arguments.get("q"), arguments.get("fq"), *_several(arguments, "fq_list")]
    try:
        found = find_packages(portal.packages(), [str(each) for each in asked if each])
    except SolrQueryError as error:
        message = {"__type": "Search Error", "message": f"Search error: {error}"}
        raise ActionError(409, message) from None
    sort = str(arguments.get("sort") or _SORT)
    ordered = sort_packages(found, sort)
    if ordered is None:
        raise _search_error('Invalid "sort" parameter')
    facets = _facets(arguments, found)
    wanted = _several(arguments, "fl")
    return {
        "count": len(found),
        "sort": sort,
        "results": [
            {name: each[name] for name in wanted if name in each} if wanted else each
            for each in ordered[start : start + min(most, _MOST)]
        ],
        "facets": facets,
        "search_facets": {
            field: {"title": field, "items": _items(portal, counted)}
            for field, counted in facets.items()
        },
    }


def _facets(arguments: Arguments, found: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return how many of what was found have which value of the facets that are asked for."""
    most = _whole(arguments, "facet.limit", 50, least=-1)
    least = _whole(arguments, "facet.mincount", 1)
    if not _truth(arguments.get("facet", "true")):
        return {}
    fields = _several(arguments, "facet.field")
    return {field: count_values(found, field, most=most, least=least) for field in fields}


def _items(portal: Portal, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    organization = portal.organization
    titles = {organization["name"]: organization["title"]}
    return [
        {"name": value, "display_name": titles.get(value, value), "count": count}
        for value, count in counted.items()
    ]


def _search_error(message: str) -> ActionError:
    told = f"Search Query is invalid: {message}"
    return ActionError(400, {"__type": "Search Query Error", "message": told})


def _package_autocomplete(portal: Portal, arguments: Arguments) -> Result:
    asked = str(_needed(arguments, "q")).casefold()
    most = _whole(arguments, "limit", 10)
    found = [
        {
            "name": each["name"],
            "title": each["title"],
            "match_field": "name" if asked in each["name"] else "title",
            "match_displayed": f"{each['title']} ({each['name']})",
        }
        for each in portal.packages()
        if asked in each["name"] or asked in each["title"].casefold()
    ]
    return found[:most]


def _resource_show(portal: Portal, arguments: Arguments) -> Result:
    wanted = str(_needed(arguments, "id"))
    for package in portal.packages():
        for resource in package["resources"]:
            if resource["id"] == wanted:
                return resource
    raise _not_found()


def _current_package_list_with_resources(portal: Portal, arguments: Arguments) -> Result:
    start, most = _whole(arguments, "offset", 0), _whole(arguments, "limit", _MOST)
    return portal.packages()[start : start + most]


def _organization_list(portal: Portal, arguments: Arguments) -> Result:
    organization = portal.organization
    if _truth(arguments.get("all_fields")):
        return [organization | {"package_count": len(portal.names)}]
    return [organization["name"]]


def _organization_show(portal: Portal, arguments: Arguments) -> Result:
    organization, name = portal.organization, str(_needed(arguments, "id"))
    if name not in {organization["id"], organization["name"]}:
        raise _not_found()
    packages = portal.packages() if _truth(arguments.get("include_datasets")) else None
    return (
        organization
        | {"package_count": len(portal.names)}
        | ({"packages": packages} if packages else {})
    )


def _organization_autocomplete(portal: Portal, arguments: Arguments) -> Result:
    organization, asked = portal.organization, str(arguments.get("q") or "").casefold()
    if asked in organization["name"] or asked in organization["title"].casefold():
        return [{name: organization[name] for name in ("id", "name", "title")}]
    return []


def _status_show(portal: Portal, arguments: Arguments) -> Result:
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


def _site_read(portal: Portal, arguments: Arguments) -> Result:
    del portal, arguments
    return True


def _group_list(portal: Portal, arguments: Arguments) -> Result:
    del portal, arguments
    return []


def _tag_list(portal: Portal, arguments: Arguments) -> Result:
    del arguments
    return sorted({tag["name"] for each in portal.packages() for tag in each["tags"]})


def _license_list(portal: Portal, arguments: Arguments) -> Result:
    del portal, arguments
    return [licence_record(each) for each in licences()]


def _group_show(portal: Portal, arguments: Arguments) -> Result:
    del portal
    _needed(arguments, "id")
    raise _not_found()


def _tag_show(portal: Portal, arguments: Arguments) -> Result:
    wanted = str(_needed(arguments, "id"))
    for package in portal.packages():
        for tag in package["tags"]:
            if wanted in {tag["id"], tag["name"]}:
                return tag
    raise _not_found()


def _help_show(portal: Portal, arguments: Arguments) -> Result:
    del portal
    name = str(_needed(arguments, "name"))
    if name not in ACTIONS:
        raise _not_found()
    return f"{name}: as https://docs.ckan.org/en/latest/api/ describes it."


ACTIONS: Final[Mapping[str, Callable[[Portal, Arguments], Result]]] = {
    "current_package_list_with_resources": _current_package_list_with_resources,
    "group_list": _group_list,
    "group_show": _group_show,
    "help_show": _help_show,
    "license_list": _license_list,
    "organization_autocomplete": _organization_autocomplete,
    "organization_list": _organization_list,
    "organization_show": _organization_show,
    "package_autocomplete": _package_autocomplete,
    "package_list": _package_list,
    "package_search": _package_search,
    "package_show": _package_show,
    "resource_show": _resource_show,
    "site_read": _site_read,
    "status_show": _status_show,
    "tag_list": _tag_list,
    "tag_show": _tag_show,
    "vocabulary_list": _group_list,
}
"""The actions by their names."""


def _needed(arguments: Arguments, *names: str) -> object:
    for name in names:
        if arguments.get(name) not in (None, ""):
            return arguments[name]
    raise ActionError(409, {"__type": "Validation Error", names[0]: ["Missing value"]})


def _several(arguments: Arguments, name: str) -> list[str]:
    """Return the values of an argument that takes a list: as such, as JSON, or with commas."""
    value = arguments.get(name)
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            message = {"__type": "Validation Error", name: ["Not a list of strings"]}
            raise ActionError(409, message) from None
    if isinstance(value, str):
        value = value.split(",") if name == "fl" else [value]
    if value is None:
        return []
    return [str(each).strip() for each in (value if isinstance(value, list) else [value])]


def _whole(arguments: Arguments, name: str, default: int, *, least: int = 0) -> int:
    value = arguments.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(str(value)[:12])
    except ValueError:
        number = None
    if number is None or number < least:
        message = "Invalid integer" if number is None else "Must be a natural number"
        raise ActionError(409, {"__type": "Validation Error", name: [message]})
    return number


def _truth(value: object) -> bool:
    return str(value).lower() in {"true", "yes", "1", "t", "y", "on"}


def _not_found() -> ActionError:
    return ActionError(404, {"__type": "Not Found Error", "message": "Not found"})
