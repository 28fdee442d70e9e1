"""A reading as JSON and back, so that what did not change need not be read again.

Every value is a list that begins with its kind: `["Text", "Riga", "en"]`. Only
the kinds of `eugraph.facts.fact` are known, so a file can make nothing else,
and one that was altered by hand is told, not believed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from eugraph.errors import DataError
from eugraph.facts import fact
from eugraph.facts.fact import Fact, Reading

_DAY: Final = "day"
_LIST: Final = "list"

_CLASSES: Final = (
    fact.Attribution,
    fact.Concept,
    fact.Country,
    fact.Discrepancy,
    fact.Edtf,
    fact.Event,
    fact.Evidence,
    fact.Fact,
    fact.Id,
    fact.Organisation,
    fact.Participation,
    fact.Place,
    fact.Project,
    fact.Reading,
    fact.ReleaseSubject,
    fact.Scheme,
    fact.Statement,
    fact.Text,
)
_ENUMS: Final = (fact.Status, fact.Certainty, fact.Slot)
_NAMES: Final[Mapping[type, tuple[str, ...]]] = {each: each.__struct_fields__ for each in _CLASSES}
_KINDS: Final[Mapping[str, Callable[..., Any]]] = {
    each.__name__: each for each in (*_CLASSES, *_ENUMS)
}


def write_reading(reading: Reading) -> str:
    """Return a reading as JSON, the same for equal readings."""
    return json.dumps(encoded(reading), ensure_ascii=False, separators=(",", ":"))


def read_stored(text: str) -> Reading:
    """Return the reading that `write_reading` wrote; raises `DataError` for anything else."""
    try:
        reading = decoded(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DataError("a stored reading", f"it is damaged ({error}); delete it") from error
    if not isinstance(reading, Reading):
        raise DataError("a stored reading", "it is none; delete it")
    return reading


def without_words(reading: Reading) -> Reading:
    """Return a reading less the words and premises of its facts, its discrepancies and notes.

    What is left is all that decides which things are one, and what releases
    share: the things, and which statements about them are accepted.
    """
    bare = (Fact(fact.statement, (), fact.status) for fact in reading.facts)
    return Reading(reading.release_id, reading.things, tuple(dict.fromkeys(bare)))


def encoded(value: object) -> object:
    """Return a value of `eugraph.facts.fact`, or a tuple of them, as what JSON can hold."""
    if isinstance(value, tuple):
        return [_LIST, *map(encoded, value)]
    if isinstance(value, StrEnum):
        return [type(value).__name__, str(value)]
    if isinstance(value, date):
        return [_DAY, value.isoformat()]
    if names := _NAMES.get(type(value)):
        return [type(value).__name__, *(encoded(getattr(value, name)) for name in names)]
    return value


def decoded(data: Any) -> Any:  # noqa: ANN401  # whatever a file holds
    """Return the value that `encoded` made this of.

    Raises ValueError, TypeError or KeyError if it made it of none.
    """
    if not isinstance(data, list):
        return data
    kind, *parts = data
    if kind == _LIST:
        return tuple(map(decoded, parts))
    if kind == _DAY:
        return date.fromisoformat(*parts)
    return _KINDS[kind](*map(decoded, parts))
