"""The examples of the query page: what the overview draws, and the published example queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from eugraph.catalogue import example_queries
from eugraph.server.interface import wording
from eugraph.server.overview.rows import query_of


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its title, a word of explanation, and how it is best shown."""

    title: str
    told: str
    query: str
    view: str = "table"


_OVERVIEW = (("map", "countries", "map"), ("timeline", "projects", "timeline"),
             ("network", "cooperation", "map"))  # fmt: skip


def opening() -> str:
    """Return the query that the page begins with."""
    return query_of("projects")


@cache
def examples(language: str) -> tuple[Example, ...]:
    """Return the examples for readers of `language`."""
    say = wording(language)
    drawn = tuple(
        Example(say(f"overview.{key}"), "", query_of(name), view) for key, name, view in _OVERVIEW
    )
    published = tuple(
        Example(example.titles[language], example.comments[language], example.query)
        for example in example_queries()
    )
    return drawn + published
