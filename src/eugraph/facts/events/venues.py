"""Venues: the place that a body or the name of a venue gives, where an event is held.

`Valkas pašvaldībā` is in Valka; what a town's body hosts is there if no
other place is named; a university's town is in its name, and a town hall's
beside the noun for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.facts.events.cases import genitive_of, in_case, nominative
from eugraph.facts.events.towns import (
    NamedPlace,
    after_district,
    known_place,
    locate,
    place_in,
    placed,
    run_end,
    run_start,
)
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.named import NamedOrganisation, name_run

_REACH = 7
"""Words between a preposition and the body that a venue is of: “at the Faculty of X of the”."""

_HOST_REACH = 4
"""Words between a host and the verb: “the city hall, in May, hosted”."""


def bodies(
    document: Document, marked: Marked, organisations: Sequence[NamedOrganisation]
) -> Iterator[NamedPlace]:
    """Read the places that bodies of towns stand for: “in the Riga municipality”."""
    for organisation in organisations:
        if organisation.kind not in {"municipality", "city", None} or (
            not organisation.known and not organisation.place
        ):
            continue
        head = marked.words[organisation.last - 1]
        if not (placed(marked, organisation.first) or in_case(marked, head.text)):
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


def of_host(
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
                    host, of_host=True,
                )  # fmt: skip
    return None


def town_of_host(document: Document, marked: Marked, sentence: Sentence) -> NamedPlace | None:
    """Return the town that itself receives the event: “Lugo hosted the meeting”."""
    for cue in marked.within(sentence.first, sentence.last, "hosts"):
        first = run_start(marked, cue.first)
        place = _in_a_home(document, marked, first, cue.first)
        if place is not None and first >= sentence.first:
            return place
    return None


def buildings(document: Document, marked: Marked, sentence: Sentence) -> Iterator[NamedPlace]:
    """Read the town beside the noun for a building: “im Rathaus Graz”, “Rīgas rātsnamā”."""
    for noun in marked.within(sentence.first, sentence.last, "venue"):
        after = noun.last
        while after < sentence.last and marked.words[after].folded in marked.lexicon.joining:
            after += 1
        spans = (
            (after, run_end(marked, after, sentence.last)),
            _run_before(marked, noun.first),
            _run_before(marked, name_run(marked, noun.last, sentence.last)),
        )
        for first, last in spans:
            place = _in_a_home(document, marked, first, last)
            if place is not None:
                yield place
                break


def _run_before(marked: Marked, end: int) -> tuple[int, int]:
    return run_start(marked, end), end


def _in_a_home(document: Document, marked: Marked, first: int, last: int) -> NamedPlace | None:
    """Return the town that the words `first:last` name, in the countries of the release."""
    if first >= last:
        return None
    text = marked.text(first, last)
    for name in dict.fromkeys((text, nominative(marked, text), genitive_of(marked, text))):
        for country in (*document.home, None):
            known = locate(document, marked, name, country, alike=False) if name else None
            if known is not None:
                return NamedPlace(marked.number, first, last, name, known.country, known.key)
    return None


def _near_host(marked: Marked, host: NamedOrganisation, cue: Mention) -> bool:
    """Return whether a verb follows its host, at most a few words and days between."""
    dated = {
        at
        for day in marked.dates_within(host.extent, cue.first)
        for at in range(day.first_word, day.last_word)
    }
    return host.extent <= cue.first and cue.first - host.extent - len(dated) <= _HOST_REACH


def in_names(
    document: Document, marked: Marked, organisations: Sequence[NamedOrganisation]
) -> Iterator[NamedPlace]:
    """Read the place within the name of a venue: “at the … Centre in Delft”."""
    for organisation in organisations:
        inner = marked.within(organisation.first, organisation.last, "in")
        if inner and placed(marked, organisation.first):
            place = place_in(document, marked, inner[-1].last, organisation.extent)
            if place is not None:
                yield place


def venues(
    document: Document, marked: Marked, organisations: Sequence[NamedOrganisation]
) -> Iterator[NamedPlace]:
    """Read the town in the name of a venue, where no other is named: “at the University of X”.

    GeoNames has to know it as it is written, in a country that the release is about.
    """
    for venue in organisations:
        head = marked.words[venue.last - 1]
        there = placed(marked, venue.first) or after_district(marked, venue.first, _REACH)
        if venue.place and (there or in_case(marked, head.text)):
            for name in dict.fromkeys((venue.place, venue.place.split()[0])):
                near = (venue.country.value,) if venue.country else (*document.home, None)
                towns = (locate(document, marked, name, each, alike=False) for each in near)
                known = next((town for town in towns if town is not None), None)
                if known is not None:
                    yield NamedPlace(
                        marked.number, venue.first, venue.extent, name, known.country, known.key
                    )
                    break
