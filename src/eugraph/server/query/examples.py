"""The examples of the query page: what the overview draws, and the published example queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from eugraph.catalogue import example_queries
from eugraph.server.interface import translator
from eugraph.server.overview.rows import query_of


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its title, a word of explanation, and how it is best shown."""

    title: str
    description: str
    query: str
    view: str = "table"


_DRAWN = (("map", "countries", "map"), ("timeline", "projects", "timeline"),
          ("network", "cooperation", "map"))  # fmt: skip
"""What the overview draws: the key of its title, its query, how it is shown."""


def opening() -> str:
    """Return the query that the page begins with."""
    return query_of("projects")


@cache
def examples(language: str) -> tuple[Example, ...]:
    """Return the examples for readers of `language`."""
    translate = translator(language)
    drawn = [
        Example(
            translate(f"overview.{key}"),
            translate(f"overview.{key}-description"),
            query_of(name),
            view,
        )
        for key, name, view in _DRAWN
    ]
    published = [
        Example(_in(each.titles, language), _in(each.comments, language), each.query)
        for each in example_queries()
    ]
    return (*drawn, *published)


def _in(texts: Mapping[str, str], language: str) -> str:
    """Return the text in `language`, else in English, else in any."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
