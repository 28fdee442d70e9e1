"""Which page of something long is asked for."""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.exceptions import NotFound

_LAST_PAGE: Final = 40_000


def page_number() -> int:
    """Return the number that the parameter `page` tells, 1 without; raises NotFound for no page."""
    told = request.args.get("page", "1")
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < len("100000") else 0
    if not 1 <= number <= _LAST_PAGE:
        raise NotFound(f"There is no page {told[:20]}.")
    return number
