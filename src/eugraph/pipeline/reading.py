"""Reading many releases: what is known from before is not read again, the rest in processes.

Every reading is kept in the site (`readings/`), under a digest of all that
decides what is read: the bytes, what lies beside them, the corrections that
may concern it, and the program. So a build that was broken off, or refused,
loses no reading. What a service was asked for is not kept if it did not
answer.
"""

from __future__ import annotations

import json
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from eugraph.errors import DataError, EugraphError, ReleaseError
from eugraph.facts.corrections.correction import Corrected, Outcome
from eugraph.facts.fact import Reading
from eugraph.facts.stored import read_stored, without_words, write_reading
from eugraph.pipeline.inputs import Inputs, Source, key_of, source_of
from eugraph.pipeline.workings import Outline
from eugraph.releases.release import Release

FOLDER: Final = "readings"
"""Where a site keeps readings."""

Progress = Callable[[str, int, int], None]
"""Told of each step: its name, how much is done, how much there is."""


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ReadRelease:
    """A release, what it says, and what became of a person's corrections of it."""

    release: Release
    reading: Reading
    corrected: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one release at a time, and keeps what it read in a folder."""

    inputs: Inputs
    folder: Path

    def read(self, source: Source) -> ReadRelease | ReleaseError:
        """Return what a release says: as kept, else as read now; or why it cannot be read.

        No release keeps the others from being read, whatever goes wrong in it.
        """
        try:
            return self._read(source)
        except ReleaseError as error:
            return error
        except EugraphError:
            raise
        except Exception as error:  # noqa: BLE001  # nobody expected it: told, and the rest goes on
            return ReleaseError(str(source.path), f"cannot be read: {_unexpected(error)}")

    def _read(self, source: Source) -> ReadRelease:
        from eugraph.pipeline.extraction import read_corrected, read_own

        key = key_of(source, self.inputs)
        release = read_own(source.path)
        kept = self._kept(key, release)
        if kept is not None:
            return kept
        corrected = read_corrected(release, self.inputs.claimant, self.inputs.corrections)
        read = ReadRelease(release, *corrected)
        unchanged = source_of(source.path).digests == source.digests
        if unchanged and self.is_final(read):
            self._keep(key, read)
        return read

    def is_final(self, read: ReadRelease) -> bool:
        """Tell whether the same would be read again: not if a service did not answer."""
        return not (self.inputs.claimant and read.reading.notes)

    def forget_others(self, keys: Iterable[str]) -> None:
        """Delete the readings that are not those of `keys`."""
        wanted = {f"{key}.json" for key in keys}
        for path in self.folder.glob("*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _kept(self, key: str, release: Release) -> ReadRelease | None:
        with suppress(OSError, ValueError, TypeError, KeyError, DataError):
            first, _, rest = (self.folder / f"{key}.json").read_text("utf-8").partition("\n")
            known = {(each.file, each.number): each for each in self.inputs.corrections}
            corrected = tuple(
                Corrected(known[file, number], Outcome(outcome), reason)
                for file, number, outcome, reason in json.loads(first)
            )
            return ReadRelease(release, read_stored(rest), corrected)
        return None

    def _keep(self, key: str, read: ReadRelease) -> None:
        header = [
            [each.correction.file, each.correction.number, each.outcome, each.reason]
            for each in read.corrected
        ]
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self.folder / f"{key}.new"
        new.write_text(f"{json.dumps(header)}\n{write_reading(read.reading)}", encoding="utf-8")
        new.rename(self.folder / f"{key}.json")


def read_all(
    reader: Reader, known: Mapping[str, Outline], *, workers: int, strict: bool, progress: Progress
) -> tuple[tuple[Outline, ...], tuple[ReadRelease, ...], tuple[ReleaseError, ...]]:
    """Return all releases in outline, those that were read now, and what could not be read.

    `known` are the outlines from before, by the ids of their releases. Of files
    with the same text only the first by name is a release: a copy is no second
    source. With `strict` the first file that cannot be read, or is a copy,
    raises its `ReleaseError`.
    """
    sources = reader.inputs.sources
    keys = {source.id: key_of(source, reader.inputs) for source in sources}
    new = [source for source in sources if not _is_known(source, keys, known)]
    outlines: dict[str, Outline] = {}
    read: list[ReadRelease] = []
    left_out: list[ReleaseError] = []
    progress("reading", 0, len(new))
    for done, outcome in enumerate(_outcomes(new, reader, workers), start=1):
        if isinstance(outcome, ReadRelease):
            read.append(outcome)
            key = keys[outcome.release.id] if reader.is_final(outcome) else ""
            outlines[outcome.release.id] = _outline(outcome, key)
        elif strict:
            raise outcome
        else:
            left_out.append(outcome)
        progress("reading", done, len(new))
    for source in sources:
        if _is_known(source, keys, known):
            outlines[source.id] = known[source.id]
    if not outlines:
        reasons = (
            "; ".join(map(str, (*reader.inputs.left_out, *left_out, *reader.inputs.passed_over)))
            or "no .txt, .html, .docx or .pdf there"
        )
        raise ReleaseError("the releases", f"none could be read ({reasons})")
    copies = _copies(sources, outlines)
    if strict and copies:
        raise next(iter(copies.values()))
    chosen = [each.id for each in sources if each.id in outlines and each.id not in copies]
    return (
        tuple(outlines[name] for name in chosen),
        tuple(each for each in read if each.release.id not in copies),
        (*left_out, *copies.values()),
    )


def _copies(
    sources: Sequence[Source], outlines: Mapping[str, Outline]
) -> Mapping[str, ReleaseError]:
    """Return what to tell of each release whose text is that of an earlier one by name."""
    first: dict[str, Path] = {}
    copies: dict[str, ReleaseError] = {}
    for source in sorted(sources, key=lambda each: (each.path.name, str(each.path))):
        if source.id in outlines:
            original = first.setdefault(outlines[source.id].sha256, source.path)
            if original is not source.path:
                copies[source.id] = ReleaseError(str(source.path), _COPY.format(original))
    return copies


_COPY: Final = "has the same text as {}, and is left out: a copy is no second source; remove one"


def _outline(read: ReadRelease, key: str) -> Outline:
    """Return a release in outline; an empty key is that of nothing, so that it is read again."""
    reading = read.reading
    return Outline(
        read.release.id,
        key,
        read.release.sha256,
        partial(without_words, reading),
        len(reading.facts),
        len(reading.discrepancies),
        read.corrected,
    )


def _unexpected(error: Exception) -> str:
    """Return what a person can report of an error that nobody expected."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"{type(error).__name__} in {where}; that is a mistake in eugraph, please report it"


def _is_known(source: Source, keys: Mapping[str, str], known: Mapping[str, Outline]) -> bool:
    return source.id in known and known[source.id].key == keys[source.id]


def _outcomes(
    sources: Sequence[Source], reader: Reader, workers: int
) -> Iterator[ReadRelease | ReleaseError]:
    if workers == 1 or len(sources) <= 1:
        yield from map(reader.read, sources)
        return
    from concurrent.futures.process import BrokenProcessPool  # where there are several alone

    rest = deque(sources)
    while rest:
        try:
            for outcome in _in_processes(tuple(rest), reader, workers):
                rest.popleft()
                yield outcome
        except BrokenProcessPool:  # the system ended a process: find out over which release
            ended = False
            while rest and not ended:
                outcome, ended = _read_alone(rest.popleft(), reader)
                yield outcome


def _in_processes(
    sources: Sequence[Source], reader: Reader, workers: int
) -> Iterator[ReadRelease | ReleaseError]:
    import eugraph.pipeline.extraction  # noqa: F401  # once, and not in each process
    from eugraph.processes import processes

    with processes(workers) as pool:
        chunk = max(1, len(sources) // (workers * 8))
        yield from pool.map(partial(_read_with, reader), sources, chunksize=chunk)


def _read_alone(source: Source, reader: Reader) -> tuple[ReadRelease | ReleaseError, bool]:
    """Read a release in a process of its own; tells also whether that process was ended."""
    from concurrent.futures.process import BrokenProcessPool

    from eugraph.processes import processes

    try:
        with processes(1) as pool:
            return pool.submit(_read_with, reader, source).result(), False
    except BrokenProcessPool:
        reason = "cannot be read: the system ended the process that read it; is memory short?"
        return ReleaseError(str(source.path), reason), True


def _read_with(reader: Reader, source: Source) -> ReadRelease | ReleaseError:
    return reader.read(source)
