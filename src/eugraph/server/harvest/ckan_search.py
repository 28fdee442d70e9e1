"""What CKAN's `package_search` finds: every word of `q` and `fq`, every `field:value`, sorted.

A reading of Solr's query syntax as portals use it: words, phrases in quotation
marks, `field:value`, `+` and `-`; anything else is taken as words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

_WORD: Final = re.compile(r"\w+")
_TERM: Final = re.compile(r'([+-]?)(?:(\w+):)?("[^"]*"|\S+)')
_SORTABLE: Final = frozenset(
    {"metadata_modified", "metadata_created", "name", "title", "title_string", "id"}
)


def matches(package: Mapping[str, Any], *, asked: str) -> bool:
    """Tell whether a package is what is asked for: every word, every `field:value`."""
    text = json.dumps(package, ensure_ascii=False).lower()
    for sign, field, value in _TERM.findall(asked):
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


def sort_packages(packages: list[dict[str, Any]], *, by: str) -> list[dict[str, Any]]:
    """Return `packages` by the fields of `by`, such as `name asc, metadata_modified desc`."""
    for term in reversed(by.split(",")):
        field, _, direction = term.strip().partition(" ")
        if field in _SORTABLE:
            key = field.removesuffix("_string")
            packages = sorted(
                packages, key=lambda each: str(each[key]), reverse=direction == "desc"
            )
    return packages


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
