"""Places: where an event is held, known to the gazetteer or read by case and preposition.

Places are looked for where a place may stand, never all over the text: names
of towns are also common words. A place that the gazetteer does not know is a
name in capitals after a preposition of place, or in the language's case for
places, brought to the nominative as far as the lexicon knows the endings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.facts.events.cases import SURE_ENDING, case_ending, in_case, nominative
from eugraph.facts.events.towns import (
    NamedPlace,
    after_district,
    locate,
    located,
    placed,
    run_end,
)
from eugraph.facts.events.venues import (
    bodies,
    buildings,
    in_names,
    of_host,
    town_of_host,
    venues,
)
from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.named import NamedOrganisation, country_after

_BEFORE_DASH = 5


def find_place(
    document: Document,
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
) -> NamedPlace | None:
    """Return the place that `sentence` is about: the first that stands as a place does."""
    found = list(bodies(document, marked, organisations))
    found += in_names(document, marked, organisations)
    found += _known(document, marked, sentence, organisations)
    found += _unknown(document, marked, sentence, organisations)
    found = found or list(venues(document, marked, organisations))
    found = found or list(buildings(document, marked, sentence))
    if not found:
        return of_host(document, marked, sentence, organisations) or town_of_host(
            document, marked, sentence
        )
    return located(document, marked, min(found, key=lambda place: _rank(organisations, place)))


def _rank(organisations: Sequence[NamedOrganisation], place: NamedPlace) -> tuple[bool, int]:
    """Return what the first place is found by; one that only says where a body is comes last."""
    beside = any(o.extent + 1 == place.first for o in organisations) and place.country is None
    return beside, place.first


def _known(
    document: Document,
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
) -> Iterator[NamedPlace]:
    for mention in marked.within(sentence.first, sentence.last, "place"):
        inside = any(o.first <= mention.first < o.extent for o in organisations)
        text = marked.text(mention.first, mention.last)
        if inside or not (placed(marked, mention.first) or in_case(marked, text)):
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
        if at < reached or not marked.words[at].capital or _is_verb(marked, at, sentence):
            continue
        reached = run_end(marked, at, sentence.last)
        if reached > at and not _inside_name(organisations, at, reached):
            place = _town_of_building(document, marked, sentence, (at, reached)) or _at(
                document, marked, sentence, (at, reached)
            )
            if place is not None:
                yield place


def _is_verb(marked: Marked, at: int, sentence: Sentence) -> bool:
    """Return whether a sentence begins with the verb that says what was held: “Notika Rīgā …”."""
    return at == sentence.first and marked.covering(at, "held", "planned") is not None


def _town_of_building(
    document: Document, marked: Marked, sentence: Sentence, run: tuple[int, int]
) -> NamedPlace | None:
    """Return the town that joining words lead to from a name no map has: “Edificio X de Y”."""
    at, last = run
    if not placed(marked, at) or last >= sentence.last or marked.words[last].capital:
        return None
    if _is_town(document, marked, marked.text(at, last)):
        return None
    first = last
    while first < sentence.last and marked.words[first].folded in marked.lexicon.joining:
        first += 1
    end = run_end(marked, first, sentence.last)
    text = marked.text(first, end) if end > first > last else ""
    if not text or not _is_town(document, marked, text):
        return None
    return NamedPlace(marked.number, first, end, text, None)


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
    there = (
        placed(marked, first)
        or (after_district(marked, first) and not marked.words[first - 2].capital)
        or _headed_for(document, marked, first, text)
        or _met_there(document, marked, first, text)
        or _between_event_and_day(marked, first, last)
    )
    ending = case_ending(marked, text)
    if first == sentence.first and not locate(
        document, marked, nominative(marked, text), alike=False
    ):
        ending = ""
    if not _ends_as_place(marked, first, last, sentence.last) and (there or not ending):
        return None  # in the case for places a name describes no noun
    country = _country_beside(marked, last, sentence.last) or _country_before(marked, first)
    there = there or (country is not None and _visited(marked, first))
    name = nominative(marked, text) if ending else text
    cased = len(ending) >= SURE_ENDING or (ending and country is not None)
    if not there and not cased and not (ending and locate(document, marked, name, alike=False)):
        return None
    end = country.last if country and country.first >= last else last
    return NamedPlace(marked.number, first, end, name, country.value if country else None)


def _headed_for(document: Document, marked: Marked, first: int, text: str) -> bool:
    """Return whether a town that GeoNames knows is where a journey goes: “a study visit to X”."""
    to = first - 1
    if to < 1 or marked.words[to].folded not in marked.lexicon.towards:
        return False
    if marked.before(to, "event", "stay", "planned", "held") is None:
        return False
    return _is_town(document, marked, text)


def _met_there(document: Document, marked: Marked, first: int, text: str) -> bool:
    """Return whether a town that does not inflect stands behind a verb: “tikās Viljandi”."""
    cased = bool(marked.lexicon.attribute_endings)
    cased = cased and not case_ending(marked, text)
    met = cased and marked.before(first, "event-verb", "held", "planned") is not None
    return met and _is_town(document, marked, text)


def _is_town(document: Document, marked: Marked, text: str) -> bool:
    """Return whether GeoNames knows a name, as written or in the nominative."""
    names = dict.fromkeys((text, nominative(marked, text)))
    return any(locate(document, marked, name, alike=False) is not None for name in names)


def _between_event_and_day(marked: Marked, first: int, last: int) -> bool:
    """Return whether a name stands in telegram style: `Third meeting, Donegal, 9-10 May`."""
    words = marked.words
    if first == 0 or words[first - 1].stem not in {",", "-"}:
        return False
    dash = words[first - 1].stem == "-" and marked.within(
        max(0, first - _BEFORE_DASH), first, "event"
    )
    if not (dash or marked.before(first - 1, "event")):
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
    if _behind_verb(marked, first):
        return True
    article = first > 0 and words[first - 1].folded in marked.lexicon.articles
    if article and words[last].kind is Kind.WORD and not marked.within(last, last + 1, "and", "in"):
        return False
    return marked.at(last, "event", "project", "head") is None


def _behind_verb(marked: Marked, first: int) -> bool:
    """Return whether a place is between verb and subject: “a avut loc la X conferința”."""
    preposition = marked.before(first, "in")
    at = preposition.first if preposition is not None else first
    return at < first and marked.before(at, "held") is not None


def _country_beside(marked: Marked, last: int, limit: int) -> Mention | None:
    country = country_after(marked, last, limit)
    if country is None and last < limit and marked.words[last].text == "(":
        country = country_after(marked, last + 1, limit)
    return country
