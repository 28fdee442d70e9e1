"""The data as CSV tables, each with its description in CSVW.

https://www.w3.org/TR/tabular-metadata/: the description stands beside the
table as `NAME.csv-metadata.json`, where clients look for it. Its addresses are
relative to itself, so that it stays true wherever the two files are put. CSV
as in RFC 4180, but with a line feed at the end of a line.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

from rdflib import Literal
from rdflib.term import Node

from eugraph.shipped import shipped
from eugraph.vocabulary import PROLOGUE

TABLES: Final = (
    "projects", "organisations", "participations", "programmes", "events", "places", "releases",
    "discrepancies",
)  # fmt: skip

CSV: Final = "text/csv"
CSVW: Final = "application/csvm+json"

_SEPARATOR: Final = "|"

_Found = dict[str, dict[str, set[str]]]
"""Values by thing, and by what of the thing they are told of."""


class Ask(Protocol):
    """Asks the edition a SELECT query."""

    def __call__(self, text: str, /) -> Iterator[Mapping[str, Node]]:
        """Yield the solutions."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, datatype and language, and its values by thing."""

    name: str
    datatype: str
    language: str
    values: Mapping[str, tuple[str, ...]]


def table_titles() -> Mapping[str, Mapping[str, str]]:
    """Return the titles of the tables: name → language → title."""
    return {name: _tables()[name]["title"] for name in TABLES}


def write_tables(folder: Path, ask: Ask) -> list[Path]:
    """Write every table and its description into `folder`."""
    written = []
    for name in TABLES:
        table = folder / f"{name}.csv"
        with table.open("w", encoding="utf-8", newline="") as output:
            columns = write_table(name, ask, output)
        described = folder / f"{name}.csv-metadata.json"
        described.write_text(_described(name, columns), encoding="utf-8")
        written += [table, described]
    return written


def write_table(name: str, ask: Ask, output: TextIO) -> list[Column]:
    """Write the table `name` to `output`, sorted by the IRI of its things; return its columns.

    A table that has no value for a column has the column all the same.
    """
    table = _tables()[name]
    wanted = f"?thing a {table['class']} {table.get('filter', '')}"
    things = sorted(str(row["thing"]) for row in ask(f"{PROLOGUE}SELECT ?thing {{ {wanted} }}"))
    columns = [column for told in table["columns"] for column in _columns(table, told, ask)]
    rows = csv.writer(output, lineterminator="\n")
    rows.writerow([_key(name), *(column.name for column in columns)])
    for thing in things:
        cells = (_SEPARATOR.join(column.values.get(thing, ())) for column in columns)
        rows.writerow([thing, *cells])
    return columns


def _columns(table: Mapping[str, Any], told: Mapping[str, Any], ask: Ask) -> Iterator[Column]:
    """Yield the column that is told, or the columns of the languages that occur in it."""
    found: dict[str, _Found] = {}
    for row in ask(_query(table, told)):
        value = row["value"]
        tag = (value.language or "") if isinstance(value, Literal) else ""
        of_thing = found.setdefault(tag if told.get("languages") else "", {})
        of_key = of_thing.setdefault(str(row["thing"]), {}).setdefault(str(row["key"]), set())
        of_key.add(str(value).replace(_SEPARATOR, "/"))
    keys = _keys(table, told, ask) if "of" in told else None
    for tag in sorted(found) or [""]:
        of_thing = found.get(tag, {})
        values = {thing: _cell(many, keys and keys[thing]) for thing, many in of_thing.items()}
        name = f"{told['name']}_{tag.lower().replace('-', '_')}" if tag else told["name"]
        yield Column(name, told.get("datatype", "string"), tag, values)


def _cell(found: Mapping[str, set[str]], keys: Iterable[str] | None) -> tuple[str, ...]:
    """Return the values sorted, or those of each of the `keys` in the order of these."""
    if keys is None:
        return tuple(sorted(set().union(*found.values())))
    return tuple(" / ".join(sorted(found.get(key, ()))) for key in keys)


def _keys(table: Mapping[str, Any], told: Mapping[str, Any], ask: Ask) -> Mapping[str, list[str]]:
    """Return the values of the column that `told` is of, by thing, as they stand in their cell."""
    keys: dict[str, set[str]] = {}
    for row in ask(_query(table, _named(table, told["of"]))):
        keys.setdefault(str(row["thing"]), set()).add(str(row["value"]))
    return {thing: sorted(many) for thing, many in keys.items()}


def _query(table: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """Return the query for the values of a column, each with what it is told of (`?key`)."""
    if "of" in told:
        key = _named(table, told["of"])["path"]
        path = f"{key} ?key . ?key {told['path']} ?value"
    else:
        path = f"{told['path']} ?value BIND(?value AS ?key)"
    return f"{PROLOGUE}SELECT ?thing ?key ?value {{ ?thing a {table['class']} ; {path} }}"


def _named(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(column for column in table["columns"] if column["name"] == name)


def _described(name: str, columns: list[Column]) -> str:
    """Return the description of a table as a CSVW document."""
    table = _tables()[name]
    key = {"name": _key(name), "titles": _key(name), "datatype": "anyURI", "required": True}
    document = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{name}.csv",
        "dc:title": [{"@value": text, "@language": tag} for tag, text in table["title"].items()],
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\n"]},
        "tableSchema": {
            "aboutUrl": f"{{+{_key(name)}}}",
            "primaryKey": _key(name),
            "columns": [key, *map(_described_column, columns)],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _described_column(column: Column) -> dict[str, object]:
    told: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "datatype": column.datatype,
    }
    if any(len(values) > 1 for values in column.values.values()):
        told["separator"] = _SEPARATOR
    if column.language:
        told["lang"] = column.language
    return told


def _key(name: str) -> str:
    """Return the name of the column with the IRI of a thing."""
    return str(_tables()[name]["key"])


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(shipped("data/tables.toml").read_text(encoding="utf-8"))
