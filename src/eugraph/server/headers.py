"""The headers that answers carry whatever they answer."""

from __future__ import annotations

from typing import Final

VARY: Final = ("Accept", "Accept-Language", "Accept-Encoding")
"""The headers of a request that an answer depends on."""

HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Retry-After, Content-Location, Query-Hint, Accept-Ranges, Content-Range"
    ),
    "X-Content-Type-Options": "nosniff",
}
"""What every answer has."""

PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since, If-Range, Range"
    ),
    "Access-Control-Max-Age": "86400",
}
"""What the answer to OPTIONS has besides."""

PAGE: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
"""What a page has besides."""
