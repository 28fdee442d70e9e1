"""Solr's query syntax, as portals write it to CKAN: read, and asked of a record.

https://solr.apache.org/guide/solr/latest/query-guide/standard-query-parser.html:
words, phrases, `field:value`, ranges, `*` and `?`, AND, OR, NOT, `+`, `-` and
parentheses; what stands side by side is all asked, as in CKAN. Boosts and
fuzziness are read and make no difference. A word of a text is found by its
beginning, in place of Solr's stemming.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import translate
from functools import partial
from typing import Final

Record = Mapping[str, Sequence[str]]
"""What is indexed of something: field → its values."""

Test = Callable[[Record], bool]
"""Tells whether a record is what is asked for."""

TEXT: Final = "text"
"""The field that is asked where none is named."""

TEXTS: Final = frozenset({TEXT, "title", "notes", "author", "maintainer"})
"""Fields that are asked word by word; of others the whole value is."""

_LONGEST: Final = 4000
_DEEPEST: Final = 30

_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<sign>[()!]|&&|\|\||[+-](?=\S))
  | (?P<field>[\w*][\w.*-]*):(?=\S)
  | "(?P<phrase>(?:[^"\\]|\\.)*)"(?:~\d*)?(?:\^[\d.]+)?
  | (?P<range>[\[{][^\[\]{}]*[\]}])
  | (?P<word>(?:\\.|[^\s()"\[\]{}:^~\\])+)(?:~[\d.]*)?(?:\^[\d.]+)?
    )""",
    re.VERBOSE,
)
_RANGE: Final = re.compile(r"([\[{])\s*(\S+)\s+TO\s+(\S+)\s*([\]}])")
_NOW: Final = re.compile(r"NOW((?:[+-]\d{1,6}(?:DAY|HOUR|MINUTE|SECOND)S?)*)(?:/DAY)?")
_STEP: Final = re.compile(r"([+-]\d+)([A-Z]+?)S?(?=[+-]|$)")
_WORD: Final = re.compile(r"\w+")
_PART: Final = re.compile(r"[\w*?]+")
_OPERATORS: Final = {"&&": "AND", "||": "OR", "!": "NOT"}


class SolrQueryError(ValueError):
    """The query is not one that Solr would read; its text is for who asked."""


def read_query(text: str) -> Test:
    """Return what tells whether a record is what `text` asks for; an empty one asks for all.

    Raises SolrQueryError.
    """
    if len(text) > _LONGEST:
        raise SolrQueryError(f"The query is longer than {_LONGEST} characters.")
    reader = _Reader(_tokens(text))
    test = reader.alternatives(TEXT) if reader.kind else _always
    if reader.kind:
        raise SolrQueryError(f"Nothing opens the parenthesis that is closed in {text[:80]!r}.")
    return test


@dataclass(frozen=True, slots=True)
class _Token:
    """A sign, a field, a phrase, a range or a word; its kind stands in capitals for a sign."""

    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise SolrQueryError(f"This cannot be read: {text[position:][:80]!r}.")
        position, kind = match.end(), str(match.lastgroup)
        value = match[kind]
        if kind == "sign" or (kind == "word" and value in {"AND", "OR", "NOT"}):
            kind = _OPERATORS.get(value, value)
        found.append(_Token(kind, value))
    return found


class _Reader:
    """A query being read, from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = [*tokens, _Token("", "")]
        self._place = 0
        self._depth = 0

    @property
    def kind(self) -> str:
        """The kind of what comes next, empty at the end."""
        return self._tokens[self._place].kind

    def alternatives(self, field: str) -> Test:
        """Read what is asked of a field: `a OR b`."""
        tests = [self._together(field)]
        while self.kind == "OR":
            self._next()
            tests.append(self._together(field))
        return partial(_any, tests)

    def _together(self, field: str) -> Test:
        tests = [self._one(field)]
        while self.kind not in {"", ")", "OR"}:
            if self.kind == "AND":
                self._next()
            tests.append(self._one(field))
        return partial(_all, tests)

    def _one(self, field: str) -> Test:
        denied = False
        while self.kind in {"NOT", "+", "-"}:
            denied ^= self._next().kind != "+"
        token = self._next()
        if token.kind == "field":
            field, token = token.text, self._next()
        test = self._grouped(field) if token.kind == "(" else _test(field, token)
        return partial(_not, test) if denied else test

    def _grouped(self, field: str) -> Test:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SolrQueryError(f"Parentheses are nested deeper than {_DEEPEST}.")
        test = self.alternatives(field)
        self._depth -= 1
        if self._next().kind != ")":
            raise SolrQueryError("A parenthesis is not closed.")
        return test

    def _next(self) -> _Token:
        token = self._tokens[self._place]
        self._place = min(self._place + 1, len(self._tokens) - 1)
        return token


def _test(field: str, token: _Token) -> Test:
    match token.kind:
        case "phrase":
            return partial(_has_phrase, field, token.text)
        case "range":
            return _within(field, token.text)
        case "word" if token.text == "*":
            return _always if field in {TEXT, "*"} else partial(_has_any, field)
        case "word":
            return partial(_has_word, field, re.sub(r"\\(.)", r"\1", token.text))
    raise SolrQueryError(f"There is no value where {token.text or 'the end'} stands.")


def _always(record: Record) -> bool:
    del record
    return True


def _any(tests: Sequence[Test], record: Record) -> bool:
    return any(test(record) for test in tests)


def _all(tests: Sequence[Test], record: Record) -> bool:
    return all(test(record) for test in tests)


def _not(test: Test, record: Record) -> bool:
    return not test(record)


def _has_any(field: str, record: Record) -> bool:
    return any(record.get(field, ()))


def _has_word(field: str, word: str, record: Record) -> bool:
    """Tell whether a field has a word; in texts each part of `press-release` is one."""
    values, wanted = record.get(field, ()), [word.casefold()]
    if field in TEXTS:
        values = [each for value in values for each in _words(value)]
        parts = _PART.findall(word.casefold())
        wanted = [part if {"*", "?"} & {*part} else f"{part}*" for part in parts]
    patterns = [re.compile(translate(each.replace("[", "[[]"))) for each in wanted]
    return all(any(pattern.match(value.casefold()) for value in values) for pattern in patterns)


def _has_phrase(field: str, phrase: str, record: Record) -> bool:
    values = record.get(field, ())
    if field not in TEXTS:
        return phrase.casefold() in {value.casefold() for value in values}
    wanted = f" {' '.join(_words(phrase))} "
    return any(wanted in f" {' '.join(_words(value))} " for value in values)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _within(field: str, text: str) -> Test:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise SolrQueryError(f"This is no range, such as [2026-01-01T00:00:00Z TO *]: {text[:80]}.")
    opening, low, high, closing = found.groups()
    bounds = (_bound(low), _bound(high))
    return partial(_is_within, field, bounds, (opening == "[", closing == "]"))


def _is_within(
    field: str, bounds: tuple[str, str], included: tuple[bool, bool], record: Record
) -> bool:
    (low, high), (with_low, with_high) = bounds, included
    return any(
        (not low or low < value or (with_low and low == value))
        and (not high or value < high or (with_high and high == value))
        for value in map(_bound, record.get(field, ()))
    )


def _bound(text: str) -> str:
    """Return a bound, or what is bounded, as it is compared: empty if open, a time in UTC."""
    if text == "*":
        return ""
    text = text.strip('"')
    if now := _NOW.fullmatch(text):
        time = _moment(now[1])
        time = time.replace(hour=0, minute=0, second=0) if text.endswith("/DAY") else time
    else:
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            return text.casefold()
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(steps: str) -> datetime:
    """Return the time that is so many steps, such as `-7DAYS`, from now."""
    time = datetime.now(UTC)
    try:
        for number, unit in _STEP.findall(steps):
            time += timedelta(**{f"{unit.lower()}s": int(number)})
    except OverflowError:
        raise SolrQueryError(f"NOW{steps} is beyond all time.") from None
    return time
