"""The queries behind the drawings, and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache

from eugraph.editions import Edition
from eugraph.server.source import Cell, Source
from eugraph.shipped import shipped
from eugraph.vocabulary import COUNTRY, with_prefixes

Row = Mapping[str, Cell]


@cache
def query_of(name: str) -> str:
    """Return the query called `name` of `data/overview`, with the prefixes that it uses."""
    return with_prefixes(shipped(f"data/overview/{name}.rq").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def rows_of(source: Source, edition: Edition, name: str) -> tuple[Row, ...]:
    """Return what the query called `name` gives of `edition`, which never changes."""
    return tuple(row for row in source.rows(edition, query_of(name)) if row)


def rows_about(
    source: Source, edition: Edition, name: str, variable: str, iris: Iterable[str]
) -> tuple[Row, ...]:
    """Return what the query called `name` gives where `variable` is one of `iris`."""
    values = " ".join(f"<{iri}>" for iri in sorted(iris))
    if not values:
        return ()
    narrowed = f"WHERE {{\n  VALUES ?{variable} {{ {values} }}"
    query = query_of(name).replace("WHERE {", narrowed, 1)
    return tuple(row for row in source.rows(edition, query) if row)


def value(row: Row, name: str) -> str:
    """Return the value of a variable, empty where it is unbound."""
    return row[name]["value"] if name in row else ""


def number(row: Row, name: str) -> int:
    """Return the value of a variable that is a whole number."""
    return int(value(row, name))


def day(row: Row, name: str) -> date | None:
    """Return the value of a variable that is an `xsd:date`, None where it is unbound or none."""
    try:
        return date.fromisoformat(value(row, name)[:10])
    except ValueError:
        return None


def country_code(iri: str) -> str:
    """Return the code of a country in the EU's table."""
    return iri.removeprefix(str(COUNTRY))
