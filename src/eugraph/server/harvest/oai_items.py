"""The items of the OAI-PMH interface: every thing that was ever published, and the datasets.

What is harvested is ordered by the time it last changed, then by its path. An
item keeps its place until it changes, and then it comes at the end: so one who
goes on from where he was misses nothing, whatever edition was published between.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from eugraph.catalogue import Publication
from eugraph.changes import TYPES, Thing
from eugraph.editions import Edition
from eugraph.server.source import Source
from eugraph.vocabulary import IRI_BASE

DATASET: Final = "dataset"
"""The set of the dataset and its versions; the other sets are the types of things."""

SETS: Final = (DATASET, *TYPES)

Place = tuple[str, str]
"""Where an item stands in the order: when it last changed, its path."""

_ID: Final = IRI_BASE + "id/"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to harvest; `identifier` is its IRI, `changed` an ISO 8601 time in UTC.

    `publication` is there for the dataset and its versions.
    """

    path: str
    identifier: str
    kind: str
    changed: str
    deleted: bool = False
    publication: Publication | None = None

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.changed, self.path


class Items:
    """The items there are in an edition."""

    def __init__(self, source: Source) -> None:
        """Look at what is served now."""
        self._edition: Edition = source.edition
        self._changes = source.changes(self._edition)
        self._publication = source.publication(source.dumped)

    def find(self, identifier: str) -> Item | None:
        """Return the item with this identifier."""
        for item in self._datasets():
            if item.identifier == identifier:
                return item
        if not identifier.startswith(_ID):
            return None
        thing = self._changes.thing(identifier.removeprefix(_ID))
        return _of_thing(thing) if thing else None

    def earliest(self) -> str:
        """Return the earliest time at which an item may have changed."""
        return self._publication.issued

    def listed(
        self, kinds: Iterable[str], *, since: str, until: str, after: Place, most: int
    ) -> list[Item]:
        """Return at most `most` items of these sets that changed from `since` to `until`.

        Both are included; `after` is the place of the last item that is known already.
        """
        kinds = frozenset(kinds)
        things = self._changes.things(
            kinds & {*TYPES}, since=since, until=until, after=after, most=most
        )
        datasets = (
            item
            for item in sorted(self._datasets(), key=_place)
            if DATASET in kinds and since <= item.changed <= until and item.place > after
        )
        merged = heapq.merge(map(_of_thing, things), datasets, key=_place)
        return [item for _, item in zip(range(most), merged, strict=False)]

    def count(self, kinds: Iterable[str]) -> int:
        """Return how many items of these sets there are."""
        kinds = frozenset(kinds)
        datasets = len(list(self._datasets())) if DATASET in kinds else 0
        return datasets + self._changes.count(kinds & {*TYPES})

    def _datasets(self) -> Iterator[Item]:
        for each in (self._publication, *self._publication.versions):
            path = f"{DATASET}/{each.folder}"
            yield Item(path, str(each.dataset), DATASET, each.modified, publication=each)


def _of_thing(thing: Thing) -> Item:
    return Item(thing.path, thing.iri, thing.type, thing.changed, thing.deleted)


def _place(item: Item) -> Place:
    return item.place
