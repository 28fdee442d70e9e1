"""Listings: partners one after another, in a sentence or in lines, each beside its country.

Forms that need no words of any language: `Name (Country)`, `Country: Name`,
`Country – Name`, `Name, Country` in lines of their own, `Person – Name` below a
line that announces who took part; and `Name from Country`. A form counts only
where it comes at least twice, for once it is an accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eugraph.facts.document import Document
from eugraph.facts.mentions import Marked, Mention, Sentence
from eugraph.facts.organisations import NamedOrganisation
from eugraph.facts.words import Kind, fold

_LONGEST_LINE = 24
_LONGEST_NAME = 14
_STOPS = frozenset({",", ";", "(", ".", ":", "|"})


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of a listing: the organisation it names, and the passage that announces it."""

    organisation: NamedOrganisation
    passage: int
    announced_by: int | None


def listed_in(marked: Marked, sentence: Sentence) -> tuple[NamedOrganisation, ...]:
    """Return the organisations that a sentence lists each after its country or from it."""
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
        while at > sentence.first and fold(marked.words[at - 1].text) in marked.lexicon.articles:
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
        if word.capital and fold(word.text) not in marked.lexicon.not_names:
            first = at - 1
        elif fold(word.text) not in marked.lexicon.joiners:
            break
        at -= 1
    return first


def in_lines(document: Document) -> tuple[ListLine, ...]:
    """Return the lines of listings in `document`: at least two one below the other."""
    found: list[ListLine] = []
    block: list[NamedOrganisation] = []
    for marked in document.passages:
        entry = _line(marked) or _person_line(marked, document, bool(block))
        if entry is not None:
            block.append(entry)
            continue
        found += _block(document, block)
        block = []
    return (*found, *_block(document, block))


def _block(document: Document, block: Sequence[NamedOrganisation]) -> Iterator[ListLine]:
    if len(block) < 2:  # noqa: PLR2004
        return
    before = block[0].passage - 1
    announced = before if before >= 0 and _announces(document.passages[before]) else None
    for organisation in block:
        yield ListLine(organisation, organisation.passage, announced)


def _announces(marked: Marked) -> bool:
    return bool(marked.of("partner", "consortium", "participants", "involves"))


def _line(marked: Marked) -> NamedOrganisation | None:
    """Read a line that is one organisation and its country, in either order."""
    words = marked.words
    countries = marked.of("country")
    if len(countries) != 1 or not 2 < len(words) <= _LONGEST_LINE:  # noqa: PLR2004
        return None
    country = countries[0]
    first = 1 if words[0].text in {"-", "–", "•", "*", "·", "o", "▪", "►"} else 0
    if words[0].kind is Kind.NUMBER and len(words) > 2 and words[1].text in {".", ")"}:  # noqa: PLR2004
        first = 2
    if (
        country.first == first
        and country.last < len(words)
        and words[country.last].stem in {":", "-", ","}
    ):
        return _line_name(marked, country.last + 1, _line_end(words, len(words)), country)
    before = words[country.first - 1].stem if country.first > first else ""
    if before in {",", "-", "("} and _only_role_after(marked, country.last):
        return _line_name(marked, first, country.first - 1, country)
    return None


def _only_role_after(marked: Marked, first: int) -> bool:
    """Return whether only marks and a role stand after a country: “(Italy) – coordinator”."""
    words = marked.words
    roles = {at for m in marked.within(first, len(words), "lead", "partner", "project")
             for at in range(m.first, m.last)}  # fmt: skip
    return all(at in roles or words[at].kind is Kind.MARK for at in range(first, len(words)))


def _line_end(words: Sequence[object], last: int) -> int:
    while last and getattr(words[last - 1], "text", "") in {".", ";", ",", ")"}:
        last -= 1
    return last


def _line_name(marked: Marked, first: int, last: int, country: Mention) -> NamedOrganisation | None:
    lead = [
        m
        for m in marked.within(first, last, "lead", "partner")
        if marked.words[m.first - 1].text in {"(", ",", "-"}
    ]
    if lead:
        last = lead[0].first - 1
    opening = next((at for at in range(first, last) if marked.words[at].text == "("), last)
    if opening <= first or not _opens_name(marked, first):
        return None
    extent = max(last, country.last)
    return NamedOrganisation(
        marked.number, first, opening, extent, marked.text(first, opening),
        country=country, rule="line-of-name-and-country",
    )  # fmt: skip


def _person_line(marked: Marked, document: Document, going: bool) -> NamedOrganisation | None:  # noqa: FBT001
    """Read `Person – Name` below a line that announces participants."""
    words = marked.words
    if not 4 < len(words) <= _LONGEST_LINE:  # noqa: PLR2004
        return None
    dash = next((at for at in range(2, min(6, len(words) - 1)) if words[at].stem == "-"), None)
    if dash is None or not all(w.capital for w in words[:dash] if w.kind is Kind.WORD):
        return None
    above = document.passages[marked.number - 1] if marked.number else None
    announced = above is not None and len(above.words) < 6 and bool(above.of("participants"))  # noqa: PLR2004
    if not (going or announced) or not marked.within(dash + 1, len(words), "head"):
        return None
    last = _line_end(words, len(words))
    return NamedOrganisation(
        marked.number,
        dash + 1,
        last,
        last,
        marked.text(dash + 1, last),
        rule="organisation-after-person",
    )
