"""Lines: partners one below the other, each in a line of its own.

Forms that need no words of any language: `Name (Country)`, `Name, Country`,
`Name – Town, Country`, `Country: Name`, two cells of a table; and `Person – Name`
below a line that announces who took part. At least two such lines make a
listing; a line in it that is none of these breaks it not: with the mark of its
neighbours before it, it is a name without a country. Lines are partners where
the line above announces partners, or where three of them are clearly bodies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.organisations.named import NamedOrganisation
from eugraph.facts.organisations.persons import is_person
from eugraph.releases.release import Layout

_LONGEST_LINE = 30
_LONGEST_NAME = 18
_LONGEST_PLACE = 3
_LONGEST_BARE = 12
_LONGEST_ANNOUNCEMENT = 6
_EARLY = 4
_LEAST = 2
_LEAST_UNANNOUNCED = 3
_BULLETS = frozenset("-–—•*·o▪►●■□➢✓")
_BAR = "|"
"""Stands between the cells of a table in plain text, and often at both its sides."""
_MARKS = frozenset({",", "-", "(", "|", ":"})
_NO_ANNOUNCEMENT = ("event", "participants", "people", "country", "lead", "number", "countries")
_ANNOUNCING = ("partner", "consortium", "participants", "involves", "member")


class ListLine(Struct, frozen=True):
    """A line of a listing: the organisation it names, and the passage that announces it."""

    organisation: NamedOrganisation
    passage: int
    announced_by: int | None


class _Entry(Struct, frozen=True):
    """A line that can be of a listing: its organisation, its bullet, whether it has a country."""

    organisation: NamedOrganisation
    bullet: str
    full: bool


def in_lines(document: Document) -> tuple[ListLine, ...]:
    """Return the lines of listings in `document`, in the order of the text."""
    found: list[ListLine] = []
    block: list[_Entry | None] = []
    language = ""
    for marked in document.passages:
        under = _announces(document, marked.number - len(block) - 1)
        entry = _entry(marked, document, going=any(block), under=under)
        goes_on = marked.passage.language == language
        if block and goes_on and (entry is not None or (block[-1] is not None and _short(marked))):
            block.append(entry)
            continue
        found += _listing(document, block)
        under = _announces(document, marked.number - 1)
        entry = _entry(marked, document, going=False, under=under)
        block = [entry] if entry is not None else []
        language = marked.passage.language
    return (*found, *_listing(document, block))


def _announces(document: Document, number: int) -> bool:
    """Return whether a passage is nothing but the announcement of partners: `Project partners:`."""
    if number < 0:
        return False
    marked = document.passages[number]
    if len(marked.words) > _LONGEST_ANNOUNCEMENT:
        return False
    cues = marked.of("partner", "consortium")
    if not cues or marked.of(*_NO_ANNOUNCEMENT):
        return False
    whole = any((cue.first, cue.last) == (0, len(marked.words)) for cue in cues)
    ends = marked.words[-1].text == ":"
    return ends or whole or (marked.heading and cues[0].first < _EARLY)


def _short(marked: Marked) -> bool:
    return len(marked.words) <= _LONGEST_LINE and marked.passage.layout is Layout.ITEM


def _listing(document: Document, block: Sequence[_Entry | None]) -> Iterator[ListLine]:
    """Yield the lines of a block; those without a country only where marked as the others are."""
    listed = [entry for entry in block if entry is not None]
    full = [entry for entry in listed if entry.full]
    under = bool(listed) and _announces(document, listed[0].organisation.passage - 1)
    if len(full) < _LEAST and not (under and len(listed) >= _LEAST):
        return
    bare = not full and not any(entry.bullet for entry in listed)
    if bare and 2 * sum(_is_body(document, entry.organisation) for entry in listed) < len(listed):
        return
    marks = {entry.bullet for entry in full or listed}
    entries = [e for e in listed if e.full or ((e.bullet or under) and {e.bullet} == marks)]
    announced = _announced_by(document, entries, full)
    for entry in entries:
        if entry.full or announced is not None:
            yield ListLine(entry.organisation, entry.organisation.passage, announced)


def _announced_by(
    document: Document, entries: Sequence[_Entry], full: Sequence[_Entry]
) -> int | None:
    """Return the passage that announces partners; the first line itself where none needs to."""
    first = entries[0].organisation.passage
    bodies = sum(_is_body(document, entry.organisation) for entry in full)
    above = document.passages[first - 1] if first else None
    if above is not None and above.of(*_ANNOUNCING):
        people = above.of("participants", "people") and not above.of("partner", "consortium")
        return None if people and not bodies else first - 1
    if (
        above is not None
        and not {"\t", _BAR}.isdisjoint(above.passage.text)
        and 2 * bodies >= len(full)
    ):
        return first - 1  # the head of a table
    countries = {entry.organisation.country.value for entry in full if entry.organisation.country}
    many = len(full) >= _LEAST_UNANNOUNCED and len(countries) > 1
    return first if many and 2 * bodies >= len(full) else None


def _is_body(document: Document, organisation: NamedOrganisation) -> bool:
    marked = document.passages[organisation.passage]
    signs = ("head", "organisation", "legal-form", "short")
    return bool(marked.within(organisation.first, organisation.last, *signs))


def _entry(marked: Marked, document: Document, *, going: bool, under: bool) -> _Entry | None:
    words = marked.words
    if not 1 < len(words) <= _LONGEST_LINE:
        return None
    first, bullet = _after_bullet(marked)
    label = marked.at(first, "lead", "partner")
    if label is not None and label.last < len(words) and words[label.last].text == ":":
        first = label.last + 1
    organisation = _with_country(marked, first)
    if organisation is not None:
        return _Entry(organisation, bullet, full=True)
    organisation = _person_line(marked, document, going=going)
    if organisation is not None:
        return _Entry(organisation, bullet, full=True)
    listed = bullet or (under and (marked.passage.layout is Layout.ITEM or _bare(marked)))
    organisation = _plain(marked, first, sure=under) if listed else None
    return _Entry(organisation, bullet, full=False) if organisation is not None else None


def _bare(marked: Marked) -> bool:
    """Return whether a line is short and no sentence, as the names below a heading are."""
    return len(marked.words) <= _LONGEST_BARE and marked.words[-1].text not in ".!?:"


def _after_bullet(marked: Marked) -> tuple[int, str]:
    """Return where the text of a line begins, and what kind of mark stands before it."""
    words = marked.words
    if words[0].text == _BAR:
        return 1, _BAR
    if words[0].text in _BULLETS:
        return 1, "-" if words[0].stem == "-" else words[0].text
    if words[0].kind is Kind.NUMBER and len(words) > 2 and words[1].text in {".", ")"}:  # noqa: PLR2004
        return 2, "1"
    return 0, ""


# One line.


def _with_country(marked: Marked, first: int) -> NamedOrganisation | None:
    """Read a line that is one organisation and its country, in either order.

    Several countries in brackets each are an enumeration, which is read as a sentence.
    """
    countries = marked.of("country")
    if not countries or sum(_in_brackets(marked, country) for country in countries) > 1:
        return None
    country = countries[-1]
    if country.first > first and _only_role_after(marked, country.last):
        last = _before_country(marked, first, country)
        if last is not None:
            return _named(marked, first, _without_town(marked, first, last), country)
    country = countries[0]
    after = country.last
    if country.first == first and after < len(marked.words) and marked.divided(after):
        mark = marked.words[after].kind is Kind.MARK
        return _named(marked, after + mark, _line_end(marked), country)
    return None


def _in_brackets(marked: Marked, country: Mention) -> bool:
    words, last = marked.words, country.last
    return country.first > 0 and last < len(words) and words[last].text == ")"


def _only_role_after(marked: Marked, first: int) -> bool:
    """Return whether only marks and a role stand after a country: “(Italy) – coordinator”."""
    words = marked.words
    roles = {at for m in marked.within(first, len(words), "lead", "partner", "project")
             for at in range(m.first, m.last)}  # fmt: skip
    return all(at in roles or words[at].kind is Kind.MARK for at in range(first, len(words)))


def _before_country(marked: Marked, first: int, country: Mention) -> int | None:
    """Return where the name ends before its country: at a mark, a tab, a preposition."""
    words, at = marked.words, country.first
    while at > first and words[at - 1].folded in marked.lexicon.articles:
        at -= 1
    if at <= first:
        return None
    opening = next((i for i in range(at - 1, max(first, at - 5), -1) if words[i].text == "("), None)
    if opening is not None:
        return opening
    if words[at - 1].stem in _MARKS:
        return at - 1
    preposition = marked.before(at, "in", "from")
    if preposition is not None:
        return preposition.first
    return at if marked.divided(at) else None


def _without_town(marked: Marked, first: int, last: int) -> int:
    """Take the town off `Name – Town`, `Name, Town`: a short last piece that names no body."""
    words = marked.words
    begins = next(
        (
            at + 1
            for at in range(last - 2, max(first, last - 2 - _LONGEST_PLACE), -1)
            if words[at].text == ","
            or (words[at].stem == "-" and words[at].start > words[at - 1].end)
        ),
        None,
    )
    if begins is None or marked.within(begins, last, "head", "organisation", "legal-form", "short"):
        return last
    names = all(word.kind is Kind.WORD and word.capital for word in words[begins:last])
    return (
        begins - 1
        if names and marked.within(first, begins, "head", "legal-form", "short")
        else last
    )


def _line_end(marked: Marked) -> int:
    last = len(marked.words)
    while last and marked.words[last - 1].text in {".", ";", ",", _BAR}:
        last -= 1
    return last


def _named(marked: Marked, first: int, last: int, country: Mention) -> NamedOrganisation | None:
    """Return the organisation that the words of a line name, its role left out."""
    words = marked.words
    while first < last and (
        words[first].folded in marked.lexicon.articles or words[first].stem == "-"
    ):
        first += 1
    role = next(
        (
            m
            for m in marked.within(first, last, "lead", "partner")
            if m.first > first and words[m.first - 1].stem in {"(", ",", "-", _BAR}
        ),
        None,
    )
    last = role.first - 1 if role else last
    opening = next((at for at in range(first, last) if words[at].text == "("), last)
    while opening > first and words[opening - 1].stem in _MARKS:
        opening -= 1
    if not first < opening <= first + _LONGEST_NAME or not _opens_name(marked, first):
        return None
    if is_person(marked, first, opening):
        return None
    return NamedOrganisation(
        marked.number, first, opening, max(last, country.last), marked.text(first, opening),
        country=country, rule="line-of-name-and-country",
    )  # fmt: skip


def _opens_name(marked: Marked, at: int) -> bool:
    words = marked.words
    if words[at].text[0].isdigit():
        follows = at + 1 < len(words) and words[at + 1].capital
        return follows and not words[at].text.isdigit() and words[at].kind is not Kind.DATE
    return (words[at].kind is Kind.WORD and words[at].capital) or words[at].stem == '"'


_PREDICATES = (
    "held",
    "planned",
    "implements",
    "is",
    "starts",
    "runs",
    "took-part",
    "deadline",
    "people",
)


def _plain(marked: Marked, first: int, *, sure: bool) -> NamedOrganisation | None:
    """Read a line that is a name and nothing besides; unless `sure`, a word in it is a body's."""
    last = _line_end(marked)
    while first < last and marked.words[first].folded in marked.lexicon.articles:
        first += 1
    if not first < last <= first + _LONGEST_NAME or not _opens_name(marked, first):
        return None
    marks = any(w.kind is Kind.MARK and w.text in ":;!?" for w in marked.words[first:last])
    predicates = [
        m for m in marked.within(first, last, *_PREDICATES) if not marked.words[m.first].capital
    ]
    if marks or predicates or marked.dates or is_person(marked, first, last):
        return None
    named = sure and sum(w.capital for w in marked.words[first:last]) * 2 >= last - first
    if not (named or marked.within(first, last, "head", "legal-form")):
        return None
    role = next(iter(marked.within(first + 1, last, "lead", "lead-mark", "partner")), None)
    end = role.first if role else last
    while end > first and marked.words[end - 1].kind is Kind.MARK:
        end -= 1
    return NamedOrganisation(
        marked.number, first, end, last, marked.text(first, end), rule="line-of-name"
    )


def _person_line(marked: Marked, document: Document, *, going: bool) -> NamedOrganisation | None:
    """Read `Person – Name` below a line that announces participants."""
    words = marked.words
    if len(words) < 5:  # noqa: PLR2004
        return None
    dash = next((at for at in range(2, min(6, len(words) - 1)) if words[at].stem == "-"), None)
    if dash is None or not all(w.capital for w in words[:dash] if w.kind is Kind.WORD):
        return None
    above = document.passages[marked.number - 1] if marked.number else None
    announced = above is not None and len(above.words) < 6 and bool(above.of("participants"))  # noqa: PLR2004
    if not (going or announced) or not marked.within(dash + 1, len(words), "head"):
        return None
    last = _line_end(marked)
    return NamedOrganisation(
        marked.number, dash + 1, last, last, marked.text(dash + 1, last),
        rule="organisation-after-person",
    )  # fmt: skip
