"""Enumerations: the items of a list in running text, each with the organisation it names.

`A, B (Country), C in Country and D` is cut at the marks and joining words that
stand between its items, and not at those inside a name. A name runs from its
first to its last name word, over words in lower case between them; it ends
before a bracket, a verb, a role, and before a preposition with a country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eugraph.facts.mentions import Marked, Mention
from eugraph.facts.organisations import NamedOrganisation, in_nominative, is_attribute
from eugraph.facts.words import Kind, Word, fold

_SEPARATORS = frozenset({",", ";", ":"})
_MOST_ITEMS = 40
_MOST_SKIPPED = 6
_MOST_INNER = 4
_MOST_TRAILING = 3
_SHORT_WORD = 3
_LONGEST_BRACKET = 12
_ENDS = (
    "held", "planned", "implements", "is", "starts", "runs", "took-part", "coordinates",
    "represented", "concludes", "involves", "event-verb", "part", "coordinated-by", "as", "that",
    "clause", "together-with", "lead", "funds", "during",
)  # fmt: skip
"""What no name goes over: verbs, roles, the beginnings of clauses."""

_NOBODY = ("people", "person", "participants", "representative")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an enumeration: its words, the organisation it names, the country it gives.

    It is `sure` where more than capitals speaks for an organisation: a head
    noun, a country, a legal form, a short form, a name known or in quotation marks.
    """

    first: int
    last: int
    organisation: NamedOrganisation | None = None
    country: Mention | None = None
    sure: bool = False


def read_items(marked: Marked, first: int, limit: int) -> tuple[Item, ...]:
    """Return the items of the enumeration that begins at `first`, up to where it ends."""
    chunks = list(_chunks(marked, first, limit))
    items: list[Item] = []
    for number, (begin, end) in enumerate(chunks):
        alone = len(chunks) == 1
        last = number == len(chunks) - 1
        for a, b in (
            _at_joins(marked, begin, end, alone=alone)
            if last
            else _after_brackets(marked, begin, end)
        ):
            item = _item(marked, a, b)
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
    (begin, end), *rest = chunks
    begin, end = next(_at_joins(marked, begin, end, alone=True))
    item = _item(marked, begin, end)
    if rest and _lacks(item) and end == chunks[0][1]:
        after = _item(marked, *rest[0])
        item = _with_country(item, after) if _is_country(marked, after) else item
    return item.organisation


def _lacks(item: Item) -> bool:
    return item.organisation is not None and item.country is None


def _is_country(marked: Marked, item: Item) -> bool:
    """Return whether an item is a country and nothing besides: the Netherlands, in Poland."""
    if item.organisation is not None or item.country is None:
        return False
    others = (*range(item.first, item.country.first), *range(item.country.last, item.last))
    return all(
        fold(marked.words[at].text) in marked.lexicon.articles or marked.at(at, "in", "from")
        for at in others
    )


def _with_country(item: Item, after: Item) -> Item:
    """Return `item` with the country that stands alone behind it: `A, Country`."""
    if item.organisation is None or after.country is None:
        return item
    extent = after.country.last
    organisation = replace(item.organisation, country=after.country, extent=extent)
    return Item(item.first, after.last, organisation, after.country, sure=True)


def close_of(marked: Marked, at: int, limit: int) -> int:
    """Return the place after the bracket that opens at `at`, or after `at` if it stays open."""
    for close in range(at + 1, min(at + 1 + _LONGEST_BRACKET, limit)):
        if marked.words[close].text == ")":
            return close + 1
    return at + 1


def _steps(marked: Marked, first: int, limit: int) -> Iterator[int]:
    """Yield the words from `first`, none inside brackets or quotation marks."""
    at = first
    while at < limit:
        yield at
        quoted = marked.at(at, "quoted")
        if quoted is not None:
            at = quoted.last
        else:
            at = close_of(marked, at, limit) if marked.words[at].text == "(" else at + 1


def _chunks(marked: Marked, first: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between commas, up to one that begins another clause."""
    begin = first
    marks = [at for at in _steps(marked, first, limit) if marked.words[at].text in _SEPARATORS]
    for mark in (*marks, limit):
        if mark > begin:
            if begin > first and not _goes_on(marked, begin, mark):
                return
            yield begin, mark
            if _says_more(marked, begin, mark):
                return
        begin = mark + 1


def _goes_on(marked: Marked, first: int, last: int) -> bool:
    """Return whether a piece can be an item: it has a name or a country, and no date."""
    if marked.dates_within(first, last) or marked.at(first, "that", "who", "involves"):
        return False
    return any(w.capital or w.text == "(" for w in marked.words[first:last]) or any(
        w.text.isalnum() and w.text[0].isdigit() for w in marked.words[first:last]
    )


def _says_more(marked: Marked, first: int, last: int) -> bool:
    """Return whether a verb stands in a piece: it is the last of the enumeration."""
    verbs = ("held", "planned", "implements", "is", "starts", "runs", "took-part", "coordinates")
    return any(
        not marked.words[m.first].capital and _ends(marked, m.first)
        for m in marked.within(first, last, *verbs)
    )


def _ends(marked: Marked, at: int) -> bool:
    """Return whether no name goes over a word; “e” (and) is no “è” (is), though folded alike."""
    return marked.at(at, *_ENDS) is not None and marked.at(at, "and") is None


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


def _at_joins(marked: Marked, first: int, last: int, *, alone: bool) -> Iterator[tuple[int, int]]:
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
        best = max(inner, key=lambda join: (_weight(marked, begin, join, last), join.first))
        if _weight(marked, begin, best, last) >= least:
            closed.append(best)
    yield from _pieces(first, last, closed)


def _one_name(marked: Marked, first: int, last: int) -> bool:
    """Return whether a single head noun, if any, stands in the words."""
    return len(marked.within(first, last, "head", "organisation")) < 2  # noqa: PLR2004


def _weight(marked: Marked, first: int, join: Mention, last: int) -> int:
    """Return how much speaks for two items on the sides of a joining word."""
    left = _item(marked, first, join.first)
    right = _item(marked, join.last, last)
    if right.organisation is None and right.country is None:
        return -1
    at = join.last
    articles = marked.lexicon.articles
    article = fold(marked.words[at].text) in articles
    while at < last and fold(marked.words[at].text) in articles:
        at += 1
    opens = at < last and marked.at(at, "head", "organisation", "short", "country") is not None
    return 2 * right.sure + left.sure + article + 2 * opens


# One item.


def _item(marked: Marked, first: int, last: int) -> Item:
    """Return the item that the words of a piece are."""
    start = _opening(marked, first, last)
    if start is None:
        countries = marked.within(first, last, "country")
        people = marked.within(first, last, *_NOBODY)
        return Item(first, last, country=countries[0] if countries and not people else None)
    cut = _cut(marked, start, last)
    end = _name_end(
        marked, start, cut, closed=cut < len(marked.words) and marked.words[cut].text in "(,"
    )
    alone = marked.at(start, "country", "scheme")
    if end <= start or (alone is not None and alone.last >= end) or _is_place(marked, start, end):
        country = next(iter(marked.within(first, last, "country")), None)
        return Item(first, last, country=country)
    if marked.at(start, "quoted") and not marked.within(first, start, "head", "legal-form"):
        return Item(first, last)
    named = _named(marked, start, end)
    organisation = _surrounded(marked, named, last)
    sure = (
        organisation.kind is not None
        or organisation.known is not None
        or organisation.country is not None
        or _is_legal_or_short(marked, start, end)
    )
    return Item(first, last, organisation, organisation.country, sure)


def _is_place(marked: Marked, start: int, end: int) -> bool:
    """Return whether a name is that of a country's inhabitants: no organisation's name."""
    adjective = marked.at(start, "country-adjective")
    return adjective is not None and adjective.last >= end


def _opening(marked: Marked, first: int, last: int) -> int | None:
    """Return where the name in a piece begins, over the words in lower case before it."""
    words, skipped = marked.words, 0
    for at in range(first, last):
        word = words[at]
        if marked.at(at, *_NOBODY) or word.text == "(":
            return None
        if _opens(marked, at, last):
            return _own_name(marked, at, last)
        if at > first and marked.at(at, "from", "in") and not word.capital:
            return None
        if word.kind is not Kind.WORD and word.kind is not Kind.NUMBER and word.text not in "-–•*·":
            return None
        skipped += fold(word.text) not in marked.lexicon.articles
        if skipped > _MOST_SKIPPED:
            return None
    return None


def _opens(marked: Marked, at: int, last: int) -> bool:
    word = marked.words[at]
    if marked.at(at, "quoted") is not None:
        return True
    if word.text[:1].isdigit() and not word.text.isdigit() and at + 1 < last:
        return marked.words[at + 1].capital and word.kind is not Kind.DATE
    if word.kind is not Kind.WORD or not word.capital:
        return False
    lexicon, folded = marked.lexicon, fold(word.text)
    follows = at > 0 and marked.words[at - 1].kind is Kind.WORD  # “the society The Ark”
    common = folded in lexicon.not_names or (folded in lexicon.articles and not follows)
    return not common or (len(word.text) > 1 and word.text.isupper())


def _own_name(marked: Marked, at: int, last: int) -> int:
    """Skip an adjective and the common noun before a name: “the Danish collective X”."""
    words, lexicon = marked.words, marked.lexicon
    if at + 1 >= last or words[at + 1].capital or lexicon.attribute_endings:
        return at
    after = next((i for i in range(at + 1, last) if words[i].capital), None)
    if after is None or not words[at].capital or marked.at(after, "legal-form"):
        return at
    between = range(at + 1, after)
    common = all(
        words[i].kind is Kind.WORD
        and len(words[i].text) > _SHORT_WORD
        and fold(words[i].text) not in lexicon.joiners | lexicon.articles
        and not marked.at(i, "head", "and", "in", "from", *_ENDS)
        for i in between
    )
    return after if common else at


def _cut(marked: Marked, start: int, last: int) -> int:
    """Return where what can be a name ends: at a bracket, a verb, a role, “in” and a country."""
    words = marked.words
    at = start
    while at < last:
        word = words[at]
        quoted = marked.at(at, "quoted")
        if quoted is not None:
            at = quoted.last
            continue
        spaced = word.stem == "-" and word.start > words[at - 1].end
        if word.text in "()|" or spaced or word.kind is Kind.DATE:
            return at
        if at > start and not word.capital and (_ends(marked, at) or _leads_away(marked, at, last)):
            return at
        if at > start and _is_locative(marked, at):
            return at
        at += 1
    return last


def _is_locative(marked: Marked, at: int) -> bool:
    """Return whether a country after a name says where, by its case: “Rīgas dome Latvijā”."""
    country = marked.at(at, "country") if marked.lexicon.attribute_endings else None
    if country is None or not marked.before(at, "head"):
        return False
    return country.last >= len(marked.words) or not marked.words[country.last].capital


def _leads_away(marked: Marked, at: int, last: int) -> bool:
    """Return whether a preposition with a country, or one that is in no name, stands at a word."""
    preposition = marked.at(at, "in", "from")
    if preposition is None:
        return False
    after = preposition.last
    while after < last and fold(marked.words[after].text) in marked.lexicon.articles:
        after += 1
    if marked.at(after, "country") is not None:
        return True
    return fold(marked.words[at].text) not in marked.lexicon.joiners


def _name_end(marked: Marked, start: int, cut: int, *, closed: bool) -> int:
    """Return where the name from `start` ends: after the last word of it before `cut`."""
    words, lexicon = marked.words, marked.lexicon
    end = at = start
    while at < cut and at - end <= _MOST_INNER:
        head = marked.at(at, "head")
        quoted = marked.at(at, "quoted")
        known = marked.at(at, "organisation")
        if quoted is not None:
            end = at = quoted.last
        elif known is not None and known.last <= cut:
            end = at = known.last
        elif head is not None and head.last <= cut and _closes(marked, end, at):
            end = at = head.last
        elif _opens(marked, at, cut) or words[at].capital:
            end = at = at + 1
        elif words[at].kind is Kind.NUMBER:
            if at - end > 2 or not _is_number_of(words[end:at]):  # noqa: PLR2004
                break
            end = at = at + 1
        elif _inner(marked, at):
            at += 1
        else:
            break
    trailing = lexicon.attribute_endings and 0 < cut - end <= _MOST_TRAILING
    if trailing and not marked.within(end, cut, *_ENDS, "part"):
        whole = closed or not marked.within(start, end, "head")
        return cut if whole and all(w.kind is Kind.WORD for w in words[end:cut]) else end
    return end


def _is_number_of(between: Sequence[Word]) -> bool:
    """Return whether a number after these words is part of a name: “School No. 5”, “Liceum 3”."""
    return all(not word.capital and len(word.text) <= _SHORT_WORD for word in between)


def _closes(marked: Marked, end: int, at: int) -> bool:
    """Return whether a head noun in lower case closes a name: only attributes stand between."""
    if marked.words[at].capital or at == end:
        return True
    return all(is_attribute(marked, i) for i in range(end, at))


def _inner(marked: Marked, at: int) -> bool:
    """Return whether a word that opens nothing may stand inside a name."""
    word, lexicon = marked.words[at], marked.lexicon
    if word.kind is Kind.MARK:
        touching = at > 0 and marked.words[at - 1].end == word.start
        return (word.text in "./&’'" and touching) or word.text == "&"
    folded = fold(word.text)
    return (
        folded in lexicon.joiners
        or folded in lexicon.articles
        or (len(folded) <= _SHORT_WORD and _name_follows(marked, at + 1))
        or (marked.at(at, "and") is not None and _name_follows(marked, at + 1))
        or is_attribute(marked, at)
        or folded in lexicon.name_words
        or any(w.capital for w in marked.words[at + 1 : at + 2])
    )


def _name_follows(marked: Marked, at: int) -> bool:
    """Return whether a capital stands within two words."""
    return any(word.capital for word in marked.words[at : at + 2])


def _named(marked: Marked, start: int, end: int) -> NamedOrganisation:
    """Return the organisation that the words are the name of, with the kind its head noun says."""
    known = marked.at(start, "organisation")
    quoted = marked.at(start, "quoted")
    if quoted is not None and quoted.last == end:
        start, end = start + 1, end - 1
    if known is not None and known.last == end and known.value != "eu":
        return NamedOrganisation(
            marked.number, start, end, end, known.base, known=known.value, rule="known-organisation"
        )
    heads = marked.within(start, end, "head")
    head = next((h for h in heads if h.last == end), heads[0] if heads else None)
    place = None
    if head is not None and head.first > start:
        place = marked.text(start, head.first)
    elif head is not None:
        after = next((i for i in range(head.last, end) if marked.words[i].capital), None)
        place = marked.text(after, end) if after is not None else None
    return NamedOrganisation(
        marked.number, start, end, end,
        in_nominative(marked, start, end, head) if head else marked.text(start, end),
        kind=head.value if head else None, place=place, rule="item-of-enumeration",
    )  # fmt: skip


def _is_legal_or_short(marked: Marked, start: int, end: int) -> bool:
    return bool(marked.within(start, end, "short", "legal-form"))


def _surrounded(marked: Marked, organisation: NamedOrganisation, last: int) -> NamedOrganisation:
    """Add the country and the alias that stand behind a name in its item."""
    words, end = marked.words, organisation.last
    if end < last and marked.at(organisation.first - 1, "quoted") is not None:
        end += 1
    countries = marked.within(end, last, "country")
    extent = end
    aliases: tuple[tuple[str, int, int], ...] = ()
    if end < last and words[end].text == "(":
        close = close_of(marked, end, last)
        roles = marked.within(end, close, "lead", "partner")
        inside = marked.within(end, close, "country")
        if not roles:
            extent = close
        if close - end > 2 and words[end + 1].capital and not (inside or roles):  # noqa: PLR2004
            aliases = ((marked.text(end + 1, close - 1), end + 1, close - 1),)
    country = countries[0] if countries and _beside(marked, extent, countries[0]) else None
    if country is not None:
        extent = max(extent, country.last)
    return replace(organisation, country=country, extent=extent, aliases=aliases)


def _beside(marked: Marked, end: int, country: Mention) -> bool:
    """Return whether only a preposition and the name of a place stand before the country."""
    between = marked.words[end : country.first]
    ends = marked.within(end, country.first, *(k for k in _ENDS if k != "as"))
    return not ends and len(between) <= 2 * _MOST_INNER
