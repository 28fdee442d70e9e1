"""A portal that harvests CKAN and nothing else: what ckanext-harvest asks of the action API.

`package_search` in pieces, ordered by id, until one is empty; at later harvests
with the time of the one before in `fq`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

from eugraph.doctor.finding import Check, checker
from eugraph.doctor.visitor import Answer, Visitor

_OK: Final = 200
_NOT_FOUND: Final = 404
_ROWS: Final = 100
_PIECES: Final = 20

check = checker("ckan")


def play_ckan_harvester(visitor: Visitor) -> Iterator[Check]:
    """Harvest the packages as CKAN does from another CKAN."""
    first = _search(visitor)
    told = _result(first)
    yield check(
        "packages are found",
        told is not None and told.get("count"),
        first.address,
        f"got {first.outcome} and no package: the portal deletes all",
    )
    if told is None:
        return
    found = list(_packages(visitor, told))
    yield check(
        "the pieces of a search come to their end",
        len({each.get("id") for each in found}) == len(found) == told.get("count"),
        first.address,
        f"{told.get('count')} are counted, {len(found)} came",
    )
    since = _search(visitor, fq="metadata_modified:[1970-01-01T00:00:00Z TO *]")
    yield check(
        "what changed since a time is found",
        (_result(since) or {}).get("count") == told.get("count"),
        since.address,
        f"got {since.outcome} and fewer: nothing is updated after the first harvest",
    )
    for package in found:
        yield from _package(visitor, first, package)
    yield from _absent(visitor)


def _search(visitor: Visitor, **more: str) -> Answer:
    asked = urlencode({"rows": _ROWS, "sort": "id asc", "start": 0} | more)
    return visitor.get(f"api/3/action/package_search?{asked}")


def _packages(visitor: Visitor, told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for piece in range(1, _PIECES):
        results = told.get("results")
        results = results if isinstance(results, list) else []
        yield from (each for each in results if isinstance(each, dict))
        if len(results) < _ROWS:
            return
        told = _result(_search(visitor, start=str(piece * _ROWS))) or {}


def _package(visitor: Visitor, answer: Answer, package: dict[str, Any]) -> Iterator[Check]:
    name = str(package.get("name"))
    missing = [key for key in ("id", "name", "title", "resources") if not package.get(key)]
    yield check("a package is complete", not missing, answer.address, f"{name}: no {missing}")
    resources = package.get("resources")
    for resource in resources if isinstance(resources, list) else []:
        url = str(resource.get("url") if isinstance(resource, dict) else "")
        yield check(
            "files are at this server",
            visitor.is_here(url),
            answer.address,
            f"{url} is elsewhere; set public_url",
        )


def _absent(visitor: Visitor) -> Iterator[Check]:
    absent = visitor.get("api/3/action/package_show?id=no-such-package")
    document = _document(absent)
    yield check(
        "a package that there is not is told as CKAN tells it",
        absent.status == _NOT_FOUND and document.get("success") is False,
        absent.address,
        f"got {absent.outcome}: clients cannot tell it from an outage",
    )


def _result(answer: Answer) -> dict[str, Any] | None:
    document = _document(answer)
    result = document.get("result")
    done = answer.status == _OK and document.get("success") is True
    return result if done and isinstance(result, dict) else None


def _document(answer: Answer) -> dict[str, Any]:
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
