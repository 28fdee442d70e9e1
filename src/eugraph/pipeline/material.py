"""What an edition is made of: all releases in outline, and in full those that are asked for.

What persons decided on which things are one is decided here, over all
releases; it is the one step that needs every reading in full, and is left out
where nobody decided anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from eugraph.editions import GRAPH_BASE, Edition, editions
from eugraph.errors import ReleaseError, ShrinkError
from eugraph.facts.corrections.correction import Action, Corrected, outcomes
from eugraph.facts.fact import Reading
from eugraph.identity.decisions import Decision
from eugraph.pipeline.built import Options
from eugraph.pipeline.inputs import Inputs
from eugraph.pipeline.reading import FOLDER, Progress, Reader, ReadRelease, read_all
from eugraph.pipeline.workings import FILE, Outline, Workings, read_workings
from eugraph.triples.iris import SHARED_GRAPHS

_FEW = 3
"""Fewer releases may vanish from any site unasked."""

_FLAW = (
    "says something that cannot be published, and is left out: {} That is a mistake in eugraph; "
    "please report it with the file"
)

_OF_IDENTITY = frozenset({Action.SAME_AS, Action.SPLIT})


@dataclass(frozen=True)
class Base:
    """The newest edition, of which the next one is made, with its workings; None on a new site."""

    edition: Edition | None
    workings: Workings

    @cached_property
    def releases(self) -> frozenset[str]:
        """The ids of the releases that it publishes."""
        names = self.edition.graph_names if self.edition else ()
        return frozenset(name.removeprefix(GRAPH_BASE) for name in names) - SHARED_GRAPHS

    def graph(self, name: str) -> str:
        """Return a graph of it, empty if there was none."""
        return self.edition.graph(GRAPH_BASE + name) if self.edition else ""


@dataclass(frozen=True, slots=True)
class Material:
    """All releases in outline, those read now in full, and what persons decided.

    `corrected` tells what became of each correction.
    """

    reader: Reader
    outlines: tuple[Outline, ...]
    now: tuple[ReadRelease, ...]
    left_out: tuple[ReleaseError, ...]
    corrected: tuple[Corrected, ...]
    made: tuple[Decision, ...] = ()
    at_hand: Mapping[str, ReadRelease] = field(default_factory=dict)

    def changed(self, base: Base) -> Iterator[str]:
        """Yield the releases that are not as in `base`, new ones among them."""
        known = base.workings.releases
        for each in self.outlines:
            if each.id not in known or each is not known[each.id].outline:
                yield each.id

    def without(self, flaws: Mapping[str, str], *, strict: bool) -> Self:
        """Return what is left without some releases, which are left out, each for its reason.

        Raises `ReleaseError` for the first with `strict`, or if none is left.
        """
        paths = {source.id: str(source.path) for source in self.reader.inputs.sources}
        left_out = [ReleaseError(paths[each], _FLAW.format(why)) for each, why in flaws.items()]
        outlines = tuple(each for each in self.outlines if each.id not in flaws)
        if strict or not outlines:
            raise left_out[0]
        now = tuple(each for each in self.now if each.release.id not in flaws)
        return replace(self, outlines=outlines, now=now, left_out=(*self.left_out, *left_out))

    def full(self, release: str) -> ReadRelease:
        """Return a release and all it says; raises `ReleaseError` if its file has gone since."""
        return self.at_hand.get(release) or _full(self.reader, release)


def base_of(site: Path, inputs: Inputs) -> Base:
    """Return what the next edition of `site` can be made of."""
    newest = editions(site)[-1] if editions(site) else None
    if newest is None or not newest.whole:
        return Base(newest, Workings())
    path = newest.folder / FILE
    return Base(newest, read_workings(path, inputs.made_by, inputs.corrections))


def gather(
    inputs: Inputs, site: Path, base: Base, options: Options, progress: Progress
) -> Material:
    """Read what is not known and decide what persons decided.

    Raises `ReleaseError` and `ShrinkError` as `eugraph.pipeline.build` does.
    """
    if options.strict and inputs.left_out:
        raise inputs.left_out[0]
    _refuse_to_shrink((source.id for source in inputs.sources), base, options)
    reader = Reader(inputs, site / FOLDER)
    known = {name: worked.outline for name, worked in base.workings.releases.items()}
    outlines, now, left_out = read_all(
        reader, known, workers=options.workers, strict=options.strict, progress=progress
    )
    _refuse_to_shrink((each.id for each in outlines), base, options)
    corrected = [each for outline in outlines for each in outline.corrected]
    material = Material(
        reader,
        outlines,
        now,
        (*inputs.left_out, *left_out),
        outcomes(inputs.corrections, corrected),
        at_hand={each.release.id: each for each in now},
    )
    if any(each.action in _OF_IDENTITY for each in inputs.corrections):
        return _decided(material, inputs, corrected)
    return material


def _decided(material: Material, inputs: Inputs, corrected: Sequence[Corrected]) -> Material:
    """Decide which things of all releases are one, and let the readings tell of it."""
    from eugraph.identity.decide import decide

    all_ = [material.full(each.id) for each in material.outlines]
    decisions = decide(inputs.corrections, [(each.release, each.reading) for each in all_])
    both = list(zip(all_, decisions.readings, strict=True))
    at_hand = {one.release.id: replace(one, reading=reading) for one, reading in both}
    return replace(
        material,
        now=tuple(at_hand[each.release.id] for each in material.now),
        outlines=tuple(
            _with_reading(outline, *pair)
            for outline, pair in zip(material.outlines, both, strict=True)
        ),
        corrected=outcomes(inputs.corrections, (*corrected, *decisions.corrected)),
        made=decisions.made,
        at_hand=at_hand,
    )


def _with_reading(outline: Outline, read: ReadRelease, reading: Reading) -> Outline:
    """Return an outline under another key, if its reading tells of a decision."""
    if reading == read.reading:
        return outline
    content = repr((outline.key, reading.discrepancies))
    return replace(outline, key=hashlib.sha256(content.encode()).hexdigest())


def _full(reader: Reader, release: str) -> ReadRelease:
    (source,) = (each for each in reader.inputs.sources if each.id == release)
    read = reader.read(source)
    if isinstance(read, ReleaseError):
        raise read
    return read


def _refuse_to_shrink(releases: Iterable[str], base: Base, options: Options) -> None:
    published = base.releases
    gone = published - set(releases)
    too_many = len(gone) >= _FEW and len(gone) > options.shrink_share * len(published)
    if too_many and not options.allow_shrink:
        raise ShrinkError(len(gone), len(published), min(gone))
