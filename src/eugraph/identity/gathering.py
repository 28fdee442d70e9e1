"""Mentions gathered into groups, each group one thing.

Groups grow: a mention joins every group it is the same as, which so become
one. Older groups come first, and what is apart from a group stays out of it,
so a join that was made is not undone by what comes later. Where nothing is
apart the groups are the same whatever the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from eugraph.identity.decisions import Decided, ThingOf
from eugraph.identity.marks import Marks, Mention
from eugraph.identity.sameness import Kind, apart, handles, same

_ONE_TO_A_RELEASE = frozenset({Kind.PROJECT, Kind.EVENT, Kind.PART})
"""Kinds of which a release never names one thing as two."""


@dataclass(slots=True)
class Group:
    """A thing in the making.

    `entries` are the places in the register of the keys it has been given,
    `things` those of this edition's readings, `mentions` all, of earlier
    editions too. `rules` tells by which rule the thing of an entry was found to
    be that of an older one.
    """

    marks: Marks = field(default_factory=Marks)
    entries: list[int] = field(default_factory=list)
    things: dict[ThingOf, Mention] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)
    rules: dict[int, str] = field(default_factory=dict)

    def add(self, mention: Mention, thing: ThingOf | None = None) -> None:
        """Let a mention, of this edition if its thing is given, be of this group."""
        self.marks = self.marks.united(mention.marks)
        self.mentions.append(mention)
        if thing:
            self.things[thing] = mention
            self.releases.add(mention.release)

    def join(self, other: Group, rule: str) -> None:
        """Take over all of another group, which was found to be the same by a rule."""
        eldest = min(self.entries + other.entries, default=None)
        heads = [min(each.entries) for each in (self, other) if each.entries]
        self.rules |= other.rules | {head: rule for head in heads if head != eldest}
        self.marks = self.marks.united(other.marks)
        self.entries = sorted(self.entries + other.entries)
        self.things |= other.things
        self.mentions += other.mentions
        self.releases |= other.releases


class Gathering:
    """The groups of one kind, while they are being gathered; what a person parted stays apart."""

    def __init__(self, kind: Kind, decided: Decided) -> None:
        """Begin without groups."""
        self.kind = kind
        self._decided = decided
        self._groups: dict[int, Group] = {}
        self._at: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._next = 0

    def group_with(self, entry: int) -> int:
        """Return the number of the group that has an entry of the register."""
        return next(number for number, group in self._groups.items() if entry in group.entries)

    @property
    def groups(self) -> Iterator[Group]:
        """The groups, the eldest first."""
        return (self._groups[number] for number in sorted(self._groups))

    def put(self, group: Group) -> int:
        """Take a group as it is, the youngest so far; returns its number."""
        number, self._next = self._next, self._next + 1
        self._groups[number] = group
        for handle in handles(self.kind, group.marks):
            self._at[handle].add(number)
        return number

    def settle(self, number: int) -> None:
        """Join a group with all that it is the same as, until none is left."""
        while number in self._groups and (found := self._match(number)):
            number = self._join(number, *found)

    def unite(self, one: int, other: int, rule: str) -> int:
        """Join two groups, unless they are apart or one already; returns what stands for `one`."""
        if one == other or not self.may_join(self._groups[one], self._groups[other]):
            return one
        return self._join(one, other, rule)

    def may_join(self, one: Group, other: Group) -> bool:
        """Tell whether nothing keeps two groups apart."""
        if apart(self.kind, one.marks, other.marks) or self.is_parted(one, other):
            return False
        return self.kind not in _ONE_TO_A_RELEASE or one.releases.isdisjoint(other.releases)

    def is_parted(self, one: Group, other: Group) -> bool:
        """Tell whether a person said that something of one group is not something of another."""
        decided = self._decided
        return bool(decided.parted) and any(
            decided.are_parted(thing, each) for thing in one.things for each in other.things
        )

    def _match(self, number: int) -> tuple[int, str] | None:
        """Return the eldest group that another is the same as, with the rule."""
        group = self._groups[number]
        near = {each for handle in handles(self.kind, group.marks) for each in self._at[handle]}
        for each in sorted(near - {number}):
            other = self._groups[each]
            rule = same(self.kind, group.marks, other.marks)
            if rule and self.may_join(group, other):
                return each, rule
        return None

    def _join(self, one: int, other: int, rule: str) -> int:
        elder, younger = min(one, other), max(one, other)
        gone = self._groups.pop(younger)
        for handle in handles(self.kind, gone.marks):
            self._at[handle].discard(younger)
        group = self._groups[elder]
        group.join(gone, rule)
        for handle in handles(self.kind, group.marks):
            self._at[handle].add(elder)
        return elder
