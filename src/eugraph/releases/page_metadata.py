"""What a web page declares of itself: when, where and by whom it was published.

Only declarations count, in the head or marked up: Dublin Core, Open Graph,
schema.org (microdata and JSON-LD), HTML. A date that merely stands on the page
is as likely that of an event, and one in its footer that of the last redesign.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from lxml import html

from eugraph.releases.release import Metadata
from eugraph.releases.sidecar import is_plausible, publication_date, web_address, words

_NAME = "translate(@name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    f"//meta[{_NAME}='dcterms.issued' or {_NAME}='dc.date.issued']/@content",
    f"//meta[{_NAME}='dcterms.date' or {_NAME}='dc.date' or {_NAME}='date']/@content",
    f"//meta[{_NAME}='pubdate' or {_NAME}='publishdate' or {_NAME}='publish_date']/@content",
    "//time[@pubdate]/@datetime",
)
_SOURCE = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_PUBLISHER = (
    f"//meta[{_NAME}='dcterms.publisher' or {_NAME}='dc.publisher']/@content",
    "//meta[@property='og:site_name']/@content",
)
_LICENCE = ("//link[@rel='license']/@href", "//a[@rel='license']/@href")
_ARTICLES = frozenset({"Article", "BlogPosting", "NewsArticle", "Report", "WebPage"})


def page_metadata(page: html.HtmlElement) -> Metadata:
    """Return what `page` declares; what cannot be what it is declared as is left out."""
    articles = list(_articles(page))
    published = [article.get("datePublished") for article in articles]
    publishers = [article.get("publisher") for article in articles]
    names = [entry.get("name") for entry in publishers if isinstance(entry, dict)]
    return Metadata(
        source=_first(web_address, _declared(page, _SOURCE)),
        published=_first(_day, [*_declared(page, _PUBLISHED), *published]),
        publisher=_first(words, [*_declared(page, _PUBLISHER), *names]),
        licence=_first(web_address, _declared(page, _LICENCE)),
    )


def _declared(page: html.HtmlElement, paths: Iterable[str]) -> list[object]:
    return [str(value) for path in paths for value in page.xpath(path)]


def _first(read: Callable[[object], str], values: Iterable[object]) -> str | None:
    """Return the first of `values` that can be read."""
    for value in values:
        try:
            return read(value)
        except ValueError:
            continue
    return None


def _day(value: object) -> str:
    """Return the day of a date or time of ISO 8601, as its place of publication had it."""
    day = publication_date(str(value).strip()[:10])
    if not is_plausible(day):
        raise ValueError(f"{day} is no day of a release")
    return day


def _articles(page: html.HtmlElement) -> Iterator[dict[str, object]]:
    """Yield the articles and pages described in JSON-LD, outermost only."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(str(script))
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for entry in graph if isinstance(graph, list) else []:
            types = entry.get("@type", ()) if isinstance(entry, dict) else ()
            if not _ARTICLES.isdisjoint([types] if isinstance(types, str) else types):
                yield entry
