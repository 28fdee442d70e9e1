"""Listings: partners one after another in a sentence, each beside its country.

`Country: Name`, `Country – Name`, and `Name from Country`: a form counts only
where it comes at least twice, for once it is an accident.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Sentence
from eugraph.facts.organisations.named import NamedOrganisation

_LONGEST_NAME = 14
_STOPS = frozenset({",", ";", "(", ".", ":", "|"})


def listed_in(marked: Marked, sentence: Sentence) -> tuple[NamedOrganisation, ...]:
    """Return the organisations that a sentence lists each after its country or from it."""
    if "country" not in sentence.kinds:
        return ()
    for reader in (_labelled, _from_country):
        found = tuple(reader(marked, sentence))
        if len(found) > 1:
            return found
    return ()


def _labelled(marked: Marked, sentence: Sentence) -> Iterator[NamedOrganisation]:
    """Read `Country – Name` and `Country: Name`."""
    words = marked.words
    for country in marked.within(sentence.first, sentence.last, "country"):
        at = country.last
        if at + 1 >= sentence.last or words[at].stem not in {":", "-"}:
            continue
        last = _name_end(marked, at + 1, sentence.last)
        if last > at + 1 and _opens_name(marked, at + 1):
            yield NamedOrganisation(
                marked.number, at + 1, last, last, marked.text(at + 1, last),
                country=country, rule="name-after-its-country",
            )  # fmt: skip


def _opens_name(marked: Marked, at: int) -> bool:
    word = marked.words[at]
    return (word.kind is Kind.WORD and word.capital) or word.stem == '"'


def _name_end(marked: Marked, first: int, limit: int) -> int:
    """Return where a name that begins at `first` ends: at a mark, or before the next country."""
    words = marked.words
    countries = {m.first for m in marked.within(first + 1, limit, "country")}
    joins = {m.first for m in marked.within(first, limit, "and") if m.last in countries}
    for at in range(first, min(first + _LONGEST_NAME, limit)):
        full_stop = (
            words[at].text == "." and at + 1 < limit and words[at + 1].start == words[at].end
        )
        if (words[at].text in _STOPS and not full_stop) or at in joins:
            return at
    return min(first + _LONGEST_NAME, limit)


def _from_country(marked: Marked, sentence: Sentence) -> Iterator[NamedOrganisation]:
    """Read `Name from Country`."""
    for country in marked.within(sentence.first, sentence.last, "country"):
        at = country.first
        while at > sentence.first and marked.words[at - 1].folded in marked.lexicon.articles:
            at -= 1
        joined = marked.before(at, "from")
        if joined is None:
            continue
        first = _run_back(marked, sentence, joined.first)
        if first < joined.first:
            yield NamedOrganisation(
                marked.number, first, joined.first, country.last,
                marked.text(first, joined.first), country=country, rule="name-from-its-country",
            )  # fmt: skip


def _run_back(marked: Marked, sentence: Sentence, end: int) -> int:
    """Return where the run of capitalised words that ends at `end` begins, joining words inside."""
    words, first, at = marked.words, end, end
    while at > sentence.first:
        word = words[at - 1]
        if word.kind is not Kind.WORD or marked.before(at, "and", "partner"):
            break
        if word.capital and word.folded not in marked.lexicon.not_names:
            first = at - 1
        elif word.folded not in marked.lexicon.joiners:
            break
        at -= 1
    return first
