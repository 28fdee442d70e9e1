"""Values as a person gives them in a correction: of which kind, in which words, equal to what.

A person answers for what words mean (that these letters are a country), not
for there being words: a name or a sentence has to be in the quote, so do the
digits of a number and the day of a date.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from eugraph.facts.fact import Concept, Country, Edtf, Scheme, Slot, Text, Value
from eugraph.facts.language.words import fold

if TYPE_CHECKING:
    from eugraph.facts.gazetteer.known import Gazetteer

Given = str | int | date
"""A value as TOML gives it."""

NAMES = frozenset({Slot.ORGANISATION_NAME, Slot.ALIAS})
"""Slots whose words may be inflected in the text."""

TEXTS = NAMES | frozenset(
    {
        Slot.HEADLINE, Slot.TITLE, Slot.OBJECTIVE, Slot.SPECIFIC_OBJECTIVE, Slot.EXPECTED_IMPACT,
        Slot.CONCLUSION, Slot.PURPOSE,
    }
)  # fmt: skip
NUMBERS = frozenset({Slot.PARTNER_COUNT, Slot.COUNTRY_COUNT, Slot.ORDINAL})
DAYS = frozenset({Slot.START, Slot.END})
DATES = frozenset({Slot.STATED_DATE, Slot.NORMALISED_DATE, Slot.ISSUED})
COUNTRIES = frozenset({Slot.INVOLVES_COUNTRY, Slot.ORGANISATION_COUNTRY})
CONCEPTS: Mapping[Slot, str] = {
    Slot.TOPIC: "topic",
    Slot.ROLE: "role",
    Slot.EVENT_TYPE: "event-type",
    Slot.EVENT_STATUS: "event-status",
    Slot.AUDIENCE: "audience",
}
"""The slots whose value is a concept, with its scheme."""

_NOT_SET: Mapping[Slot, str] = {
    Slot.ISSUED: "write `published` into the .toml beside the release",
    Slot.ALIAS: "use the action alias",
    Slot.ABOUT_PROJECT: "a project that was not read cannot be added, only rejected",
    Slot.ABOUT_EVENT: "an event that was not read cannot be added, only rejected",
    Slot.EVENT_OF: "an event cannot be moved, only rejected",
    Slot.PART_OF: "a part cannot be moved, only rejected",
    Slot.PROGRAMME_OF: "say so in the gazetteer of programmes",
}

_EDTF = regex.compile(r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?(/([0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?)?)?")
_SPAN = regex.compile(r"\[[0-9-]*\.\.[0-9-]*\]")
_DIGITS = regex.compile(r"\d+")
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_STEM = 5
"""How many letters of an inflected word are compared: words change at their ends."""


class Known(Struct, frozen=True):
    """What a value may name: the gazetteer's entries, and the concepts of each scheme."""

    gazetteer: Gazetteer
    concepts: Mapping[str, Collection[str]]


def not_settable(slot: Slot) -> str | None:
    """Return why a person cannot set `slot`, and what to do instead; None if one can."""
    return _NOT_SET.get(slot)


def check(slot: Slot, given: Given, known: Known) -> str | None:
    """Return why `given` cannot be a value of `slot`, None if it can."""
    if slot in NUMBERS:
        return None if isinstance(given, int) else "has to be a number, without quotes"
    if slot in DAYS:
        return None if isinstance(given, date) else "has to be a date like 2019-05-31, no quotes"
    if not isinstance(given, str):
        return "has to be a text in quotes"
    if slot in DATES and not (_EDTF.fullmatch(given) or _SPAN.fullmatch(given)):
        return "has to be a date in EDTF, such as 2019-03 or XXXX-04-17/XXXX-04-20"
    if slot in COUNTRIES and given not in known.gazetteer.countries:
        return f"{given!r} is no country: write its ISO code of two letters, such as LV"
    if slot is Slot.FUNDED_UNDER and given not in known.gazetteer.schemes:
        return f"{given!r} is no funding scheme of the gazetteer of programmes"
    concepts = known.concepts[CONCEPTS[slot]] if slot in CONCEPTS else ()
    if concepts and given not in concepts:
        return f"{given!r} is none of {', '.join(sorted(concepts))}"
    return None


def check_words(slot: Slot, given: Given | None, quote: str) -> str | None:
    """Return why the words of `quote` do not say `given`, None if they may."""
    if isinstance(given, date):
        return _check_digits(given.day, quote)
    if isinstance(given, int):
        return _check_digits(given, quote)
    if slot in NAMES:
        starts = {word[:_STEM] for word in _words(quote)}
        missing = [word for word in _words(given or "") if word[:_STEM] not in starts]
        return f"“{missing[0]}” of the value is not in the quote" if missing else None
    if slot in TEXTS or slot is Slot.ACRONYM:
        inside = " ".join((given or "").split()) in " ".join(quote.split())
        return None if inside else "the value has to be in the quote, letter by letter"
    return None


def _check_digits(number: int, quote: str) -> str | None:
    """Return that `number` is missing if `quote` has digits; one in words a person vouches for."""
    digits = {found.lstrip("0") for found in _DIGITS.findall(quote)}
    return None if not digits or str(number) in digits else f"the quote does not have {number}"


def year_in(given: date, quote: str) -> bool:
    """Tell whether the year of a date stands in `quote`."""
    return str(given.year) in _DIGITS.findall(quote)


def same_value(value: Value, given: Given) -> bool:
    """Tell whether a value other than a thing is what a person gave."""
    match value:
        case Text(text, _):
            return isinstance(given, str) and text.split() == given.split()
        case Concept(_, name):
            return name == given
        case Country(code) | Scheme(code) | Edtf(code):
            return code == given
        case _:
            return type(value) is type(given) and value == given


def as_value(slot: Slot, given: Given, language: str) -> Value:
    """Return what a person gave as a value of `slot`, one that is no thing."""
    if not isinstance(given, str):
        return given
    if slot in TEXTS:
        return Text(" ".join(given.split()), language)
    if slot in COUNTRIES:
        return Country(given)
    if slot in DATES:
        return Edtf(given)
    if slot in CONCEPTS:
        return Concept(CONCEPTS[slot], given)
    return Scheme(given) if slot is Slot.FUNDED_UNDER else given


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
