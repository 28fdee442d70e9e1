"""What a person decided about which things are one: it goes before every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from eugraph.facts.fact import Attribution, Id

ThingOf = tuple[str, Id]
"""A thing of a reading: the release's id and the thing's."""


@dataclass(frozen=True, slots=True)
class Decision:
    """That two things of readings are one, or are not, as a person says."""

    one: ThingOf
    other: ThingOf
    same: bool
    by: Attribution


Pairs = Mapping[ThingOf, Mapping[ThingOf, Attribution]]
"""Things with those that a person named with them, in both directions."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of people, to be asked: which things are `joined`, which are `parted`."""

    joined: Pairs = field(default_factory=dict)
    parted: Pairs = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Self:
        """Return `decisions` to be asked."""
        sides: dict[bool, dict[ThingOf, dict[ThingOf, Attribution]]]
        sides = {True: defaultdict(dict), False: defaultdict(dict)}
        for each in decisions:
            sides[each.same][each.one][each.other] = each.by
            sides[each.same][each.other][each.one] = each.by
        return cls(dict(sides[True]), dict(sides[False]))

    def are_parted(self, one: ThingOf, other: ThingOf) -> bool:
        """Tell whether two things are said not to be one."""
        return other in self.parted.get(one, {})
