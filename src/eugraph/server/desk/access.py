"""Who may sit at the desk: whoever holds the token, on this machine.

The link that is printed carries the token once; it is exchanged for a cookie
that no other site can send (`SameSite=Strict`) and no script can read. Every
form carries a second proof that only a page of the desk can know. A request
has to come from this machine, name it as the host, and not through a proxy:
a page of another site that makes its own name point here (DNS rebinding)
names another host.
"""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from flask import Request
from werkzeug.exceptions import Forbidden

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_BY_PROXY: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


def check_place(request: Request) -> None:
    """Raise Forbidden unless the request was made on this machine, to this machine."""
    try:
        local = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        local = False
    host = _address(f"//{request.headers.get('Host', '')}").hostname
    if not local or host not in _HERE or any(name in request.headers for name in _BY_PROXY):
        raise Forbidden("The publisher's desk is for this machine alone.")


def check_person(request: Request, token: str) -> None:
    """Raise Forbidden unless the request carries the cookie that `token` was exchanged for."""
    if not _same(request.cookies.get(cookie_name(token), ""), derived(token, "cookie")):
        raise Forbidden("Open the desk by the link that `eugraph up` prints.")


def check_form(request: Request, token: str) -> None:
    """Raise Forbidden unless the form was made by the desk itself."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and _address(origin).netloc != request.headers.get("Host")
    if foreign or not _same(request.form.get("proof", ""), derived(token, "form")):
        raise Forbidden("This form is out of date; open the desk again and repeat it.")


def is_token(given: str, token: str) -> bool:
    """Tell whether `given` is the token."""
    return _same(given, token)


def cookie_name(token: str) -> str:
    """Return the name of the cookie: another for each desk of this machine, whatever its port."""
    return f"eugraph-desk-{derived(token, 'name')[:8]}"


def derived(token: str, purpose: str) -> str:
    """Return the proof for `purpose` that only who knows the token can make."""
    return hmac.new(token.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _address(text: str) -> SplitResult:
    """Return the parts of an address; of what is none there are none."""
    try:
        return urlsplit(text)
    except ValueError:  # such as a bracket that is not closed
        return SplitResult("", "", "", "", "")


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
