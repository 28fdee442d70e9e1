"""Years: which year a date is in that is written without one.

Candidates are the years in which the day falls inside the project's term, with
a month to spare; each further rule only drops candidates. What is left decides:
one year is inferred; of several, a first meeting is in the earliest and a last
one in the latest, probably; otherwise no guess is made and all are kept as
candidates. The rules, in the order they are tried:

Y0 the year is written: nothing to infer. Y1 “this year” and a known date of
publication. Y2 held before publication, planned after it. Y3 the weekday named
fits the year. Y4 inside the term. Y5 what is told as past came before what is
still to come. Y6 a date told just before is in the year of the story. Y7 a
first meeting is early, a last one late. Y8 several remain: no guess.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from eugraph.facts.fact import Certainty
from eugraph.facts.language.dates import DateMention, Point, Relation

BEFORE, AFTER = timedelta(days=30), timedelta(days=31)
"""How far outside the term of its project an event may lie."""

_MOST = 30
_YEAR = 366


class UndatedEvent(Struct, frozen=True):
    """An event as the rules for years see it."""

    mention: DateMention
    planned: bool
    first: bool = False
    last: bool = False


class Circumstances(Struct, frozen=True):
    """What is known besides: term, publication, and the dated events of the same project.

    `term` may lack its end. `held` and `planned` are the days of events whose
    years are written, `story` the day of the dated event told last before.
    """

    term: tuple[date, date | None] | None = None
    published: tuple[date, date] | None = None
    held: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    story: date | None = None


class Years(Struct, frozen=True):
    """The years a date may be in, best first, and the rule and the grounds that chose them.

    `certainty` is None where several are left and none is chosen.
    """

    years: tuple[int, ...]
    rule: str
    certainty: Certainty | None
    grounds: tuple[str, ...]


def infer_years(undated: UndatedEvent, known: Circumstances) -> Years | None:
    """Return the years `undated` may be in; None if its year is written or nothing limits it."""
    mention = undated.mention
    if mention.dated:
        return None
    if mention.relation is not None and known.published is not None:
        shift = {Relation.THIS: 0, Relation.NEXT: 1, Relation.LAST: -1}[mention.relation]
        year = known.published[0].year + shift
        return Years((year,), "year-from-publication-date", Certainty.CERTAIN, ("published",))
    if known.term is not None:
        return _by_term(undated, known)
    return (
        _by_publication(undated, known) or _by_plan(undated, known) or _by_story(undated, known, ())
    )


def _by_term(undated: UndatedEvent, known: Circumstances) -> Years | None:
    begin, end = known.term or (None, None)
    if begin is None:
        return None
    latest = end or date(begin.year + 5, 12, 31)
    years = [
        year
        for year in range(begin.year - 1, latest.year + 2)
        if _inside(undated.mention, year, begin - BEFORE, latest + AFTER)
    ]
    grounds = ["term"]
    for ground, keeps in _filters(undated, known):
        kept = [year for year in years if keeps(year)]
        if kept and len(kept) < len(years):
            years, grounds = kept, [*grounds, ground]
    if not years or len(years) > _MOST:
        return None
    if len(years) == 1 and end is not None:
        return Years(tuple(years), "year-from-project-term", Certainty.CERTAIN, tuple(grounds))
    return _chosen(undated, known, years, tuple(grounds))


def _chosen(
    undated: UndatedEvent, known: Circumstances, years: Sequence[int], grounds: tuple[str, ...]
) -> Years | None:
    if undated.first:
        rule = "first-meeting-earliest-year"
        return Years(tuple(years), rule, Certainty.PROBABLE, (*grounds, "first"))
    if undated.last:
        rule = "last-meeting-latest-year"
        return Years(tuple(reversed(years)), rule, Certainty.PROBABLE, (*grounds, "last"))
    by_publication = _by_publication(undated, known)
    if by_publication is not None and by_publication.years[0] in years:
        return by_publication
    by_story = _by_story(undated, known, years)
    if by_story is not None:
        return by_story
    return Years(tuple(years), "year-from-project-term", None, grounds)


def _filters(
    undated: UndatedEvent, known: Circumstances
) -> Sequence[tuple[str, Callable[[int], bool]]]:
    mention = undated.mention
    filters: list[tuple[str, Callable[[int], bool]]] = []
    if mention.weekday is not None:
        filters.append(("weekday", lambda year: _weekday_fits(mention, year)))
    if undated.planned and known.held:
        latest_held = max(known.held)
        filters.append(("held", lambda year: _last(mention, year) >= latest_held))
    elif not undated.planned and known.planned:
        first_planned = min(known.planned)
        filters.append(("planned", lambda year: _first(mention, year) < first_planned))
    if known.published is not None:
        earliest, latest = known.published
        if undated.planned:
            filters.append(("published", lambda year: _last(mention, year) >= earliest))
        else:
            filters.append(("published", lambda year: _first(mention, year) <= latest))
    return filters


def _by_publication(undated: UndatedEvent, known: Circumstances) -> Years | None:
    """Return the year of the nearest such day on the right side of publication (Y2)."""
    if known.published is None:
        return None
    earliest, latest = known.published
    nearby = range(earliest.year - 1, latest.year + 2)
    fitting = [
        y for y in nearby if undated.mention.weekday is None or _weekday_fits(undated.mention, y)
    ]
    if undated.planned:
        years = [year for year in fitting if _last(undated.mention, year) >= earliest]
        chosen = min(years, default=None)
    else:
        years = [year for year in fitting if _first(undated.mention, year) <= latest]
        chosen = max(years, default=None)
    if chosen is None:
        return None
    return Years((chosen,), "year-from-publication-date", Certainty.CERTAIN, ("published",))


def _by_plan(undated: UndatedEvent, known: Circumstances) -> Years | None:
    """Return the last year in which what is told as past came before what is still to come (Y5)."""
    if undated.planned or not known.planned:
        return None
    announced = min(known.planned)
    years = [
        y for y in (announced.year, announced.year - 1) if _first(undated.mention, y) < announced
    ]
    if not years:
        return None
    return Years((years[0],), "year-from-nearby-date", Certainty.PROBABLE, ("planned",))


def _by_story(undated: UndatedEvent, known: Circumstances, years: Sequence[int]) -> Years | None:
    """Return the year near the dated event told just before, in the order of time (Y6)."""
    story = known.story
    if story is None:
        return None
    near = [story.year - 1, story.year, story.year + 1]
    fitting = [year for year in near if not years or year in years]
    if undated.planned:
        fitting = [year for year in fitting if _first(undated.mention, year) >= story]
    distance = {year: abs((_first(undated.mention, year) - story).days) for year in fitting}
    chosen = min(distance, key=lambda year: (distance[year], year), default=None)
    if chosen is None or distance[chosen] > _YEAR:
        return None
    rest = tuple(year for year in years if year != chosen)
    return Years((chosen, *rest), "year-from-nearby-date", Certainty.PROBABLE, ("story",))


def _first(mention: DateMention, year: int) -> date:
    return mention.begin.in_year(year).first() or date.max


def _last(mention: DateMention, year: int) -> date:
    return ends_in(mention, year)[1].last() or date.max


def ends_in(mention: DateMention, year: int) -> tuple[Point, Point]:
    """Return the ends of a date if it begins in `year`; over New Year it ends in the next."""
    begin = mention.begin.in_year(year)
    finish = mention.finish or mention.begin
    wraps = (finish.month or 0, finish.day or 0) < (begin.month or 0, begin.day or 0)
    return begin, finish.in_year(year + wraps)


def _inside(mention: DateMention, year: int, earliest: date, latest: date) -> bool:
    begin, finish = ends_in(mention, year)
    if not (begin.real and finish.real):
        return False
    return earliest <= (begin.first() or date.min) and (finish.last() or date.max) <= latest


def _weekday_fits(mention: DateMention, year: int) -> bool:
    begin = mention.begin.in_year(year)
    first = begin.first() if begin.real else None
    return first is not None and first.weekday() == mention.weekday
