"""A candidate for a link, and the file that keeps candidates from build to build."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from eugraph.errors import DataError

FORMAT = 1
"""The form of the file; another one is not read."""

FILE = "candidates.json"
"""The name of the file in a site's folder."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """That a thing, by its path (`project/wir-2017`), may be what `iri` names elsewhere.

    `score` is by the scale of the service at `service`, as a decimal number;
    `name` is what that dataset calls it. `confident` is what the service says
    of its own proposal, and nobody has looked at it.
    """

    path: str
    iri: str
    name: str
    score: str
    confident: bool
    service: str


def write_candidates(candidates: Iterable[Candidate]) -> str:
    """Return candidates as JSON, the same text for the same candidates."""
    ordered = sorted(set(candidates), key=lambda each: (each.path, -Decimal(each.score), each.iri))
    lines = (json.dumps(asdict(each), ensure_ascii=False) for each in ordered)
    return f'{{"format": {FORMAT}, "candidates": [\n' + ",\n".join(lines) + "\n]}\n"


def read_candidates(text: str) -> tuple[Candidate, ...]:
    """Return the candidates that `write_candidates` wrote; raises `DataError` for anything else."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise DataError(FILE, f"its format is {data['format']!r}, not {FORMAT}")
        return tuple(_checked(Candidate(**each)) for each in data["candidates"])
    except (ValueError, TypeError, KeyError) as error:
        reason = f"it is damaged ({type(error).__name__}); remove it and ask the service again"
        raise DataError(FILE, reason) from error


def decimal(number: object) -> str | None:
    """Return a number as a decimal one (`87.5`), None for what is no finite number."""
    if isinstance(number, bool) or not isinstance(number, int | float | str):
        return None
    try:
        value = Decimal(str(number))
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        return None
    plain = f"{value:f}"
    return plain.rstrip("0").removesuffix(".") if "." in plain else plain


def safe_iri(text: str) -> str | None:
    """Return `text` if it is an address without anything that an IRI must not have (RFC 3987)."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    fine = text.isascii() and text.isprintable() and not set(text) & set(' <>"{}|\\^`')
    web = parts.scheme in {"http", "https"} and parts.hostname
    return text if web and fine and len(text) <= _LONGEST_IRI else None


_DIGITS = 15
_LONGEST_IRI = 2_000


def _checked(candidate: Candidate) -> Candidate:
    texts = (candidate.path, candidate.iri, candidate.name, candidate.score, candidate.service)
    if not all(isinstance(text, str) for text in texts) or decimal(candidate.score) is None:
        raise TypeError(candidate.path)
    if not (safe_iri(candidate.iri) and safe_iri(candidate.service)):
        raise TypeError(candidate.path)
    return candidate
