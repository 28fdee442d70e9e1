"""Which of the dates in a sentence are the days of an event, and which are not.

The day of a dateline (“Delft, 24 January 2025 – …”) is when and where a release
was written. A day after “until” is the last of an event, whose first day the
sentence may tell elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from eugraph.facts.events.datelines import in_dateline
from eugraph.facts.language.dates import DateMention
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence

TERM_DAYS = 150
"""An interval of so many days is the term of a project, a shorter one an event."""

LAUNCHES = frozenset({"kick-off"})
"""Verbs that need the project itself as their subject."""

_UNTIL = 3


def event_dates(document: Document, marked: Marked, sentence: Sentence) -> list[DateMention]:
    """Return the dates of `sentence` that may be an event's; its first and last day as one."""
    dates = [
        mention
        for mention in marked.dates_within(sentence.first, sentence.last)
        if _of_event(marked, sentence, mention) and not in_dateline(document, marked, mention)
    ]
    return list(_with_last_days(marked, sentence, dates))


def _of_event(marked: Marked, sentence: Sentence, mention: DateMention) -> bool:
    """Return whether a date may be an event's: no term, no start of the project, no history."""
    span = sentence.first, sentence.last
    launches = [verb for verb in marked.within(*span, "stay") if verb.value in LAUNCHES]
    events = marked.within(*span, "event", "event-verb") or launches
    if marked.within(*span, "term") or (marked.within(*span, "starts") and not events):
        return False
    first = mention.begin.first()
    if marked.within(*span, "past") and not events:
        return False
    if first is not None and first.year < 1990:  # noqa: PLR2004 (the first of such programmes)
        return False
    days = mention.days
    return days is None or days < TERM_DAYS


def _with_last_days(
    marked: Marked, sentence: Sentence, dates: Sequence[DateMention]
) -> Iterator[DateMention]:
    """Yield the dates, a day after “until” as the last day of the date before it.

    Alone behind a word for lasting, it does not say when the event begins.
    """
    pending: DateMention | None = None
    for mention in dates:
        if not _after_until(marked, mention):
            if pending is not None:
                yield pending
            pending = mention
        elif pending is not None and _ends(pending, mention):
            last = mention.last_word
            pending = replace(pending, last_word=last, end=mention.end, finish=mention.begin)
        elif not marked.within(sentence.first, mention.first_word, "runs", "ends"):
            if pending is not None:
                yield pending
            pending = mention
    if pending is not None:
        yield pending


def _after_until(marked: Marked, mention: DateMention) -> bool:
    """Return whether a word for “until” stands before a single day."""
    if mention.finish is not None or mention.begin.day is None:
        return False
    words = marked.words[max(0, mention.first_word - _UNTIL) : mention.first_word]
    return any(
        cue.last == len(words) and (cue.value.kind, cue.value.value) == ("date", "until")
        for cue in marked.lexicon.table.find(words)
    )


def _ends(first: DateMention, last: DateMention) -> bool:
    """Return whether an event may last from one single day to another of the same year."""
    begin, finish = first.begin, last.begin
    if first.finish is not None or begin.day is None or begin.year != finish.year:
        return False
    return (begin.month or 0, begin.day) < (finish.month or 0, finish.day or 0)


def with_year(marked: Marked, noun: Mention, mention: DateMention | None) -> DateMention | None:
    """Return a date with the year that stands before the noun: “the 2017 assembly in February”."""
    if mention is None or mention.dated:
        return mention
    for year in marked.within(max(0, noun.first - 3), noun.first, "number"):
        number = int(year.value)
        if 1990 <= number <= 2100:  # noqa: PLR2004
            finish = mention.finish and mention.finish.in_year(number)
            return replace(mention, begin=mention.begin.in_year(number), finish=finish)
    return mention
