"""The items of the OAI-PMH interface: every thing that was ever published, and the dataset.

What is harvested is ordered by the time it last changed, then by its path. An
item keeps its place until it changes, and then it comes at the end: so one who
goes on from where he was misses nothing, whatever edition was published between.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from eugraph.catalogue import LATEST, Publication
from eugraph.changes import TYPES, Thing
from eugraph.editions import Edition
from eugraph.server.source import Source
from eugraph.vocabulary import IRI_BASE

DATASET: Final = "dataset"
"""The set of the dataset, which names its versions; the other sets are the types of things."""

SETS: Final = (DATASET, *TYPES)

Place = tuple[str, str]
"""Where an item stands in the order: when it last changed, its path."""

_ID: Final = IRI_BASE + "id/"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to harvest; `identifier` is its IRI, `changed` an ISO 8601 time in UTC.

    `publication` is there for the dataset.
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
        publication = source.publication(source.dumped)
        self._dataset = Item(
            f"{DATASET}/{LATEST}",
            str(publication.dataset),
            DATASET,
            publication.modified,
            publication=publication,
        )
        self._earliest = publication.issued

    def find(self, identifier: str) -> Item | None:
        """Return the item with this identifier."""
        if identifier == self._dataset.identifier:
            return self._dataset
        if not identifier.startswith(_ID):
            return None
        thing = self._changes.thing(identifier.removeprefix(_ID))
        return _of_thing(thing) if thing else None

    def earliest(self) -> str:
        """Return the earliest time at which an item may have changed."""
        return self._earliest

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
        item = self._dataset
        told = DATASET in kinds and since <= item.changed <= until and item.place > after
        merged = heapq.merge(map(_of_thing, things), [item] if told else [], key=_place)
        return [item for _, item in zip(range(most), merged, strict=False)]

    def count(self, kinds: Iterable[str]) -> int:
        """Return how many items of these sets there are."""
        kinds = frozenset(kinds)
        return (DATASET in kinds) + self._changes.count(kinds & {*TYPES})


def _of_thing(thing: Thing) -> Item:
    return Item(thing.path, thing.iri, thing.type, thing.changed, thing.deleted)


def _place(item: Item) -> Place:
    return item.place
