r"""The data as CSV tables, each with its description in CSVW.

https://www.w3.org/TR/tabular-metadata/: the description stands beside the
table as `NAME.csv-metadata.json`, where clients look for it. Its addresses are
relative to itself, so that it stays true wherever the two files are put. CSV
as in RFC 4180, but with a line feed at the end of a line.

The columns are those of `data/tables.toml`, in its order, whatever the data
is. A cell has the very text of the graph; only in a column of lists, which has
a `separator` in its description, `|` and the backslash of a text are written
`\u007C` and `\u005C`, for CSVW knows no escape. The table `labels` has the
texts as they are in every language.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    "discrepancies", "labels",
)  # fmt: skip

CSV: Final = "text/csv"
CSVW: Final = "application/csvm+json"

_SEPARATOR: Final = "|"
_ESCAPED: Final = str.maketrans({"|": r"\u007C", "\\": r"\u005C"})

_LABELS: Final = "labels"

_Found = dict[str, dict[str, set[str]]]
"""Values by thing, and by what of the thing they belong to."""


class Ask(Protocol):
    """Asks the edition a SELECT query."""

    def __call__(self, text: str, /) -> Iterator[Mapping[str, Node]]:
        """Yield the solutions."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, datatype and language, whether of lists, and its cells by thing."""

    name: str
    datatype: str
    language: str
    many: bool
    cells: Mapping[str, str]


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
    """Write the table `name` to `output`, sorted by its key; return the columns behind the key.

    A table that has no value for a column has the column all the same.
    """
    rows = csv.writer(output, lineterminator="\n")
    if name == _LABELS:
        return _write_labels(ask, rows.writerow)
    table = _tables()[name]
    wanted = f"?thing a {table['class']} {table.get('filter', '')}"
    things = sorted(str(row["thing"]) for row in ask(f"{PROLOGUE}SELECT ?thing {{ {wanted} }}"))
    columns = [column for source in table["columns"] for column in _columns(table, source, ask)]
    rows.writerow([table["key"], *(column.name for column in columns)])
    for thing in things:
        rows.writerow([thing, *(column.cells.get(thing, "") for column in columns)])
    return columns


def _write_labels(ask: Ask, write: Callable[[Iterable[str]], object]) -> list[Column]:
    """Write every name, title and comment, in every language, a row for each triple."""
    table = _tables()[_LABELS]
    kinds, properties = (" ".join(table[each]) for each in ("classes", "properties"))
    found = ask(
        f"{PROLOGUE}SELECT DISTINCT ?thing ?property ?value {{ VALUES ?class {{ {kinds} }} "
        f"VALUES ?property {{ {properties} }} ?thing a ?class ; ?property ?value }}"
    )
    write([table["key"], *(each["name"] for each in table["columns"])])
    for row in sorted(map(_label, found)):
        write(row)
    return [
        Column(each["name"], each.get("datatype", "string"), language="", many=False, cells={})
        for each in table["columns"]
    ]


def _label(row: Mapping[str, Node]) -> tuple[str, str, str, str]:
    value = row["value"]
    return str(row["thing"]), str(row["property"]), _language(value), str(value)


def _language(value: Node) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _columns(table: Mapping[str, Any], source: Mapping[str, Any], ask: Ask) -> Iterator[Column]:
    """Yield the column that `source` describes, or that of each language of the table's title."""
    by_language = source.get("languages", False)
    found: dict[str, _Found] = {}
    for row in ask(_query(table, source)):
        of_thing = found.setdefault(_language(row["value"]) if by_language else "", {})
        of_key = of_thing.setdefault(str(row["thing"]), {}).setdefault(str(row["key"]), set())
        of_key.add(str(row["value"]))
    keys = _keys(table, source, ask) if "of" in source else None
    many = not _is_one(_named(table, source["of"]) if "of" in source else source)
    datatype = source.get("datatype", "string")
    for tag in table["title"] if by_language else [""]:
        values = {t: _values(of_key, keys and keys[t]) for t, of_key in found.get(tag, {}).items()}
        cells = {thing: _cell(several, datatype, many=many) for thing, several in values.items()}
        yield Column(
            f"{source['name']}_{tag}" if tag else source["name"], datatype, tag, many, cells
        )


def _is_one(source: Mapping[str, Any]) -> bool:
    """Return whether a column has one value at most: it says so, or is of one language."""
    return bool(source.get("one") or source.get("languages"))


def _values(found: Mapping[str, set[str]], keys: Iterable[str] | None) -> Sequence[str]:
    """Return the values sorted, or the first of each of the `keys` in the order of these."""
    if keys is None:
        return sorted(set().union(*found.values()))
    return [min(found.get(key, ()), default="") for key in keys]


def _cell(values: Sequence[str], datatype: str, *, many: bool) -> str:
    """Return what stands in a cell: the first value as it is, or all of them as a list."""
    if not many:
        return values[0]
    plain = datatype != "string"  # no IRI, date or number has a separator
    return _SEPARATOR.join(v if plain else v.translate(_ESCAPED) for v in values)


def _keys(table: Mapping[str, Any], source: Mapping[str, Any], ask: Ask) -> Mapping[str, list[str]]:
    """Return the values of the column that `source` is of, by thing, as in their cell."""
    keys: dict[str, set[str]] = {}
    for row in ask(_query(table, _named(table, source["of"]))):
        keys.setdefault(str(row["thing"]), set()).add(str(row["value"]))
    return {thing: sorted(many) for thing, many in keys.items()}


def _query(table: Mapping[str, Any], source: Mapping[str, Any]) -> str:
    """Return the query for the values of a column, each with what it is of (`?key`)."""
    if "of" in source:
        key = _named(table, source["of"])["path"]
        path = f"{key} ?key . ?key {source['path']} ?value"
    else:
        path = f"{source['path']} ?value BIND(?value AS ?key)"
    return f"{PROLOGUE}SELECT ?thing ?key ?value {{ ?thing a {table['class']} ; {path} }}"


def _named(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(column for column in table["columns"] if column["name"] == name)


def _described(name: str, columns: Sequence[Column]) -> str:
    """Return the description of a table as a CSVW document."""
    table = _tables()[name]
    key = {"name": table["key"], "titles": table["key"], "datatype": "anyURI", "required": True}
    all_of_them = [table["key"], *(column.name for column in columns)]
    document = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{name}.csv",
        "dc:title": [{"@value": text, "@language": tag} for tag, text in table["title"].items()],
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\n"]},
        "tableSchema": {
            "aboutUrl": f"{{+{table['key']}}}",
            "primaryKey": all_of_them if name == _LABELS else table["key"],
            "columns": [key, *map(_described_column, columns)],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _described_column(column: Column) -> dict[str, object]:
    description: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "datatype": column.datatype,
    }
    if column.many:
        description["separator"] = _SEPARATOR
    if column.language:
        description["lang"] = column.language
    return description


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(shipped("data/tables.toml").read_text(encoding="utf-8"))
