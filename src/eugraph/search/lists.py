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
from eugraph.vocabulary import IRI_BASE, with_prefixes

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
    """What a list is narrowed by: `pattern` binds `?value` for `?thing`; `shown` on its page."""

    name: str
    pattern: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its name, the type of its things as their IRIs have it, and its facets by name.

    `pattern` binds `?thing`; `begin` and `end` are patterns that bind `?day`,
    empty where its things have no days.
    """

    name: str
    type: str
    pattern: str
    begin: str
    end: str
    facets: Mapping[str, Facet]


@cache
def lists() -> Mapping[str, Listed]:
    """Return every list by its name, which is its address as well."""
    told = tomllib.loads(shipped("data/lists/lists.toml").read_text(encoding="utf-8"))
    return {name: _listed(name, entry) for name, entry in told.items()}


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
    days = " ?begin ?end" if listed.begin else ""
    first = {"begin": "DESC(?begin) ", "-begin": "(!BOUND(?begin)) ?begin "}.get(sort, "")
    body = "\n".join(f"  {part}" for part in parts)
    query = f"SELECT DISTINCT ?thing ?name{days} WHERE {{\n{body}\n}}\n"
    return with_prefixes(query + f"ORDER BY {first}LCASE(?name) ?thing\n")


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


def _listed(name: str, told: Mapping[str, object]) -> Listed:
    facets = told["facets"]
    assert isinstance(facets, dict)  # noqa: S101  # shipped data, held to its form by a test
    where = str(told.get("where", "")).format(base=IRI_BASE) if "where" in told else ""
    return Listed(
        name=name,
        type=str(told["type"]),
        pattern=" ".join(filter(None, (f"?thing a {told['class']} .", where))),
        begin=str(told.get("begin", "")),
        end=str(told.get("end", "")),
        facets={
            each: Facet(each, str(entry["pattern"]), bool(entry.get("shown", False)))
            for each, entry in facets.items()
        },
    )
