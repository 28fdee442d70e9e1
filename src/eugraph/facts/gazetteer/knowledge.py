"""Knowledge: lexicons and gazetteer as one, loaded once and looked things up in ever after.

A language's table of phrases is put together when the first passage in that
language is read: its cues, CLDR's countries, and all names of the gazetteer,
those of its own language in any inflection, those of other languages as written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import regex

from eugraph.facts.gazetteer.known import Gazetteer, Names, country_names, load_gazetteer
from eugraph.facts.language.lexicon import (
    Cue,
    Lexicon,
    Shared,
    Table,
    lexicon_languages,
    load_lexicon,
    load_shared,
)
from eugraph.facts.language.words import SHORTEST_NAME, Word, fold, split_words, stems
from eugraph.releases.release import Passage
from eugraph.shipped import shipped

NUMBER = regex.compile(r"[0-9]+")
"""A number in a name."""

_JOINED = regex.compile(r"(?<=\p{Ll})-(?=\p{Lu})")
"""A dash between two names, as in `Latvia–Lithuania`; `Botnia-Atlantica` is written so as well."""


_JOINED_NAMES = regex.compile(r"Interreg (?!V).*\p{Ll}[–-]\p{Lu}.*")
"""The name of a programme of two countries or regions."""


class StemmedName(NamedTuple):
    """A name of a funding scheme: its rank among all, the key of the scheme, its words by stem.

    `programme` is the key of the programme that the scheme belongs to, `initials` are the letters
    that the words begin with, `numbers` those in any name of the scheme.
    """

    rank: int
    key: str
    programme: str
    words: tuple[str, ...]
    initials: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before a release is read. Languages are loaded when first met."""

    gazetteer: Gazetteer
    shared: Shared
    folder: Path
    languages: tuple[str, ...]
    loaded: dict[str, Lexicon] = field(default_factory=dict, compare=False, repr=False)
    stemmed: dict[str, dict[int, list[StemmedName]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    countries: dict[str, tuple[tuple[str, str], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    ending: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def lexicon(self, language: str) -> Lexicon:
        """Return the lexicon of `language` with all names in its table.

        Raises `DataError` if its file is malformed.
        """
        lexicon = self.loaded.get(language)
        if lexicon is None:
            names = self.gazetteer.given_names
            lexicon = replace(load_lexicon(language, self.folder), given_names=names)
            _add_names(lexicon.table, language, self.gazetteer)
            for form in sorted(self.shared.legal_forms):
                lexicon.table.add(f"={form}", Cue("legal-form"))
            self.loaded[language] = lexicon
        return lexicon

    def endings(self, language: str) -> frozenset[str]:
        """Return the endings that names may have in `language`: of its stems and of its places."""
        known = self.ending.get(language)
        if known is None:
            lexicon = self.lexicon(language)
            known = lexicon.stemmer.endings | {fold(ending) for ending, _ in lexicon.nominative}
            self.ending[language] = known
        return known

    def scheme_stems(self, language: str) -> Mapping[int, Sequence[StemmedName]]:
        """Return the names of funding schemes in `language` by their length; short names not."""
        known = self.stemmed.get(language)
        if known is None:
            stemmer = self.lexicon(language).stemmer
            named = (
                (scheme, stems(name, stemmer))
                for scheme in self.gazetteer.schemes.values()
                for name in (*scheme.names.get(language, ()), *scheme.written)
            )
            known = self.stemmed[language] = {}
            for rank, (scheme, words) in enumerate(named):
                if len(words) >= SHORTEST_NAME:
                    initials = frozenset(word[:1] for word in words)
                    programme = self.gazetteer.programme(scheme.key).key
                    numbers = _numbers(scheme.names)
                    name = StemmedName(rank, scheme.key, programme, words, initials, numbers)
                    known.setdefault(len(words), []).append(name)
        return known

    def country_stems(self, language: str) -> tuple[tuple[str, str], ...]:
        """Return the stems of countries' names of one word in `language` and English, with codes.

        The same object every time.
        """
        known = self.countries.get(language)
        if known is None:
            stemmer = self.lexicon(language).stemmer
            named = [
                (stems(country_names(spoken).get(code, ""), stemmer), code)
                for code in self.gazetteer.countries
                for spoken in dict.fromkeys((language, "en"))
            ]
            known = tuple((words[0], code) for words, code in named if len(words) == 1)
            self.countries[language] = known
        return known

    def split(self, passage: Passage) -> tuple[Word, ...]:
        """Return the words of `passage`, stemmed as its language is."""
        return split_words(passage.text, self.lexicon(passage.language).stemmer)


def _numbers(names: Names) -> frozenset[str]:
    named = (name for listed in names.values() for name in listed)
    return frozenset(number for name in named for number in NUMBER.findall(name))


@cache
def load_knowledge() -> Knowledge:
    """Return what the shipped lexicons and gazetteer know; the same object every time.

    Raises `DataError` naming the file if one is malformed.
    """
    folder = shipped("data/lexicon")
    gazetteer = load_gazetteer(shipped("data/gazetteer"))
    return Knowledge(gazetteer, load_shared(folder), folder, lexicon_languages(folder))


def _add_names(table: Table, language: str, gazetteer: Gazetteer) -> None:
    for code in gazetteer.countries:
        for spoken in dict.fromkeys((language, "en")):
            if name := country_names(spoken).get(code):
                table.add(name, Cue("country", code), by_form=spoken != language)
    for country in gazetteer.countries.values():
        for name in country.written + country.misspelt:
            table.add(name, Cue("country", country.code))
    for scheme in gazetteer.schemes.values():
        names = {spoken: _with_strand(listed) for spoken, listed in scheme.names.items()}
        written = _with_strand(scheme.written)
        _add(table, language, names, written, cue=Cue("scheme", scheme.key))
    for place in gazetteer.places.values():
        _add(table, language, place.names, place.written, cue=Cue("place", place.key))
    for known in gazetteer.organisations.values():
        _add(table, language, known.names, known.written, cue=Cue("organisation", known.key))


def _add(table: Table, language: str, names: Names, written: tuple[str, ...], *, cue: Cue) -> None:
    """Add names so that each stands for its thing and for itself as listed, the nominative."""
    for spoken, listed in names.items():
        for name in listed:
            for variant in _with_dashes(name):
                base = replace(cue, base=name.replace(_STRANDS, _INTERREG))
                table.add(_as_written(variant), base, by_form=spoken != language)
    for name in written:
        for variant in _with_dashes(name):
            plain = name.lstrip("=").replace(_STRANDS, _INTERREG)
            table.add(_as_written(variant), replace(cue, base=plain))


_INTERREG = "Interreg "
_STRANDS = "Interreg ?V-A ?VI-A "
"""Programmes of neighbours are written with the number of their period and strand."""


def _with_strand(names: tuple[str, ...]) -> tuple[str, ...]:
    """Let `Interreg Latvia–Lithuania` be written as `Interreg VI-A Latvia–Lithuania`, too."""
    return tuple(
        _STRANDS + name[len(_INTERREG) :] if _JOINED_NAMES.fullmatch(name) else name
        for name in names
    )


def _with_dashes(name: str) -> tuple[str, ...]:
    """Return a name with its joining dashes as hyphens, and as dashes that stand alone."""
    joined = name.replace("–", "-")
    apart = _JOINED.sub(" - ", joined)
    return tuple(dict.fromkeys((joined, apart)))


def _as_written(name: str) -> str:
    """Return a name so that one of capitals alone, such as `LIFE`, is matched as written."""
    single = name.isupper() and " " not in name and not name.startswith("=")
    return f"={name}" if single else name
