"""Why a query may have found nothing: what it names that does not occur, and what does instead.

Only what a look-up can tell: an IRI or a literal of the query that occurs
nowhere, and the same with another language tag, datatype, spelling or other
capitals that does; and a literal without a language, which words quoted from a release are,
where a name with one has the same letters. A pattern that fails for other
reasons gets no hint.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Final

import pyoxigraph as ox
from rdflib import XSD

from eugraph.shipped import shipped
from eugraph.store.outline import Mention, mentions
from eugraph.vocabulary import EUG, IRI_BASE

_MOST: Final = 3
_LOOKED_AT: Final = 50
_LABELLED: Final = ("en", "lv")
"""The languages that all things have their names in."""

_NAME: Final = 200
"""How many characters a text may have that may be a name."""

_TYPES: Final = tuple(
    map(str, (XSD.date, XSD.integer, XSD.gYear, XSD.gYearMonth, XSD.decimal, XSD.anyURI))
)
_LIVES_IN_THE_LANGUAGE: Final = ("http://www.w3.org/2001/XMLSchema#",)


@dataclass(frozen=True, slots=True)
class Hint:
    """What of a query occurs nowhere, as SPARQL writes it, and what does instead, if known."""

    missing: str
    instead: str = ""
    occurs: bool = False
    """Whether it occurs after all, so that the query may mean the other."""

    def __str__(self) -> str:
        if self.occurs:
            return f"{self.missing} is not {self.instead}, which occurs as well."
        known = f"; {self.instead} does" if self.instead else ""
        return f"{self.missing} occurs nowhere in this edition{known}."


def hints(text: str, store: ox.Store, *, base: str) -> tuple[Hint, ...]:
    """Return why the query `text` may have found nothing in `store`; at most a few hints."""
    return tuple(islice(_hints(islice(mentions(text, base), _LOOKED_AT), store), _MOST))


def _hints(mentioned: Iterator[Mention], store: ox.Store) -> Iterator[Hint]:
    for mention in dict.fromkeys(mentioned):
        term = _term(mention)
        if term is None:
            continue
        occurs = _occurs(term, store)
        if occurs and not (mention.kind != "iri" and term == ox.Literal(mention.value)):
            continue
        others = (other for other in _others(mention) if other != term and _occurs(other, store))
        instead = next(others, None)
        if instead is not None or (isinstance(term, ox.NamedNode) and not occurs):
            yield Hint(str(term), "" if instead is None else str(instead), occurs)


def _term(mention: Mention) -> ox.NamedNode | ox.Literal | None:
    try:
        if mention.kind == "iri":
            iri = mention.value
            return None if iri.startswith(_LIVES_IN_THE_LANGUAGE) else ox.NamedNode(iri)
        if mention.datatype:
            return ox.Literal(mention.value, datatype=ox.NamedNode(mention.datatype))
        return ox.Literal(mention.value, language=mention.language or None)
    except ValueError:
        return None


def _occurs(term: ox.NamedNode | ox.Literal, store: ox.Store) -> bool:
    patterns: list[tuple[object, object, object, object]] = [(None, None, term, None)]
    if isinstance(term, ox.NamedNode):
        patterns += [(term, None, None, None), (None, term, None, None), (None, None, None, term)]
    return any(
        next(store.quads_for_pattern(*pattern), None) is not None  # type: ignore[arg-type]
        for pattern in patterns
    )


def _others(mention: Mention) -> Iterator[ox.NamedNode | ox.Literal]:
    """Yield what may have been meant."""
    value = mention.value
    if mention.kind == "iri":
        for iri in _spellings(value):
            yield ox.NamedNode(iri)
        return
    yield ox.Literal(value)
    for tag in _tags():
        yield ox.Literal(value, language=tag)
    for datatype in _TYPES:
        yield ox.Literal(value, datatype=ox.NamedNode(datatype))
    for written in _writings(value):
        yield ox.Literal(written)
        for tag in dict.fromkeys(filter(None, (mention.language, *_LABELLED))):
            yield ox.Literal(written, language=tag)


def _writings(value: str) -> Iterator[str]:
    """Yield a text that may be a name with other capitals and without margins."""
    if len(value) <= _NAME:
        text = value.strip()
        others = (text, text.upper(), text.lower(), text.capitalize(), text.title())
        yield from dict.fromkeys(each for each in others if each != value)


def _spellings(iri: str) -> Iterator[str]:
    scheme, mark, rest = iri.partition("://")
    if mark:
        yield ("http" if scheme == "https" else "https") + mark + rest
    yield iri.rstrip("/") if iri.endswith("/") else iri + "/"
    if iri.startswith(f"{IRI_BASE}doc/"):
        yield f"{IRI_BASE}id/{iri.removeprefix(f'{IRI_BASE}doc/')}"
    if iri.startswith(str(EUG)):
        close = get_close_matches(iri.removeprefix(str(EUG)), _terms(), n=3)
        yield from (str(EUG) + name for name in close)


@cache
def _terms() -> tuple[str, ...]:
    return tuple(name for name in EUG.__annotations__ if not name.startswith("_"))


@cache
def _tags() -> tuple[str, ...]:
    """Return the tags of the languages that releases are told apart by."""
    text = shipped("data/languages.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["languages"])
