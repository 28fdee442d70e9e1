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
from eugraph.facts.projects.descriptions import over_description
from eugraph.facts.projects.names import (
    Names,
    Part,
    close_bracket,
    quoted_title,
    spells_out,
)
from eugraph.facts.projects.unquoted import after_colon, called, run_after, spelt_before

NOUNS = ("project", "network")
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
_LONGEST_APPOSITION = 8
_LONGEST_PREDICATE = 10


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
    if taken < 0:
        yield from _under_a_title(marked, found)
    if not marked.lexicon.covered:
        yield from _without_noun(marked, found, taken)


def _under_a_title(marked: Marked, found: Sequence[Names]) -> Iterator[Naming]:
    """Read `Under the title “X”, five schools work in an Erasmus+ project`."""
    for names in found:
        label = marked.before(names.first, "project-kind") if names.titles else None
        if label is None:
            continue
        sentence = marked.sentence_at(names.first)
        noun = next(iter(marked.within(names.last, sentence.last, "project")), None)
        if noun is not None and not marked.within(names.last, noun.first, "event", "quoted"):
            yield Naming(
                marked.number, label.first, names.last, names.acronym, tuple(names.titles),
                "title-before-project",
            )  # fmt: skip


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
    at = over_description(marked, noun, by_first)
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
        marked.within(max(0, noun.first - _LONGEST_PREDICATE), noun.first, "is", "called")
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
        or words[at].folded in marked.lexicon.describers
        or marked.at(at, *_MAY_FOLLOW) is not None
    )
