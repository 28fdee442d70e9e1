"""Filling the index of an edition: anew, or from that of the edition before and what changed.

Both give the same rows. What changed is found by the very patterns that the
rows are asked for with (`eugraph.search.reach`), and of the things it reaches
all rows are made anew.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from eugraph.releases.sentences import sentences
from eugraph.search.countries import country_names
from eugraph.search.latin import latin
from eugraph.search.lists import NAMES, REMARK, Listed, lists, sort_key
from eugraph.search.reach import Step, reached, steps_of
from eugraph.vocabulary import IRI_BASE, PROLOGUE

FILE: Final = "search.db"
"""The name of the index in the folder of an edition."""

_DAY: Final = len("2017-10-16")

LANGUAGES: Final = ("en", "lv")
"""The languages in which things are sorted and shown."""

Select = Callable[[str], Iterable[Mapping[str, object]]]
"""Yields the solutions of a SELECT query."""

_SCHEMA: Final = """
    CREATE TABLE things (
        iri TEXT PRIMARY KEY, type TEXT NOT NULL, begin TEXT NOT NULL, end TEXT NOT NULL,
        date TEXT NOT NULL, counted INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX things_by_type ON things (type, begin);
    CREATE TABLE names (
        iri TEXT, language TEXT, name TEXT NOT NULL, tag TEXT NOT NULL, folded TEXT NOT NULL,
        PRIMARY KEY (iri, language)
    ) WITHOUT ROWID;
    CREATE TABLE facets (
        type TEXT, facet TEXT, value TEXT, iri TEXT, PRIMARY KEY (type, facet, value, iri)
    ) WITHOUT ROWID;
    CREATE INDEX facets_by_thing ON facets (iri, facet);
    CREATE INDEX facets_by_value ON facets (value);
    CREATE TABLE said (
        number INTEGER PRIMARY KEY, text TEXT, iri TEXT, kind TEXT, language TEXT, start INTEGER,
        latin TEXT
    );
    CREATE INDEX said_of ON said (iri, kind);
    CREATE VIRTUAL TABLE words USING fts5 (
        text, iri UNINDEXED, kind UNINDEXED, language UNINDEXED, start UNINDEXED, latin,
        content = said, content_rowid = number,
        tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    );
"""
"""Texts are a table of their own, so that those of one thing are found and taken back."""

_INDEX_TEXTS: Final = """
    INSERT INTO words (rowid, text, iri, kind, language, start, latin)
    SELECT number, text, iri, kind, language, start, latin FROM said WHERE number > ?
"""
_UNINDEX_TEXTS: Final = """
    INSERT INTO words (words, rowid, text, iri, kind, language, start, latin)
    SELECT 'delete', number, text, iri, kind, language, start, latin
    FROM said WHERE iri = ? AND kind = ?
"""

_ALSO: Final = "?thing skos:altLabel ?named"
"""Names that are found, and not shown as what a thing is called."""

_COUNTRIES: Final = "?thing a dcterms:Location ; skos:notation ?code"
"""Countries with their codes (ISO 3166-1 alpha-2), which are found by their names everywhere."""


Only = Collection[str] | None
"""The things to ask of; all of them if it is None."""


@dataclass(frozen=True, slots=True)
class Change:
    """What tells an edition from the one before.

    `came` and `gone` are the subjects and objects of triples of the default
    graph, by predicate; `texts` are those that are new or other than before,
    by release, and `without` the releases that are gone. `before` asks the
    edition before.
    """

    before: Select
    came: Mapping[str, Collection[tuple[str, str]]] = field(default_factory=dict)
    gone: Mapping[str, Collection[tuple[str, str]]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    without: Collection[str] = ()


def write_index(path: Path, select: Select, texts: Mapping[str, str]) -> None:
    """Write the index of what `select` asks into `path`, with the texts of the releases by id."""
    with _opened(path) as file:
        file.executescript(_SCHEMA)
        for listed in lists().values():
            _add_listed(file, listed, select, None)
        _add_names(file, select, None)
        _add_texts(file, texts)
        file.execute("INSERT INTO words (words) VALUES ('rebuild')")
        file.execute("INSERT INTO words (words) VALUES ('optimize')")


def derive_index(path: Path, base: Path, select: Select, change: Change) -> None:
    """Write the index of what `select` asks into `path`, made of that at `base` and of a change.

    It has the rows that `write_index` would write. A copy of `base` may be there already.
    """
    if not path.exists():
        shutil.copyfile(base, path)
    with _opened(path) as file:
        touched = {name: _listable(name, select, change) for name in lists()}
        named = _reached(_steps_of_names(), select, change).union(*touched.values())
        _forget(file, touched, named, {*change.texts, *change.without})
        ((last,),) = file.execute("SELECT coalesce(max(number), 0) FROM said")
        for name, things in touched.items():
            _add_listed(file, lists()[name], select, things)
        _add_names(file, select, named)
        _add_texts(file, change.texts)
        file.execute(_INDEX_TEXTS, (last,))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file to be written at one go: if that is broken off, the whole draft goes."""
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        yield file


@cache
def _steps_of(listed_name: str) -> tuple[Step, ...]:
    listed = lists()[listed_name]
    patterns = [listed.pattern, *(each.pattern for each in listed.facets.values())]
    patterns += filter(None, (listed.begin, listed.end, listed.date, listed.counted))
    return tuple({step: None for pattern in patterns for step in steps_of(pattern)})


@cache
def _steps_of_names() -> tuple[Step, ...]:
    return tuple(
        {step: None for pattern in (*NAMES, _ALSO, _COUNTRIES) for step in steps_of(pattern)}
    )


def _listable(listed_name: str, select: Select, change: Change) -> set[str]:
    """Return the things of a list that may have other rows now: what it can list, by its IRI."""
    start = f"{IRI_BASE}id/{lists()[listed_name].type}/"
    found = _reached(_steps_of(listed_name), select, change)
    return {iri for iri in found if iri.startswith(start)}


def _reached(steps: Iterable[Step], select: Select, change: Change) -> set[str]:
    """Return the things that have other rows now, and maybe some that have not."""
    things: set[str] = set()
    for triples, ask in ((change.came, select), (change.gone, change.before)):
        for path, nodes in reached(steps, triples):
            if path:
                query = f"{PROLOGUE}SELECT DISTINCT ?thing {{ VALUES ?node {_values(nodes)} "
                rows = ask(f"{query} ?thing {path} ?node }}")
                things.update(str(row["thing"]) for row in rows)
            else:
                things.update(nodes)
    return things


def _rows(
    select: Select, variables: str, pattern: str, only: Only
) -> Iterable[Mapping[str, object]]:
    if only is None:
        return select(f"{PROLOGUE}SELECT DISTINCT {variables} {{ {pattern} }}")
    if not only:
        return ()
    among = f"VALUES ?thing {_values(only)}"
    return select(f"{PROLOGUE}SELECT DISTINCT {variables} {{ {among} {pattern} }}")


def _values(iris: Iterable[str]) -> str:
    return "{ " + " ".join(f"<{iri}>" for iri in sorted(iris)) + " }"


def _forget(
    file: sqlite3.Connection,
    listed: Mapping[str, Iterable[str]],
    named: Collection[str],
    texts: Iterable[str],
) -> None:
    """Take back the rows of things in lists, the names of things, and the texts of releases."""
    for name, things in listed.items():
        rows = [(lists()[name].type, iri) for iri in things]
        file.executemany("DELETE FROM things WHERE type = ? AND iri = ?", rows)
        # By the index of things: the key has the type first and would be read to its end.
        file.executemany("DELETE FROM facets WHERE +type = ? AND iri = ?", rows)
    file.executemany("DELETE FROM names WHERE iri = ?", ((iri,) for iri in named))
    for kind in ("name", "remark"):
        _remove_texts(file, named, kind)
    _remove_texts(file, map(_release, texts), "text")


def _remove_texts(file: sqlite3.Connection, things: Iterable[str], kind: str) -> None:
    """Remove the texts of things; the index must be given what they were (FTS5, 6.3)."""
    for iri in things:
        file.execute(_UNINDEX_TEXTS, (iri, kind))
        file.execute("DELETE FROM said WHERE iri = ? AND kind = ?", (iri, kind))


def _insert_texts(file: sqlite3.Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Write down texts, each with what it is about, its kind, language and place."""
    file.executemany(
        "INSERT INTO said (text, iri, kind, language, start, latin) VALUES (?, ?, ?, ?, ?, ?)",
        ((*row, latin(str(row[0]))) for row in rows),
    )


def _add_texts(file: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    for release, text in texts.items():
        found = sentences(text)
        _insert_texts(
            file, ((sentence, _release(release), "text", "", start) for start, sentence in found)
        )


def _release(name: str) -> str:
    return f"{IRI_BASE}id/release/{name}"


def _add_listed(file: sqlite3.Connection, listed: Listed, select: Select, only: Only) -> None:
    begins, ends, dates, counted = (
        _facet_rows(select, listed, variable, pattern, only)
        for variable, pattern in (
            ("day", listed.begin),
            ("day", listed.end),
            ("date", listed.date),
            ("counted", listed.counted),
        )
    )
    things = (str(row["thing"]) for row in _rows(select, "?thing", listed.pattern, only))
    file.executemany(
        "INSERT OR IGNORE INTO things VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                iri,
                listed.type,
                min(begins.get(iri, [""]))[:_DAY],
                max(ends.get(iri, [""]))[:_DAY],
                min(dates.get(iri, [""]), key=lambda date: (len(date), date)),
                len(counted.get(iri, ())),
            )
            for iri in things
        ),
    )
    for facet in listed.facets.values():
        rows = _rows(select, "?thing ?value", f"{listed.pattern} {facet.pattern}", only)
        file.executemany(
            "INSERT OR IGNORE INTO facets VALUES (?, ?, ?, ?)",
            (
                (listed.type, facet.name, str(row["value"]), str(row["thing"]))
                for row in rows
                if "value" in row
            ),
        )


def _facet_rows(
    select: Select, listed: Listed, variable: str, pattern: str, only: Only
) -> Mapping[str, list[str]]:
    """Return what a pattern binds a variable to, each value once, by thing."""
    found: dict[str, list[str]] = defaultdict(list)
    if pattern:
        for row in _rows(select, f"?thing ?{variable}", f"{listed.pattern} {pattern}", only):
            found[str(row["thing"])].append(str(row[variable]))
    return found


def _add_names(file: sqlite3.Connection, select: Select, only: Only) -> None:
    found: dict[str, list[tuple[int, str, str]]] = {}
    for rank, pattern in enumerate((*NAMES, _ALSO)):
        for row in _rows(select, "?thing ?named", pattern, only):
            name = row["named"]
            tag = str(getattr(name, "language", None) or "")
            found.setdefault(str(row["thing"]), []).append((rank, tag, str(name)))
    for row in _rows(select, "?thing ?code", _COUNTRIES, only):
        called = country_names(str(row["code"])).items()
        found.setdefault(str(row["thing"]), []).extend((len(NAMES) + 1, *each) for each in called)
    for iri, names in found.items():
        shown = [each for each in names if each[0] < len(NAMES)]
        for language in LANGUAGES if shown else ():
            _, tag, name = min(shown, key=lambda each: _strangeness(each, language))
            file.execute(
                "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
                (iri, language, name, tag, sort_key(name)),
            )
        ours = iri.startswith(f"{IRI_BASE}id/")
        if not ours or file.execute("SELECT 1 FROM things WHERE iri = ?", (iri,)).fetchone():
            each_once = {(name, tag): rank for rank, tag, name in sorted(names, reverse=True)}
            _insert_texts(
                file,
                (
                    (name, iri, _kind(rank, ours=ours), tag, None)
                    for (name, tag), rank in sorted(each_once.items())
                ),
            )


def _kind(rank: int, *, ours: bool) -> str:
    """Return the kind of a name: of a thing, on a discrepancy, or of what narrows lists."""
    if not ours:
        return "value"
    return "remark" if rank == NAMES.index(REMARK) else "name"


def _strangeness(named: tuple[int, str, str], language: str) -> tuple[bool, bool, int, str, str]:
    rank, tag, name = named
    return (tag not in {language, ""}, tag not in {"en", ""}, rank, name, tag)
