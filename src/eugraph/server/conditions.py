"""Conditions by time that a client sends, and what becomes of those that are no time."""

from __future__ import annotations

from typing import Any, Final

from werkzeug.http import parse_date

_TIMES: Final = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_DATE")


def drop_unreadable(environ: dict[str, Any]) -> None:
    """Take out of a WSGI environment what is no date where one is due (RFC 9110, 13.1.3, 13.1.4).

    An `If-Range` that is neither a tag nor a date holds of nothing, so the
    `Range` goes with it (13.1.5). Werkzeug's reader of dates raises
    OverflowError at a year that no number of C can hold.
    """
    for name in _TIMES:
        if name in environ and not _is_readable(environ[name]):
            del environ[name]
    if "HTTP_IF_RANGE" in environ and not _is_readable(environ["HTTP_IF_RANGE"]):
        del environ["HTTP_IF_RANGE"]
        environ.pop("HTTP_RANGE", None)


def _is_readable(text: str) -> bool:
    """Tell whether werkzeug can read `text`, be it as a date or as none."""
    try:
        parse_date(text)
    except Exception:  # noqa: BLE001  # whatever the parser of dates in e-mail trips over
        return False
    return True
