"""Asking the index of an edition: lists, facets, what is about a thing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eugraph.search.lists import Listed, lists
from eugraph.search.opened import Row, rows_of
from eugraph.vocabulary import IRI_BASE

_MOST_WHOLES: Final = 8
_OURS: Final = f"{IRI_BASE}id/"
_LAST: Final = "\U0010ffff"

Narrowing = Sequence[tuple[str, str]]
"""Facets and the value that each is narrowed to; all of them hold at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing as a list shows it; `begin` and `end` are ISO 8601 days, empty if not known.

    `date` is what is known of both as it is known, in EDTF; `tag` the language
    of the name, empty where it has none; `counted` how many there are of what
    the list counts.
    """

    iri: str
    name: str
    tag: str
    begin: str
    end: str
    date: str = ""
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and how many things the whole list has."""

    total: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a list can be narrowed to, and how many things are left then."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Things of one list that a thing is the `facet` of: how many, and the first of them."""

    listed: Listed
    facet: str
    total: int
    entries: tuple[Entry, ...]


class Index:
    """The index of one edition, read from its file; safe for any number of threads."""

    def __init__(self, path: Path) -> None:
        """Read from `path`; nothing is opened yet."""
        self._path = path

    def page(  # noqa: PLR0913  # a keyword for each choice
        self,
        listed: Listed,
        chosen: Narrowing = (),
        *,
        language: str,
        sort: str = "name",
        first: int = 0,
        most: int = 25,
    ) -> Page:
        """Return `most` entries of a list, from number `first` on; all with `most` of -1."""
        among, values = _among(listed, chosen)
        ((total,),) = self._rows(f"SELECT count(*) FROM things AS t WHERE {among}", values)  # noqa: S608
        entries = self._entries(
            listed, chosen, language=language, sort=sort, first=first, most=most
        )
        return Page(int(total), entries)

    def _entries(  # noqa: PLR0913  # a keyword for each choice
        self,
        listed: Listed,
        chosen: Narrowing,
        *,
        language: str,
        sort: str,
        first: int = 0,
        most: int,
    ) -> tuple[Entry, ...]:
        among, values = _among(listed, chosen)
        rows = self._rows(
            f"{_ENTRIES} WHERE {among} "  # clauses are ours, values are bound
            f"ORDER BY {_ORDERS.get(sort, '')}n.folded, t.iri LIMIT ? OFFSET ?",
            (language, *values, most, first),
        )
        return tuple(_entry(row) for row in rows)

    def entries(
        self, iris: Iterable[str], *, language: str, sort: str = "name", most: int = -1
    ) -> tuple[Entry, ...]:
        """Return `most` of the things `iris` as a list shows them; all with `most` of -1."""
        among = "t.iri IN (SELECT value FROM json_each(?))"
        rows = self._rows(
            f"{_ENTRIES} WHERE {among} ORDER BY {_ORDERS.get(sort, '')}n.folded, t.iri LIMIT ?",
            (language, json.dumps([*iris]), most),
        )
        return tuple(_entry(row) for row in rows)

    def choices(
        self, listed: Listed, chosen: Narrowing, *, language: str, most: int
    ) -> Mapping[str, tuple[Choice, ...]]:
        """Return for each shown facet its commonest values, those chosen among them."""
        among, values = _among(listed, chosen)
        found: dict[str, tuple[Choice, ...]] = {}
        for facet in (each for each in listed.facets.values() if each.shown):
            mine = [value for name, value in chosen if name == facet.name]
            rows = self._rows(
                "SELECT f.value, coalesce(n.name, f.value), count(*) AS things, "  # noqa: S608
                "f.value IN (SELECT value FROM json_each(?)) AS chosen FROM facets AS f "
                "LEFT JOIN names AS n ON n.iri = f.value AND n.language = ? "
                "WHERE f.type = ? AND f.facet = ? AND f.iri IN "
                f"(SELECT t.iri FROM things AS t WHERE {among}) "
                "GROUP BY f.value ORDER BY chosen DESC, things DESC, n.folded, f.value LIMIT ?",
                (json.dumps(mine), language, listed.type, facet.name, *values, most),
            )
            found[facet.name] = tuple(
                Choice(value, name, count, bool(is_chosen))
                for value, name, count, is_chosen in rows
            )
        return found

    def strange(self, listed: Listed, chosen: Narrowing) -> tuple[tuple[str, str], ...]:
        """Return those of facets and values that nothing in the whole list has."""
        return tuple(
            (facet, value)
            for facet, value in chosen
            if not self._rows(
                "SELECT 1 FROM facets WHERE type = ? AND facet = ? AND value = ? LIMIT 1",
                (listed.type, facet, value),
            )
        )

    def values(
        self, listed: Listed, iris: Iterable[str], *, language: str
    ) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Return what the shown facets of things are called: IRI → facet → names."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        rows = self._rows(
            "SELECT f.iri, f.facet, coalesce(n.name, f.value) FROM facets AS f "
            "LEFT JOIN names AS n ON n.iri = f.value AND n.language = ? "
            "WHERE f.type = ? AND f.iri IN (SELECT value FROM json_each(?)) "
            "ORDER BY f.facet, n.folded, f.value",
            (language, listed.type, json.dumps([*iris])),
        )
        for iri, facet, name in rows:
            facets = found.setdefault(iri, {})
            facets[facet] = (*facets.get(facet, ()), name)
        return found

    def related(self, iri: str, *, language: str, most: int) -> tuple[Related, ...]:
        """Return the things that `iri` is a facet of, by list and facet, `most` of each."""
        rows = self._rows(
            "SELECT type, facet, count(*) FROM facets WHERE value = ? GROUP BY type, facet", (iri,)
        )
        totals = {(kind, facet): count for kind, facet, count in rows}
        return tuple(
            Related(
                listed,
                facet,
                totals[listed.type, facet],
                self._entries(
                    listed, [(facet, iri)], language=language, sort=listed.sorts[0], most=most
                ),
            )
            for listed in lists().values()
            for facet in listed.facets
            if (listed.type, facet) in totals
        )

    def narrowings(self) -> Mapping[str, tuple[str, str]]:
        """Return the first list that each value narrows: value → name of the list, facet.

        Only shown facets count, only lists that have something left then, and
        no values that are things of the edition, which have pages of their own.
        """
        rows = self._rows(
            "SELECT DISTINCT value, type, facet FROM facets WHERE value < ? OR value > ?",
            (_OURS, _OURS + _LAST),
        )
        offered = {
            (listed.type, facet.name): listed.name
            for listed in lists().values()
            for facet in listed.facets.values()
            if facet.shown
        }
        order = {key: place for place, key in enumerate(offered)}
        known = [(value, (kind, facet)) for value, kind, facet in rows if (kind, facet) in offered]
        first: dict[str, tuple[str, str]] = {}
        for value, key in sorted(known, key=lambda each: order[each[1]]):
            first.setdefault(value, (offered[key], key[1]))
        return first

    def names(self, iris: Iterable[str], *, language: str) -> Mapping[str, tuple[str, str]]:
        """Return what things are called and in which language, as far as they have a name."""
        rows = self._rows(
            "SELECT iri, name, tag FROM names WHERE language = ? "
            "AND iri IN (SELECT value FROM json_each(?))",
            (language, json.dumps([*iris])),
        )
        return {iri: (name, tag) for iri, name, tag in rows}

    def valued(self, type_: str, facet: str, iris: Iterable[str]) -> Mapping[str, str]:
        """Return the value of a facet of those of `iris` that have one."""
        rows = self._rows(
            "SELECT iri, min(value) FROM facets WHERE +type = ? AND facet = ? "
            "AND iri IN (SELECT value FROM json_each(?)) GROUP BY iri",
            (type_, facet, json.dumps([*iris])),
        )
        return dict(rows)

    def projects_of(self, iris: Iterable[str]) -> Mapping[str, str]:
        """Return the project that each of `iris`, an event or a discrepancy, belongs to."""
        rows = self._rows(
            "SELECT iri, min(value) FROM facets WHERE facet = 'project' "
            "AND type IN ('event', 'discrepancy') AND iri IN (SELECT value FROM json_each(?)) "
            "GROUP BY iri",
            (json.dumps([*iris]),),
        )
        return dict(rows)

    def wholes(self, iri: str) -> tuple[str, ...]:
        """Return the events that the event `iri` is part of, the nearest first."""
        found: dict[str, None] = {}
        waiting = [iri]
        while waiting and len(found) < _MOST_WHOLES:
            rows = self._rows(
                "SELECT value FROM facets WHERE iri = ? AND facet = 'whole' AND type = 'event' "
                "ORDER BY value",
                (waiting.pop(0),),
            )
            new = [value for (value,) in rows if value not in found and value != iri]
            found.update(dict.fromkeys(new))
            waiting += new
        return tuple(found)

    def _rows(self, query: str, values: Sequence[object]) -> list[Row]:
        return rows_of(self._path, query, values)


_ORDERS: Final = {
    "latest": "t.begin = '', t.begin DESC, ",
    "earliest": "t.begin = '', t.begin, ",
    "most": "t.counted DESC, ",
}

_ENTRIES: Final = (
    "SELECT t.iri, coalesce(n.name, t.iri), coalesce(n.tag, ''), t.begin, t.end, "
    "t.date, t.counted FROM things AS t "
    "LEFT JOIN names AS n ON n.iri = t.iri AND n.language = ?"
)


def _among(listed: Listed, chosen: Narrowing) -> tuple[str, tuple[object, ...]]:
    """Return the condition that holds of the things `t` of a narrowed list, and its values."""
    # A narrowed list is found by what it is narrowed to: by their type all things would be read.
    clauses, values = ["+t.type = ?" if chosen else "t.type = ?"], [listed.type]
    for facet, value in chosen:
        clauses.append(
            "t.iri IN (SELECT iri FROM facets WHERE type = ? AND facet = ? AND value = ?)"
        )
        values += [listed.type, facet, value]
    return " AND ".join(clauses), tuple(values)


def _entry(row: Row) -> Entry:
    return Entry(*row)
