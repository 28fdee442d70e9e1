"""What an edition is made of, and by which program: digests, so that a change is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from eugraph.errors import ReleaseError
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
    taken.
    """

    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    decided: Mapping[str, str]
    claimant: Claimant | None
    made_by: str
    left_out: tuple[ReleaseError, ...] = ()

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of every file, by its name."""
        found: dict[str, str] = {}
        for source in self.sources:
            found |= source.digests
        found |= {f"{error.name} (left out)": error.reason for error in self.left_out}
        return found | dict(self.decided)


def take(
    paths: Iterable[Path], site: Path, *, overrides: Path | None, claimant: Claimant | None
) -> Inputs:
    """Return what an edition of the releases at `paths` is made of.

    Raises `ReleaseError` for a path that leads to no releases, `DataError` if a
    correction is malformed.
    """
    found = find_releases(paths)
    return Inputs(
        tuple(source_of(path) for path in found.releases),
        corrections_in(overrides),
        dict(_decided(site, overrides)),
        claimant,
        made_by(claimant),
        (*found.left_out, *_not_taken(found.releases)),
    )


def _not_taken(releases: Iterable[Path]) -> Iterator[ReleaseError]:
    """Yield what to tell of metadata that is not taken, while the release is read."""
    for beside in map(sidecar_of, releases):
        if beside.is_file() and (told := not_taken(beside)):
            yield told


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
    told = (inputs.made_by, source.path.name, sorted(source.digests.items()))
    concerning = [each for each in inputs.corrections if _may_concern(each, source)]
    return hashlib.sha256(repr((told, concerning)).encode()).hexdigest()


def _may_concern(correction: Correction, source: Source) -> bool:
    """Tell whether a correction may be of a release; a digest of its text is not known yet."""
    named = correction.at.release
    return named is None or named == source.id or len(named) == _DIGEST_LENGTH


def _digest_of_all(roots: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    if not path.is_file():
        return "unreadable"  # a pipe would be waited for, a device read for ever
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"
