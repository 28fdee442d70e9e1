"""Unquoted names: titles without quotation marks that their place beside a noun shows to be one.

Told by their end: a bracket with an acronym that they spell out, the end of a
heading, a title in title case after a colon.
"""

from __future__ import annotations

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.projects.names import Names, Part, close_bracket, resembles

LONGEST_TITLE = 22


def after_colon(marked: Marked, noun: Mention) -> tuple[Part, ...]:
    """Return the title after `X Project:`, words in title case up to an article or a stop."""
    words, at = marked.words, noun.last
    if at >= len(words) or words[at].text != ":":
        return ()
    last = _title_run(marked, at + 1)
    if last - at > 3:  # noqa: PLR2004
        return (Part(marked.text(at + 1, last), at + 1, last, "title-after-project-colon"),)
    return ()


def _title_run(marked: Marked, first: int) -> int:
    """Return where a run of words in title case from `first` ends."""
    words, lexicon, last = marked.words, marked.lexicon, first
    for at in range(first, min(first + LONGEST_TITLE, len(words))):
        word = words[at]
        if word.kind is not Kind.WORD:
            break
        if word.capital and not (at > first and word.folded in lexicon.articles):
            last = at + 1
        elif word.capital or len(word.text) > 7:  # noqa: PLR2004 (joining words are short)
            break
    return last


def called(marked: Marked, noun: Mention) -> tuple[Names, str] | None:
    """Return the words in title case that say what a project is called: `is called Warm Towns`."""
    verb = marked.at(noun.last, "called") if noun.kind == "project" else None
    if verb is None:
        return None
    words, first, last = marked.words, verb.last, verb.last
    for at in range(first, min(first + LONGEST_TITLE, len(words))):
        word = words[at]
        if word.kind is not Kind.WORD or marked.at(at, "and"):
            break
        if word.capital:
            last = at + 1
        elif word.folded not in marked.lexicon.joining:
            break
    if last == first or marked.within(first, last, "person", "quoted", "short", "scheme"):
        return None
    title = Part(marked.text(first, last), first, last, "name-after-called")
    return Names(first, last, None, [title]), "project-noun-and-name"


def run_after(marked: Marked, noun: Mention) -> tuple[Names, str] | None:
    """Return a name without quotation marks: a heading's last words, or words before a bracket."""
    words, at = marked.words, noun.last
    colon = at < len(words) and words[at].text == ":" and noun.kind == "project"
    at += colon
    if at >= len(words) or not words[at].capital:
        return None
    scheme = marked.before(noun.first, "scheme")
    bracket = next(
        (i for i in range(at, min(at + LONGEST_TITLE, len(words))) if words[i].text == "("), None
    )
    end = min(at + LONGEST_TITLE + 1, len(words))
    stop = next((i for i in range(at, end) if words[i].text in {".", ",", ";", ":"}), end)
    sure = not colon or (bracket is not None and marked.at(bracket + 1, "short") is not None)
    if bracket is not None and sure and bracket < stop and bracket - at > 1:
        found = _before_bracket(
            marked, at, bracket, sure=scheme is not None, after_noun=noun.kind == "project"
        )
        if found is not None:
            return found, "project-noun-and-name"
    if (
        scheme
        and not colon
        and scheme.first <= 1
        and stop == len(words)
        and stop - at <= LONGEST_TITLE
    ):
        if stop - at == 1:
            part = Part(words[at].text, at, stop, "name-ends-heading")
            return Names(at, stop, part), "heading-names-project"
        title = Part(marked.text(at, stop), at, stop, "name-ends-heading")
        return Names(at, stop, None, [title]), "heading-names-project"
    return None


def _before_bracket(
    marked: Marked, first: int, bracket: int, *, sure: bool, after_noun: bool = False
) -> Names | None:
    """Read a title without quotation marks and the acronym in the bracket that follows it."""
    words, close = marked.words, close_bracket(marked.words, bracket)
    word = words[bracket + 1].text if close == bracket + 2 else ""
    long = bracket - first > 2  # noqa: PLR2004
    if close is None or not word[:1].isupper() or marked.within(first, bracket, "quoted"):
        return None
    other = marked.within(first, bracket, "lead", "country", "organisation", "head", "person")
    capitals = word.isupper() and marked.at(bracket + 1, "short") is not None
    plain = after_noun and capitals and all(w.kind is Kind.WORD for w in words[first:bracket])
    spelt = plain or resembles(word, marked.text(first, bracket))
    if not (sure and long) and (other or not spelt):
        return None
    title = Part(marked.text(first, bracket), first, bracket, "title-before-bracketed-acronym")
    acronym = Part(word, bracket, close + 1, "acronym-in-brackets-after-title")
    return Names(first, close + 1, acronym, [title])


def spelt_before(marked: Marked, end: int) -> Names | None:
    """Return `Long Title (ACR)` where it ends: words in title case before the bracket."""
    words, bracket = marked.words, end - 3
    if bracket < 1 or words[end - 1].text != ")" or words[bracket].text != "(":
        return None
    joining = marked.lexicon.joining
    first = at = bracket
    while at and bracket - at < LONGEST_TITLE:
        word = words[at - 1]
        if word.kind is not Kind.WORD or not (word.capital or word.folded in joining):
            break
        at -= 1
        if word.capital and word.folded not in marked.lexicon.articles:
            first = at
    return _before_bracket(marked, first, bracket, sure=False) if bracket - first > 1 else None
