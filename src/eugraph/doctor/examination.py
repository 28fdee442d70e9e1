"""All roles, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from eugraph.doctor.catalogue import play_harvester
from eugraph.doctor.ckan import play_ckan_harvester
from eugraph.doctor.feed import play_feed_client
from eugraph.doctor.finding import Check, Role
from eugraph.doctor.linked_data import play_linked_data_client
from eugraph.doctor.oai import play_oai_harvester
from eugraph.doctor.pages import play_browser, play_crawler, play_dataset_search
from eugraph.doctor.remarks import remarks_on
from eugraph.doctor.scorer import play_scorer
from eugraph.doctor.sparql import play_sparql_client
from eugraph.doctor.visitor import Bounds, VisitError, Visitor
from eugraph.vocabulary import IRI_BASE

ROLES: Final[Mapping[str, Role]] = {
    "browser": play_browser,
    "sparql": play_sparql_client,
    "linked-data": play_linked_data_client,
    "harvester": play_harvester,
    "scorer": play_scorer,
    "ckan": play_ckan_harvester,
    "oai": play_oai_harvester,
    "feed": play_feed_client,
    "crawler": play_crawler,
    "dataset-search": play_dataset_search,
}
"""By the name under which each is told of."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What was looked at, and by how many requests; `remarks` are no findings, but to be known."""

    address: str
    checks: tuple[Check, ...]
    requests: int
    remarks: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Check, ...]:
        """What is not well."""
        return tuple(check for check in self.checks if not check.well)


def examine(
    address: str,
    roles: Iterable[str] = tuple(ROLES),
    bounds: Bounds | None = None,
    progress: Callable[[str], object] = str,
) -> Examination:
    """Look at the server at `address` in these roles.

    Raises VisitError if it is no http(s) address, or nothing answers there.
    """
    if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).netloc:
        raise VisitError(f"{address} is no address of a server; give one with http:// or https://.")
    visitor = Visitor(address, IRI_BASE, bounds)
    first = visitor.get("", accept="text/html")
    if not first.status:
        raise VisitError(f"{visitor.base}: {first.reason}; is the server running?")
    checks: list[Check] = []
    for role in roles:
        progress(role)
        try:
            checks.extend(ROLES[role](visitor))
        except VisitError as error:
            checks.append(Check(role, "the looking ends within its bounds", False, "", str(error)))  # noqa: FBT003
            break
    remarks = remarks_on(visitor)
    return Examination(visitor.base, tuple(checks), visitor.asked, remarks)
