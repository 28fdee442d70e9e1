"""Filling the index of an edition."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from eugraph.search.lists import NAMES, Listed, lists, sort_key
from eugraph.search.sentences import sentences
from eugraph.vocabulary import IRI_BASE, PROLOGUE

FILE: Final = "search.db"
"""The name of the index in the folder of an edition."""

LANGUAGES: Final = ("en", "lv")
"""The languages in which things are sorted and shown."""

Select = Callable[[str], Iterable[Mapping[str, object]]]
"""Yields the solutions of a SELECT query."""

_SCHEMA: Final = """
    CREATE TABLE things (
        iri TEXT PRIMARY KEY, type TEXT NOT NULL, begin TEXT NOT NULL, end TEXT NOT NULL
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
    CREATE VIRTUAL TABLE words USING fts5 (
        text, iri UNINDEXED, kind UNINDEXED, language UNINDEXED, start UNINDEXED,
        tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    );
"""

_ALSO: Final = "?thing skos:altLabel ?named"
"""Names that are found, and not shown as what a thing is called."""


def write_index(path: Path, select: Select, texts: Mapping[str, str]) -> None:
    """Write the index of what `select` asks into `path`, with the texts of the releases by id."""
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        for listed in lists().values():
            _add_things(file, listed, select)
            _add_facets(file, listed, select)
        _add_names(file, select)
        for release, text in texts.items():
            rows = (
                (sentence, f"{IRI_BASE}id/release/{release}", "text", "", start)
                for start, sentence in sentences(text)
            )
            file.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?)", rows)
        file.execute("INSERT INTO words (words) VALUES ('optimize')")


def _add_things(file: sqlite3.Connection, listed: Listed, select: Select) -> None:
    days: dict[str, dict[str, str]] = {"begin": {}, "end": {}}
    for name, pattern in (("begin", listed.begin), ("end", listed.end)):
        if pattern:
            rows = select(f"{PROLOGUE}SELECT ?thing ?day {{ {listed.pattern} {pattern} }}")
            for row in rows:
                days[name].setdefault(str(row["thing"]), str(row["day"])[:10])
    things = select(f"{PROLOGUE}SELECT DISTINCT ?thing {{ {listed.pattern} }}")
    file.executemany(
        "INSERT OR IGNORE INTO things VALUES (?, ?, ?, ?)",
        (
            (iri, listed.type, days["begin"].get(iri, ""), days["end"].get(iri, ""))
            for iri in (str(row["thing"]) for row in things)
        ),
    )


def _add_facets(file: sqlite3.Connection, listed: Listed, select: Select) -> None:
    for facet in listed.facets.values():
        rows = select(
            f"{PROLOGUE}SELECT DISTINCT ?thing ?value {{ {listed.pattern} {facet.pattern} }}"
        )
        file.executemany(
            "INSERT OR IGNORE INTO facets VALUES (?, ?, ?, ?)",
            (
                (listed.type, facet.name, str(row["value"]), str(row["thing"]))
                for row in rows
                if "value" in row
            ),
        )


def _add_names(file: sqlite3.Connection, select: Select) -> None:
    found: dict[str, list[tuple[int, str, str]]] = {}
    for rank, pattern in enumerate((*NAMES, _ALSO)):
        for row in select(f"{PROLOGUE}SELECT ?thing ?named {{ {pattern} }}"):
            name = row["named"]
            tag = str(getattr(name, "language", None) or "")
            found.setdefault(str(row["thing"]), []).append((rank, tag, str(name)))
    listed = {iri for (iri,) in file.execute("SELECT iri FROM things")}
    for iri, names in found.items():
        shown = [each for each in names if each[0] < len(NAMES)]
        for language in LANGUAGES if shown else ():
            _, tag, name = min(shown, key=lambda each: _strangeness(each, language))
            file.execute(
                "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
                (iri, language, name, tag, sort_key(name)),
            )
        if iri in listed:
            each_once = dict.fromkeys((name, tag) for _, tag, name in sorted(names))
            rows = ((name, iri, "name", tag, None) for name, tag in each_once)
            file.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?)", rows)


def _strangeness(named: tuple[int, str, str], language: str) -> tuple[bool, bool, int, str]:
    rank, tag, name = named
    return (tag not in {language, ""}, tag not in {"en", ""}, rank, name)
