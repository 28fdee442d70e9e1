"""Items: one piece of an enumeration, the organisation it names and the country it gives.

A name begins at a word in capitals, over the words in lower case before it that
say what kind of body it is; where it ends is told by `extents`.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.gazetteer.known import is_country
from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.organisations.extents import (
    NAME_ENDS,
    SHORT_WORD,
    cut_of,
    name_end,
    opens_name,
)
from eugraph.facts.organisations.named import (
    NAMED_AFTER,
    NamedOrganisation,
    in_nominative,
    opens_town,
    over_kind,
)
from eugraph.facts.organisations.persons import is_person

_MOST_SKIPPED = 6
_MOST_BETWEEN = 8
_LONGEST_BRACKET = 12
_NOBODY = ("people", "person", "participants", "representative")


class Item(Struct, frozen=True):
    """An item of an enumeration: its words, the organisation it names, the country it gives.

    It is `sure` where more than capitals speaks for an organisation: a head
    noun, a country, a legal form, a short form, a name known or in quotation marks.
    """

    first: int
    last: int
    organisation: NamedOrganisation | None = None
    country: Mention | None = None
    sure: bool = False


def close_of(marked: Marked, at: int, limit: int) -> int:
    """Return the place after the bracket that opens at `at`, or after `at` if it stays open."""
    for close in range(at + 1, min(at + 1 + _LONGEST_BRACKET, limit)):
        if marked.words[close].text == ")":
            return close + 1
    return at + 1


def read_item(marked: Marked, first: int, last: int) -> Item:
    """Return the item that the words of a piece are."""
    start = _opening(marked, first, last)
    if start is None:
        countries = marked.within(first, last, "country")
        people = marked.within(first, last, *_NOBODY)
        return Item(first, last, country=countries[0] if countries and not people else None)
    cut = cut_of(marked, start, last)
    start = over_kind(marked, start, cut - 1)
    end = name_end(
        marked, start, cut, closed=cut < len(marked.words) and marked.words[cut].text in "(,"
    )
    alone = marked.at(start, "country", "scheme", "countries", "partner")
    common = alone is not None and (alone.last >= end or _runs_into_text(marked, alone))
    if end <= start or common or marked.at(end, "countries") or _is_place(marked, start, end):
        country = next(iter(marked.within(first, last, "country")), None)
        return Item(first, last, country=country)
    if is_person(marked, start, end):
        return Item(first, last)
    if marked.at(start, "quoted") and not marked.within(first, start, "head", "legal-form"):
        return Item(first, last)
    named = _named(marked, start, end)
    organisation = _of_adjective(marked, first, _surrounded(marked, named, last))
    sure = (
        organisation.kind is not None
        or organisation.known is not None
        or organisation.country is not None
        or _is_legal_or_short(marked, start, end)
    )
    return Item(first, last, organisation, organisation.country, sure)


def _runs_into_text(marked: Marked, alone: Mention) -> bool:
    """Return whether a country goes on with a word in lower case: the sentence does, no name."""
    after = marked.words[alone.last] if alone.last < len(marked.words) else None
    plain = after is not None and after.kind is Kind.WORD and not after.capital
    plain = plain and not marked.lexicon.attribute_endings
    return plain and alone.kind in {"country", "partner"}


def _of_adjective(marked: Marked, first: int, organisation: NamedOrganisation) -> NamedOrganisation:
    """Return a body with the country of an adjective before it: “the Polish foundation X”."""
    adjectives = marked.within(first, organisation.first, "country-adjective")
    if organisation.country is not None or len(adjectives) != 1:
        return organisation
    return replace(organisation, country=adjectives[0])


def _is_place(marked: Marked, start: int, end: int) -> bool:
    """Return whether a name is that of a country's inhabitants: no organisation's name."""
    adjective = marked.at(start, "country-adjective")
    return adjective is not None and adjective.last >= end


def _opening(marked: Marked, first: int, last: int) -> int | None:
    """Return where the name in a piece begins, over the words in lower case before it."""
    words, skipped = marked.words, 0
    for at in range(_over_among_others(marked, first), last):
        word = words[at]
        if marked.at(at, *_NOBODY) or word.text == "(":
            return None
        if opens_town(marked, at, last):
            return at
        if opens_name(marked, at, last):
            return _own_name(marked, at, last)
        if at > first and marked.at(at, "from", "in") and not word.capital:
            return None
        if word.kind is not Kind.WORD and word.kind is not Kind.NUMBER and word.text not in "-–•*·":
            return None
        skipped += word.folded not in marked.lexicon.articles
        if skipped > _MOST_SKIPPED:
            return None
    return None


def _over_among_others(marked: Marked, first: int) -> int:
    """Return where an item begins after “among others”, abbreviated or not."""
    among = marked.at(first, "among-others")
    if among is None:
        return first
    dotted = among.last < len(marked.words) and marked.words[among.last].text == "."
    return among.last + dotted


def _own_name(marked: Marked, at: int, last: int) -> int:
    """Skip an adjective and the common noun before a name: “the Danish collective X”."""
    words, lexicon = marked.words, marked.lexicon
    if at + 1 >= last or words[at + 1].capital or lexicon.attribute_endings:
        return at
    adjective = marked.at(at, "country-adjective") is not None
    if not adjective and _foreign(marked, at, last):
        return at
    after = next((i for i in range(at + 1, last) if words[i].capital), None)
    if after is None or not words[at].capital or marked.at(after, "legal-form"):
        return at
    between = range(at + 1, after)
    common = all(
        words[i].kind is Kind.WORD
        and len(words[i].text) > SHORT_WORD
        and words[i].folded not in lexicon.joining
        and not marked.at(i, "and", "in", "from", *NAME_ENDS)
        and ((noun := marked.at(i, "head")) is None or (adjective and noun.value in NAMED_AFTER))
        for i in between
    )
    return after if common else at


def _foreign(marked: Marked, first: int, last: int) -> bool:
    """Return whether the words up to a bracket are a name in another language: `Osnovna škola X`.

    No word of it is one that the lexicon knows.
    """
    words = marked.words
    ends = (
        at for at in range(first, last) if words[at].text in "(," or marked.at(at, "in", "from")
    )
    end = next(ends, last)
    known = marked.within(first, end, "partner", "member", "people", "and", "lead", "head")
    return not known and not marked.within(first, end, "organisation")


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
        roles = marked.within(end, close, "lead", "lead-mark", "partner")
        inside = marked.within(end, close, "country")
        if not roles:
            extent = close
        alias = marked.text(end + 1, close - 1) if close - end > 2 else ""  # noqa: PLR2004
        if alias and words[end + 1].capital and not (inside or roles or is_country(alias)):
            aliases = ((alias, end + 1, close - 1),)
    country = countries[0] if countries and _beside(marked, extent, countries[0]) else None
    if country is not None:
        extent = max(extent, country.last)
    return replace(organisation, country=country, extent=extent, aliases=aliases)


def _beside(marked: Marked, end: int, country: Mention) -> bool:
    """Return whether only a preposition and the name of a place stand before the country."""
    between = marked.words[end : country.first]
    ends = marked.within(end, country.first, *(k for k in NAME_ENDS if k != "as"))
    return not ends and len(between) <= _MOST_BETWEEN
