"""Deciding again where only some releases changed: what no rule joins with them stays as it is.

The rules ask whether marks meet, and more marks never make less meet
(`eugraph.identity.sameness`). So what a changed release can have a part in is
bounded: the things that have a mention of it, before or now, those that a rule
joins with any of these, and so on. Those, and the mentions they have of other
releases, are resolved as ever; the outcome is that of resolving all
(`eugraph.identity.resolve`). Whose place or partner has another key than
before is looked at anew as well, as if its release had changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eugraph.facts.fact import Id, Reading
from eugraph.identity.decisions import Decided, ThingOf
from eugraph.identity.ledger import Ledger
from eugraph.identity.marks import SETS, Marks, Mention, ReadingIndex
from eugraph.identity.register import Entry
from eugraph.identity.resolve import (
    MENTIONED,
    Identification,
    identify,
    moved_participation,
    participation,
    participations,
    resolve_kind,
)
from eugraph.identity.sameness import HANDLES, Kind, same

_BY_HANDLE = frozenset({Kind.EVENT, Kind.PART})
"""Kinds of which a rule asks for dates: of these all that share a whole are looked at."""

_NOBODY = Decided()


@dataclass(frozen=True, slots=True)
class Standing:
    """The releases that did not change.

    `paths` are those of their things by the things' ids, `reading` returns
    what one says, without words.
    """

    paths: Mapping[str, Mapping[str, str]]
    reading: Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class Renewed:
    """What is otherwise than before.

    `paths` are those of all things of the releases that changed, or have a
    thing of another path now. `touched` are the paths of all things that were
    looked at, `identifications` what there is to tell of these. `entries` are
    those of the register by number, `new` those it had not.
    """

    paths: Mapping[ThingOf, str]
    touched: frozenset[str]
    identifications: tuple[Identification, ...]
    entries: Mapping[int, Entry]
    new: tuple[Entry, ...]


def renew(
    ledger: Ledger, changed: Mapping[str, Reading | None], standing: Standing
) -> Renewed | None:
    """Return what comes of releases that are new, changed or gone (None).

    None where an entry of the register comes to stand for another, or ceases
    to: that may concern whatever names either. Nobody may have decided
    anything, in this edition or the one before.
    """
    work = _Renewal(ledger, changed, standing)
    work.begin()
    for kind in Kind:
        if not work.resolve(kind):
            return None
    work.take_part()
    order = sorted(work.found, key=lambda each: (each.path, each.release_id))
    return Renewed(
        work.paths, frozenset(work.touched), tuple(order), work.entries, tuple(work.new.values())
    )


@dataclass(slots=True)
class _Renewal:
    """The work on one change: `paths` has every thing of `concerned` releases, as far as it is."""

    ledger: Ledger
    changed: Mapping[str, Reading | None]
    standing: Standing
    paths: dict[ThingOf, str] = field(default_factory=dict)
    indexes: dict[str, ReadingIndex] = field(default_factory=dict)
    looked_into: dict[str, ReadingIndex] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    found: list[Identification] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)
    new: dict[str, Entry] = field(default_factory=dict)

    def begin(self) -> None:
        """Take the changed releases into account, each with a key of its own."""
        for release, reading in sorted(self.changed.items()):
            if reading is not None:
                self.indexes[release] = ReadingIndex.of(reading)
                if (path := f"release/{release}") not in self.ledger.numbers:
                    self.new[path] = Entry("release", path)

    @property
    def taken(self) -> frozenset[str]:
        """All paths that were ever given."""
        return frozenset({*self.ledger.numbers, *self.new})

    def resolve(self, kind: Kind) -> bool:
        """Decide on the things of a kind; False if an entry stands for another than before."""
        current = dict(self._mentions_of(kind, sorted(self.indexes)))
        numbers = _Near(self.ledger, kind).to(self._about(kind), current.values())
        before = tuple(self.ledger.entry(number) for number in numbers)
        current |= self._standing_mentions(kind, before)
        ordered = dict(sorted(current.items(), key=lambda each: each[0][0]))
        groups, entries = resolve_kind(
            kind, before, ordered,
            replaced=self.ledger.replaced, taken=self.taken, decided=_NOBODY,
        )  # fmt: skip
        for number, was, entry in zip(numbers, before, entries, strict=False):
            if (was.replaced_by, was.rule) != (entry.replaced_by, entry.rule):
                return False
            if was != entry:
                self.entries[number] = entry
        self.new |= {entry.path: entry for entry in entries[len(numbers) :]}
        self.touched |= {entry.path for entry in entries}
        for path, group in groups:
            self.found += identify(kind, path, group, _NOBODY)
            for thing in group.things:
                self._settle(thing, path)
        return True

    def _about(self, kind: Kind) -> Iterator[int]:
        """Yield the entries that have a mention of a release that changed, or is concerned."""
        concerned = self.changed.keys() | self.indexes.keys()
        for number in self.ledger.of_kind(kind):
            if not concerned.isdisjoint(self.ledger.releases(number)):
                yield number

    def _mentions_of(
        self, kind: Kind, releases: Iterable[str]
    ) -> Iterator[tuple[ThingOf, Mention]]:
        for release in releases:
            for thing, mention in MENTIONED[kind](self.indexes[release], self.paths):
                yield (release, thing), mention

    def _standing_mentions(
        self, kind: Kind, entries: Iterable[Entry]
    ) -> Iterator[tuple[ThingOf, Mention]]:
        """Yield the mentions of entries in releases that are as before, with their things."""
        heads = {entry.replaced_by or entry.path for entry in entries}
        known: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        for entry in entries:
            for mention in entry.mentions:
                known[mention.release][entry.replaced_by or entry.path].append(mention)
        standing = self.standing.paths.keys() - self.indexes.keys() - self.changed.keys()
        for release in known.keys() & standing:
            own = self.standing.paths[release]
            named = {Id(name): path for name, path in own.items() if path in heads}
            sole = _sole_mentions(named, known[release], self.ledger.replaced)
            if sole is not None:
                for thing, mention in sole.items():
                    yield (release, thing), mention
                continue
            index = self._standing_index(release)
            paths = {(release, Id(name)): path for name, path in own.items()}
            for thing, mention in MENTIONED[kind](index, paths):
                if thing in named:
                    yield (release, thing), mention

    def _standing_index(self, release: str) -> ReadingIndex:
        """Return the index of a release that is as before, made once for all kinds."""
        if release not in self.looked_into:
            self.looked_into[release] = ReadingIndex.of(self.standing.reading(release))
        return self.looked_into[release]

    def _settle(self, thing: ThingOf, path: str) -> None:
        """Take note of the path of a thing; who has another than before is concerned from now."""
        release, name = thing
        if release not in self.indexes and self.standing.paths[release][name.name] != path:
            self.indexes[release] = self._standing_index(release)
            own = self.standing.paths[release]
            self.paths |= {(release, Id(each)): was for each, was in own.items()}
        if release in self.indexes:
            self.paths[thing] = path

    def take_part(self) -> None:
        """Give what organisations newly take part in its entries."""
        readings = [index.reading for index in self.indexes.values()]
        pairs = {pair for each in readings for pair in participations(each, self.paths)}
        for pair in sorted(pairs):
            entry = participation(*pair)
            if entry.path not in self.ledger.numbers:
                self.new[entry.path] = entry
        replaced, given = self.ledger.replaced, self.taken
        for number in self.ledger.of_kind("participation") if replaced else ():
            entry = self.ledger.entry(number)
            moved = moved_participation(entry, replaced, given)
            if moved != entry:
                self.entries[number] = moved
        self.new |= {
            path: moved_participation(entry, replaced, given)
            for path, entry in self.new.items()
            if entry.kind == "participation"
        }


def _sole_mentions(
    named: Mapping[Id, str],
    known: Mapping[str, Sequence[Mention]],
    replaced: Mapping[str, str],
) -> Mapping[Id, Mention] | None:
    """Return the mentions of the things of a release that is as before, as the register has them.

    Every thing has one there. So where a path has one thing and one mention, that
    is it, and the release need not be looked into. None where this is not so.
    """
    if len(set(named.values())) < len(named):
        return None
    found = {thing: known.get(path, ()) for thing, path in named.items()}
    if any(len(mentions) != 1 for mentions in found.values()):
        return None
    sole = {thing: mentions[0] for thing, mentions in found.items()}
    if replaced and any(each.marks.renamed(replaced) != each.marks for each in sole.values()):
        return None
    return sole


class _Near:
    """Looks up which entries of a kind any rule may join with given ones; a thing is its heir."""

    def __init__(self, ledger: Ledger, kind: Kind) -> None:
        self._ledger, self._kind = ledger, kind
        self._members: dict[str, list[int]] = defaultdict(list)
        self._at: dict[tuple[str, str], set[str]] = defaultdict(set)
        for number in ledger.of_kind(kind):
            self._members[ledger.heir(number)].append(number)
            heir = ledger.heir(number)
            for word in ledger.words(number, HANDLES[kind]):
                self._at[word].add(heir)

    def to(self, numbers: Iterable[int], mentions: Iterable[Mention]) -> list[int]:
        """Return the numbers of `numbers` and all that may be joined with them or the mentions."""
        marks = {name: set[str]() for name in SETS}
        for mention in mentions:
            for name in SETS:
                marks[name] |= getattr(mention.marks, name)
        found: set[str] = set()
        waiting = {self._ledger.heir(number) for number in numbers}
        waiting |= self._joined(marks, found)
        while waiting:
            found |= waiting
            for thing in waiting:
                for number in self._members[thing]:
                    for name in SETS:
                        marks[name] |= self._ledger.marks(number, name)
            waiting = self._joined(marks, found)
        return sorted(number for thing in found for number in self._members[thing])

    def _joined(self, marks: Mapping[str, set[str]], found: Collection[str]) -> set[str]:
        """Return the things, but those that are `found`, that something with these marks may be."""
        words = ((name, mark) for name in HANDLES[self._kind] for mark in marks[name])
        near = {thing for word in words for thing in self._at.get(word, ())}.difference(found)
        if self._kind in _BY_HANDLE:
            return near
        ours = _marks(marks)
        return {thing for thing in near if same(self._kind, ours, self._of(thing))}

    def _of(self, thing: str) -> Marks:
        numbers = self._members[thing]
        return _marks(
            {n: {m for each in numbers for m in self._ledger.marks(each, n)} for n in SETS}
        )


def _marks(sets: Mapping[str, set[str]]) -> Marks:
    fields: dict[str, Any] = {name: frozenset(found) for name, found in sets.items()}
    return Marks(**fields)
