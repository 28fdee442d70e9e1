"""Namings: where a text names a project, by an acronym, by a title, or by both at once.

What is read from one place alone: names beside a noun for the project, before
it or after it, with what may stand between them (`the project of the LIFE
Programme, “X”`; `“X” (Y), a new doctoral network`); a heading's last words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from eugraph.facts.language.words import Kind, Word
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.mentions.marking import ATTRIBUTE
from eugraph.facts.projects.names import (
    Names,
    Part,
    close_bracket,
    quoted_title,
    spells_out,
)
from eugraph.facts.projects.unquoted import after_colon, called, run_after, spelt_before

NOUNS = ("project", "network")
_DESCRIPTIONS = ("scheme", "programme", "title", "project-kind", "called", "acronym", "strand")
_NAMED_ELSE = ("head", "organisation", "event", "programme", "scheme", "strand", "part")
_MAY_PRECEDE = (
    "scheme",
    "project-kind",
    "in",
    "from",
    "and",
    "within-project",
    "participants",
    "is",
    "implements",
)
_MAY_FOLLOW = (
    "scheme",
    "in",
    "from",
    "and",
    "that",
    "funds",
    "coordinated-by",
    "involves",
    "aims",
    "within-project",
)
_PREDICATES = (
    "is",
    "held",
    "planned",
    "implements",
    "coordinates",
    "coordinated-by",
    "involves",
    "represented",
    "took-part",
    "lead",
    "partner",
    "head",
    "organisation",
    "event",
    "part",
    "people",
    "within-project",
    "and",
)
_MOST_PLAIN_WORDS = 4
_LONGEST_APPOSITION = 8
_LONGEST_PREDICATE = 10
_LONGEST_DESCRIPTION = 12


class Naming(Struct, frozen=True):
    """A place where a project is named: by an acronym, by a title, or by both at once.

    `first:last` are the words from the noun to the end of the name.
    """

    passage: int
    first: int
    last: int
    acronym: Part | None
    titles: tuple[Part, ...]
    rule: str

    @classmethod
    def of(cls, marked: Marked, noun: Mention, names: Names, rule: str) -> Naming:
        """Return the naming that `names` beside `noun` are."""
        first, last = min(noun.first, names.first), max(noun.last, names.last)
        return cls(marked.number, first, last, names.acronym, tuple(names.titles), rule)


def find_namings(marked: Marked, found: Sequence[Names]) -> Iterator[Naming]:
    """Yield the places in a passage that name a project beside a noun for it.

    `found` are the names in the passage.
    """
    first, last = {names.first: names for names in found}, {names.last: names for names in found}
    taken = -1
    for noun in marked.of(*NOUNS, ATTRIBUTE):
        follows = noun.kind != ATTRIBUTE
        naming = _after(marked, noun, first) if follows else None
        before = _before(marked, noun, last) if noun.first >= taken else None
        naming = _joined(naming, before)
        if naming is not None and naming.last > taken:
            taken = naming.last
            yield naming
    if not marked.lexicon.covered:
        yield from _without_noun(marked, found, taken)


def _without_noun(marked: Marked, found: Sequence[Names], taken: int) -> Iterator[Naming]:
    """Read a title and an acronym side by side in a language whose nouns nobody listed."""
    for names in found:
        quoted = any(marked.at(title.first, "quoted") for title in names.titles)
        if names.first >= taken and names.both and quoted:
            yield Naming(
                marked.number, names.first, names.last, names.acronym, tuple(names.titles),
                "title-beside-acronym",
            )  # fmt: skip


def _joined(after: Naming | None, before: Naming | None) -> Naming | None:
    """Return what names the project on both sides of the noun: “the TIDE project ‘Long Title’”."""
    if after is None or before is None:
        return after or before
    if before.acronym is not None and after.acronym is None and not before.titles:
        last = max(after.last, before.last)
        return Naming(
            after.passage, before.first, last, before.acronym, after.titles, "names-around-noun"
        )
    return after


def _after(marked: Marked, noun: Mention, by_first: dict[int, Names]) -> Naming | None:
    """Read the names after a noun, or in the compound that it is."""
    at = _over_description(marked, noun, by_first)
    names = by_first.get(noun.first) or by_first.get(at)
    if names is not None and _opens_a_body(marked, names):
        return None
    if names is not None:
        return Naming.of(marked, noun, names, "project-noun-and-name")
    found = called(marked, noun) or run_after(marked, noun)
    return Naming.of(marked, noun, *found) if found is not None else None


def _opens_a_body(marked: Marked, names: Names) -> bool:
    """Return whether a short form only begins the name of a body: `IES Monte Alto (Spain)`."""
    words, last = marked.words, names.last
    if names.titles:
        return False
    while last < len(words) and words[last].kind is Kind.WORD and words[last].capital:
        last += 1
    bracket = last < len(words) and words[last].text == "("
    return last > names.last and (
        (bracket and marked.at(last + 1, "country") is not None)
        or bool(marked.within(names.last, last, "head", "legal-form"))
    )


def _over_description(marked: Marked, noun: Mention, by_first: dict[int, Names]) -> int:
    """Return where a name may begin after a noun: “the project of the LIFE Programme, ‘X’”."""
    words, at = marked.words, noun.last
    described = False
    while at not in by_first and at - noun.last < _LONGEST_DESCRIPTION:
        end = _description(marked, at, described=described)
        if end is None:
            break
        at, described = end, True
    if at in by_first or at >= len(words):
        return at
    plain = _over_plain_words(marked, at)
    if plain in by_first and by_first[plain].both:
        return plain
    if words[at].stem in {":", "-"} and noun.kind == "project":
        at += 1
    elif words[at].text == "," and (names := by_first.get(at + 1)) is not None:
        at += (
            names.both or (bool(names.titles) and described) or _between_commas(marked, noun, names)
        )
    return at


def _over_plain_words(marked: Marked, at: int) -> int:
    """Return where a few common words end that may describe a project: `projet de coopération`.

    Words that tell something else than what kind of project it is are none of them.
    """
    last = at
    while last < len(marked.words) and last - at < _MOST_PLAIN_WORDS:
        word = marked.words[last]
        if word.kind is not Kind.WORD or word.capital or marked.covering(last, *_PREDICATES):
            break
        last += 1
    return last


def _between_commas(marked: Marked, noun: Mention, names: Names) -> bool:
    """Return whether an acronym stands alone between commas after `a new Erasmus+ project`."""
    words = marked.words
    closed = names.last < len(words) and words[names.last].text == ","
    scheme = marked.before(noun.first, "scheme") is not None
    return not names.titles and closed and scheme and not marked.at(names.last + 1, "short", "and")


def _description(marked: Marked, at: int, *, described: bool) -> int | None:
    """Return where a description of the project ends that begins at a word, if one does."""
    words = marked.words
    if at >= len(words):
        return None
    named = marked.at(at + 1, "project-kind") if words[at].text == "," else None
    over = named or marked.at(at, *_DESCRIPTIONS)
    if over is not None:
        dotted = over.last < len(words) and words[over.last].text == "."
        touching = dotted and words[over.last].start == words[over.last - 1].end
        return over.last + touching
    if (owner := marked.at(at, "organisation")) is not None and owner.value == "eu":
        return owner.last
    word = words[at]
    if word.folded in marked.lexicon.abbreviations and (end := _over_number(marked, at)):
        return end
    if described and (word.kind in {Kind.NUMBER, Kind.DATE} or _is_code(word.text)):
        return at + 1
    if (
        described
        and word.stem == "-"
        and words[at + 1 : at + 2]
        and words[at + 1].kind is Kind.NUMBER
    ):
        return at + 1
    return _over_joiners(marked, at)


def _over_number(marked: Marked, at: int) -> int | None:
    """Return where the number of a project ends that an abbreviation begins: `No 2020-1-LV01`."""
    words, first = marked.words, at + 1
    while first < len(words) and words[first].text in {".", ":"}:
        first += 1
    last = first
    while last < len(words) and (last == first or words[last].start == words[last - 1].end):
        if words[last].text in {",", ";", ")"}:
            break
        last += 1
    number = any(letter.isdigit() for word in words[first:last] for letter in word.text)
    return last if number else None


def _over_joiners(marked: Marked, at: int) -> int | None:
    """Return where joining words end that lead to a funding scheme: “of the European Union …”."""
    joining = marked.lexicon.joining
    for ahead in range(at, min(at + 3, len(marked.words) - 1)):
        if marked.words[ahead].folded not in joining and not marked.at(ahead, "in", "from"):
            return None
        after = marked.at(ahead + 1, "scheme", "programme", "organisation")
        if after is not None and (after.kind != "organisation" or after.value == "eu"):
            return ahead + 1
    return None


def _is_code(text: str) -> bool:
    """Return whether a word is the number of an action, such as `KA220` or `KA2`."""
    return text.isupper() and any(letter.isdigit() for letter in text)


def _before(marked: Marked, noun: Mention, by_last: dict[int, Names]) -> Naming | None:
    """Read the names before a noun: “the TIDE project”, “‘X’ (Y), a new doctoral network”."""
    end, hyphened = noun.first, False
    joined = end > 0 and marked.words[end - 1].end == marked.words[end].start
    if joined and marked.words[end - 1].stem == "-":
        end, hyphened = end - 1, True
    while (over := marked.before(end, "scheme", "project-kind")) is not None and end not in by_last:
        end = over.first
    names = by_last.get(end)
    spelt = spelt_before(marked, end)
    if spelt is not None:
        return Naming.of(marked, noun, spelt, "name-before-project")
    if names is not None and (hyphened or _beside(marked, noun, names)):
        return _with_title(marked, noun, names)
    if not by_last:
        return None
    names = by_last.get(_apposition(marked, noun)) or by_last.get(subject_end(marked, noun))
    if names is None or _names_other(marked, names):
        return None
    if not (names.both or _may_follow(marked, noun)) or marked.at(noun.last, "partner", "lead"):
        return None
    return Naming.of(marked, noun, names, "name-before-apposition")


def _with_title(marked: Marked, noun: Mention, names: Names) -> Naming:
    """Return the naming before a noun, with the title after it: `X Project: Long Title`."""
    naming = Naming.of(marked, noun, names, "name-before-project")
    if names.titles or names.acronym is None:
        return naming
    short = Part(names.acronym.text, names.first, noun.last, "acronym-before-project")
    titles = after_colon(marked, noun) or _spelt_after(marked, noun, names.acronym.text)
    last = titles[-1].last if titles else naming.last
    return Naming(naming.passage, naming.first, last, short, titles, naming.rule)


def _spelt_after(marked: Marked, noun: Mention, acronym: str) -> tuple[Part, ...]:
    """Read the long form in brackets after the noun: `the ACR project (Long Name of It)`."""
    words, opening = marked.words, noun.last
    if opening >= len(words) or words[opening].text != "(":
        return ()
    close = close_bracket(words, opening)
    quote = marked.at(opening + 1, "quoted")
    if close is not None and quote is not None and quote.last == close:
        title = quoted_title(marked, quote)
        return (Part(title.text, opening, close + 1, "title-in-brackets-after-project"),)
    if close is None or not spells_out(marked, opening + 1, close, acronym):
        return ()
    text = marked.text(opening + 1, close)
    return (Part(text, opening, close + 1, "title-in-brackets-after-project"),)


def _beside(marked: Marked, noun: Mention, names: Names) -> bool:
    """Return whether names right before a noun are the project's, not those of another thing."""
    if not names.titles:
        return noun.kind != "network"
    if _names_other(marked, names):
        return False
    before = names.first - 1
    return (
        names.both
        or before < 0
        or marked.words[before].kind is Kind.MARK
        or marked.words[before].folded in marked.lexicon.joining
        or marked.before(names.first, *_MAY_PRECEDE) is not None
    )


def _names_other(marked: Marked, names: Names) -> bool:
    """Return whether a noun before the names says what else they name: “the association ‘X’”."""
    return bool(names.titles) and marked.before(names.first, *_NAMED_ELSE[:4]) is not None


def _apposition(marked: Marked, noun: Mention) -> int:
    """Return where the names end to which the noun is an apposition: `X, a new project`."""
    words, at = marked.words, noun.first
    while at and noun.first - at < _LONGEST_APPOSITION and _goes_on(words, at - 1):
        if words[at - 1].capital and not marked.covering(at - 1, "scheme", "country"):
            return -1
        at -= 1
    dash = at > 0 and words[at - 1].stem == "-" and words[at - 1].end < words[at].start
    if at == 0 or not (words[at - 1].text == "," or dash):
        return -1
    article = at == noun.first or words[at].folded in marked.lexicon.articles
    return at - 1 if article or not marked.lexicon.articles else -1


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Return whether a word belongs to a phrase: a word, or the hyphen within `four-year`."""
    hyphen = words[at].stem == "-" and words[at].end == words[at + 1].start
    return hyphen or words[at].kind is Kind.WORD


def subject_end(marked: Marked, noun: Mention) -> int:
    """Return where the names end of which the noun is said: `X is a project funded by`."""
    words = marked.words
    for copula in reversed(
        marked.within(max(0, noun.first - _LONGEST_PREDICATE), noun.first, "is")
    ):
        between = words[copula.last : noun.first]
        plain = all(w.kind in {Kind.WORD, Kind.NUMBER} or w.stem == "-" for w in between)
        articles = marked.lexicon.articles
        article = not articles or (between and between[0].folded in articles)
        predicate = marked.within(
            copula.last, noun.first, "held", "planned", "within-project", "in"
        )
        if plain and article and not predicate:
            return copula.first
    return -1


def _may_follow(marked: Marked, noun: Mention) -> bool:
    """Return whether the noun ends its phrase: `a project of`, not `a project manager`."""
    words, at = marked.words, noun.last
    return (
        at >= len(words)
        or words[at].kind is not Kind.WORD
        or words[at].folded in marked.lexicon.joiners
        or marked.at(at, *_MAY_FOLLOW) is not None
    )
