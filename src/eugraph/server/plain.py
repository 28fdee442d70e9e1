"""Pages of what is meant for programs: a word on what it is, and its RDF to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import render_template

from eugraph.server.negotiation import EXTENSIONS

_MOST: Final = 60_000
"""How many characters of RDF a page shows at most; the other forms have it whole."""


def plain_page(key: str, rdf: str, path: str, offered: Sequence[str]) -> str:
    """Return the HTML that shows `rdf`, called by `data.{key}`, with links to its other forms.

    `path` is its address without an extension, `offered` the media types that it has.
    """
    extensions = {media_type: extension for extension, media_type in EXTENSIONS.items()}
    before = "?format=" if path.endswith("/") else "."
    forms = [
        (extensions[each].upper(), f"{path}{before}{extensions[each]}")
        for each in dict.fromkeys(offered)
        if each in extensions and each != "text/html"
    ]
    shown, whole = rdf[:_MOST], len(rdf) <= _MOST
    return render_template("plain.html", key=key, rdf=shown, whole=whole, forms=forms)
