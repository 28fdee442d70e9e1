"""Conditions that a client sends, and what becomes of those that cannot be kept to."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request
from werkzeug.exceptions import PreconditionFailed
from werkzeug.http import parse_date

_TIMES: Final = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_DATE")


def drop_unreadable(environ: dict[str, Any]) -> None:
    """Take out of a WSGI environment what is no date where one is due (RFC 9110, 13.1.3, 13.1.4).

    An `If-Range` that is neither a tag nor a date holds of nothing, so the
    `Range` goes with it (13.1.5). Werkzeug's reader of dates raises
    OverflowError at a year that no number of C can hold. Several parts of a
    file at once are not sent, nor parts of other units: such a `Range` is passed
    over (14.2), and the whole is sent.
    """
    part = environ.get("HTTP_RANGE", "")
    if "," in part or not part.lstrip().startswith("bytes="):
        environ.pop("HTTP_RANGE", None)
    if "HTTP_IF_MATCH" in environ:  # goes before the time (13.1.4); `*` holds of all there is
        environ.pop("HTTP_IF_UNMODIFIED_SINCE", None)
        if environ["HTTP_IF_MATCH"].strip() == "*":
            del environ["HTTP_IF_MATCH"]
    for name in _TIMES:
        if name in environ and not _is_readable(environ[name]):
            del environ[name]
    if "HTTP_IF_RANGE" in environ and not _is_readable(environ["HTTP_IF_RANGE"]):
        del environ["HTTP_IF_RANGE"]
        environ.pop("HTTP_RANGE", None)


def fail_if_modified(answer: Response) -> None:
    """Raise PreconditionFailed for who wants `answer` only if it is unmodified since a time.

    RFC 9110, 13.1.4; werkzeug looks at the other conditions.
    """
    since, modified = request.if_unmodified_since, answer.last_modified
    if since and modified and modified > since:
        answer.close()
        raise PreconditionFailed


def _is_readable(text: str) -> bool:
    """Tell whether werkzeug can read `text`, be it as a date or as none.

    A year 0, which is none, it would take for 2000.
    """
    if " 0000 " in text:
        return False
    try:
        parse_date(text)
    except Exception:  # noqa: BLE001  # whatever the parser of dates in e-mail trips over
        return False
    return True
