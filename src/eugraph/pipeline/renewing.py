"""What releases share, made of the edition before and of what changed.

Which things are one is decided again for those that a changed release may have
a part in (`eugraph.identity.renewal`). Of the graphs that releases share, only
what is told of things that a release names otherwise than before is made anew,
from all releases that name them. The outcome is that of making all anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, starmap

from rdflib.namespace import OWL, SKOS

from eugraph.facts.fact import Reading
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.ledger import Ledger
from eugraph.identity.renewal import Renewed, Standing, renew
from eugraph.identity.resolve import Keys
from eugraph.pipeline.material import Base, Material
from eugraph.pipeline.settled import keys_of
from eugraph.pipeline.workings import Worked
from eugraph.reconciliation.candidate import FILE as CANDIDATES
from eugraph.triples.identification import (
    describe_identification,
    describe_replaced,
    identified_path,
)
from eugraph.triples.iris import ID, IDENTITY_GRAPH, LINKS_GRAPH, REFERENCE_GRAPH
from eugraph.triples.links import is_link, linked_again, links_of_common, links_of_things
from eugraph.triples.ntriples import Triple, ntriples_line, split_ntriples
from eugraph.triples.reference import common_keys, describe_common, named_things

_SHARE = 4
"""Where more than one of so many releases changed, making all anew is as quick."""

_SAME = f" <{OWL.sameAs}> "


Named = Callable[[Reading, Keys, Gazetteer], Iterator[Triple]]
"""Describes the things that a reading names."""

Common = Callable[[str, Gazetteer], Iterator[Triple]]
"""Describes what is the same in all releases, by its key."""

ByNode = Mapping[str, Sequence[Triple]]
"""The triples about things, by their nodes."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The keys of the things that may have others than before, and what releases share.

    `register` is as it is written, `texts` are the shared graphs by their IRIs.
    """

    keys: Keys
    register: str
    texts: Mapping[str, str]


def renewed(base: Base, material: Material, gazetteer: Gazetteer) -> Shared | None:
    """Return what releases share, made of what they shared before.

    None where that is not known, where persons or services decided anything,
    where much changed, or where a thing turns out to be another of before.
    """
    if base.edition is None or not _can_be_renewed(base, material):
        return None
    worked = base.workings.releases
    here = {outline.id: outline for outline in material.outlines}
    changed: dict[str, Reading | None] = dict.fromkeys(worked.keys() - here.keys())
    changed |= {name: here[name].bare for name in material.changed(base)}
    if len(changed) * _SHARE > len(here):
        return None
    standing = {name: each for name, each in worked.items() if name not in changed}
    ledger = Ledger(base.edition.written_register)
    outcome = renew(
        ledger, changed,
        Standing(
            {name: each.names.paths for name, each in standing.items()},
            lambda name: standing[name].outline.bare,
        ),
    )  # fmt: skip
    if outcome is None:
        return None
    return _Sharing(base, outcome, changed, standing, gazetteer).shared(ledger)


def _can_be_renewed(base: Base, material: Material) -> bool:
    if base.edition is None or base.releases != base.workings.releases.keys():
        return False
    before, now = base.edition.manifest, material.reader.inputs.decided
    nobody = not (material.made or base.workings.decided or base.workings.contested)
    return nobody and before.copy_of is None and CANDIDATES not in {*before.inputs, *now}


class _Sharing:
    """The work on what is shared: `concerned` are the releases whose part in it may be another."""

    def __init__(
        self,
        base: Base,
        outcome: Renewed,
        changed: Mapping[str, Reading | None],
        standing: Mapping[str, Worked],
        gazetteer: Gazetteer,
    ) -> None:
        self.base, self.outcome, self.gazetteer = base, outcome, gazetteer
        self.standing = standing
        self.readings = {name: each for name, each in changed.items() if each is not None}
        self.paths: dict[str, dict[str, str]] = {name: {} for name in self.readings}
        for (release, thing), path in outcome.paths.items():
            self.paths.setdefault(release, {})[thing.name] = path
        self.concerned = {*changed, *self.paths}

    def shared(self, ledger: Ledger) -> Shared | None:
        """Return what is shared now; None if two things would be the same as one elsewhere."""
        links = self._links()
        own = [line.split(" ")[2] for line in links if _SAME in line]
        if len(own) != len(set(own)):
            return None
        texts = {
            str(REFERENCE_GRAPH): _text(self._graph("reference", named_things, describe_common)),
            str(IDENTITY_GRAPH): _text(self._identity(ledger)),
            str(LINKS_GRAPH): self._links_text(links),
        }
        keys = {
            (release, thing): path.partition("/")[2]
            for (release, thing), path in self.outcome.paths.items()
        }
        written = ledger.written(self.outcome.entries, self.outcome.new)
        return Shared(Keys(keys), written, texts)

    def _links_text(self, links: Iterable[str]) -> str:
        """Return the links graph: that of before if these are its links."""
        before = self.base.graph("links")
        as_before = set(filter(is_link, split_ntriples(before))) == set(links)
        return before if as_before else linked_again(links)

    def _links(self) -> list[str]:
        lines = self._graph("links", links_of_things, links_of_common)
        return list(filter(is_link, lines))

    def _graph(self, name: str, named: Named, common: Common) -> set[str]:
        """Return the lines of a shared graph, of which these functions describe parts."""
        lines = split_ntriples(self.base.graph(name))
        kept = set(lines)
        came, gone = self._common
        kept -= {ntriples_line(each) for key in gone for each in common(key, self.gazetteer)}
        kept |= {ntriples_line(each) for key in came for each in common(key, self.gazetteer)}
        descriptions = _Descriptions(named, self.gazetteer)
        altered = self._altered(descriptions)
        sharers = self._sharers(altered)
        for node in altered:
            before = list(_beginning(lines, f"<{node}> "))
            kept -= set(before)
            kept |= self._agreed(descriptions, node, before, sharers[node])
        return kept

    @cached_property
    def _common(self) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of what is the same in all releases that come, and those that go."""
        before, worked = self.base.workings.releases, self.standing.items()
        others = frozenset[str]().union(
            *(w.names.common for r, w in worked if r not in self.concerned)
        )
        was = (before[name].names.common for name in self.concerned & before.keys())
        now = (common_keys(self._reading(name), self.gazetteer) for name in self.paths)
        old, new = frozenset[str]().union(*was) - others, frozenset[str]().union(*now) - others
        return new - old, old - new

    def _altered(self, descriptions: _Descriptions) -> set[str]:
        """Return the nodes of which a release tells something else than before."""
        altered: set[str] = set()
        before = self.base.workings.releases
        for name in self.concerned:
            was: ByNode = {}
            if name in before:
                was = descriptions.by(before[name].outline.bare, before[name].names.paths)
            now = self._now(descriptions, name) if name in self.paths else {}
            altered |= {
                node for node in {*was, *now} if set(was.get(node, ())) != set(now.get(node, ()))
            }
        return altered

    def _now(self, descriptions: _Descriptions, name: str) -> ByNode:
        if name in self.paths:
            return descriptions.by(self._reading(name), self.paths[name])
        return descriptions.by(self._reading(name), self.standing[name].names.paths)

    def _reading(self, name: str) -> Reading:
        return self.readings.get(name) or self.standing[name].outline.bare

    def _sharers(self, nodes: Collection[str]) -> Mapping[str, list[str]]:
        """Return the releases that name things, by their nodes, in order."""
        sharers: dict[str, list[str]] = defaultdict(list)
        paths = {name: each.names.paths for name, each in self.standing.items()} | self.paths
        for name in sorted(paths):
            for path in {*paths[name].values()}:
                if ID + path in nodes:
                    sharers[ID + path].append(name)
        return sharers

    def _agreed(
        self, descriptions: _Descriptions, node: str, before: Iterable[str], sharers: Iterable[str]
    ) -> set[str]:
        """Return what all who name a thing tell of it, its labels those of the first.

        As soon as all that was told `before` is found, only those who changed
        can tell more: who did not was heard then.
        """
        labels: dict[str, str] = {}
        found: set[str] = set()
        waiting = {_label(line) or line for line in before}
        for name in sharers:
            if not waiting and name not in self.concerned:
                continue
            for triple in self._now(descriptions, name).get(node, ()):
                line = ntriples_line(triple)
                if label := _label(line):
                    labels.setdefault(label, line)
                else:
                    found.add(line)
                waiting.discard(label or line)
        return found | {*labels.values()}

    def _identity(self, ledger: Ledger) -> list[str]:
        """Return the lines of the identity graph."""
        lines = split_ntriples(self.base.graph("identity"))
        first, end = (bisect_left(lines, f"<{ID}identity{mark}") for mark in "/0")  # 0 follows /
        lines = lines[first:end]  # the rest tells what was replaced
        gone = {
            line
            for path in self.outcome.touched
            for line in _beginning(lines, f"<{ID}identity/{path}/")
            if identified_path(line) == path
        }
        moved = {
            entry.path: entry.replaced_by
            for entry in (*self.outcome.entries.values(), *self.outcome.new)
        }
        replaced = {old: new for old, new in {**ledger.replaced, **moved}.items() if new}
        fresh = chain(
            *map(describe_identification, self.outcome.identifications),
            *starmap(describe_replaced, replaced.items()),
        )
        return [*(line for line in lines if line not in gone), *map(ntriples_line, fresh)]


class _Descriptions:
    """What releases tell of the things they name, by node; each is asked once."""

    def __init__(self, named: Named, gazetteer: Gazetteer) -> None:
        self._named, self._gazetteer = named, gazetteer

    def by(self, reading: Reading, paths: Mapping[str, str]) -> ByNode:
        """Return what a reading tells whose things have these paths."""
        found: dict[str, list[Triple]] = defaultdict(list)
        for triple in self._named(reading, keys_of(reading.release_id, paths), self._gazetteer):
            found[str(triple[0])].append(triple)
        return found


def _beginning(lines: list[str], start: str) -> Iterator[str]:
    """Yield those of sorted lines that begin so."""
    place = bisect_left(lines, start)
    while place < len(lines) and lines[place].startswith(start):
        yield lines[place]
        place += 1


def _label(line: str) -> str:
    """Return the language of a preferred label, with its sign; empty for any other line."""
    if f"> <{SKOS.prefLabel}> " not in line:
        return ""
    return f"@{line.rpartition('@')[2]}" if line[-3:] != '" .' else "@"


def _text(lines: Iterable[str]) -> str:
    return "\n".join([*sorted(lines), ""])
