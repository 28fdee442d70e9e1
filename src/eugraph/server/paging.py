"""Which page of something long is asked for."""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.exceptions import NotFound

_LAST_PAGE: Final = 40_000


def page_number() -> int:
    """Return the number that the parameter `page` tells, 1 without; raises NotFound for no page."""
    given = request.args.get("page", "1")
    number = (
        int(given) if given.isascii() and given.isdecimal() and len(given) < len("100000") else 0
    )
    if not 1 <= number <= _LAST_PAGE:
        raise NotFound(f"There is no page {given[:20]}.")
    return number
