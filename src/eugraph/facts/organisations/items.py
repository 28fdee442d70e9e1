"""Items: one piece of an enumeration, the organisation it names and the country it gives.

A name runs from its first to its last name word, over words in lower case
between them; it ends before a bracket, a verb, a role, and before a preposition
with a country. In languages that put attributes before a noun, words in lower
case lead up to the head noun that closes a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.gazetteer.known import is_country
from eugraph.facts.language.words import Kind, Word
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.organisations.named import (
    NamedOrganisation,
    in_nominative,
    is_attribute,
    opens_town,
)

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


def ends_name(marked: Marked, at: int) -> bool:
    """Return whether no name goes over a word; “e” (and) is no “è” (is), though folded alike."""
    return marked.at(at, *_ENDS) is not None and marked.at(at, "and") is None


def read_item(marked: Marked, first: int, last: int) -> Item:
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
    alone = marked.at(start, "country", "scheme", "countries")
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
    for at in range(_over_among_others(marked, first), last):
        word = words[at]
        if marked.at(at, *_NOBODY) or word.text == "(":
            return None
        if opens_town(marked, at, last):
            return at
        if _opens(marked, at, last):
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


def _opens(marked: Marked, at: int, last: int) -> bool:
    word = marked.words[at]
    if marked.at(at, "quoted") is not None:
        return True
    if word.text.isdigit():
        return at + 2 < last and numbers_school(marked, at)
    if word.text[:1].isdigit() and at + 1 < last:
        return marked.words[at + 1].capital and word.kind is not Kind.DATE
    if word.kind is not Kind.WORD or not word.capital:
        return False
    lexicon, folded = marked.lexicon, word.folded
    follows = at > 0 and marked.words[at - 1].kind is Kind.WORD  # “the society The Ark”
    common = folded in lexicon.not_names or (folded in lexicon.articles and not follows)
    return not common or (len(word.text) > 1 and word.text.isupper())


def numbers_school(marked: Marked, at: int) -> bool:
    """Return whether a number with a full stop opens a name: “3. Gymnasium Kalamaria”."""
    words = marked.words
    if at + 2 >= len(words) or words[at + 1].text != "." or "." not in marked.lexicon.ordinal_marks:
        return False
    return words[at + 2].capital and marked.at(at + 2, "head") is not None


def _own_name(marked: Marked, at: int, last: int) -> int:
    """Skip an adjective and the common noun before a name: “the Danish collective X”."""
    words, lexicon = marked.words, marked.lexicon
    if at + 1 >= last or words[at + 1].capital or lexicon.attribute_endings:
        return at
    if marked.at(at, "country-adjective") is None and _foreign(marked, at, last):
        return at
    after = next((i for i in range(at + 1, last) if words[i].capital), None)
    if after is None or not words[at].capital or marked.at(after, "legal-form"):
        return at
    between = range(at + 1, after)
    common = all(
        words[i].kind is Kind.WORD
        and len(words[i].text) > _SHORT_WORD
        and words[i].folded not in lexicon.joining
        and not marked.at(i, "head", "and", "in", "from", *_ENDS)
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
        if (
            at > start
            and not word.capital
            and (ends_name(marked, at) or _leads_away(marked, at, last))
        ):
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
    while after < last and marked.words[after].folded in marked.lexicon.articles:
        after += 1
    if marked.at(after, "country") is not None:
        return True
    return marked.words[at].folded not in marked.lexicon.joiners


def _name_end(marked: Marked, start: int, cut: int, *, closed: bool) -> int:
    """Return where the name from `start` ends: after the last word of it before `cut`."""
    words = marked.words
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
    return _with_last_words(marked, start, end, cut, closed=closed)


def _with_last_words(marked: Marked, start: int, end: int, cut: int, *, closed: bool) -> int:
    """Return where a name ends that words in lower case close: no lexicon lists all nouns."""
    words = marked.words
    plain = 0 < cut - end <= _MOST_TRAILING and all(w.kind is Kind.WORD for w in words[end:cut])
    if not plain or marked.within(end, cut, *_ENDS, "part"):
        return end
    bracket = cut < len(words) and words[cut].text == "("
    if bracket and (cut - end == 1 or _foreign_words(marked, end, cut)):
        return cut  # “Växjö kommun (SE)” in a language that has no such noun
    whole = closed or not marked.within(start, end, "head")
    return cut if whole and marked.lexicon.attribute_endings else end


def _foreign_words(marked: Marked, end: int, cut: int) -> bool:
    """Return whether the words before a country in brackets join a name in another language.

    They begin with a short word that the text's own language does not know: `X d’espaces Y (FR)`.
    """
    short = len(marked.words[end].text) <= _SHORT_WORD
    own = marked.within(end, cut, "in", "from", "and", "head", "partner", "member", "with")
    return short and not own and marked.at(cut + 1, "country") is not None


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
    folded = word.folded
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
    ends = marked.within(end, country.first, *(k for k in _ENDS if k != "as"))
    return not ends and len(between) <= 2 * _MOST_INNER
