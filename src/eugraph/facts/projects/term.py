"""The term of a project: the days it runs from and to.

An interval of 150 days or more is the term, for no event lasts so long; a label
(“Term of implementation:”) settles it. A single date is its start after a verb
for starting, its end after one for ending, or after “until” behind a verb for
running. Dates before the programmes of today are history.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from eugraph.facts.language.dates import DateMention, Point
from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention, Sentence

DAYS = 150
"""An interval of so many days is the term of a project, a shorter one an event."""

_EARLIEST = 2000
_REACH = 3
_OBJECT = 6
_OPEN = ".."


class TermReading(Struct, frozen=True):
    """What a sentence says of the term: either end as far as it says it, and the words that do.

    `labelled` is whether a label says that it is the term.
    """

    begin: Point | None
    finish: Point | None
    first: int
    last: int
    rule: str
    labelled: bool = False

    @property
    def to_the_day(self) -> bool:
        """Whether every end it gives is a day."""
        return all(end.day for end in (self.begin, self.finish) if end is not None)

    def edtf(self) -> str:
        """Return it as an interval, open where it gives no end."""
        begin, finish = (end.edtf() if end else _OPEN for end in (self.begin, self.finish))
        return f"{begin}/{finish}"


def find_term(marked: Marked, sentence: Sentence) -> Iterator[TermReading]:
    """Yield what `sentence` says of the term of the project it is about."""
    dates = marked.dates_within(sentence.first, sentence.last)
    if not dates or marked.within(sentence.first, sentence.last, "deadline"):
        return
    for mention in dates:
        if (mention.begin.year or 0) < _EARLIEST:
            continue
        if mention.finish is not None and (mention.days or 0) >= DAYS:
            yield _interval(marked, sentence, mention)
        elif mention.finish is None:
            yield from _one_end(marked, sentence, mention)


def _interval(marked: Marked, sentence: Sentence, mention: DateMention) -> TermReading:
    labels = marked.within(sentence.first, mention.first_word, "term")
    first = labels[-1].first if labels else mention.first_word
    rule = "dates-after-term-label" if labels else "long-interval-is-term"
    return TermReading(
        mention.begin, mention.finish, first, mention.last_word, rule, labelled=bool(labels)
    )


def _one_end(marked: Marked, sentence: Sentence, mention: DateMention) -> Iterator[TermReading]:
    if marked.within(sentence.first, sentence.last, "event"):
        return
    start = _close_before(marked, sentence, mention, "starts") or _from(marked, sentence, mention)
    end = _close_before(marked, sentence, mention, "ends") or _until(marked, sentence, mention)
    if start is not None and end is not None and start.first < end.first:
        start = None  # “it started in May and ends in June”
    start = start or (_since(marked, sentence, mention) if end is None else None)
    begun = _begun(marked, sentence, mention) if start is None and end is None else None
    if begun is not None:
        rule = "date-before-start-of-project"
        yield TermReading(mention.begin, None, mention.first_word, begun.last, rule)
    elif start is not None:
        rule = "date-after-start-cue"
        yield TermReading(mention.begin, None, start.first, mention.last_word, rule)
    elif end is not None:
        rule = "date-after-end-cue"
        yield TermReading(None, mention.begin, end.first, mention.last_word, rule)


def _begun(marked: Marked, sentence: Sentence, mention: DateMention) -> Mention | None:
    """Return the project that a verb after the date starts: “On 1 May the town started a project”.

    Not something of it: “… launched the project website”.
    """
    for cue in marked.within(mention.last_word, sentence.last, "starts"):
        for noun in marked.within(cue.last, min(cue.last + _OBJECT, sentence.last), "project"):
            after = marked.words[noun.last] if noun.last < sentence.last else None
            ends = after is None or after.kind is not Kind.WORD or after.capital
            joined = after is not None and after.folded in marked.lexicon.joiners
            if ends or joined or marked.at(noun.last, "in", "within-project", "project-kind"):
                return noun
    return None


def _close_before(
    marked: Marked, sentence: Sentence, mention: DateMention, kind: str
) -> Mention | None:
    cues = marked.within(sentence.first, mention.first_word, kind)
    return cues[-1] if cues and mention.first_word - cues[-1].last <= _REACH else None


def _since(marked: Marked, sentence: Sentence, mention: DateMention) -> Mention | None:
    """Return “since” before a date from which the project is carried out, by one or by many."""
    cue = marked.before(mention.first_word, "since") or marked.at(mention.first_word, "since")
    about = marked.within(sentence.first, sentence.last, "project", "network", "short", "quoted")
    done = marked.within(sentence.first, sentence.last, "implements", "carried-out-by", "runs")
    return cue if about and done else None


def _from(marked: Marked, sentence: Sentence, mention: DateMention) -> Mention | None:
    """Return the word for running or the term whose time begins: “runs for 36 months from”."""
    opening = marked.at(mention.first_word, "date")
    if opening is None or opening.value != "from":
        return None
    runs = marked.within(sentence.first, mention.first_word, "runs", "term")
    return runs[-1] if runs else None


def _until(marked: Marked, sentence: Sentence, mention: DateMention) -> Mention | None:
    """Return the word for running that a date after “until” belongs to."""
    at = mention.first_word  # a word of the phrase “till och med” may count to the date
    until = marked.before(at, "date") or (marked.covering(at - 1, "date") if at else None)
    runs = marked.within(sentence.first, mention.first_word, "runs", "term")
    return runs[-1] if runs and until is not None and until.value == "until" else None
