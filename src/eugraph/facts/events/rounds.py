"""Rounds: a row of places, each with the date of its event in brackets.

`Four meetings will be held: in Bauska (22–24 February), Náchod (7–9 June) and
Rokiškis (17–19 April 2020)` tells of one event for each place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.facts.events.cases import case_ending, nominative
from eugraph.facts.events.towns import NamedPlace, located, run_start
from eugraph.facts.language.dates import DateMention
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked

_FEWEST = 2


def find_rounds(
    document: Document, marked: Marked, dates: Sequence[DateMention]
) -> list[tuple[NamedPlace, DateMention]]:
    """Return the places that stand before brackets with nothing but a date; none if it is one."""
    found = list(_rounds(document, marked, dates))
    return found if len(found) >= _FEWEST else []


def _rounds(
    document: Document, marked: Marked, dates: Sequence[DateMention]
) -> Iterator[tuple[NamedPlace, DateMention]]:
    words = marked.words
    for mention in dates:
        opening, close = mention.first_word - 1, mention.last_word
        if opening < 1 or words[opening].text != "(":
            continue
        if close >= len(words) or words[close].text != ")":
            continue
        country = marked.before(opening, "country")
        end = country.first if country is not None else opening
        end -= country is not None and words[end - 1].text == ","
        first = run_start(marked, end)
        if first == end:
            continue
        text = marked.text(first, end)
        name = nominative(marked, text) if case_ending(marked, text) else text
        code = country.value if country is not None else None
        place = NamedPlace(marked.number, first, opening, name, code)
        yield located(document, marked, place), mention
