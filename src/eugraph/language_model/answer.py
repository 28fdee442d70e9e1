"""Answers: the JSON that a model gave, checked by form before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Collection

from eugraph.errors import ModelError
from eugraph.facts.claim import Claim

MOST_CLAIMS = 500
LONGEST = 1_000
"""How many characters a value or a quote may have."""

_FIELDS = {"slot": str, "value": str, "quote": str, "passage": int}


class MalformedAnswerError(ModelError):
    """An answer is not of the form asked for; the message says where, and goes to the model."""


def read_answer(content: str, slots: Collection[str]) -> tuple[Claim, ...]:
    """Return the claims in `content`, in their order, each once.

    Raises `MalformedAnswerError` unless it is one object with just the field
    `claims`, a list of at most `MOST_CLAIMS` objects of just the four fields.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise MalformedAnswerError(f"it is not JSON ({reason})") from error
    if not isinstance(data, dict) or data.keys() != {"claims"}:
        raise MalformedAnswerError('it is not an object with the one field "claims"')
    claims = data["claims"]
    if not isinstance(claims, list) or len(claims) > MOST_CLAIMS:
        raise MalformedAnswerError(f'"claims" is not a list of at most {MOST_CLAIMS}')
    return tuple(dict.fromkeys(_claim(number, each, slots) for number, each in enumerate(claims)))


def _claim(number: int, data: object, slots: Collection[str]) -> Claim:
    where = f"claims[{number}]"
    if not isinstance(data, dict) or data.keys() != _FIELDS.keys():
        raise MalformedAnswerError(f"{where} has not just the fields {', '.join(_FIELDS)}")
    for name, kind in _FIELDS.items():
        if type(data[name]) is not kind:
            raise MalformedAnswerError(f"{where}.{name} has to be a {kind.__name__}")
    if data["slot"] not in slots:
        raise MalformedAnswerError(f"{where}.slot is none of {', '.join(sorted(slots))}")
    for name in ("value", "quote"):
        if not 0 < len(data[name]) <= LONGEST:
            raise MalformedAnswerError(f"{where}.{name} has to have 1 to {LONGEST} characters")
    return Claim(data["slot"], data["value"], data["quote"], data["passage"])
