"""Extents: where the name of an organisation that begins at a word ends.

A name runs from its first to its last name word, over words in lower case
between them; it ends before a bracket, a verb, a role, and before a preposition
with a country. Languages differ in what closes a name in lower case: its head
noun with the attributes before it, a noun nobody listed, or adjectives.
"""

from __future__ import annotations

from collections.abc import Sequence

from eugraph.facts.language.words import Kind, Word
from eugraph.facts.mentions.marked import Marked
from eugraph.facts.organisations.named import is_attribute

_MOST_INNER = 4
_MOST_TRAILING = 3
SHORT_WORD = 3
NAME_ENDS = (
    "held", "planned", "implements", "is", "starts", "runs", "took-part", "coordinates",
    "represented", "concludes", "involves", "event-verb", "part", "coordinated-by", "as", "that",
    "clause", "together-with", "lead", "funds", "during",
)  # fmt: skip
"""What no name goes over: verbs, roles, the beginnings of clauses."""

_APART = ("and", "partner", "member", "people", "project", "event", "who", "with", "countries")
"""What goes on with no name, besides."""


def ends_name(marked: Marked, at: int) -> bool:
    """Return whether no name goes over a word; “e” (and) is no “è” (is), though folded alike."""
    return marked.at(at, *NAME_ENDS) is not None and marked.at(at, "and") is None


def opens_name(marked: Marked, at: int, last: int) -> bool:
    """Return whether a name may begin at a word: a capital, a quotation, a number of a school."""
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


def cut_of(marked: Marked, start: int, last: int) -> int:
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


def name_end(marked: Marked, start: int, cut: int, *, closed: bool) -> int:
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
        elif opens_name(marked, at, cut) or words[at].capital:
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
    if not plain or marked.within(end, cut, *NAME_ENDS, "part"):
        return end
    if _closes_in_order(marked, start, end, cut):
        return cut
    bracket = cut < len(words) and words[cut].text == "("
    if bracket and (cut - end == 1 or _foreign_words(marked, end, cut)):
        return cut  # “Växjö kommun (SE)” in a language that has no such noun
    whole = closed or not marked.within(start, end, "head")
    return cut if whole and marked.lexicon.attribute_endings else end


def _closes_in_order(marked: Marked, start: int, end: int, cut: int) -> bool:
    """Return whether the words in lower case behind a name close it, as the language orders names.

    A noun nobody listed closes a name: “Gotlands campus”; adjectives go on with one that
    is but its noun so far: “Centre wallon de recherches”.
    """
    if marked.within(end, cut, *_APART):
        return False
    order = marked.lexicon.name_order
    if "noun" in order and not marked.within(start, end, "head"):
        return cut - end == 1 and len(marked.words[end].text) > SHORT_WORD
    head = marked.at(start, "head")
    return "adjective" in order and head is not None and head.last == end


def _adjective(marked: Marked, at: int) -> bool:
    """Return whether a word may be an adjective before the rest of a name: `naturel` du Haut-Jura.

    It stands behind a noun in capitals, and joining words lead from it to a capital.
    """
    words, joining = marked.words, marked.lexicon.joining
    behind = at > 0 and words[at - 1].kind is Kind.WORD and words[at - 1].folded not in joining
    if words[at].kind is not Kind.WORD or not behind or marked.at(at, *_APART, *NAME_ENDS):
        return False
    for after in range(at + 1, min(at + 1 + _MOST_INNER, len(words))):
        if words[after].capital:
            return after > at + 1
        if words[after].kind is not Kind.WORD or marked.at(after, *_APART, *NAME_ENDS):
            return False
    return False


def _foreign_words(marked: Marked, end: int, cut: int) -> bool:
    """Return whether the words before a country in brackets end a name in another language.

    The text's own language knows none of them: `X d’espaces Y (FR)`, `X videregående skole (NO)`.
    """
    own = marked.within(end, cut, "in", "from", "head", *_APART)
    joined = any(w.folded in marked.lexicon.joining for w in marked.words[end:cut])
    return not (own or joined) and marked.at(cut + 1, "country") is not None


def _is_number_of(between: Sequence[Word]) -> bool:
    """Return whether a number after these words is part of a name: “School No. 5”, “Liceum 3”."""
    return all(not word.capital and len(word.text) <= SHORT_WORD for word in between)


def _closes(marked: Marked, end: int, at: int) -> bool:
    """Return whether a head noun in lower case closes a name: only attributes stand between."""
    if marked.words[at].capital or at == end:
        return True
    return all(is_attribute(marked, i) for i in range(end, at))


def _inner(marked: Marked, at: int) -> bool:
    """Return whether a word that opens nothing may stand inside a name."""
    word, lexicon = marked.words[at], marked.lexicon
    if "adjective" in lexicon.name_order and _adjective(marked, at):
        return True
    if word.kind is Kind.MARK:
        touching = at > 0 and marked.words[at - 1].end == word.start
        return (word.text in "./&’'" and touching) or word.text == "&"
    folded = word.folded
    return (
        folded in lexicon.joiners
        or folded in lexicon.articles
        or (len(folded) <= SHORT_WORD and _name_follows(marked, at + 1))
        or (len(folded) <= SHORT_WORD and _numbers(marked, at + 1))
        or (marked.at(at, "and") is not None and _name_follows(marked, at + 1))
        or is_attribute(marked, at)
        or folded in lexicon.name_words
        or any(w.capital for w in marked.words[at + 1 : at + 2])
    )


def _numbers(marked: Marked, at: int) -> bool:
    """Return whether a small number stands at a word, as in the names of schools: “nr 12”."""
    text = marked.words[at].text if at < len(marked.words) else ""
    return text.isdigit() and len(text) <= SHORT_WORD


def _name_follows(marked: Marked, at: int) -> bool:
    """Return whether a capital stands within two words."""
    return any(word.capital for word in marked.words[at : at + 2])
