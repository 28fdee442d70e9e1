"""Pages as a plain host serves them: without links that only a server can follow."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from urllib.parse import urlsplit

from eugraph.server.export.addresses import LIVE

_PAGED: Final = re.compile(r"/page/([0-9]+)/$")
"""What further pages of a list are called, for `?page=`."""

_LINK: Final = re.compile(rb'\s(?:href|src|poster|data-src)="([^"]+)"')
_PAGING: Final = re.compile(rb"(href=\"[^\"?#]*)\?page=([0-9]+)(?=\")")
_ASKING: Final = re.compile(
    rb"""<a (?=[^<>]*?href="(/[^"?#]*\?)[^"]*")[^<>]*>(.*?)</a>""", re.DOTALL
)


def asked_of(path: str) -> str:
    """Return what a server is asked for to get what an export has at `path`."""
    return _PAGED.sub(r"?page=\1", path)


def for_plain_host(page: bytes) -> bytes:
    """Return a page whose links lead where a plain host knows the way.

    Those to further pages of a list lead to their files. Of others that only
    what follows `?` tells from each other the words stay: a plain host would
    lead them to the page that stands at the address without it. Links to what
    needs a server lead to a page that says so.
    """

    def unlinked(link: re.Match[bytes]) -> bytes:
        live = any(f"/{first}?".encode() in link[1] for first in LIVE)
        return link[0] if live else b"<span>" + link[2] + b"</span>"

    return _ASKING.sub(unlinked, _PAGING.sub(rb"\1/page/\2/", page))


def links_of_page(page: bytes) -> set[str]:
    """Return the addresses that a page of ours names.

    Attributes stand in quotation marks there, and what a release says escaped:
    no parser is needed, which took a quarter of the time of a page.
    """
    return {unescape(each.decode()) for each in _LINK.findall(page)}


def leading(target: str) -> bytes:
    """Return a page that leads to another address."""
    path = escape(urlsplit(target)._replace(scheme="", netloc="").geturl())
    return (
        f'<!doctype html><meta charset="utf-8"><title>eugraph</title>'
        f'<meta http-equiv="refresh" content="0; url={path}">'
        f'<link rel="canonical" href="{path}"><p><a href="{path}">{path}</a></p>\n'
    ).encode()
