"""Which texts from outside are IRIs, by the grammar of RFC 3987, section 2.2.

What a graph names as an IRI and is none would make the whole graph unreadable,
so whatever comes from outside (a sidecar, a page, an address that was fetched)
is looked at here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from urllib.parse import urlsplit

_PLANES: Final = "".join(
    f"{chr(plane)}-{chr(plane | 0xFFFD)}" for plane in range(0x10000, 0xE0000, 0x10000)
)
_UCSCHAR: Final = rf"\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd"
_IPRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_PCHAR: Final = rf"[\w\-.~!$&'()*+,;=:@{_UCSCHAR}]|%[0-9A-Fa-f]{{2}}"
_AUTHORITY: Final = (
    rf"(?:(?:[\w\-.~!$&'()*+,;=:{_UCSCHAR}]|%[0-9A-Fa-f]{{2}})*@)?"
    rf"(?:\[[0-9A-Fa-f:.]+\]|(?:[\w\-.~!$&'()*+,;={_UCSCHAR}]|%[0-9A-Fa-f]{{2}})+)"
    r"(?::[0-9]*)?"
)


@cache
def _web_iri() -> re.Pattern[str]:
    """Return the form of an IRI of the web; to make it takes longer than most builds need it."""
    return re.compile(
        rf"https?://{_AUTHORITY}(?:/(?:{_PCHAR})*)*"
        rf"(?:\?(?:{_PCHAR}|[/?{_IPRIVATE}])*)?(?:\#(?:{_PCHAR}|[/?])*)?",
        re.ASCII | re.IGNORECASE,
    )


def is_web_iri(text: str) -> bool:
    """Tell whether `text` is an absolute IRI of the web, with a host.

    Stricter than the RFC: only `http` and `https` are let through, only IPv6
    addresses stand in brackets, and a port is one that there can be.
    """
    if not _web_iri().fullmatch(text):
        return False
    try:
        return urlsplit(text).port != 0
    except ValueError:  # no IPv6 address in the brackets, or a port above 65535
        return False
