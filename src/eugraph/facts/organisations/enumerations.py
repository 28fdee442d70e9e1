"""Enumerations: the items of a list in running text, each with the organisation it names.

`A, B (Country), C in Country and D` is cut at the marks and joining words that
stand between its items, and not at those inside a name. A name runs from its
first to its last name word, over words in lower case between them; it ends
before a bracket, a verb, a role, and before a preposition with a country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.organisations.extents import ends_name
from eugraph.facts.organisations.items import Item, close_of, read_item
from eugraph.facts.organisations.named import NamedOrganisation

_SEPARATORS = frozenset({",", ";", ":"})
_MOST_ITEMS = 40

_Reader = Callable[[int, int], Item]
"""Reads the item between two words of a passage."""


def read_items(marked: Marked, first: int, limit: int) -> tuple[Item, ...]:
    """Return the items of the enumeration that begins at `first`, up to where it ends."""
    chunks = list(_chunks(marked, first, limit))
    read = _reader(marked)
    items: list[Item] = []
    for number, (begin, end) in enumerate(chunks):
        alone = len(chunks) == 1
        last = number == len(chunks) - 1
        for a, b in (
            _at_joins(marked, begin, end, read, alone=alone)
            if last
            else _after_brackets(marked, begin, end)
        ):
            item = read(a, b)
            before = items[-1] if items else None
            if before and _lacks(before) and _is_country(marked, item):
                items[-1] = _with_country(before, item)
            else:
                items.append(item)
        if len(items) > _MOST_ITEMS:
            break
    return tuple(items)


def read_name(marked: Marked, first: int, limit: int) -> NamedOrganisation | None:
    """Return the one organisation whose name begins at `first` or soon after it."""
    chunks = list(_chunks(marked, first, limit))[:2]
    if not chunks:
        return None
    read = _reader(marked)
    (begin, end), *rest = chunks
    begin, end = next(_at_joins(marked, begin, end, read, alone=True))
    item = read(begin, end)
    if rest and _lacks(item) and end == chunks[0][1]:
        after = read(*rest[0])
        item = _with_country(item, after) if _is_country(marked, after) else item
    return item.organisation


def _reader(marked: Marked) -> _Reader:
    """Return a reader that remembers items: where to cut is tried by reading both sides.

    To make a `functools.cache` would take as long as to read a short enumeration.
    """
    known: dict[tuple[int, int], Item] = {}

    def read(first: int, last: int) -> Item:
        item = known.get((first, last))
        if item is None:
            item = known[first, last] = read_item(marked, first, last)
        return item

    return read


def _lacks(item: Item) -> bool:
    return item.organisation is not None and item.country is None


def _is_country(marked: Marked, item: Item) -> bool:
    """Return whether an item is a country and nothing besides: the Netherlands, in Poland."""
    if item.organisation is not None or item.country is None:
        return False
    others = (*range(item.first, item.country.first), *range(item.country.last, item.last))
    return all(
        marked.words[at].folded in marked.lexicon.articles or marked.at(at, "in", "from")
        for at in others
    )


def _with_country(item: Item, after: Item) -> Item:
    """Return `item` with the country that stands alone behind it: `A, Country`."""
    if item.organisation is None or after.country is None:
        return item
    extent = after.country.last
    organisation = replace(item.organisation, country=after.country, extent=extent)
    return Item(item.first, after.last, organisation, after.country, sure=True)


def _steps(marked: Marked, first: int, limit: int) -> Iterator[int]:
    """Yield the words from `first`, none inside brackets or quotation marks."""
    at = first
    while at < limit:
        yield at
        word = marked.words[at]
        quoted = marked.at(at, "quoted") if word.kind is Kind.MARK else None
        if quoted is not None:
            at = quoted.last
        else:
            at = close_of(marked, at, limit) if word.text == "(" else at + 1


def _chunks(marked: Marked, first: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between commas, up to one that begins another clause."""
    begin = first
    marks = [at for at in _steps(marked, first, limit) if marked.words[at].text in _SEPARATORS]
    for mark in (*marks, limit):
        if mark > begin:
            if begin > first and not _goes_on(marked, begin, mark):
                return
            yield begin, mark
            if _continues(marked, begin, mark):
                return
        begin = mark + 1


def _goes_on(marked: Marked, first: int, last: int) -> bool:
    """Return whether a piece can be an item: it has a name or a country, and no date."""
    verbs = ("implements", "held", "planned", "is", "starts", "runs")
    if marked.dates_within(first, last) or marked.at(first, "that", "who", "involves", *verbs):
        return False
    return any(w.capital or w.text == "(" for w in marked.words[first:last]) or any(
        w.text.isalnum() and w.text[0].isdigit() for w in marked.words[first:last]
    )


def _continues(marked: Marked, first: int, last: int) -> bool:
    """Return whether a verb stands in a piece: it is the last of the enumeration."""
    verbs = ("held", "planned", "implements", "is", "starts", "runs", "took-part", "coordinates")
    return any(
        not marked.words[m.first].capital and ends_name(marked, m.first)
        for m in marked.within(first, last, *verbs)
    )


def _joins(marked: Marked, first: int, last: int) -> Iterator[Mention]:
    """Yield the joining words between two names of a piece."""
    for at in _steps(marked, first, last):
        join = marked.at(at, "and")
        if join is not None and at > first and join.last < last:
            yield join


def _pieces(first: int, last: int, joins: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    begin = first
    for join in joins:
        yield begin, join.first
        begin = join.last
    yield begin, last


def _after_brackets(marked: Marked, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut a piece where a joining word follows a bracket or a country: the others are in a name."""
    joins = [join for join in _joins(marked, first, last) if _closed(marked, join)]
    yield from _pieces(first, last, joins)


def _closed(marked: Marked, join: Mention) -> bool:
    return (
        marked.words[join.first - 1].text == ")" or marked.before(join.first, "country") is not None
    )


def _at_joins(
    marked: Marked, first: int, last: int, read: _Reader, *, alone: bool
) -> Iterator[tuple[int, int]]:
    """Cut the last piece of an enumeration at the joining word before the last item.

    It is the one with the most to say for it; in a piece that is all there is,
    something has to be said for it: `Ministry of Education and Science` is one.
    """
    joins = list(_joins(marked, first, last))
    closed = [join for join in joins if _closed(marked, join)]
    begin = closed[-1].last if closed else first
    inner = [join for join in joins if join.first > begin]
    if inner and not (closed and _one_name(marked, begin, last)):
        least = 2 if alone or closed else 0
        weight, number = max(
            (_weight(marked, begin, join, last, read), number) for number, join in enumerate(inner)
        )
        if weight >= least:
            closed.append(inner[number])
    yield from _pieces(first, last, closed)


def _one_name(marked: Marked, first: int, last: int) -> bool:
    """Return whether a single head noun, if any, stands in the words."""
    return len(marked.within(first, last, "head", "organisation")) < 2  # noqa: PLR2004


def _weight(marked: Marked, first: int, join: Mention, last: int, read: _Reader) -> int:
    """Return how much speaks for two items on the sides of a joining word."""
    left, right = read(first, join.first), read(join.last, last)
    if right.organisation is None and right.country is None:
        return -1
    at = join.last
    articles = marked.lexicon.articles
    article = marked.words[at].folded in articles
    while at < last and marked.words[at].folded in articles:
        at += 1
    opens = at < last and marked.at(at, "head", "organisation", "short", "country") is not None
    return 2 * right.sure + left.sure + article + 2 * opens
