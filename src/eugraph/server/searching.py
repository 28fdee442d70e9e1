"""`/search`: full text in names and releases, and suggestions while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from eugraph.search import KINDS, FullText, Hit, Index, Narrowed
from eugraph.server.addresses import compact
from eugraph.server.interface import language
from eugraph.server.paging import page_number
from eugraph.server.representations import conditional
from eugraph.server.source import Source
from eugraph.server.things.localizer import days_of
from eugraph.server.things.page import localizer_for

_LONGEST: Final = 200
_SUGGESTED: Final = 8
_FIRST: Final = 10
"""How many of each kind the page of all kinds shows."""

_PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind: how many in all, and those of the page that is shown."""

    kind: str
    total: int
    hits: tuple[Hit, ...]

    @property
    def pages(self) -> int:
        """How many pages there are of this kind alone."""
        return -(-self.total // _PER_PAGE)


def search_blueprint(source: Source) -> Blueprint:
    """Return `/search` and `/search/suggestions`."""
    blueprint = Blueprint("search", __name__)

    @blueprint.get("/search")
    def search() -> Response:
        """Show what the words are found in, names first, then sentences; or a page of one kind."""
        wanted, lang = _wanted(), language()
        kind, page = _kind(), page_number()
        text = FullText(source.edition.search, wanted, language=lang)
        body = render_template(
            "search.html",
            wanted=wanted,
            kind=kind,
            page=page,
            found=tuple(_found(text, kind, page)),
            narrowed=text.narrowed() if not kind else (),
            address=lambda **changes: (
                f"{source.prefix}search?{urlencode({'q': wanted, **changes})}"
            ),
            listed=lambda value, name, facet: _listed(source, value, name, facet),
            localizer=localizer_for(Index(source.edition.search), set(), lang),
            href=source.href,
        )
        return conditional(body.encode(), "text/html")

    @blueprint.get("/search/suggestions")
    def suggestions() -> Response:
        """Return names that begin as the words do: a list of name, type, days and address."""
        text = FullText(source.edition.search, _wanted(), language=language())
        suggested = [
            {"name": each.name, "type": each.facet, "when": "",
             "href": _listed(source, each, *each.lists[0][:2])}
            for each in text.narrowed(most=3)
        ]  # fmt: skip
        suggested += [
            {
                "name": hit.entry.name,
                "type": hit.type,
                "when": days_of(hit.entry, language()),
                "href": source.href(hit.entry.iri),
            }
            for hit in text.hits("name", most=_SUGGESTED)
        ]
        answer = jsonify(suggested[:_SUGGESTED])
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    return blueprint


def _found(text: FullText, only: str, page: int) -> Iterator[Found]:
    """Yield what was found of each kind, or one page of one kind.

    Raises NotFound if there is no such page.
    """
    first, most = ((page - 1) * _PER_PAGE, _PER_PAGE) if only else (0, _FIRST)
    for kind in (only,) if only else KINDS:
        total = text.total(kind)
        if first and first >= total:
            raise NotFound(f"There is no page {page}.")
        if total:
            yield Found(kind, total, text.hits(kind, first=first, most=most))


def _listed(source: Source, value: Narrowed, name: str, facet: str) -> str:
    """Return the address of a list that is narrowed to a value."""
    return f"{source.prefix}{name}?{urlencode({facet: compact(value.iri)})}"


def _kind() -> str:
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        raise BadRequest(f"The kind of what is found is one of {', '.join(KINDS)}; not {kind!r}.")
    return kind


def _wanted() -> str:
    return request.args.get("q", "").strip()[:_LONGEST]
