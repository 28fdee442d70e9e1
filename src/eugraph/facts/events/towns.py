"""Towns: names of towns as a text writes them, and the places of GeoNames that they mean.

A name is a run of words in capitals that nothing else claims; what stands before
it says whether it stands as a place.
"""

from __future__ import annotations

import regex
from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.events.cases import nominative
from eugraph.facts.gazetteer.geonames import Asked
from eugraph.facts.gazetteer.known import KnownPlace
from eugraph.facts.language.words import Kind, fold
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked
from eugraph.facts.organisations.named import NamedOrganisation


class NamedPlace(Struct, frozen=True):
    """A place named: the words `first:last` with its country, its name, country, gazetteer key.

    `body` is the organisation whose name gives the place, if one does
    (`Valkas pašvaldībā`: in the municipality of Valka).
    """

    passage: int
    first: int
    last: int
    name: str
    country: str | None
    known: str | None = None
    body: NamedOrganisation | None = None
    of_host: bool = False
    """Whether only the home of the body that receives the event gives it."""

    @property
    def key(self) -> str:
        """What tells it from other places of the release."""
        return self.known or fold(self.name)


def locate(
    document: Document,
    marked: Marked,
    name: str,
    country: str | None = None,
    *,
    alike: bool = True,
) -> KnownPlace | None:
    """Return the place of GeoNames that `name` means, in its country or those the release names.

    With `alike` a name that is only like the place's may mean it.
    """
    language = marked.passage.language
    asked = Asked(
        name,
        (country,) if country else document.countries,
        stated=country is not None,
        language=language,
        endings=document.knowledge.endings(language),
        alike=alike and country is not None,
    )
    found = document.knowledge.gazetteer.locate(asked)
    if found is None and alike and country is None:
        found = document.knowledge.gazetteer.locate(
            replace(asked, countries=document.named, alike=True)
        )
    return found


def located(document: Document, marked: Marked, place: NamedPlace) -> NamedPlace:
    """Return `place` with its key and country if GeoNames knows it, as named or as written."""
    if place.known is not None:
        return place
    known = locate(document, marked, place.name, place.country)
    end = run_end(marked, place.first, place.last)
    if known is None and place.body is None and end > place.first:
        known = locate(document, marked, marked.text(place.first, end), place.country)
    return replace(place, known=known.key, country=known.country) if known else place


def known_place(document: Document, marked: Marked, first: int, last: int) -> str | None:
    """Return the key of the place of the gazetteer named in `first:last`, if there is one."""
    inside = marked.within(first, last, "place")
    if inside:
        return inside[0].value
    for mention in marked.within(first, last, "organisation"):
        known = document.knowledge.gazetteer.organisations[mention.value]
        if known.place:
            return known.place
    return None


def placed(marked: Marked, first: int) -> bool:
    """Return whether a name at `first` stands as a place: after a preposition of place."""
    at = first
    while at and marked.words[at - 1].folded in marked.lexicon.articles:
        at -= 1
    return marked.before(at, "in") is not None


def run_end(marked: Marked, first: int, limit: int) -> int:
    """Return where the name of a town that begins with a word ends; there, if none does."""
    last = first
    while last < limit and _town_word(marked, last):
        last += 1
    return last


def run_start(marked: Marked, end: int) -> int:
    """Return where the name of a town that ends before a word begins."""
    first = end
    known = marked.before(end, "place")
    while first and known is None and _town_word(marked, first - 1):
        first -= 1
    return known.first if known is not None else first


def after_district(marked: Marked, first: int, reach: int = 5) -> bool:
    """Return whether a place is named after a common noun for it: “in the district of Lyon”."""
    words, at = marked.words, first - 1
    if at < 1 or words[at].folded not in marked.lexicon.joiners or words[at].capital:
        return False
    at -= 1
    while at > 0 and at > first - reach and words[at].kind is Kind.WORD:
        if marked.before(at + 1, "in"):
            return True
        at -= 1
    return marked.before(at + 1, "in") is not None


def countries_of_towns(document: Document) -> dict[str, str]:
    """Return the country of every town that a release names with it once: “Sofia, Bulgaria”."""
    found: dict[str, str] = {}
    for marked in document.passages:
        for country in marked.of("country"):
            if country.first < 2 or marked.words[country.first - 1].text not in {",", "("}:  # noqa: PLR2004
                continue
            last = first = country.first - 1
            while first and _town_word(marked, first - 1):
                first -= 1
            if first < last:
                found.setdefault(fold(marked.text(first, last)), country.value)
                found.setdefault(fold(nominative(marked, marked.text(first, last))), country.value)
    return found


def place_in(document: Document, marked: Marked, first: int, last: int) -> NamedPlace | None:
    """Return the place that the words `first:last` of a labelled line give."""
    known = known_place(document, marked, first, last)
    country = next(iter(marked.within(first, last, "country")), None)
    code = country.value if country else None
    if known is not None:
        place = document.knowledge.gazetteer.places[known]
        return NamedPlace(marked.number, first, last, place.key, place.country, known)
    inner = [
        m.last for m in marked.within(first, last, "in") if run_end(marked, m.last, last) > m.last
    ]
    start = inner[-1] if inner else first
    end = run_end(marked, start, last)
    if end == start:
        return None
    at = country.last if country else end
    place_read = NamedPlace(marked.number, start, at, marked.text(start, end), code)
    return located(document, marked, place_read)


def _town_word(marked: Marked, at: int) -> bool:
    word = marked.words[at]
    if (
        word.kind is not Kind.WORD
        or not word.capital
        or word.folded in marked.lexicon.not_names
        or marked.in_date(at)
    ):
        return False
    other = marked.covering(at, *_NO_TOWNS)
    return other is None or (other.kind == "short" and _DOUBLE.fullmatch(word.text) is not None)


_DOUBLE = regex.compile(r"\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)+")
"""The double name of a town, Cluj-Napoca, which has two capitals as an acronym has."""

_NO_TOWNS = (
    "country", "scheme", "place", "organisation", "month", "weekday", "short", "quoted", "event",
    "project",
)  # fmt: skip
