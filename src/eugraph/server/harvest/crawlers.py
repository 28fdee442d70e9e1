"""For crawlers: `robots.txt`, and the pages there are, with when each last changed.

Sitemaps: https://www.sitemaps.org/protocol.html, at most 50,000 addresses in a
file; more are told by an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response
from lxml import etree
from werkzeug.exceptions import NotFound

from eugraph.editions import Edition
from eugraph.search import lists
from eugraph.server.harvest.documents import XML, xml_bytes
from eugraph.server.publication import created
from eugraph.server.representations import conditional
from eugraph.server.source import Source

MOST: Final = 50_000
"""How many addresses a sitemap may have."""

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES: Final = ("", "overview", "sparql", "ontology", "shapes", "catalog", "download/")
"""Pages besides those about things and their lists."""

_ROBOTS: Final = """\
User-agent: *
Disallow: {prefix}sparql?query=
Disallow: {prefix}desk
Disallow: {prefix}metrics
Crawl-delay: 1

Sitemap: {base_url}sitemap.xml
"""

Entry = tuple[str, str]
"""An address and when what is there last changed, in ISO 8601."""


def crawlers_blueprint(source: Source, most: int = MOST) -> Blueprint:
    """Return `/robots.txt` and `/sitemap.xml`, with at most `most` addresses in a file."""
    blueprint = Blueprint("crawlers", __name__)

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        """Say what crawlers had better leave alone, and where the sitemap is."""
        text = _ROBOTS.format(prefix=source.prefix, base_url=source.settings.base_url)
        return conditional(text.encode(), "text/plain")

    @blueprint.get("/sitemap.xml")
    def sitemap() -> Response:
        """List the pages, or the sitemaps that list them."""
        edition = source.edition
        entries = list(_entries(source, edition))
        if len(entries) <= most:
            return _document("urlset", "url", entries)
        base, parts = source.settings.base_url, -(-len(entries) // most)
        listed = [(f"{base}sitemap-{n}.xml", created(edition)) for n in range(1, parts + 1)]
        return _document("sitemapindex", "sitemap", listed)

    @blueprint.get("/sitemap-<int:number>.xml")
    def part(number: int) -> Response:
        """List some of the pages."""
        entries = list(_entries(source, source.edition))[(number - 1) * most : number * most]
        if number < 1 or not entries:
            raise NotFound(f"There is no sitemap {number}.")
        return _document("urlset", "url", entries)

    return blueprint


def _entries(source: Source, edition: Edition) -> Iterator[Entry]:
    """Yield the pages of the site, those about things in the order they last changed."""
    base = source.settings.base_url
    for path in (*_PAGES, *lists()):
        yield base + path, created(edition)
    for thing in source.changes(edition).things():
        if not thing.deleted:
            yield f"{base}doc/{thing.path}", thing.changed


def _document(root: str, element: str, entries: list[Entry]) -> Response:
    document = etree.Element(f"{{{_SITEMAP}}}{root}", nsmap={None: _SITEMAP})
    for address, changed in entries:
        entry = etree.SubElement(document, f"{{{_SITEMAP}}}{element}")
        etree.SubElement(entry, f"{{{_SITEMAP}}}loc").text = address
        etree.SubElement(entry, f"{{{_SITEMAP}}}lastmod").text = changed
    return conditional(xml_bytes(document), XML)
