"""The words of a release that state a value, shown within their sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from eugraph.releases.sentences import sentence_around
from eugraph.vocabulary import IRI_BASE

_EVIDENCE: Final = re.compile(
    rf"{re.escape(IRI_BASE)}id/text/([a-z0-9-]+)#char=(\d{{1,9}}),(\d{{1,9}})"
)

Text = Callable[[str], str]
"""Returns the stored text of a release by its id; raises OSError if there is none."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a release, with what stands around them in their sentence.

    `language` is the name of the language of the version they stand in, and
    `code` its code in HTML; empty if it is not told. `start` and `end` count
    the code points of the release's text.
    """

    iri: str
    release: str
    start: int
    end: int
    language: str
    code: str
    before: str
    quote: str
    after: str


def words_at(iri: str, language: tuple[str, str], text: Text) -> Words | None:
    """Return the words that an evidence IRI points to, None if it points to no text here.

    `language` is the name of theirs and its code. The fragment is that of
    RFC 5147, which counts characters.
    """
    found = _EVIDENCE.fullmatch(iri)
    if found is None:
        return None
    release, start, end = found[1], int(found[2]), int(found[3])
    try:
        whole = text(release)
    except OSError:
        return None
    first, last = sentence_around(whole, start, end)
    return Words(
        iri,
        release,
        start,
        end,
        *language,
        ("… " if _goes_on(whole, first - 1) else "") + whole[first:start].lstrip(),
        whole[start:end],
        whole[end:last].rstrip() + (" …" if _goes_on(whole, last) else ""),
    )


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a sentence was cut at the space `at`: what is there ends no sentence."""
    return 0 < at < len(text) - 1 and text[at] == " " and text[at - 1] not in '.!?…”"»)'
