"""What each edition created, updated and deleted: for feeds, harvesters and sitemaps.

One SQLite file in the folder of an edition, made while the edition is and
never altered after. It holds every thing that was ever published up to there,
with the editions in which it was created and last changed, and what this
edition changed, with the words for it: so the files of all editions are the
whole history, and each of them is a closed page of it.

A thing is one of `TYPES`. Its content is what is said of it: the triples of
the default graph that have it as their subject, and those of its
participations, which are nodes of their own. A release has changed if
anything in its graph has. A thing is there as long as it has a type; one that
was given up for another has none, and is deleted. Times stand here and in the
manifest, never in the graph.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from eugraph.errors import SiteError
from eugraph.triples.iris import ID, SHARED_GRAPHS
from eugraph.triples.ntriples import difference
from eugraph.vocabulary import EUG

FILE: Final = "changes.db"

TYPES: Final = ("release", "project", "org", "scheme", "event", "place", "discrepancy")
"""What changes are told of, as it stands in the IRI: `{IRI_BASE}id/{type}/{key}`."""

_SHARED_TYPES: Final = frozenset(TYPES) - {"release"}
"""Types of things that several graphs may tell of; of a release only its own does."""

_GRAPH: Final = f"{ID}graph/"
_TYPE: Final = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_PART: Final = re.compile(rf"<{re.escape(ID)}(participation/[^>]+)>")
_WHOLE: Final = re.compile(rf"<{EUG.participationIn}> <{re.escape(ID)}([^>]+)>")
_SCHEMA: Final = """
    CREATE TABLE editions (number INTEGER PRIMARY KEY, created TEXT NOT NULL);
    CREATE TABLE things (
        path TEXT PRIMARY KEY, type TEXT NOT NULL, sha256 TEXT NOT NULL,
        created INTEGER NOT NULL, changed INTEGER NOT NULL, deleted INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX things_by_change ON things (changed, path);
    CREATE TABLE changes (
        path TEXT PRIMARY KEY, action TEXT NOT NULL, content TEXT NOT NULL
    ) WITHOUT ROWID;
"""

About = Callable[[str], Iterable[str]]
"""Returns the lines of sorted N-Triples of the default graph that have this IRI as subject."""


class Action(StrEnum):
    """What became of a thing."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that is or was published.

    `path` is what follows `…/id/` in its IRI (`project/wir-2017`), `sha256`
    the digest of its content, `created` and `changed` are the ISO 8601 times
    of the editions in which it first came and last changed. Of a deleted one
    `changed` is when it went.
    """

    path: str
    type: str
    sha256: str
    created: str
    changed: str
    deleted: bool

    @property
    def iri(self) -> str:
        """Its IRI."""
        return ID + self.path


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition did to a thing; `content` is sorted N-Triples, empty if it is deleted."""

    thing: Thing
    action: Action
    content: str


class Changes:
    """The changes of one edition and all things up to it, read from its file.

    Safe for any number of threads: each question opens the file for itself.
    """

    def __init__(self, path: Path) -> None:
        """Read from `path`; nothing is opened yet."""
        self._path = path

    def thing(self, path: str) -> Thing | None:
        """Return the thing with this path, whether it is there or deleted; None if it never was."""
        return next(iter(self._things("WHERE path = ?", (path,))), None)

    def things(
        self,
        types: Iterable[str] = TYPES,
        *,
        since: str = "",
        until: str = "~",
        after: tuple[str, str] = ("", ""),
        most: int = -1,
    ) -> tuple[Thing, ...]:
        """Return things ordered by the time they changed, then by path; deleted ones among them.

        `since` and `until` are ISO 8601 times in UTC, both included. To go on
        after a thing, give its `changed` and `path` as `after`; `most` bounds
        the number.
        """
        clause = (
            "WHERE type IN (SELECT value FROM json_each(?)) AND last.created BETWEEN ? AND ? "
            "AND (last.created, path) > (?, ?) ORDER BY last.created, path LIMIT ?"
        )
        return tuple(self._things(clause, (json.dumps([*types]), since, until, *after, most)))

    def count(self, types: Iterable[str] = TYPES) -> int:
        """Return how many things of these types there ever were."""
        query = "SELECT count(*) FROM things WHERE type IN (SELECT value FROM json_each(?))"
        (row,) = self._rows(query, (json.dumps([*types]),))
        return int(row[0])

    def changes(self) -> tuple[Change, ...]:
        """Return what this edition did, ordered by path."""
        actions = {
            path: (Action(action), content)
            for path, action, content in self._rows("SELECT path, action, content FROM changes", ())
        }
        things = self._things("WHERE path IN (SELECT path FROM changes) ORDER BY path", ())
        return tuple(Change(thing, *actions[thing.path]) for thing in things)

    def _things(self, clause: str, values: tuple[object, ...]) -> Iterator[Thing]:
        rows = self._rows(
            "SELECT path, type, sha256, first.created, last.created, deleted FROM things "  # noqa: S608  # clauses are ours
            "JOIN editions AS first ON first.number = things.created "
            f"JOIN editions AS last ON last.number = things.changed {clause}",
            values,
        )
        for path, kind, sha256, created, changed, deleted in rows:
            yield Thing(path, kind, sha256, created, changed, bool(deleted))

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple[str, ...]]:
        try:
            with closing(_open(self._path, "mode=ro&immutable=1")) as file:
                return file.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise SiteError(f"{self._path} cannot be read ({error}); build again.") from error


def write_changes(  # noqa: PLR0913  # all of it is needed, and named
    path: Path,
    *,
    before: Path | None,
    number: int,
    created: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    about: About,
) -> None:
    """Write into `path` what the edition `number`, made at `created`, changes.

    `before` is the file of the edition before, if there is one; a copy of it
    may be at `path` already. `old` and
    `new` are the graphs that differ (graph IRI → sorted N-Triples), as they
    were and as they are; a graph that came or went stands in one of them only.
    `about` asks the new edition.
    """
    if before is not None and before.exists() and not path.exists():
        shutil.copyfile(before, path)
    file = _open(path, "mode=rwc")
    with closing(file), file:
        # If this is broken off, the whole draft goes.
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        if before is None or not before.exists():
            file.executescript(_SCHEMA)
        file.execute("DELETE FROM changes")
        file.execute("INSERT INTO editions VALUES (?, ?)", (number, created))
        touched = _touched(old, new, about)
        for thing in sorted(touched):
            _record(file, thing, number, _content(thing, about), new)


def _record(
    file: sqlite3.Connection, path: str, number: int, content: str, graphs: Mapping[str, str]
) -> None:
    """Enter a thing that may have changed, if it did."""
    digest = _digest(path, content, graphs) if _TYPE in content else ""
    known = file.execute("SELECT sha256, deleted FROM things WHERE path = ?", (path,)).fetchone()
    if digest == (known[0] if known and not known[1] else ""):
        return
    if not digest:
        action, content = Action.DELETE, ""
        file.execute(
            "UPDATE things SET deleted = 1, sha256 = '', changed = ? WHERE path = ?", (number, path)
        )
    else:
        action = Action.CREATE if known is None or known[1] else Action.UPDATE
        kind = path.partition("/")[0]
        file.execute(
            "INSERT INTO things VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (path) DO UPDATE SET "
            "sha256 = excluded.sha256, changed = excluded.changed, deleted = 0",
            (path, kind, digest, number, number),
        )
    file.execute("INSERT INTO changes VALUES (?, ?, ?)", (path, str(action), content))


def _digest(path: str, content: str, graphs: Mapping[str, str]) -> str:
    """Return the digest of a thing's content; of a release, that of its whole graph."""
    digested = graphs[_graph(path)] if path.startswith("release/") else content
    return hashlib.sha256(digested.encode()).hexdigest()


def _graph(release: str) -> str:
    return _GRAPH + release.removeprefix("release/")


def _content(path: str, about: About) -> str:
    lines = list(about(ID + path))
    parts = {part for line in lines for part in _PART.findall(line)}
    for part in sorted(parts):
        lines += about(ID + part)
    return "".join(sorted(set(lines)))


def _touched(old: Mapping[str, str], new: Mapping[str, str], about: About) -> set[str]:
    """Return the paths of the things of which something may have changed."""
    touched = set()
    for graph in {*old, *new}:
        lines = frozenset[str]().union(*difference(old.get(graph, ""), new.get(graph, "")))
        paths = {_path(line) for line in lines}
        parts = {path for path in paths if path.startswith("participation/")}
        around = (*lines, *(line for part in parts for line in about(ID + part)))
        paths |= {match[1] for line in around if (match := _WHOLE.search(line))}
        touched |= {path for path in paths if path.partition("/")[0] in _SHARED_TYPES}
        name = graph.removeprefix(_GRAPH)
        if lines and name not in SHARED_GRAPHS:
            touched.add(f"release/{name}")
    return touched


def _path(line: str) -> str:
    """Return what follows `…/id/` in the subject of a line, empty if it is none of ours."""
    iri = line[1 : line.find(">")]
    return iri.removeprefix(ID) if iri.startswith(ID) else ""


def _open(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)
