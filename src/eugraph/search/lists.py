"""What can be listed, and narrowed by what: `data/lists/lists.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from eugraph.shipped import shipped
from eugraph.vocabulary import IRI_BASE, PREFIXES, with_prefixes

REMARK: Final = "?thing a eug:Discrepancy ; rdfs:comment ?named"
"""What a discrepancy is called by: a sentence about it."""

NAMES: Final = (
    "?thing skos:prefLabel ?named",
    "?thing rdfs:label ?named",
    "?thing eug:hasLanguageVersion/dcterms:title ?named",
    "?thing dcterms:title ?named FILTER NOT EXISTS { ?thing a eug:LanguageVersion }",
    "?thing eug:acronym ?named",
    REMARK,
)
"""What things are called by, the best first."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list is narrowed by: `pattern` binds `?value` for `?thing`.

    `shown` facets are offered on its page and shown in its rows, `brief` ones
    shown in its rows alone.
    """

    name: str
    pattern: str
    shown: bool
    brief: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its name, the type of its things as their IRIs have it, and its facets by name.

    `pattern` binds `?thing`; `begin` and `end` are patterns that bind `?day`,
    and `date` one that binds `?date` (EDTF), empty where its things have no
    days; `counted` binds `?counted`, of which the things that have most may go
    first, empty where nothing is counted.
    """

    name: str
    type: str
    pattern: str
    begin: str
    end: str
    date: str
    counted: str
    facets: Mapping[str, Facet]

    @property
    def sorts(self) -> tuple[str, ...]:
        """How it can be sorted, first how it is if nothing else is asked for."""
        by_day = ("latest", "earliest") if self.begin else ()
        return (*by_day, "name", *(("most",) if self.counted else ()))


@cache
def lists() -> Mapping[str, Listed]:
    """Return every list by its name, which is its address as well."""
    table = tomllib.loads(shipped("data/lists/lists.toml").read_text(encoding="utf-8"))
    return {name: _listed(name, entry) for name, entry in table.items()}


def query_of(
    listed: Listed,
    chosen: Iterable[tuple[str, str]] = (),
    sort: str = "name",
    *,
    language: str = "en",
) -> str:
    """Return the SPARQL query of the rows of a list, narrowed by facets and their values.

    The rows are in the order of the page that a reader of `language` has, but
    that SPARQL has no word for sorting letters with marks by those without.
    Values are IRIs or plain text; what stands in neither form is quoted.
    """
    parts = [listed.pattern]
    for number, (name, value) in enumerate(chosen, start=1):
        parts += _narrowed(listed.facets[name].pattern, value, number)
    parts += [
        f"OPTIONAL {{ {pattern.replace('?day', name)} }}"
        for name, pattern in (("?begin", listed.begin), ("?end", listed.end))
        if pattern
    ]
    parts.append(_called(listed, language))
    if sort == "most":
        counted = f"{listed.pattern} {listed.counted}"
        parts.append(
            "OPTIONAL { SELECT ?thing (COUNT(DISTINCT ?counted) AS ?number) "
            f"{{ {counted} }} GROUP BY ?thing }}"
        )
    sorted_by = (" ?begin ?end" if listed.begin else "") + (" ?number" if sort == "most" else "")
    body = "\n".join(f"  {part}" for part in parts)
    query = f"SELECT DISTINCT ?thing ?name{sorted_by} WHERE {{\n{body}\n}}\n"
    first = _ORDERS.get(sort, "")
    return with_prefixes(query + f"ORDER BY {first}LCASE(?name) ?thing\n")


_ORDERS: Final = {
    "latest": "DESC(?begin) ",
    "earliest": "(!BOUND(?begin)) ?begin ",
    "most": "DESC(?number) ",
}


def short_query_of(
    listed: Listed, chosen: Iterable[tuple[str, str]] = (), *, language: str = "en"
) -> str:
    """Return a query to learn from: the things of a narrowed list, each with a name.

    It gives the things that `query_of` gives; names are those that the things
    themselves have in `language`, where they have one.
    """
    parts = [listed.pattern.strip(" .") + " ."]
    for number, (name, value) in enumerate(chosen, start=1):
        pattern = listed.facets[name].pattern
        if re.search(r"AS \?value\b", pattern):
            parts += _narrowed(pattern, value, number)
        else:
            own = re.sub(r"\?(?!thing\b|value\b)(\w+)", rf"?\g<1>{number}", pattern)
            term = _short(value)
            parts.append(term.join(re.split(r"\?value\b", own)).strip(" .") + " .")
    parts.append(
        f'OPTIONAL {{ ?thing skos:prefLabel ?name FILTER(LANG(?name) IN ("{language}", "")) }}'
    )
    body = "\n".join(f"  {part}" for part in parts)
    return with_prefixes(f"SELECT DISTINCT ?thing ?name WHERE {{\n{body}\n}}\nORDER BY ?name\n")


def _short(value: str) -> str:
    """Return a value as a query says it shortest: by a prefix if its name there is plain."""
    found = [
        f"{prefix}:{local}"
        for prefix, space in PREFIXES.items()
        if value.startswith(space) and re.fullmatch(r"[A-Za-z][\w-]*", local := value[len(space) :])
    ]
    return min(found, key=len, default=term(value))


def sort_key(name: str) -> str:
    """Return what a name is sorted by: its small letters without marks, so that Ā stands by A."""
    bare = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _called(listed: Listed, language: str) -> str:
    """Return the pattern that binds `?name`: in `language`, else in English, else in any."""
    ranked = " UNION ".join(
        f"{{ {pattern} BIND({rank} AS ?rank) }}" for rank, pattern in enumerate(NAMES, start=1)
    )
    foreign = "".join(
        f'IF(LANG(?named) IN ("{tag}",""),"0","1"), ' for tag in dict.fromkeys((language, "en"))
    )
    taken = 2 + len({language, "en"})
    return (
        f"OPTIONAL {{ SELECT ?thing (SUBSTR(MIN(CONCAT({foreign}STR(?rank), STR(?named))), {taken})"
        f" AS ?name) {{ {listed.pattern} {ranked} }} GROUP BY ?thing }}"
    )


def term(value: str) -> str:
    """Return `value` as SPARQL writes it: an IRI, else a string (SPARQL 1.1, section 4.1.2)."""
    if value.startswith(("http://", "https://")) and not set(value) & set('<>"{}|^`\\ \t\r\n'):
        return f"<{value}>"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.replace("\r", "\\r") + '"'


def _narrowed(pattern: str, value: str, number: int) -> list[str]:
    """Return a facet's pattern with variables of its own, and what its value must be."""
    own = re.sub(r"\?(?!thing\b)(\w+)", rf"?\g<1>{number}", pattern)
    return [own, f"FILTER(?value{number} = {term(value)})"]


def _listed(name: str, entry: Mapping[str, object]) -> Listed:
    facets = entry["facets"]
    assert isinstance(facets, dict)  # noqa: S101  # shipped data, held to its form by a test
    where = str(entry.get("where", "")).format(base=IRI_BASE) if "where" in entry else ""
    return Listed(
        name=name,
        type=str(entry["type"]),
        pattern=" ".join(filter(None, (f"?thing a {entry['class']} .", where))),
        begin=str(entry.get("begin", "")),
        end=str(entry.get("end", "")),
        date=str(entry.get("date", "")),
        counted=str(entry.get("counted", "")),
        facets={
            each: Facet(
                each,
                str(entry["pattern"]),
                bool(entry.get("shown", False)),
                bool(entry.get("brief", False)),
            )
            for each, entry in facets.items()
        },
    )
