"""A browser, a crawler that follows the sitemap, and Google's search for datasets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urldefrag, urljoin
from urllib.robotparser import RobotFileParser

from lxml import etree, html

from eugraph.doctor.finding import Check, checker
from eugraph.doctor.oai import xml_of
from eugraph.doctor.visitor import Answer, Visitor

_OK: Final = 200
_LINKS: Final = 25
_SAMPLE: Final = 15
_PARTS: Final = 5
_MOST: Final = 50_000
_TEXT: Final = (50, 5000)
_SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_RECOMMENDED: Final = (
    "creator", "license", "identifier", "keywords", "distribution", "includedInDataCatalog",
    "isAccessibleForFree", "spatialCoverage", "temporalCoverage", "url", "version",
)  # fmt: skip

browse, crawl, search = checker("browser"), checker("crawler"), checker("dataset-search")


def play_browser(visitor: Visitor) -> Iterator[Check]:
    """Open the home page, fetch what it is made of, and follow its links."""
    home = visitor.get("", accept="text/html")
    page = _page(home)
    yield browse("the home page is HTML", page is not None, home.address, f"got {home.outcome}")
    if page is None:
        return
    yield browse(
        "it says its language and its title",
        page.get("lang") and page.findtext(".//title"),
        home.address,
        "no lang attribute or no title: screen readers guess",
    )
    policy = home.headers.get("Content-Security-Policy", "")
    yield browse(
        "a policy keeps foreign scripts out",
        policy and "unsafe-inline" not in policy,
        home.address,
        "no Content-Security-Policy, or one that lets inline scripts run",
    )
    for address in _addresses(
        page, home, "//script[@src]/@src | //link[@rel='stylesheet']/@href | //img/@src"
    ):
        answer = visitor.get(address) if visitor.is_here(address) else None
        yield browse(
            "what the page is made of is here",
            answer and answer.status == _OK,
            home.address,
            f"{address}: {answer.outcome if answer else 'at another server'}",
        )
    links = [a for a in _addresses(page, home, "//a/@href") if a.startswith(visitor.origin)]
    for address in links[:_LINKS]:
        answer = visitor.head(address, accept="text/html,*/*;q=0.8")
        yield browse(
            "links lead somewhere",
            answer.status and answer.status < 400,  # noqa: PLR2004
            home.address,
            f"{address}: {answer.outcome}",
        )


def play_crawler(visitor: Visitor) -> Iterator[Check]:
    """Read robots.txt and the sitemap, and open some of the pages."""
    answer = visitor.get("robots.txt")
    yield crawl(
        "there is a robots.txt",
        answer.status == _OK and answer.media_type == "text/plain",
        answer.address,
        f"got {answer.outcome}",
    )
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines() if answer.status == _OK else [])
    sitemaps = robots.site_maps() or []
    yield crawl(
        "robots.txt names the sitemap",
        visitor.base + "sitemap.xml" in sitemaps,
        answer.address,
        f"it names {', '.join(sitemaps) or 'none'}",
    )
    pages = list(_sitemap(visitor, visitor.base + "sitemap.xml"))
    yield crawl("the sitemap lists pages", pages, visitor.base + "sitemap.xml", "it lists none")
    addresses = [address for address, _ in pages]
    yield crawl(
        "it lists no page twice, and no more than it may",
        len(addresses) == len(set(addresses)) and len(addresses) <= _MOST * _PARTS,
        visitor.base + "sitemap.xml",
        "some are listed twice, or there are too many",
    )
    for address, changed in _sample(visitor, pages):
        page = visitor.get(address, accept="text/html")
        yield crawl(
            "a listed page opens without a detour",
            page.status == _OK and page.media_type == "text/html",
            address,
            f"got {page.outcome}",
        )
        yield crawl(
            "a listed page may be read",
            robots.can_fetch("Googlebot", address)
            and "noindex" not in page.headers.get("X-Robots-Tag", ""),
            address,
            "robots.txt or X-Robots-Tag keeps crawlers out",
        )
        yield crawl(
            "when it changed is told", _is_time(changed), address, f"lastmod is {changed!r}"
        )


def _sample(visitor: Visitor, pages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return some of the pages: one of each kind first, then from all over the sitemap."""
    kinds: dict[tuple[str, ...], tuple[str, str]] = {}
    for address, changed in pages:
        parts = tuple(address.removeprefix(visitor.base).split("/"))
        kinds.setdefault(parts[:2] if len(parts) > 1 else (), (address, changed))
    spread = pages[:: max(1, len(pages) // _SAMPLE)]
    return list(dict.fromkeys([*kinds.values(), *spread]))[:_SAMPLE]


def play_dataset_search(visitor: Visitor) -> Iterator[Check]:
    """Look for the dataset in the home page as Google does."""
    home = visitor.get("", accept="text/html")
    datasets = list(_datasets(_page(home)))
    yield search(
        "the home page describes a dataset in schema.org",
        datasets,
        home.address,
        "no script of type application/ld+json with a Dataset",
    )
    for dataset in datasets:
        name, text = dataset.get("name"), dataset.get("description")
        yield search("it has a name", isinstance(name, str) and name, home.address, "no name")
        yield search(
            "its description has 50 to 5000 characters",
            isinstance(text, str) and _TEXT[0] <= len(text) <= _TEXT[1],
            home.address,
            f"it has {len(str(text or ''))}: Google leaves the dataset out",
        )
        missing = [key for key in _RECOMMENDED if dataset.get(key) in (None, "", [])]
        yield search(
            "what Google recommends is there", not missing, home.address, ", ".join(missing)
        )
        yield from _files(visitor, dataset)


def _files(visitor: Visitor, dataset: dict[str, Any]) -> Iterator[Check]:
    files = dataset.get("distribution") or []
    for file in files if isinstance(files, list) else [files]:
        address = str(file.get("contentUrl", "")) if isinstance(file, dict) else ""
        answer = visitor.head(address) if visitor.is_here(address) else None
        yield search(
            "a file is where the page says",
            answer and answer.status == _OK,
            address,
            answer.outcome if answer else "it is at no address of this server",
        )


def _sitemap(visitor: Visitor, address: str, deep: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the pages a sitemap lists, those of the sitemaps it lists among them."""
    root = xml_of(visitor.get(address))
    entries = [] if root is None else list(root)
    if root is None or root.tag != f"{_SITEMAP}sitemapindex":
        for entry in entries:
            yield _child(entry, "loc"), _child(entry, "lastmod")
        return
    for entry in entries[:_PARTS] if not deep else ():
        yield from _sitemap(visitor, _child(entry, "loc"), deep + 1)


def _child(entry: etree._Element, name: str) -> str:
    return (entry.findtext(_SITEMAP + name) or "").strip()


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _page(answer: Answer) -> html.HtmlElement | None:
    if answer.status != _OK or answer.media_type != "text/html" or not answer.body.strip():
        return None
    try:
        return html.document_fromstring(answer.body)
    except (etree.ParserError, ValueError):
        return None


def _addresses(page: html.HtmlElement, answer: Answer, path: str) -> list[str]:
    found = (urldefrag(urljoin(answer.address, str(value)))[0] for value in page.xpath(path))
    return list(dict.fromkeys(found))


def _datasets(page: html.HtmlElement | None) -> Iterator[dict[str, Any]]:
    if page is None:
        return
    for text in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(str(text))
        except (ValueError, RecursionError):
            continue
        nodes = data if isinstance(data, list) else [data]
        for node in nodes:
            if isinstance(node, dict) and re.search(r"\bDataset\b", str(node.get("@type"))):
                yield node
