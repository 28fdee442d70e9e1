"""How things, properties and values are called for a reader of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from babel.numbers import format_decimal
from rdflib import XSD

from eugraph.releases.licence import licence_at
from eugraph.search import Entry
from eugraph.server.interface import Translate, has_message
from eugraph.server.overview.disputed import Disputed, disputed_term
from eugraph.server.source import Cell
from eugraph.triples import days
from eugraph.triples.wording import locale
from eugraph.vocabulary import EDTF, IRI_BASE, LANGUAGE, PREFIXES

Terms = Mapping[str, tuple[str, str, str]]
"""Every term of ontology and concept schemes: IRI → kind, label, definition."""

Names = Mapping[str, tuple[str, str]]
"""What things are called, and in which language: IRI → name, tag."""

_HOST: Final = re.compile(r"https?://([\w.-]+)")
_INTEGER: Final = str(XSD.integer)
_DATE: Final = str(XSD.date)
_EDTF: Final = str(EDTF.EDTF)


class Localizer:
    """Calls everything by its name, in `language` as far as there is one."""

    def __init__(
        self,
        language: str,
        translate: Translate,
        *,
        names: Names,
        terms: Terms,
        languages: Mapping[str, str],
    ) -> None:
        """Speak with the names of things, terms, and of languages (EU code → ISO 639-1 code)."""
        self.language = language
        self.translate = translate
        self._locale = locale(language)
        self._names = names
        self._terms = terms
        self._languages = languages
        self._called: dict[str, str] = {}
        self._languages_named: dict[str, tuple[str, str]] = {}

    def name(self, iri: str) -> str:
        """Return what `iri` is called; at worst the end of it, hyphens as spaces."""
        called = self._called.get(iri)
        if called is None:
            called = self._called[iri] = self._name(iri)
        return called

    def _name(self, iri: str) -> str:
        if iri in self._names:
            return self._names[iri][0]
        if iri in self._terms and self._terms[iri][1]:
            return self._terms[iri][1]
        if iri.startswith(str(LANGUAGE)):
            return self.language_name(iri)
        if (licence := licence_at(iri)).name != iri:
            return licence.name
        known = f"property.{_short(iri)}"
        if has_message(self.language, known):
            return self.translate(known)
        name = iri.rstrip("/").rpartition("/")[2].rpartition("#")[2].replace("-", " ") or iri
        elsewhere = None if _short(iri) or iri.startswith(IRI_BASE) else _HOST.match(iri)
        # The number that an authority elsewhere gives a thing says little without the authority.
        return f"{name} ({elsewhere[1]})" if elsewhere and name != iri else name

    def knows(self, iri: str) -> bool:
        """Tell whether `iri` has a name in the edition."""
        return iri in self._names

    def tag(self, iri: str) -> str:
        """Return the language of a name, empty where it is the reader's or of none."""
        tag = self._names[iri][1] if iri in self._names else ""
        return "" if tag == self.language else tag

    def definition(self, iri: str) -> str:
        """Return what a term means, empty if it is none of ours."""
        return self._terms[iri][2] if iri in self._terms else ""

    def language_name(self, iri: str) -> str:
        """Return the name of a language of the EU's table."""
        code = self._languages.get(iri.removeprefix(str(LANGUAGE)), "")
        return str(self._locale.languages.get(code, iri.rpartition("/")[2]))

    def language_code(self, iri: str) -> str:
        """Return the code of a language of the EU's table as HTML has it."""
        return self._languages.get(iri.removeprefix(str(LANGUAGE)), "")

    def named_language(self, iri: str) -> tuple[str, str]:
        """Return name and code of a language of the EU's table, both empty if there is no IRI."""
        named = self._languages_named.get(iri)
        if named is None:
            named = (self.language_name(iri), self.language_code(iri)) if iri else ("", "")
            self._languages_named[iri] = named
        return named

    def best(self, cells: Sequence[Cell]) -> str:
        """Return the text in the reader's language, else in English, else in any."""
        order = (self.language, "en", "")
        ranked = sorted(
            cells,
            key=lambda cell: (
                order.index(cell.get("xml:lang", "")) if cell.get("xml:lang", "") in order else 9,
                cell["value"],
            ),
        )
        return ranked[0]["value"] if ranked else ""

    def value(self, cell: Cell) -> tuple[str, str]:
        """Return a value in words, and how it is set: `date`, `number`, `edtf` or empty."""
        if cell["type"] == "uri":
            return self.name(cell["value"]), ""
        match cell.get("datatype", ""):
            case kind if kind == _DATE:
                return self.day(cell["value"]), "date"
            case kind if kind == _INTEGER:
                return format_decimal(int(cell["value"]), locale=self._locale), "number"
            case kind if kind == _EDTF:
                return days.edtf(cell["value"], self.language), "edtf"
        return cell["value"], ""

    def day(self, text: str) -> str:
        """Return an ISO 8601 day in words; what is none stays as it is."""
        return days.day(text, self.language)

    def when(self, entry: Entry) -> str:
        """Return the days of a thing in words: those it lasts, of a release the one it is from."""
        return days_of(entry, self.language)

    def term(self, entry: Entry, disputed: Disputed) -> str:
        """Return the days of a project in words, all that releases give where they disagree."""
        return disputed_term(entry.begin, entry.end, disputed, self.language)


def days_of(entry: Entry, language: str) -> str:
    """Return the days of a thing in words as they are known, of a release the one it is from."""
    if entry.date:
        return days.edtf(entry.date, language)
    release = entry.iri.startswith(f"{IRI_BASE}id/release/")
    worded = days.between if release else days.days
    return worded(entry.begin, entry.end, language)


def _short(iri: str) -> str:
    found = [
        f"{prefix}:{iri.removeprefix(space)}"
        for prefix, space in PREFIXES.items()
        if iri.startswith(space) and iri != space
    ]
    return min(found, key=len, default="")
