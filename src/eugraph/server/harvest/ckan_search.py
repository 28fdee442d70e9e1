"""What CKAN's `package_search` finds: by `q` and `fq`, sorted, with facets.

https://docs.ckan.org/en/latest/api/#ckan.logic.action.get.package_search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from eugraph.server.harvest.solr_query import TEXT, Record, read_query

Package = Mapping[str, Any]

_SORTABLE: Final = frozenset(
    {"metadata_modified", "metadata_created", "name", "title", "title_string", "id", "score"}
)
_PLAIN: Final = (
    "id", "name", "title", "notes", "url", "version", "state", "license_id", "author", "maintainer",
    "owner_org", "metadata_created", "metadata_modified",
)  # fmt: skip


def find_packages(packages: Iterable[dict[str, Any]], asked: Sequence[str]) -> list[dict[str, Any]]:
    """Return those of `packages` that are what every query of `asked` asks for.

    Raises SolrQueryError.
    """
    tests = [read_query(text) for text in asked]
    indexed = [(each, record_of(each)) for each in packages]
    return [each for each, record in indexed if all(test(record) for test in tests)]


def sort_packages(packages: list[dict[str, Any]], by: str) -> list[dict[str, Any]] | None:
    """Return `packages` by the fields of `by`, such as `name asc, metadata_modified desc`.

    None if that is no such list.
    """
    for term in reversed(by.split(",")):
        field, _, direction = term.strip().partition(" ")
        if field not in _SORTABLE or direction.lower() not in {"asc", "desc"}:
            return None
        key = field.removesuffix("_string")
        if key != "score":
            packages = sorted(
                packages, key=lambda each: str(each[key]), reverse=direction.lower() == "desc"
            )
    return packages


def count_values(
    packages: Iterable[Package], field: str, *, most: int, least: int
) -> dict[str, int]:
    """Return how many packages have each value of a facet, the most frequent first.

    At most `most` values (all, if negative), and those that at least `least` have.
    """
    counted = Counter(value for each in packages for value in {*record_of(each).get(field, ())})
    frequent = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    frequent = [(value, count) for value, count in frequent if count >= least]
    return dict(frequent if most < 0 else frequent[:most])


def record_of(package: Package) -> Record:
    """Return what CKAN's index has of a package."""
    organization, resources = package["organization"], package["resources"]
    record = {extra["key"]: [str(extra["value"])] for extra in package["extras"]}
    record |= {f"extras_{key}": values for key, values in record.items()}
    record |= {name: [str(package[name] or "")] for name in _PLAIN}
    return record | {
        "capacity": ["public"],
        "private": ["false"],
        "entity_type": ["package"],
        "dataset_type": [package["type"]],
        "type": [package["type"]],
        "organization": [organization["name"]],
        "groups": [],
        "tags": [tag["name"] for tag in package["tags"]],
        "res_format": [resource["format"] for resource in resources],
        "res_name": [resource["name"] for resource in resources],
        "res_url": [resource["url"] for resource in resources],
        "title": [package["title"], *package["title_translated"].values()],
        "notes": [package["notes"], *package["notes_translated"].values()],
        TEXT: list(_texts(package)),
    }


def _texts(package: Package) -> Iterator[str]:
    yield from (package["name"], package["author"], package["organization"]["title"])
    yield from package["title_translated"].values()
    yield from package["notes_translated"].values()
    yield from (tag["name"] for tag in package["tags"])
    for resource in package["resources"]:
        yield from (resource["name"], resource["format"])
    yield from (str(extra["value"]) for extra in package["extras"])
