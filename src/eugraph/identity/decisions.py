"""What a person decided about which things are one: it goes before every rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from eugraph.facts.fact import Id

ThingOf = tuple[str, Id]
"""A thing of a reading: the release's id and the thing's."""


@dataclass(frozen=True, slots=True)
class Decision:
    """That two things of readings are one, or that they are not."""

    one: ThingOf
    other: ThingOf
    same: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of people, to be asked."""

    together: tuple[frozenset[ThingOf], ...] = ()
    apart: frozenset[frozenset[ThingOf]] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Self:
        """Return `decisions` to be asked."""
        pairs = [(frozenset({each.one, each.other}), each.same) for each in decisions]
        return cls(
            tuple(pair for pair, same in pairs if same),
            frozenset(pair for pair, same in pairs if not same),
        )

    def are_apart(self, one: ThingOf, other: ThingOf) -> bool:
        """Tell whether two things are said not to be one."""
        return frozenset({one, other}) in self.apart

    def united(self, groups: Sequence[Sequence[ThingOf]]) -> list[int]:
        """Return for each group the number of the first that it is one with, its own if none."""
        homes = list(range(len(groups)))
        at = {thing: number for number, group in enumerate(groups) for thing in group}
        for pair in self.together:
            numbers = [homes[at[thing]] for thing in pair if thing in at]
            if len(numbers) > 1:
                low, high = min(numbers), max(numbers)
                homes = [low if home == high else home for home in homes]
        return homes

    def adjusted(self, keys: Mapping[ThingOf, str]) -> dict[ThingOf, str]:
        """Return `keys` of things in their order, equal for what is one, different for what is not.

        What is one is called as the first of it; of two that are not, the later
        gets a number.
        """
        found = dict(keys)
        order = list(found)
        for pair in self.together:
            if pair <= found.keys():
                first, second = sorted(pair, key=order.index)
                old, new = found[second], found[first]
                found = {thing: new if key == old else key for thing, key in found.items()}
        for pair in sorted(self.apart, key=lambda pair: sorted(pair, key=str)):
            if pair <= found.keys():
                first, second = sorted(pair, key=order.index)
                if found[first] == found[second]:
                    found[second] = _numbered(found[second], set(found.values()))
        return found


def _numbered(key: str, taken: set[str]) -> str:
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"
