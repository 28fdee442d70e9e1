"""The term of a project: the days it runs from and to.

An interval of 150 days or more is the term, for no event lasts so long; a label
(“Term of implementation:”) settles it. A single date is its start after a verb
for starting, its end after one for ending, or after “until” behind a verb for
running; a verb that closes its clause stands after its date. Dates before the
programmes of today are history. A date without its year counts where the
sentence is plainly about the project.
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
_OWN = 12
_OPEN = ".."
_SUBJECTS = ("project", "network", "short", "quoted")
_LABELS = {"starts": "start-label", "ends": "end-label"}
_DOING = ("implements", "carried-out-by", "runs", "participates", "involves")


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
    planned: bool = False
    """Whether it is told as still to come."""

    @property
    def dated(self) -> bool:
        """Whether the year of every end it gives is written."""
        return all(end.year for end in (self.begin, self.finish) if end is not None)

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
        if mention.begin.year is None:
            if mention.finish is None and _about_project(marked, sentence):
                yield from _one_end(marked, sentence, mention)
        elif mention.begin.year < _EARLIEST:
            continue
        elif mention.finish is not None and (mention.days or 0) >= DAYS:
            yield _interval(marked, sentence, mention)
        elif mention.finish is None:
            yield from _one_end(marked, sentence, mention)


def _about_project(marked: Marked, sentence: Sentence) -> bool:
    """Return whether a sentence names the project, or begins with a pronoun for it."""
    if marked.at(sentence.first, "it") is not None:
        return True
    return bool(marked.within(sentence.first, sentence.last, *_SUBJECTS, "carried-out-by"))


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
    if start is not None:
        planned = bool(marked.within(max(sentence.first, start.first - _REACH), start.last, "will"))
        first, last, rule = start.first, mention.last_word, "date-after-start-cue"
        yield TermReading(mention.begin, None, first, last, rule, planned=planned)
    elif end is not None:
        first, last, rule = end.first, mention.last_word, "date-after-end-cue"
        yield TermReading(None, mention.begin, first, last, rule, planned=True)
    else:
        yield from _cue_after(marked, sentence, mention)


def _cue_after(marked: Marked, sentence: Sentence, mention: DateMention) -> Iterator[TermReading]:
    """Read a verb behind its date: “On 1 May it started a project”, “ist am 1. Mai gestartet”."""
    first, point = mention.first_word, mention.begin
    start = _object_after(marked, sentence, mention, "starts")
    last = start or _closing_verb(marked, sentence, mention, "starts")
    if last is not None:
        planned = bool(marked.within(max(sentence.first, first - _REACH), last.last, "will"))
        rule = "date-before-start-of-project"
        yield TermReading(point, None, first, last.last, rule, planned=planned)
        return
    end = _object_after(marked, sentence, mention, "ends")
    last = end or _closing_verb(marked, sentence, mention, "ends")
    if last is not None:
        yield TermReading(None, point, first, last.last, "date-before-end-of-project", planned=True)


def _object_after(
    marked: Marked, sentence: Sentence, mention: DateMention, kind: str
) -> Mention | None:
    """Return the project that a verb after the date starts: “On 1 May the town started a project”.

    Not something of it: “… launched the project website”, “… the website of the project”.
    """
    for cue in marked.within(mention.last_word, sentence.last, kind):
        for noun in marked.within(cue.last, min(cue.last + _OBJECT, sentence.last), "project"):
            after = marked.words[noun.last] if noun.last < sentence.last else None
            ends = after is None or after.kind is not Kind.WORD or after.capital
            joined = after is not None and after.folded in marked.lexicon.joiners
            of = kind == "ends" and _has_joiner(marked, cue.last, noun.first)
            named = marked.at(noun.last, "in", "within-project", "project-kind", "carrying-out")
            if (ends or joined or named) and not of:
                return noun
    return None


def _has_joiner(marked: Marked, first: int, last: int) -> bool:
    lexicon = marked.lexicon
    plain = lexicon.joiners - lexicon.articles
    return any(word.folded in plain for word in marked.words[first:last])


def _closing_verb(
    marked: Marked, sentence: Sentence, mention: DateMention, kind: str
) -> Mention | None:
    """Return the verb that closes a clause about the project, right behind the date."""
    at = mention.last_word
    cue = marked.at(at, kind) if at < sentence.last else None
    if cue is None or not marked.within(sentence.first, mention.first_word, *_SUBJECTS):
        return None
    closes = cue.last >= sentence.last or marked.words[cue.last].kind is not Kind.WORD
    return cue if closes or marked.at(cue.last, "and", "is") else None


def _close_before(
    marked: Marked, sentence: Sentence, mention: DateMention, kind: str
) -> Mention | None:
    cues = marked.within(sentence.first, mention.first_word, kind)
    if not cues or mention.first_word - cues[-1].last > _REACH:
        return _label(marked, sentence, mention, kind)
    return None if _taken(marked, cues[-1], mention) else cues[-1]


def _label(marked: Marked, sentence: Sentence, mention: DateMention, kind: str) -> Mention | None:
    """Return the bare noun that labels a date: “Start: 1.3.2024”, not “at the start of May”."""
    label = marked.at(sentence.first, _LABELS[kind])
    at = label.last if label is not None else mention.first_word
    return label if at + 1 == mention.first_word and marked.divided(at) else None


def _taken(marked: Marked, cue: Mention, mention: DateMention) -> bool:
    """Return whether a verb has its date before it: “… 1. jūnijā sākās un 1. maijā beigsies”."""
    before = marked.dates_within(max(0, cue.first - _OWN), cue.first)
    own = any(date.last_word == cue.first for date in before)
    between = range(cue.last, mention.first_word)
    return own and any(
        marked.words[at].text == "," or marked.at(at, "and") is not None for at in between
    )


def _since(marked: Marked, sentence: Sentence, mention: DateMention) -> Mention | None:
    """Return “since” before a date from which the project is carried out, by one or by many."""
    cue = marked.before(mention.first_word, "since") or marked.at(mention.first_word, "since")
    about = _about_project(marked, sentence)
    done = marked.within(sentence.first, sentence.last, *_DOING)
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
    if until is None or until.value != "until":
        return None
    runs = marked.within(sentence.first, mention.first_word, "runs", "term")
    last = marked.at(mention.last_word, "runs")
    return runs[-1] if runs else until if last is not None else None
