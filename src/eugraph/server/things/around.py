"""Around an organisation or a place: the releases that speak of it."""

from __future__ import annotations

from functools import cache

from eugraph.editions import Edition
from eugraph.search import Index, Related, lists
from eugraph.server.source import Source
from eugraph.shipped import shipped
from eugraph.vocabulary import with_prefixes


def releases_around(
    source: Source, edition: Edition, iri: str, lang: str, *, most: int
) -> tuple[Related, ...]:
    """Return the releases that speak of `iri`, the latest `most` of them; nothing if none does."""
    rows = source.rows(edition, _query("releases") % {"iri": iri})
    found = [row["release"]["value"] for row in rows]
    entries = Index(edition.search).entries(found, language=lang, sort="latest", most=most)
    return (Related(lists()["releases"], "", len(found), entries),) if found else ()


def query_around(iri: str) -> str:
    """Return the query of all releases that speak of `iri`."""
    return _query("releases") % {"iri": iri}


@cache
def _query(name: str) -> str:
    return with_prefixes(shipped(f"data/pages/{name}.rq").read_text(encoding="utf-8"))
