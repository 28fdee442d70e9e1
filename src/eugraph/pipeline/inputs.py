"""What an edition is made of, and by which program: digests, so that a change is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from eugraph.editions import current
from eugraph.errors import ReleaseError, SiteError
from eugraph.facts.claim import Claimant
from eugraph.pipeline.program import program, versions
from eugraph.pipeline.stamps import UNREADABLE, Stamps, read_stamps
from eugraph.reconciliation.candidate import FILE as CANDIDATES
from eugraph.releases.file_name import release_id, sidecar_of
from eugraph.releases.find import find_releases

if TYPE_CHECKING:
    from eugraph.facts.corrections.correction import Correction

_DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a release; `digests` are those of its bytes and of what lies beside it, by name."""

    path: Path
    id: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that an edition is made of.

    `decided` are the digests of what persons and services decided, `made_by`
    names the program with its version and a digest of the files it works by
    (`versions` tells more),
    `left_out` are files that are not read at all, and metadata that is not
    taken; `passed_over` files of kinds that are not read, which change nothing.
    """

    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    decided: Mapping[str, str]
    claimant: Claimant | None
    made_by: str
    versions: Mapping[str, str]
    left_out: tuple[ReleaseError, ...] = ()
    passed_over: tuple[ReleaseError, ...] = ()

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of every file, by its name."""
        found: dict[str, str] = {}
        for source in self.sources:
            found |= source.digests
        found |= {_left_out(error.name): error.reason for error in self.left_out}
        return found | dict(self.decided)


def take(
    paths: Iterable[Path],
    site: Path,
    *,
    overrides: Path | None,
    claimant: Claimant | None,
    stamps: Stamps | None = None,
) -> Inputs:
    """Return what an edition of the releases at `paths` is made of.

    Files that `stamps` know, by default those of the site, are not read again.
    Raises `ReleaseError` for a path that leads to no releases, `DataError` if a
    correction is malformed.
    """
    stamps = stamps or read_stamps(site)
    found = find_releases(paths)
    sources = tuple(source_of(path, stamps) for path in found.releases)
    maker = program(stamps) + (f" with {claimant.name}" if claimant else "")
    return Inputs(
        sources,
        corrections_in(overrides),
        dict(_decided(site, overrides, stamps)),
        claimant,
        maker,
        versions(stamps),
        (*found.left_out, *_not_taken(sources, _taken_before(site, maker))),
        found.passed_over,
    )


def _taken_before(site: Path, maker: str) -> Mapping[str, str]:
    """Return the digests of the inputs of the edition that is served, if the same was taken of it.

    What is not taken depends on the program, and on the year.
    """
    try:
        manifest = current(site).manifest
    except SiteError:
        return {}
    this_year = manifest.created.startswith(f"{datetime.now(UTC).year}-")
    return manifest.inputs if this_year and manifest.program == maker else {}


def _not_taken(sources: Iterable[Source], before: Mapping[str, str]) -> Iterator[ReleaseError]:
    """Yield what to tell of metadata that is not taken, while the release is read.

    Where it is as `before`, it is looked into only if something was told of it.
    """
    for source in sources:
        beside = sidecar_of(source.path)
        digest = source.digests.get(beside.name)
        same = digest is not None and before.get(beside.name) == digest
        looked_into = digest is not None and not (same and _left_out(beside) not in before)
        if looked_into and beside.is_file():
            from eugraph.releases.sidecar import not_taken

            if note := not_taken(beside):
                yield note


def _left_out(name: object) -> str:
    """Return the name that what is left out of an input has among the digests."""
    return f"{name} (left out)"


def source_of(path: Path, stamps: Stamps | None = None) -> Source:
    """Return a file with its digests as they are now; without `stamps` it is read."""
    digest = (stamps or Stamps()).digest
    beside = sidecar_of(path)
    digests = {path.name: digest(str(path)), beside.name: digest(str(beside))}
    return Source(path, release_id(path), {name: each for name, each in digests.items() if each})


def corrections_in(folder: Path | None) -> tuple[Correction, ...]:
    """Return the corrections in a folder; raises `DataError` for a malformed one."""
    if folder is None:
        return ()
    from eugraph.facts.corrections.correction import load_corrections
    from eugraph.facts.corrections.given import Known
    from eugraph.facts.gazetteer.knowledge import load_knowledge
    from eugraph.triples.wording import concept_names

    return load_corrections(folder, Known(load_knowledge().gazetteer, concept_names()))


def _decided(site: Path, overrides: Path | None, stamps: Stamps) -> Iterator[tuple[str, str]]:
    if digest := stamps.digest(str(site / CANDIDATES)):
        yield CANDIDATES, digest
    for path in sorted(overrides.glob("*.toml")) if overrides else []:
        yield f"overrides/{path.name}", stamps.digest(str(path)) or UNREADABLE


def key_of(source: Source, inputs: Inputs) -> str:
    """Return a digest of all that decides what is read in one release."""
    made_of = (inputs.made_by, source.path.name, sorted(source.digests.items()))
    concerning = [each for each in inputs.corrections if _may_concern(each, source)]
    return hashlib.sha256(repr((made_of, concerning)).encode()).hexdigest()


def _may_concern(correction: Correction, source: Source) -> bool:
    """Tell whether a correction may be of a release; a digest of its text is not known yet."""
    named = correction.at.release
    return named is None or named == source.id or len(named) == _DIGEST_LENGTH
