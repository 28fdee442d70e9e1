"""What the register knows of one kind: which mentions are met again, which keys are new.

A release that is read again may have changed, and its things have new ids in
each reading; so each of its mentions is matched with those that the register
has of it: equal ones first, then those that the rules join, then those of the
same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eugraph.identity.decisions import ThingOf
from eugraph.identity.gathering import Gathering, Group
from eugraph.identity.marks import Marks, Mention
from eugraph.identity.register import Entry
from eugraph.identity.sameness import BY_A_PERSON, Kind, again, same

_At = tuple[int, int]
"""A mention of the register: the place of its entry among those of the kind, and its own there."""

_FOLDER: Mapping[Kind, str] = {
    Kind.PLACE: "place",
    Kind.ORGANISATION: "org",
    Kind.PROJECT: "project",
    Kind.EVENT: "event",
    Kind.PART: "event",
}
"""What stands before the key in the IRI."""


@dataclass(frozen=True, slots=True)
class Known:
    """The entries of one kind, with the mentions of this edition that are met again.

    `written` are the entries as they are in the register, `entries` the same
    with other things under their present paths, `taken` the paths that were
    ever given. `met` says which mention of the register each is. `homes` is the
    same, but for those that can no longer be of their entry once groups are seeded.
    """

    kind: Kind
    written: tuple[Entry, ...]
    taken: Collection[str]
    entries: tuple[Entry, ...]
    current: Mapping[ThingOf, Mention]
    met: Mapping[ThingOf, _At]
    homes: dict[ThingOf, _At]

    @classmethod
    def of(
        cls,
        kind: Kind,
        entries: tuple[Entry, ...],
        current: Mapping[ThingOf, Mention],
        *,
        replaced: Mapping[str, str],
        taken: Collection[str],
    ) -> Known:
        """Return what entries of the register know of the mentions of a kind.

        `replaced` are all paths that were replaced, `taken` all that were given.
        """
        renamed = tuple(_renamed(entry, replaced) for entry in entries)
        met = _met_again(kind, renamed, current)
        return cls(kind, entries, taken, renamed, current, met, dict(met))

    @property
    def strangers(self) -> Iterator[ThingOf]:
        """The mentions that have no entry, in their order."""
        return (thing for thing in self.current if thing not in self.homes)

    def seed(self, gathering: Gathering) -> None:
        """Put one group for each entry, join what an earlier edition joined, and settle all."""
        at_home = defaultdict(list)
        for thing, (place, number) in self.homes.items():
            at_home[place].append((number, thing))
        for place, entry in enumerate(self.entries):
            gathering.put(self._group(place, entry, dict(at_home[place]), gathering))
        places = {entry.path: place for place, entry in enumerate(self.entries)}
        for place, entry in enumerate(self.entries):
            if entry.replaced_by and entry.rule and entry.rule != BY_A_PERSON:
                heir = gathering.group_with(places[entry.replaced_by])
                gathering.unite(heir, gathering.group_with(place), entry.rule)
        for number in range(len(self.entries)):
            gathering.settle(number)

    def _group(
        self, place: int, entry: Entry, at_home: Mapping[int, ThingOf], gathering: Gathering
    ) -> Group:
        """Return the group of an entry; of its mentions those first that have not changed."""
        group = Group(entries=[place])
        members = [(at_home.get(number), old) for number, old in enumerate(entry.mentions)]
        for thing, old in sorted(members, key=lambda each: self._changed(*each)):
            alone = Group()
            alone.add(self.current[thing] if thing else old, thing)
            if gathering.may_join(group, alone):
                group.add(alone.mentions[0], thing)
            elif thing:
                del self.homes[thing]
        return group

    def _changed(self, thing: ThingOf | None, old: Mention) -> bool:
        return thing is not None and self.current[thing].marks != old.marks

    def remembered(self, gathering: Gathering) -> tuple[Entry, ...]:
        """Return the entries with this edition's mentions, and new ones for groups that had none.

        A mention is written down under the key it was given first.
        """
        minted = tuple(self._minted(gathering))
        entries = (*self.written, *minted)
        homes: dict[_At, Mention] = {at: self.current[thing] for thing, at in self.homes.items()}
        fresh = defaultdict(list)
        for group in gathering.groups:
            for thing, mention in group.things.items():
                if thing not in self.homes:
                    fresh[group.entries[0]].append(mention)
        left = {at for thing, at in self.met.items() if thing not in self.homes}
        return tuple(
            replace(
                entry,
                mentions=(
                    *(
                        homes.get((place, number), mention)
                        for number, mention in enumerate(entry.mentions)
                        if (place, number) not in left
                    ),
                    *sorted(fresh[place], key=lambda mention: (mention.release, mention.label)),
                ),
            )
            for place, entry in enumerate(entries)
        )

    def _undated(self, group: Group) -> bool:
        return self.kind is Kind.PROJECT and not group.marks.starts

    def _minted(self, gathering: Gathering) -> Iterator[Entry]:
        """Yield new entries; of those of one edition a project with a known start is the elder."""
        taken = set(self.taken)
        new = [(_base(self.kind, g), g) for g in gathering.groups if not g.entries]
        place = len(self.entries)
        for base, group in sorted(new, key=lambda each: (self._undated(each[1]), each[0])):
            path = f"{_FOLDER[self.kind]}/{base}"
            number = 2
            while path in taken:
                path, number = f"{_FOLDER[self.kind]}/{base}-{number}", number + 1
            taken.add(path)
            group.entries.append(place)
            place += 1
            yield Entry(self.kind, path)


def with_replacements(entries: Sequence[Entry], groups: Iterable[Group]) -> tuple[Entry, ...]:
    """Return the entries, in each group all but the oldest replaced by it."""
    changed = list(entries)
    for group in groups:
        head, *others = group.entries
        changed[head] = replace(entries[head], replaced_by=None, rule=None)
        for place in others:
            changed[place] = replace(
                entries[place], replaced_by=entries[head].path, rule=group.rules[place]
            )
    return tuple(changed)


def _renamed(entry: Entry, replaced: Mapping[str, str]) -> Entry:
    if not replaced:
        return entry
    mentions = (replace(each, marks=each.marks.renamed(replaced)) for each in entry.mentions)
    return replace(entry, mentions=tuple(mentions))


_Test = Callable[[Marks, Marks], bool]


def _met_again(
    kind: Kind, entries: Sequence[Entry], current: Mapping[ThingOf, Mention]
) -> dict[ThingOf, _At]:
    """Return which mention of the register each mention is that the same release made before."""
    before: dict[str, list[tuple[_At, Mention]]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for number, mention in enumerate(entry.mentions):
            before[mention.release].append(((place, number), mention))
    tests: tuple[_Test, ...] = (
        lambda old, new: old == new,
        lambda old, new: same(kind, old, new) is not None,
        lambda old, new: again(kind, old, new),
    )
    homes: dict[ThingOf, _At] = {}
    now = defaultdict(list)
    for thing, mention in current.items():
        now[mention.release].append((thing, mention))
    for release, mentions in now.items():
        homes |= _matched(before.get(release, []), mentions, tests)
    return homes


def _matched(
    before: list[tuple[_At, Mention]],
    now: Iterable[tuple[ThingOf, Mention]],
    tests: Iterable[_Test],
) -> Iterator[tuple[ThingOf, _At]]:
    """Yield pairs of old and new mentions, each at most once, by the first test that fits."""
    old, new = dict(before), dict(now)
    for test in tests:
        for thing, mention in list(new.items()):
            found = next((at for at, was in old.items() if test(was.marks, mention.marks)), None)
            if found is not None:
                yield thing, found
                del old[found], new[thing]


def _base(kind: Kind, group: Group) -> str:
    """Return the key that a new thing would have if nothing else had it."""
    named = min(group.mentions, key=lambda mention: (mention.release, mention.label))
    if kind is not Kind.PROJECT or not group.marks.starts:
        return named.label
    return f"{named.label}-{min(group.marks.starts)[:4]}"
