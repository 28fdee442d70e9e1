"""What an edition keeps of its making, so that the next one is made of it and of what changed.

`workings.jsonl` lies in the folder of the edition and holds, of each release,
what the steps that look at all releases need, and what was made of it alone.
It is lines of JSON and nothing else, and used only if this very program wrote
it, to the byte; without it the next edition is made from the releases, with
the same outcome.

A line of a release that did not change is written as it was read, and what it
says in full (`Outline.bare`) is looked into only if somebody asks. Things and
facts are written once, whichever releases they occur in, and releases name
them by number: most of them are alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from msgspec import DecodeError
from msgspec.json import decode

from eugraph.facts.corrections.correction import Corrected, Correction, Outcome
from eugraph.facts.fact import Reading
from eugraph.facts.stored import decoded, encoded
from eugraph.pipeline.results import finding_data, read_finding, read_result, result_data
from eugraph.validation import Finding, Result

FILE: Final = "workings.jsonl"
FORMAT: Final = 6

_MOST: Final = 2
"""So many times the values that an edition from nothing had, and all are written anew."""

Label = tuple[str, str, str]
"""What a graph calls a thing: its IRI, the language, the name."""

Recalled = tuple[tuple[Label, ...], frozenset[str]]
"""The labels of a graph, and the nodes that it names."""


@dataclass(frozen=True)
class Outline:
    """A release as far as the steps that look at all releases need it.

    `key` is a digest of all it was read from, `sha256` that of its text, `recall`
    returns its reading without words, `corrected` is what became of a person's corrections of it.
    """

    id: str
    key: str
    sha256: str
    recall: Callable[[], Reading] = field(repr=False, compare=False)
    facts: int
    discrepancies: int
    corrected: tuple[Corrected, ...] = ()

    @cached_property
    def bare(self) -> Reading:
        """Its reading without words."""
        return self.recall()


@dataclass(frozen=True)
class Names:
    """What a release and its graph name, looked into only if somebody asks.

    `digest` is that of all its graph was made of, `paths` are those of its
    things by their ids (`project-1`: `project/wir-2017`), `common` the keys of
    what it shares with all (`eugraph.triples.reference`); `recall` returns the rest.
    """

    digest: str
    paths: Mapping[str, str]
    common: frozenset[str]
    recall: Callable[[], Recalled] = field(repr=False, compare=False)

    @cached_property
    def _recalled(self) -> Recalled:
        return self.recall()

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels that its graph would have if it were alone."""
        return self._recalled[0]

    @property
    def nodes(self) -> frozenset[str]:
        """The nodes of its graph that reference data may tell of."""
        return self._recalled[1]


@dataclass(frozen=True, slots=True)
class Worked:
    """What was made of one release.

    `results` is what the checks of its graph alone gave. `line` is how that
    was written down.
    """

    outline: Outline
    names: Names
    results: tuple[Result, ...]
    line: bytes = field(default=b"", repr=False, compare=False)


Found = tuple[tuple[Result, ...], tuple[Result, ...], tuple[Finding, ...]]
"""Results of the reference data, those of all releases together, and all results in words."""


def _nothing() -> Found:
    return (), (), ()


@dataclass(frozen=True)
class Workings:
    """What was made of each release, by its id; empty where nothing is known.

    `recall` returns what the checks gave besides those of each release alone.
    `decided` tells whether persons decided which things are one, `contested`
    whether two things would be the same as one elsewhere. `values` are
    the things and facts as they are written, `first` how many there were when
    all were written anew.
    """

    releases: Mapping[str, Worked] = field(default_factory=dict)
    recall: Callable[[], Found] = field(default=_nothing, repr=False, compare=False)
    decided: bool = False
    contested: bool = False
    values: Sequence[bytes] = ()
    first: int = 0

    @cached_property
    def _found(self) -> Found:
        return self.recall()

    @property
    def shared(self) -> tuple[Result, ...]:
        """What the checks of the reference data gave."""
        return self._found[0]

    @property
    def together(self) -> tuple[Result, ...]:
        """What the checks of all releases together gave."""
        return self._found[1]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All results of the edition in words."""
        return self._found[2]


def write_workings(path: Path, workings: Workings, made_by: str) -> None:
    """Write the workings of an edition that was made by the program of this name.

    Releases with a `line` have it from workings with these `values`.
    """
    if len(workings.values) > _MOST * workings.first:
        anew = {name: replace(each, line=b"") for name, each in workings.releases.items()}
        workings = replace(workings, releases=anew, values=())
    values = {line: number for number, line in enumerate(workings.values)}
    lines = [each.line or _written(each, values) for each in workings.releases.values()]
    shared, together = ([*map(result_data, each)] for each in (workings.shared, workings.together))
    found = _json([shared, together, [*map(finding_data, workings.findings)]])
    body = b"".join(b"%b\n" % line for line in chain([found], lines, values))
    header = {
        "format": FORMAT,
        "made_by": made_by,
        "sha256": hashlib.sha256(body).hexdigest(),
        "releases": len(lines),
        "decided": workings.decided,
        "contested": workings.contested,
        "first": workings.first if workings.values else len(values),
    }
    with path.open("wb") as file:
        file.writelines((_json(header), b"\n", body))


def read_workings(path: Path, made_by: str, corrections: Sequence[Correction]) -> Workings:
    """Return the workings at `path`; none if they are missing, damaged or another program's.

    Corrections are looked up among those that hold now: where one is not found,
    the release was read with others, and has the key of none.
    """
    try:
        written = path.read_bytes()
        first, found, *lines = written.split(b"\n")
        lines.pop()  # nothing follows the last line feed
        header = json.loads(first)
        body = memoryview(written)[len(first) + 1 :]
        stamp = (header["format"], header["made_by"], header["sha256"])
        if stamp != (FORMAT, made_by, hashlib.sha256(body).hexdigest()):
            return Workings()
        number = header["releases"]
        values = _Values(lines[number:])
        known = {(each.file, each.number): each for each in corrections}
        worked = [_worked(line, values, known) for line in lines[:number]]
        return Workings(
            {each.outline.id: each for each in worked},
            partial(_read_found, found),
            header["decided"],
            header["contested"],
            values.lines,
            header["first"],
        )
    except (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError, DecodeError):
        return Workings()


class _Values:
    """Things and facts as they are written, each made when it is asked for."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self.lines = lines
        self._made: dict[int, Any] = {}

    def reading(self, release: str, text: bytes) -> Reading:
        """Return the reading without words that is written as the numbers of its values."""
        things, facts = json.loads(text)
        return Reading(release, tuple(map(self._value, things)), tuple(map(self._value, facts)))

    def _value(self, number: int) -> Any:  # noqa: ANN401  # whatever a reading holds
        if number not in self._made:
            self._made[number] = decoded(json.loads(self.lines[number]))
        return self._made[number]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _written(worked: Worked, values: dict[bytes, int]) -> bytes:
    """Return the line of a release: what all need, what it names, and its reading, tabs between."""

    def number(value: object) -> int:
        return values.setdefault(_json(encoded(value)), len(values))

    outline = worked.outline
    corrected = [
        [each.correction.file, each.correction.number, each.outcome, each.reason]
        for each in outline.corrected
    ]
    names = worked.names
    parts = (
        [
            outline.id, outline.key, outline.sha256, outline.facts, outline.discrepancies,
            corrected, names.digest, names.paths, sorted(names.common),
            [*map(result_data, worked.results)],
        ],
        [names.labels, " ".join(sorted(names.nodes))],
        [[number(each) for each in part] for part in (outline.bare.things, outline.bare.facts)],
    )  # fmt: skip
    return b"\t".join(map(_json, parts))


def _worked(line: bytes, values: _Values, known: Mapping[tuple[str, int], Correction]) -> Worked:
    outline, named, bare = line.split(b"\t")
    name, key, sha256, facts, discrepancies, corrected, *rest = decode(outline)
    digest, paths, common, results = rest
    if all((file, number) in known for file, number, *_ in corrected):
        outcomes = tuple(
            Corrected(known[file, number], Outcome(outcome), reason)
            for file, number, outcome, reason in corrected
        )
    else:
        key, outcomes, line = "", (), b""
    return Worked(
        Outline(
            name, key, sha256, partial(values.reading, name, bare), facts, discrepancies, outcomes
        ),
        Names(digest, paths, frozenset(common), partial(_recalled, named)),
        tuple([read_result(each) for each in results]),
        line,
    )


def _read_found(line: bytes) -> Found:
    shared, together, findings = json.loads(line)
    return (
        tuple([read_result(each) for each in shared]),
        tuple([read_result(each) for each in together]),
        tuple([read_finding(each) for each in findings]),
    )


def _recalled(named: bytes) -> Recalled:
    labels, nodes = decode(named)
    called = tuple([(iri, language, text) for iri, language, text in labels])
    return called, frozenset(nodes.split())
