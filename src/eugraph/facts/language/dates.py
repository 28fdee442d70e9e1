"""Dates in running text, by a grammar over classes of words, written as EDTF.

Every word becomes one letter (`eugraph.facts.language.date_letters`). The shapes of
dates are then regular expressions over these letters and hold for every language;
a language supplies only who is in which class. No library found reads ranges with
inflected months without inventing years.

What is not written stays open: a year that the text leaves out is unknown here
(`XXXX-04-17/XXXX-04-20`), and only `eugraph.facts.conclusions.years` may infer it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

import regex
from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.edtf import SEASON_MONTHS, season_days
from eugraph.facts.language.date_letters import KINDS_WITH_LETTERS, letters_of
from eugraph.facts.language.date_shapes import ONE_SIDED, SHAPE
from eugraph.facts.language.lexicon import Cue, Lexicon
from eugraph.facts.language.phrases import Found
from eugraph.facts.language.seasons import KINDS_OF_SEASONS, find_seasons
from eugraph.facts.language.words import Kind, Word


class Relation(StrEnum):
    """How a date says its year without a number: “this year”, “next year”, “last year”."""

    THIS = "this-year"
    NEXT = "next-year"
    LAST = "last-year"


class Point(Struct, frozen=True):
    """A day, month or year, as much of it as is written; a day has a month.

    A season or quarter stands for the month, by its number in EDTF; it has no day.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str:
        """Return it as EDTF: `2018-04-17`, `2019-03`, `XXXX-04-17`."""
        text = f"{self.year:04}" if self.year else "XXXX"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return text

    def first(self) -> date | None:
        """Return its first day, if its year is known."""
        if self.year and self.season:
            return season_days(self.year, self.season)[0]
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    def last(self) -> date | None:
        """Return its last day, if its year is known."""
        if not self.year:
            return None
        if self.season:
            return season_days(self.year, self.season)[1]
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def season(self) -> int | None:
        """The number of the season or quarter that it is, if it is one."""
        return self.month if self.month in SEASON_MONTHS else None

    def in_year(self, year: int) -> Point:
        """Return it in `year`."""
        return Point(year, self.month, self.day)

    @property
    def real(self) -> bool:
        """Whether the calendar has it; 29 February may be in any leap year."""
        if self.month is None or self.season:
            return True
        if not 1 <= self.month <= 12:  # noqa: PLR2004
            return False
        if self.day is None or 1 <= self.day <= _DAYS_OF_EVERY_MONTH:
            return True
        return 1 <= self.day <= calendar.monthrange(self.year or 2000, self.month)[1]


class DateMention(Struct, frozen=True):
    """A date or an interval in a passage; `last` is None for a single date.

    `first_word` and `last_word` are the half-open range of its words, `start`
    and `end` of its characters in the passage.
    """

    first_word: int
    last_word: int
    start: int
    end: int
    begin: Point
    finish: Point | None = None
    relation: Relation | None = None
    weekday: int | None = None
    """The weekday named for its first day: 0 is Monday."""

    @property
    def dated(self) -> bool:
        """Whether its year is written."""
        return self.begin.year is not None

    @property
    def days(self) -> int | None:
        """The number of days from its first to its last, if they are known: of no season."""
        if self.finish is None and self.begin.season:
            return None
        first, last = self.begin.first(), (self.finish or self.begin).last()
        return (last - first).days + 1 if first and last else None

    def edtf(self) -> str:
        """Return it as EDTF, the year open where it is not written."""
        begin = self.begin.edtf()
        return f"{begin}/{self.finish.edtf()}" if self.finish else begin


TIMELY = KINDS_WITH_LETTERS | KINDS_OF_SEASONS
"""The kinds of cues that a date may be made of: one of six."""

_POINT_LETTER = frozenset("MmXZPS")

_RELATIONS = {"T": Relation.THIS, "N": Relation.NEXT, "L": Relation.LAST}
_DAYS_OF_EVERY_MONTH = 28
_RUN = regex.compile("[^x]+")
_DIGITS = regex.compile(r"\d+")


def find_dates(
    words: Sequence[Word],
    odd: Sequence[int],
    cues: Sequence[Found[Cue]],
    lexicon: Lexicon,
    *,
    month_first: bool = False,
) -> tuple[DateMention, ...]:
    """Return the dates among `words`, in order, none overlapping another.

    `odd` are the places of `odd_words`, `cues` the phrases of the lexicon's table found in
    them. With `month_first`, `3/5/2018` is 5 March.
    """
    timely = [cue for cue in cues if cue.value.kind in TIMELY]
    seasons = {first: (last, number) for first, last, number in find_seasons(words, odd, timely)}
    if not (seasons or _may_be_dated(words, odd, timely)):
        return ()
    letters = letters_of(words, odd, timely, lexicon, seasons)
    if "P" in letters:
        letters = ONE_SIDED.sub("x", letters)
    if _POINT_LETTER.isdisjoint(letters):
        return ()
    classes = _Classes(
        words,
        letters,
        {c.first: int(c.value.value) for c in timely if c.value.kind == "month"}
        | {first: number for first, (_, number) in seasons.items()},
        {c.first: int(c.value.value) for c in timely if c.value.kind == "weekday"},
        month_first,
    )
    found: list[DateMention] = []
    for match in _shapes(letters):
        mention = _mention(classes, range(match.start(), match.end()))
        if mention is not None:
            before = found[-1] if found else None
            joined = before and _next_day(before, mention, classes.letters)
            found[len(found) - bool(joined) :] = [joined or mention]
    return tuple(found)


def _shapes(letters: str) -> Iterator[regex.Match[str]]:
    """Yield the shapes of dates among letters; none has an `x` in it, and each a point in time."""
    for run in _RUN.finditer(letters):
        if not _POINT_LETTER.isdisjoint(run[0]):
            for match in SHAPE.finditer(letters, *run.span()):
                if not _POINT_LETTER.isdisjoint(match["body"]):
                    yield match


def _next_day(one: DateMention, other: DateMention, letters: str) -> DateMention | None:
    """Return the two days of one event as an interval: `on 2023-10-17 and 2023-10-18`."""
    between = letters[one.last_word : other.first_word].strip("O,F")
    days = one.begin.day and other.begin.day and not (one.finish or other.finish)
    begin = one.begin if one.dated else replace(one.begin, year=other.begin.year)
    if between != "A" or not days or not begin.real or (begin.year and not other.dated):
        return None
    first, last = ((p if p.year else p.in_year(2000)).first() for p in (begin, other.begin))
    if not first or not last or (last - first).days != 1:
        return None
    return replace(one, last_word=other.last_word, end=other.end, begin=begin, finish=other.begin)


def _may_be_dated(words: Sequence[Word], odd: Sequence[int], cues: Sequence[Found[Cue]]) -> bool:
    """Return whether a month or a numeric date is among words: a date of no season needs one."""
    return any(found.value.kind == "month" for found in cues) or any(
        words[at].kind is Kind.DATE for at in odd
    )


def is_month_first(words: Sequence[Word]) -> bool:
    """Return whether a numeric date among `words` can only be read with the month first."""
    for word in words:
        if word.kind is Kind.DATE and word.text.count("/") == 2:  # noqa: PLR2004
            first, second, _ = map(int, word.text.split("/"))
            if second > 12 >= first:  # noqa: PLR2004
                return True
    return False


class _Side(Struct):
    """One side of an interval while it is read; of days in a row the last, and the first."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    opening: int | None = None


class _Classes(Struct, frozen=True):
    """The words of a passage with their letters, and which month or weekday a word is."""

    words: Sequence[Word]
    letters: str
    months: dict[int, int]
    days: dict[int, int]
    month_first: bool


def _mention(classes: _Classes, at: range) -> DateMention | None:
    words, letters = classes.words, classes.letters
    sides, relation, weekday = [_Side()], None, None
    for index in at:
        letter = letters[index]
        if letter in "RA" and len(sides) == 1 and index > at.start:
            sides.append(_Side())
        elif letter in _RELATIONS:
            relation = _RELATIONS[letter]
        elif letter == "K" and weekday is None:
            weekday = classes.days[index] - 1
        else:
            _take(sides[-1], letter, index, classes)
    worded = any(letters[i] == "R" and words[i].kind is Kind.WORD for i in at)
    if not worded and len(sides) > 1 and sides[1] == _Side(sides[1].year):
        return _mention(classes, range(at.start, letters.index("R", at.start)))
    begin, finish = _completed(sides, worded=worded)
    last = at.stop
    while letters[last - 1] in ",OF":
        last -= 1
    first = at.start
    if begin is None or not begin.real or (finish is not None and not finish.real):
        return None
    if finish is not None and finish == begin:
        finish = None
    return DateMention(
        first, last, words[first].start, words[last - 1].end, begin, finish, relation, weekday
    )


def _take(side: _Side, letter: str, index: int, classes: _Classes) -> None:
    text = classes.words[index].text
    if letter in "dD":
        day = int("".join(c for c in text if c.isdigit()))
        side.opening = (side.opening or side.day) if side.day in {None, day - 1} else 0
        side.day = day
    elif letter in "MmS":
        side.month = classes.months.get(index)
    elif letter == "Y":
        side.year = int(text)
    elif letter in "XZP":
        digits = _DIGITS.findall(text)
        numbers = [int(number) for number in digits]
        if letter == "Z":
            side.month, side.year = numbers
        elif letter == "P":
            side.day, side.month = numbers
        elif len(digits[0]) == 4:  # noqa: PLR2004
            side.year, side.month, side.day = numbers
        elif classes.month_first and "/" in text:
            side.month, side.day, side.year = numbers
        else:
            side.day, side.month, side.year = numbers


def _completed(sides: Sequence[_Side], *, worded: bool) -> tuple[Point | None, Point | None]:
    """Return both ends, what one leaves out taken from the other.

    A day and a month are the ends of one interval only where a word says so, `worded`.
    """
    left = sides[0]
    if len(sides) == 1:
        return (Point(left.year, left.month, left.day) if left.month else None), None
    right = sides[1]
    if left.opening is not None:
        left.day = (left.opening or None) if right.day == (left.day or 0) + 1 else None
    if worded and right == _Side(right.year) and left.year and left.month:
        return Point(left.year, left.month, left.day), Point(right.year)
    whole = worded and all(side.year and side.month for side in sides)
    if right.month is None:
        right.month = left.month
    if left.month is None:
        left.month = right.month
    if left.month is None or right.month is None:
        return None, None
    if (left.day is None) != (right.day is None) and not whole:
        return None, None
    return _in_order(left, right)


def _in_order(left: _Side, right: _Side) -> tuple[Point | None, Point | None]:
    """Return both ends of an interval, a year that one leaves out taken from the other."""
    begins, ends = (left.month or 0, left.day or 0), (right.month or 0, right.day or 0)
    if left.year is None and right.year is not None:
        left.year = right.year - (begins > ends)
    elif right.year is None and left.year is not None:
        right.year = left.year + (ends < begins)
    if (left.month in SEASON_MONTHS) != (right.month in SEASON_MONTHS):
        return None, None  # EDTF has no interval between a month and a season
    begin = Point(left.year, left.month, left.day)
    finish = Point(right.year, right.month, right.day)
    first, last = begin.first() if begin.real else None, finish.last() if finish.real else None
    if first and last and first > last:
        return None, None
    return begin, finish
