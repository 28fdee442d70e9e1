"""What an edition is made of, and by which program: digests, so that a change is seen."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from eugraph.editions import current
from eugraph.errors import ReleaseError, SiteError
from eugraph.facts.claim import Claimant
from eugraph.facts.corrections.correction import Correction, load_corrections
from eugraph.facts.corrections.given import Known
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.reconciliation.candidate import FILE as CANDIDATES
from eugraph.releases.find import find_releases
from eugraph.releases.read import release_id
from eugraph.releases.sidecar import not_taken, sidecar_of
from eugraph.shipped import shipped
from eugraph.triples.wording import concept_names

SHIPPED = (
    "ontology",
    "shapes",
    "data/languages.toml",
    "data/licences.toml",
    "data/lexicon",
    "data/gazetteer",
    "data/wording",
    "data/language-model",
)
"""The shipped files that decide what an edition says."""

_PACKAGE = Path(__file__).parents[1]
_DIGEST_LENGTH = 64
_PART: Final = 1 << 16


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
    names the program with its version and a digest of the files it works by,
    `left_out` are files that are not read at all, and metadata that is not
    taken; `passed_over` files of kinds that are not read, which change nothing.
    """

    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    decided: Mapping[str, str]
    claimant: Claimant | None
    made_by: str
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
    paths: Iterable[Path], site: Path, *, overrides: Path | None, claimant: Claimant | None
) -> Inputs:
    """Return what an edition of the releases at `paths` is made of.

    Raises `ReleaseError` for a path that leads to no releases, `DataError` if a
    correction is malformed.
    """
    found = find_releases(paths)
    sources = tuple(source_of(path) for path in found.releases)
    maker = made_by(claimant)
    return Inputs(
        sources,
        corrections_in(overrides),
        dict(_decided(site, overrides)),
        claimant,
        maker,
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
        if looked_into and beside.is_file() and (note := not_taken(beside)):
            yield note


def _left_out(name: object) -> str:
    """Return the name that what is left out of an input has among the digests."""
    return f"{name} (left out)"


def source_of(path: Path) -> Source:
    """Return a file with its digests as they are now."""
    files = (path, sidecar_of(path))
    return Source(path, release_id(path), {f.name: _digest(f) for f in files if f.exists()})


def corrections_in(folder: Path | None) -> tuple[Correction, ...]:
    """Return the corrections in a folder; raises `DataError` for a malformed one."""
    if folder is None:
        return ()
    return load_corrections(folder, Known(load_knowledge().gazetteer, concept_names()))


def made_by(claimant: Claimant | None) -> str:
    """Return the name of the program, with a claimant's if one reads besides."""
    return f"{_program()} with {claimant.name}" if claimant else _program()


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of what makes an edition: the program's, and digests of what it uses."""
    return {"eugraph": version("eugraph")} | {
        Path(name).stem: _digest_of_all([shipped(name)])[:12] for name in SHIPPED
    }


@cache
def _program() -> str:
    digest = _digest_of_all([*map(shipped, SHIPPED), *sorted(_PACKAGE.rglob("*.py"))])
    return f"eugraph {version('eugraph')} ({digest[:12]})"


def _decided(site: Path, overrides: Path | None) -> Iterator[tuple[str, str]]:
    if (site / CANDIDATES).exists():
        yield CANDIDATES, _digest(site / CANDIDATES)
    for path in sorted(overrides.glob("*.toml")) if overrides else []:
        yield f"overrides/{path.name}", _digest(path)


def key_of(source: Source, inputs: Inputs) -> str:
    """Return a digest of all that decides what is read in one release."""
    made_of = (inputs.made_by, source.path.name, sorted(source.digests.items()))
    concerning = [each for each in inputs.corrections if _may_concern(each, source)]
    return hashlib.sha256(repr((made_of, concerning)).encode()).hexdigest()


def _may_concern(correction: Correction, source: Source) -> bool:
    """Tell whether a correction may be of a release; a digest of its text is not known yet."""
    named = correction.at.release
    return named is None or named == source.id or len(named) == _DIGEST_LENGTH


def _digest_of_all(roots: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(_files(root)):
            with open(path, "rb") as file:  # noqa: PTH123  # every build waits for it
                digest.update(f"{os.path.basename(path)}\n".encode() + file.read())  # noqa: PTH119
    return digest.hexdigest()


def _files(root: Path) -> Iterator[str]:
    """Yield the files at or below `root`, but for what Python compiles."""
    if not root.is_dir():
        yield str(root)
    for folder, _, names in os.walk(root):
        yield from (f"{folder}{os.sep}{name}" for name in names if not name.endswith(".pyc"))


def _digest(path: Path) -> str:
    try:
        if not path.is_file():
            return "unreadable"  # a pipe would be waited for, a device read for ever
        with path.open("rb", buffering=0) as file:
            digest = hashlib.sha256()
            while part := file.read(_PART):
                digest.update(part)
            return digest.hexdigest()
    except OSError:
        return "unreadable"
