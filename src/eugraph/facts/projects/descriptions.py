"""Descriptions: what may stand between the noun for a project and its name.

`the project of the LIFE Programme, “X”`, `the Erasmus+ project No 2021-1-LV01 “X”`,
`a project on reading, “X”`: the programme, a number, what kind of project it is.
"""

from __future__ import annotations

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.projects.names import Names

_DESCRIPTIONS = ("scheme", "programme", "title", "project-kind", "called", "acronym", "strand")
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
_LONGEST_DESCRIPTION = 12


def over_description(marked: Marked, noun: Mention, by_first: dict[int, Names]) -> int:
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
    if _ends_with_title(marked, noun, plain, by_first):
        return plain + 1
    if words[at].stem in {":", "-"} and noun.kind == "project":
        at += 1
    elif words[at].text == "," and (names := by_first.get(at + 1)) is not None:
        at += (
            names.both or (bool(names.titles) and described) or _between_commas(marked, noun, names)
        )
    return at


def _ends_with_title(marked: Marked, noun: Mention, comma: int, by_first: dict[int, Names]) -> bool:
    """Return whether a title in quotes behind a comma ends: `a project on reading, “Title”.`."""
    words, names = marked.words, by_first.get(comma + 1)
    if names is None or not names.titles or words[comma].text != "," or comma == noun.last:
        return False
    new = noun.first > 0 and words[noun.first - 1].folded in marked.lexicon.articles
    return new and (names.last >= len(words) or words[names.last].text in {".", ",", ";"})


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
    if (end := _over_grant_number(marked, at)) is not None:
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


def _over_grant_number(marked: Marked, at: int) -> int | None:
    """Return where a number of a grant ends: `2021-1-LV01-KA220-ADU-000012345`."""
    words, last = marked.words, at + 1
    while last < len(words) and words[last].start == words[last - 1].end:
        if words[last].text in {",", ";", ")", "."}:
            break
        last += 1
    text = marked.text(at, last)
    long = last - at > 4 and sum(letter.isdigit() for letter in text) > 4  # noqa: PLR2004
    return last if long and "-" in text else None


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
