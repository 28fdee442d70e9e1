"""Places: where an event is held, known to the gazetteer or read by case and preposition.

Places are looked for where a place may stand, never all over the text: names
of towns are also common words. A place that the gazetteer does not know is a
name in capitals after a preposition of place, or in the language's case for
places, brought to the nominative as far as the lexicon knows the endings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.events.cases import SURE_ENDING, case_ending, in_case, nominative
from eugraph.facts.gazetteer.geonames import Asked
from eugraph.facts.gazetteer.known import KnownPlace
from eugraph.facts.language.words import Kind, fold
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.named import NamedOrganisation, country_after

_HOST_REACH = 4
"""Words between a host and the verb: “the city hall, in May, hosted”."""


class NamedPlace(Struct, frozen=True):
    """A place named: the words `first:last` with its country, its name, country, gazetteer key.

    `body` is the organisation whose name gives the place, if one does
    (`Vanersborgas pašvaldībā`: in the municipality of Vänersborg).
    """

    passage: int
    first: int
    last: int
    name: str
    country: str | None
    known: str | None = None
    body: NamedOrganisation | None = None

    @property
    def key(self) -> str:
        """What tells it from other places of the release."""
        return self.known or fold(self.name)


def find_place(
    document: Document,
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
) -> NamedPlace | None:
    """Return the place that `sentence` is about: the first that stands as a place does."""
    found = list(_bodies(document, marked, organisations))
    found += _in_names(document, marked, organisations)
    found += _known(document, marked, sentence, organisations)
    found += _unknown(document, marked, sentence, organisations)
    if not found:
        return _of_host(document, marked, sentence, organisations)
    return _located(document, marked, min(found, key=lambda place: _rank(organisations, place)))


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


def _located(document: Document, marked: Marked, place: NamedPlace) -> NamedPlace:
    """Return `place` with its key and country if GeoNames knows it, as named or as written."""
    if place.known is not None:
        return place
    known = locate(document, marked, place.name, place.country)
    end = _run_end(marked, place.first, place.last)
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


def _placed(marked: Marked, first: int) -> bool:
    """Return whether a name at `first` stands as a place: after a preposition of place."""
    at = first
    while at and marked.words[at - 1].folded in marked.lexicon.articles:
        at -= 1
    return marked.before(at, "in") is not None


def _bodies(
    document: Document, marked: Marked, organisations: Sequence[NamedOrganisation]
) -> Iterator[NamedPlace]:
    for organisation in organisations:
        if organisation.kind not in {"municipality", "city", None} or (
            not organisation.known and not organisation.place
        ):
            continue
        head = marked.words[organisation.last - 1]
        if not (_placed(marked, organisation.first) or in_case(marked, head.text)):
            continue
        known = known_place(document, marked, organisation.first, organisation.last)
        name = organisation.place or organisation.name
        country = organisation.country.value if organisation.country else None
        if known:
            country = country or document.knowledge.gazetteer.places[known].country
        if known or organisation.place:
            yield NamedPlace(
                marked.number,
                organisation.first,
                organisation.extent,
                name,
                country,
                known,
                organisation,
            )


def _rank(organisations: Sequence[NamedOrganisation], place: NamedPlace) -> tuple[bool, int]:
    """Return what the first place is found by; one that only says where a body is comes last."""
    beside = any(o.extent + 1 == place.first for o in organisations) and place.country is None
    return beside, place.first


def _of_host(
    document: Document,
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
) -> NamedPlace | None:
    """Return the town whose body receives an event, where none is named besides."""
    for cue in marked.within(sentence.first, sentence.last, "hosts"):
        for host in organisations:
            if not _near_host(marked, host, cue) or host.place is None:
                continue
            country = host.country.value if host.country else None
            near = (country,) if country else (*document.home, None)
            located = (locate(document, marked, host.place, c, alike=False) for c in near)
            known = next((place for place in located if place is not None), None)
            if known is not None:
                return NamedPlace(
                    marked.number, host.first, host.extent, host.place, known.country, known.key,
                    host,
                )  # fmt: skip
    return None


def _near_host(marked: Marked, host: NamedOrganisation, cue: Mention) -> bool:
    """Return whether a verb follows its host, at most a few words and days between."""
    dated = {
        at
        for day in marked.dates_within(host.extent, cue.first)
        for at in range(day.first_word, day.last_word)
    }
    return host.extent <= cue.first and cue.first - host.extent - len(dated) <= _HOST_REACH


def _in_names(
    document: Document, marked: Marked, organisations: Sequence[NamedOrganisation]
) -> Iterator[NamedPlace]:
    """Read the place within the name of a venue: “at the … Centre in Delft”."""
    for organisation in organisations:
        inner = marked.within(organisation.first, organisation.last, "in")
        if inner and _placed(marked, organisation.first):
            place = place_in(document, marked, inner[-1].last, organisation.extent)
            if place is not None:
                yield place


def _known(
    document: Document,
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
) -> Iterator[NamedPlace]:
    for mention in marked.within(sentence.first, sentence.last, "place"):
        inside = any(o.first <= mention.first < o.extent for o in organisations)
        text = marked.text(mention.first, mention.last)
        if inside or not (_placed(marked, mention.first) or in_case(marked, text)):
            continue
        known = document.knowledge.gazetteer.places[mention.value]
        country = country_after(marked, mention.last, sentence.last)
        last = country.last if country else mention.last
        yield NamedPlace(marked.number, mention.first, last, text, known.country, known.key)


def _unknown(
    document: Document,
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
) -> Iterator[NamedPlace]:
    reached = 0
    for at in range(sentence.first, sentence.last):
        if at < reached or not marked.words[at].capital:
            continue
        reached = _run_end(marked, at, sentence.last)
        if reached > at and not _inside_name(organisations, at, reached):
            place = _at(document, marked, sentence, (at, reached))
            if place is not None:
                yield place


def _run_end(marked: Marked, first: int, limit: int) -> int:
    last = first
    while last < limit and _town_word(marked, last):
        last += 1
    return last


def _inside_name(organisations: Sequence[NamedOrganisation], first: int, last: int) -> bool:
    return any(
        o.first < last and first < o.extent
        for o in organisations
        if o.rule != "name-with-country-in-brackets"
    )


def _at(
    document: Document, marked: Marked, sentence: Sentence, run: tuple[int, int]
) -> NamedPlace | None:
    """Read a run of capitalised words as a place, if it stands as one."""
    first, last = run
    if marked.within(first, last, "head"):
        return None
    text = marked.text(first, last)
    placed = (
        _placed(marked, first)
        or _after_district(marked, first)
        or _between_event_and_day(marked, first, last)
    )
    ending = case_ending(marked, text)
    if first == sentence.first and not locate(
        document, marked, nominative(marked, text), alike=False
    ):
        ending = ""
    if not _ends_as_place(marked, first, last, sentence.last) and (placed or not ending):
        return None  # in the case for places a name describes no noun
    country = _country_beside(marked, last, sentence.last) or _country_before(marked, first)
    placed = placed or (country is not None and _visited(marked, first))
    name = nominative(marked, text) if ending else text
    cased = len(ending) >= SURE_ENDING or (ending and country is not None)
    if not placed and not cased and not (ending and locate(document, marked, name, alike=False)):
        return None
    end = country.last if country and country.first >= last else last
    return NamedPlace(marked.number, first, end, name, country.value if country else None)


def _between_event_and_day(marked: Marked, first: int, last: int) -> bool:
    """Return whether a name stands in telegram style: `Third meeting, Donegal, 9-10 May`."""
    words = marked.words
    if first == 0 or words[first - 1].text != "," or not marked.before(first - 1, "event"):
        return False
    country = country_after(marked, last, len(words))
    after = country.last if country else last
    after += after < len(words) and words[after].text == ")"
    day = after + 1
    marks = after < len(words) and words[after].text in {",", ":"}
    return marks and any(d.first_word == day for d in marked.dates_within(day, len(words)))


def _visited(marked: Marked, first: int) -> bool:
    """Return whether a name stands behind a verb for going or being there: “travelled to X”."""
    kinds = ("stay", "held", "event")
    return any(marked.before(at, *kinds) for at in (first, first - 1) if at > 0)


def _country_before(marked: Marked, first: int) -> Mention | None:
    """Return the country that a place stands directly after: “in Germany, in Gladenbach”."""
    at = first - 1
    while at > 0 and (marked.words[at].text == "," or marked.at(at, "in")):
        at -= 1
    town = marked.at(at, "head") if at == first - 1 and at > 0 else None
    common = town is not None and not marked.words[at].capital
    if town is not None and common and town.value in {"city", "municipality"}:
        at -= 1  # “Portugāles pilsētā Bragā”
    return marked.before(at + 1, "country") if at < first - 1 else None


def _ends_as_place(marked: Marked, first: int, last: int, limit: int) -> bool:
    """Return whether no noun follows that the run only describes: “in the Bavarian capital”."""
    words = marked.words
    if last >= limit:
        return True
    article = first > 0 and words[first - 1].folded in marked.lexicon.articles
    if article and words[last].kind is Kind.WORD and not marked.within(last, last + 1, "and", "in"):
        return False
    return marked.at(last, "event", "project", "head") is None


def _after_district(marked: Marked, first: int) -> bool:
    """Return whether a place is named after a common noun for it: “in the district of Lyon”."""
    words, at = marked.words, first - 1
    if at < 1 or words[at].folded not in marked.lexicon.joiners or words[at].capital:
        return False
    at -= 1
    while at > 0 and at > first - 5 and words[at].kind is Kind.WORD:
        if marked.before(at + 1, "in"):
            return True
        at -= 1
    return marked.before(at + 1, "in") is not None


def _country_beside(marked: Marked, last: int, limit: int) -> Mention | None:
    country = country_after(marked, last, limit)
    if country is None and last < limit and marked.words[last].text == "(":
        country = country_after(marked, last + 1, limit)
    return country


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
        m.last for m in marked.within(first, last, "in") if _run_end(marked, m.last, last) > m.last
    ]
    start = inner[-1] if inner else first
    end = _run_end(marked, start, last)
    if end == start:
        return None
    at = country.last if country else end
    place_read = NamedPlace(marked.number, start, at, marked.text(start, end), code)
    return _located(document, marked, place_read)


def _town_word(marked: Marked, at: int) -> bool:
    word = marked.words[at]
    if (
        word.kind is not Kind.WORD
        or not word.capital
        or word.folded in marked.lexicon.not_names
        or any(d.first_word <= at < d.last_word for d in marked.dates)
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
