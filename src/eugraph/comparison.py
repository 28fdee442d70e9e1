"""Two editions compared: which triples and things came, went and changed, and why.

Triples are those of the default graph, things those of `eugraph.changes`. Why
an edition differs is told by what it was made of: files, decisions of persons
and services, versions; why a thing differs, by the releases that now say
something else of it. That needs both editions to be whole; of old ones the
rest is told from their files for download.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import IO, Final

from eugraph.changes import Action, Changes
from eugraph.dumps import STEM
from eugraph.editions import GRAPH_BASE, Edition
from eugraph.search import Index
from eugraph.store import merged
from eugraph.triples.iris import ID
from eugraph.triples.ntriples import split_ntriples

ADDED: Final = "urn:eugraph:added"
REMOVED: Final = "urn:eugraph:removed"
"""The graphs of a difference as N-Quads."""

_LABELS: Final = (
    "<http://www.w3.org/2004/02/skos/core#prefLabel>",
    "<http://purl.org/dc/terms/title>",
)

_OF_A_RELEASE: Final = re.compile(r"(?:release|text|selector|assertion)/([^/#>]+)")
"""The paths of a release and of what belongs to it: its versions, text, words and assertions."""


@dataclass(frozen=True, slots=True)
class Altered:
    """A thing that differs: its path, what became of it, its triples that came and went.

    Those of a release are also those of its versions, text, words and assertions.
    `releases` are the ids of those that say something else of it than before,
    `name` is what it is called, empty if nothing says that. Of a release,
    `written` are the lines that its text has now, and `struck` those it had.
    """

    path: str
    action: Action
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    name: str = ""
    written: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """Its IRI."""
        return ID + self.path

    @property
    def is_rewritten(self) -> bool:
        """Whether it is a release with another text."""
        return bool(self.written or self.struck)


@dataclass(frozen=True, slots=True)
class Difference:
    """What `new` has that `old` has not, and the reverse.

    `added` and `removed` are sorted lines of N-Triples. `causes` are lines for
    a person: what the edition was made of that the other was not.
    """

    old: int
    new: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    things: tuple[Altered, ...] = ()
    causes: tuple[str, ...] = field(default=())


def compare(old: Edition, new: Edition, language: str = "en") -> Difference:
    """Return how two editions differ; they may be any two. Things are named in `language`."""
    removed, added = _triples(old, new)
    gone, come = _by_thing(removed), _by_thing(added)
    releases = _releases(old, new)
    altered = sorted(_things(old, new))
    names = _names(old, new, [ID + path for path, _ in altered], language)
    things = tuple(
        Altered(
            path,
            action,
            tuple(come[path]),
            tuple(gone[path]),
            tuple(sorted(releases[path])),
            names.get(ID + path) or _name_in(ID + path, (*come[path], *gone[path])),
            *_rewritten(old, new, path),
        )
        for path, action in altered
    )
    return Difference(old.number, new.number, added, removed, things, tuple(_causes(old, new)))


def to_nquads(difference: Difference) -> Iterator[str]:
    """Yield a difference as N-Quads, sorted: two graphs, of what came and of what went."""
    sides = ((difference.added, ADDED), (difference.removed, REMOVED))
    yield from sorted(_in_graph(line, name) for lines, name in sides for line in lines)


def to_update(difference: Difference) -> Iterator[str]:
    """Yield a difference as SPARQL 1.1 Update, which makes the one default graph of the other."""
    sides = (("DELETE DATA", difference.removed), ("INSERT DATA", difference.added))
    operations = [(verb, lines) for verb, lines in sides if lines]
    for number, (verb, lines) in enumerate(operations):
        yield f"{';' if number else ''}{verb} {{\n"
        yield from lines
        yield "}\n"


def to_record(difference: Difference) -> dict[str, object]:
    """Return a difference as one JSON object."""
    return {
        "old": difference.old,
        "new": difference.new,
        "causes": list(difference.causes),
        "added": len(difference.added),
        "removed": len(difference.removed),
        "things": [
            {
                "iri": each.iri,
                "action": str(each.action),
                "added": [line.strip() for line in each.added],
                "removed": [line.strip() for line in each.removed],
                "releases": list(each.releases),
                "text": {"added": list(each.written), "removed": list(each.struck)},
            }
            for each in difference.things
        ],
    }


def _names(old: Edition, new: Edition, iris: Sequence[str], language: str) -> Mapping[str, str]:
    """Return what things are called, the newer edition asked first; of old ones nothing is left."""
    whole = (edition for edition in (old, new) if edition.search.exists())
    found: dict[str, str] = {}
    for edition in whole:
        named = Index(edition.search).names(iris, language=language)
        found |= {iri: name for iri, (name, _) in named.items()}
    return found


def _rewritten(old: Edition, new: Edition, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of a release's text that came, and those that went, if both are kept."""
    release = path.removeprefix("release/")
    files = [edition.folder / "texts" / f"{release}.txt" for edition in (old, new)]
    if release == path or not all(file.exists() for file in files):
        return (), ()
    before, after = (edition.text(release).splitlines() for edition in (old, new))
    came: list[str] = []
    went: list[str] = []
    for tag, *(first, last, start, end) in SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            went += before[first:last]
            came += after[start:end]
    return _without_blank(came), _without_blank(went)


def _without_blank(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(kept for line in lines if (kept := line.strip()))


def _name_in(iri: str, lines: Iterable[str]) -> str:
    """Return what a thing is called in what came or went of it, empty if nothing says that."""
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject == f"<{iri}>" and predicate in _LABELS and value.startswith('"'):
            return value[1 : value.rindex('"')]
    return ""


def _triples(old: Edition, new: Edition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that only the one default graph has, and those that only the other has."""
    went: list[str] = []
    came: list[str] = []
    with ExitStack() as files:
        ours, theirs = _lines(old, files), _lines(new, files)
        one, two = next(ours, None), next(theirs, None)
        while one is not None or two is not None:
            if one == two:
                one, two = next(ours, None), next(theirs, None)
            elif two is None or (one is not None and one < two):
                went.append(one or "")
                one = next(ours, None)
            else:
                came.append(two)
                two = next(theirs, None)
    return tuple(went), tuple(came)


def _lines(edition: Edition, files: ExitStack) -> Iterator[str]:
    """Return the lines of an edition's default graph, sorted; they are read as they are asked."""
    path = edition.dumps / f"{STEM}.nt"
    if not path.exists():
        return merged(edition.graphs.values())
    return iter(files.enter_context(_opened(path)))


def _opened(path: Path) -> IO[str]:
    return path.open(encoding="utf-8", newline="\n")


def _by_thing(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        found[_thing(line)].append(line)
    return found


def _thing(line: str) -> str:
    """Return the path of the thing that a line is about; what belongs to a release is of that."""
    path = line[1 : line.index(">")].removeprefix(ID)
    release = _OF_A_RELEASE.match(path)
    return f"release/{release[1]}" if release else path


def _things(old: Edition, new: Edition) -> Iterator[tuple[str, Action]]:
    was, now = (
        {
            thing.path: thing.sha256
            for thing in Changes(edition.changes).things()
            if not thing.deleted
        }
        for edition in (old, new)
    )
    for path in {*was, *now}:
        if path not in was:
            yield path, Action.CREATE
        elif path not in now:
            yield path, Action.DELETE
        elif was[path] != now[path]:
            yield path, Action.UPDATE


def _releases(old: Edition, new: Edition) -> dict[str, set[str]]:
    """Return the releases that say something else of a thing, by its path."""
    found: dict[str, set[str]] = defaultdict(set)
    if not (old.whole and new.whole):
        return found
    for iri in {*old.graph_names, *new.graph_names}:
        before, after = (
            edition.folder / "graphs" / f"{iri.removeprefix(GRAPH_BASE)}.nt"
            for edition in (old, new)
        )
        if before.exists() and after.exists() and before.samefile(after):
            continue
        for line in set(split_ntriples(old.graph(iri))) ^ set(split_ntriples(new.graph(iri))):
            found[_thing(line)].add(iri.removeprefix(GRAPH_BASE))
    return found


def _causes(old: Edition, new: Edition) -> Iterator[str]:
    before, after = old.manifest, new.manifest
    if after.copy_of:
        yield f"edition {new.number} is edition {after.copy_of} again"
    yield from _input_changes("file", before.inputs, after.inputs)
    yield from _input_changes("version of", before.versions, after.versions)
    if before.program != after.program:
        yield f"made by {after.program}, before by {before.program}"


def _input_changes(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        if name not in before:
            yield f"new {what} {name}"
        elif name not in after:
            yield f"{what} {name} is gone"
        elif before[name] != after[name]:
            yield f"{what} {name} changed"


def _in_graph(line: str, name: str) -> str:
    return f"{line.removesuffix(chr(10)).removesuffix('.')}<{name}> .\n"
