"""Nouns of events: the word that says what kind of event a sentence tells of.

It is a noun for an event with its ordinal, or without one the verb that implies
one: for meeting, going somewhere, receiving the partners; or a few days at a place.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from eugraph.facts.events.days import LAUNCHES
from eugraph.facts.events.towns import NamedPlace
from eugraph.facts.language.dates import DateMention
from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.projects.names import close_bracket

_STAY = range(2, 32)
"""How many days at a place are an event though no noun says so."""

_SEVERAL = range(2, 100)
_OPENING = 3
ORDINAL_REACH = 4


def implied_noun(
    marked: Marked,
    sentence: Sentence,
    dates: Sequence[DateMention],
    place: NamedPlace | None,
) -> Mention | None:
    """Return what implies an event where no noun for one stands."""
    return (
        _pronoun(marked, sentence, dates, place)
        or _hosting(marked, sentence, dates)
        or _verb(marked, sentence, dates, place)
        or _stay(marked, sentence, dates, place)
    )


def noun_of(
    document: Document, marked: Marked, sentence: Sentence, dates: Sequence[DateMention]
) -> Mention | None:
    """Return the noun for the event that the sentence is about, or a verb that implies one."""
    main = document.knowledge.shared.main_events
    nouns = [
        noun
        for noun in marked.within(sentence.first, sentence.last, "event")
        if noun.value in main
        and not _several(marked, noun)
        and marked.before(noun.first, "venue") is None
        and not _festival(marked, sentence, noun)
    ]
    if not nouns:
        verbs = marked.within(sentence.first, sentence.last, "event-verb")
        meant = verbs if dates else _meetings_to_come(marked, sentence, verbs)
        nouns = [replace(verb, kind="event") for verb in meant]
    if not nouns:
        return None
    ordered = [n for n in nouns if ordinal_of(marked, sentence, n) is not None]
    best = ordered or nouns
    if not dates:
        return best[0]
    return min(best, key=lambda noun: (abs(noun.first - dates[0].first_word), noun.first))


def _pronoun(
    marked: Marked,
    sentence: Sentence,
    dates: Sequence[DateMention],
    place: NamedPlace | None,
) -> Mention | None:
    """Return the event that “the next one”, “the third” is: planned, with a date and a place."""
    span = sentence.first, sentence.last
    if not dates or place is None or not marked.within(*span, "planned"):
        return None
    opening = marked.within(sentence.first, sentence.first + _OPENING, "next", "ordinal")
    if not opening or marked.within(*span, "part", "people"):
        return None
    return replace(opening[0], kind="event", value="gathering")


def _hosting(marked: Marked, sentence: Sentence, dates: Sequence[DateMention]) -> Mention | None:
    """Return the event that it is to receive the partners on a day: “X hosted the partners”."""
    span = sentence.first, sentence.last
    if not dates or marked.within(*span, "event"):
        return None
    hosts = marked.within(*span, "hosts")
    partners = marked.within(*span, "partner", "consortium")
    return replace(hosts[0], kind="event", value="gathering") if hosts and partners else None


def _verb(
    marked: Marked,
    sentence: Sentence,
    dates: Sequence[DateMention],
    place: NamedPlace | None,
) -> Mention | None:
    """Return the event that a verb for going, working or launching is, where a place stands."""
    span = sentence.first, sentence.last
    if place is None or place.body is not None or marked.within(*span, "event"):
        return None
    for verb in marked.within(sentence.first, sentence.last, "stay"):
        if verb.value not in LAUNCHES or (dates and _launched(marked, sentence, verb)):
            return replace(verb, kind="event")
    return None


def _stay(
    marked: Marked,
    sentence: Sentence,
    dates: Sequence[DateMention],
    place: NamedPlace | None,
) -> Mention | None:
    """Return an event without a noun: several days at a place, in a sentence about the project."""
    days = [d for d in dates if (d.days or 0) in _STAY]
    projects = marked.within(sentence.first, sentence.last, "project")
    partners = marked.within(sentence.first, sentence.last, "partner", "consortium")
    if not days or place is None or not (projects or partners):
        return None
    at, value = days[0], "event" if projects else "gathering"
    return Mention("event", value, at.first_word, at.last_word, at.start, at.end)


def ordinal_of(marked: Marked, sentence: Sentence, noun: Mention) -> Mention | None:
    """Return the ordinal of an event: close before its noun, only adjectives or a name between."""
    for ordinal in reversed(marked.within(sentence.first, noun.last, "ordinal")):
        named = _in_names(marked, ordinal.last, noun.first)
        between = [marked.words[at] for at in range(ordinal.last, noun.first) if at not in named]
        plain = all(
            word.folded not in marked.lexicon.joiners and word.text not in ",;:()"
            for word in between
        )
        joined = marked.at(ordinal.last, "and")  # “the fourth and last meeting”
        if joined is not None:
            between = between[joined.last - joined.first :]
            plain = all(word.kind is Kind.WORD for word in between)
        near = len(between) < ORDINAL_REACH
        if plain and near and not marked.in_date(ordinal.first):
            return ordinal
    return None


def _meetings_to_come(
    marked: Marked, sentence: Sentence, verbs: Sequence[Mention]
) -> list[Mention]:
    """Return the verbs that say that partners will meet, whenever it is."""
    if not verbs or not marked.within(sentence.first, sentence.last, "partner", "consortium"):
        return []
    return [verb for verb in verbs if marked.at(verb.first, "planned") is not None]


def _festival(marked: Marked, sentence: Sentence, noun: Mention) -> bool:
    """Return whether a festival is the town's: its sentence says nothing of the project."""
    if noun.value != "festival":
        return False
    about = ("project", "network", "short", "quoted", "scheme", "within-project")
    return not marked.within(sentence.first, sentence.last, *about)


def of_several(marked: Marked, sentence: Sentence) -> bool:
    """Return whether a sentence tells of several events at once."""
    nouns = marked.within(sentence.first, sentence.last, "event")
    return any(_several(marked, noun) for noun in nouns)


def _several(marked: Marked, noun: Mention) -> bool:
    """Return whether a number in words tells of more events than one: “two meetings”."""
    number = marked.before(noun.first, "number")
    spelt_out = number is not None and marked.words[number.first].kind is Kind.WORD
    return number is not None and spelt_out and int(number.value) in _SEVERAL


def _launched(marked: Marked, sentence: Sentence, verb: Mention) -> bool:
    """Return whether it is a project that is launched, not something of it: its website."""
    span = sentence.first, sentence.last
    for noun in marked.within(*span, "project") or marked.within(*span, "short"):
        after = range(verb.last, noun.first) or range(noun.last, verb.first)
        if any(marked.words[at].text in {",", ";"} for at in after):
            continue
        at = noun.first
        while at > sentence.first and marked.words[at - 1].folded in marked.lexicon.articles:
            at -= 1
        if at == sentence.first or marked.words[at - 1].folded not in marked.lexicon.joiners:
            return True
    return False


def _in_names(marked: Marked, first: int, last: int) -> set[int]:
    """Return the words of `first:last` in quotation marks, and the other name after them."""
    named: set[int] = set()
    for quote in marked.within(first, last, "quoted"):
        named.update(range(quote.first, quote.last))
        if quote.last < last and marked.words[quote.last].text == "(":
            close = close_bracket(marked.words, quote.last)
            if close is not None and marked.within(quote.last, close, "short"):
                named.update(range(quote.last, close + 1))
    return named
