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
_TWO = 2
_SUBJECTS = ("event", "project", "network", "short", "quoted")


def event_dates(document: Document, marked: Marked, sentence: Sentence) -> list[DateMention]:
    """Return the dates of `sentence` that may be an event's; its first and last day as one."""
    dates = [
        mention
        for mention in marked.dates_within(sentence.first, sentence.last)
        if _of_event(marked, sentence, mention) and not in_dateline(document, marked, mention)
    ]
    dates = list(_with_last_days(marked, sentence, dates))
    last = last_day(marked, sentence, dates)
    if last is None:
        return dates
    others = [mention for mention in dates if mention != last]
    if len(others) == 1 and _ends(others[0], last):
        return [replace(others[0], finish=last.begin)]
    told = [days for days in marked.dates if _is_last_of(days, last)]
    return others or [_of_year(days, last.begin.year) for days in told[:1]]


def _of_year(days: DateMention, year: int | None) -> DateMention:
    """Return days in the year that is written elsewhere."""
    if year is None or days.dated or days.finish is None:
        return days
    return replace(days, begin=days.begin.in_year(year), finish=days.finish.in_year(year))


def last_day(
    marked: Marked, sentence: Sentence, dates: Sequence[DateMention] | None = None
) -> DateMention | None:
    """Return the day on which an event is told to have ended: its last, never its first.

    What ends with an event is something else: “the project ended with a conference on 5 May”.
    """
    if "ends" not in sentence.kinds:
        return None
    found = marked.dates_within(sentence.first, sentence.last) if dates is None else dates
    ending = [d for d in found if d.finish is None and _ends_the_event(marked, sentence, d)]
    one = len(ending) == 1 and len(found) <= _TWO
    return ending[0] if one and _alone(marked, ending[0]) else None


def _is_last_of(days: DateMention, last: DateMention) -> bool:
    """Return whether a passage tells of the days elsewhere of which one is the last."""
    finish, day = days.finish, last.begin
    return finish is not None and (finish.month, finish.day) == (day.month, day.day)


def _ends_the_event(marked: Marked, sentence: Sentence, mention: DateMention) -> bool:
    """Return whether a verb for ending stands beside a date, and the event is its subject."""
    near = range(mention.first_word - _UNTIL, mention.first_word + 1)
    after = marked.at(mention.last_word, "ends")
    cues = [c for c in marked.within(sentence.first, mention.first_word, "ends") if c.last in near]
    if not cues and after is None:
        return False
    cue = cues[-1] if cues else after
    before = marked.within(sentence.first, cue.first if cue else 0, *_SUBJECTS)
    nouns = before or marked.within(mention.last_word, sentence.last, *_SUBJECTS)
    if not nouns or nouns[0].kind != "event":
        return False
    at = nouns[0].first
    while at > sentence.first and marked.words[at - 1].folded in marked.lexicon.articles:
        at -= 1
    return marked.before(at, "with") is None


def _alone(marked: Marked, mention: DateMention) -> bool:
    """Return whether nothing says that the day is that of another verb: “was held on”."""
    other = marked.before(mention.first_word, "held", "planned")
    return other is None or marked.at(other.first, "ends") is not None


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
