"""Mentions: the typed pieces of a passage that facts are made of, and the sentences they stand in.

Dates come before sentences, since an ordinal's full stop ends none (`no šī gada
17. līdz 20. aprīlim`). What is found is decided by kind: a longer phrase hides
the shorter ones inside it, a title in quotation marks hides all but funding
schemes and names, and nothing is an acronym in a line of capitals.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import regex

from eugraph.facts.gazetteer.knowledge import Knowledge
from eugraph.facts.language.compounds import find_compounds
from eugraph.facts.language.dates import DateMention, find_dates
from eugraph.facts.language.lexicon import Cue, Lexicon
from eugraph.facts.language.phrases import Found
from eugraph.facts.language.quoted import find_quoted
from eugraph.facts.language.words import Kind, Word, fold, odd_words
from eugraph.facts.mentions.marked import (
    Index,
    Marked,
    Mention,
    Sentence,
    first_of,
    place_of_mention,
)
from eugraph.facts.mentions.misspelt import misspelt_countries
from eugraph.releases.release import Passage

__all__ = ["ATTRIBUTE", "NAMES", "mark"]

NAMES = frozenset({"country", "scheme", "place", "organisation"})
"""Kinds of mentions that are names: they begin with a capital."""

ATTRIBUTE = "project-attribute"
"""The kind of a noun for the project that begins a longer phrase: `project meeting`."""

_ATTRIBUTE = Cue(ATTRIBUTE)
_NAMED = frozenset({"project", "network"})
_ALLOWED_IN_QUOTES = frozenset({"scheme", "organisation"})
_LONGEST_SENTENCE = 400
_LONGEST_NUMBER = 9
_HYPHENS = "-‐‑"
_SENTENCE_MARKS = frozenset(".!?…")
_ROMAN = frozenset("IVXLCM")
_GRANT_NUMBER = regex.compile(r"[-/]\d{2,}|\d{4}")


def mark(
    passage: Passage,
    number: int,
    words: tuple[Word, ...],
    knowledge: Knowledge,
    *,
    month_first: bool,
) -> Marked:
    """Return `passage`, the `number`-th of its release, with its mentions and sentences.

    It consists of `words`, as `Knowledge.split` gives them.
    """
    lexicon = knowledge.lexicon(passage.language)
    odd = odd_words(words)
    compounds = find_compounds(words, odd, lexicon)
    found = lexicon.table.find(words)
    if compounds:
        found += [cue for compound in compounds for cue in compound.found]
        found.sort(key=lambda cue: (cue.first, -cue.last))
    quotes = tuple(_quotes(words, odd))
    cues = _outside(quotes, _longest(found))
    dates = find_dates(words, odd, cues, lexicon, month_first=month_first)
    mentions = _of_cues(words, cues)
    mentions += quotes
    codes = tuple(_codes(words, odd, knowledge))
    mentions += codes
    mentions += misspelt_countries(words, odd, cues, passage.language, knowledge)
    coded = {code.first for code in codes}
    described = {c.at: (c.description, c.at + 1) for c in compounds}
    described |= _hyphened(passage, words, cues)
    names = [cue for cue in cues if cue.value.kind in NAMES]
    shorts = _shorts(words, odd, names, described, knowledge)
    mentions += [short for short in shorts if short.first not in coded]
    mentions += _numbers(words, odd, dates, names, lexicon)
    mentions.sort(key=place_of_mention)
    sentences = tuple(_sentences(words, odd, dates, mentions, lexicon))
    index = Index.of(mentions)
    return Marked(passage, number, lexicon, words, tuple(mentions), dates, sentences, index)


def _of_cues(words: Sequence[Word], cues: Sequence[Found[Cue]]) -> list[Mention]:
    """Return the mentions that cues are, but for names without a capital."""
    mentions = []
    for found in cues:
        first, last, cue = found.first, found.last, found.value
        kind = cue.kind
        if kind not in NAMES or any(word.capital for word in words[first:last]):
            start, end = words[first].start, words[last - 1].end
            mentions.append(Mention(kind, cue.value, first, last, start, end, cue.base))
    return mentions


def _longest(found: Sequence[Found[Cue]]) -> list[Found[Cue]]:
    """Drop what begins inside a phrase before it; phrases come in the order of the text.

    A noun for the project that ends a phrase stays, for its name may follow:
    “the coordinator of the project «…»”. One that begins a phrase is its
    attribute, and the name may precede it: “the «…» project meeting”.
    """
    kept: list[Found[Cue]] = []
    first, reach = -1, -1
    for cue in found:
        begin, end, value = cue.first, cue.last, cue.value
        if begin == first:
            if end < reach:
                if value.kind == "project":
                    kept.append(Found(begin, end, _ATTRIBUTE))
                continue
            if _repeats(cue, kept):
                continue
        elif begin < reach:
            if end == reach and value.kind in _NAMED:
                kept.append(cue)
            continue
        kept.append(cue)
        first, reach = begin, end
    return kept


def _repeats(cue: Found[Cue], kept: Sequence[Found[Cue]]) -> bool:
    """Return whether the same is kept already of the words of a cue."""
    for other in reversed(kept):
        if other.first != cue.first:
            return False
        if other.value.kind == cue.value.kind and other.value.value == cue.value.value:
            return True
    return False


def _outside(quotes: Sequence[Mention], cues: Sequence[Found[Cue]]) -> list[Found[Cue]]:
    """Drop what lies inside a quoted name, but for what may be quoted."""
    if not quotes:
        return list(cues)
    inside = {at for quote in quotes for at in range(quote.first, quote.last)}
    return [c for c in cues if c.first not in inside or c.value.kind in _ALLOWED_IN_QUOTES]


def _quotes(words: Sequence[Word], odd: Sequence[int]) -> Iterator[Mention]:
    for first, last in find_quoted(words, odd):
        yield Mention("quoted", "", first, last, words[first].start, words[last - 1].end)


_CODES = {"EL": "GR", "UK": "GB"}
"""The codes of countries that the European Union writes otherwise than ISO 3166."""


def _codes(words: Sequence[Word], odd: Sequence[int], knowledge: Knowledge) -> Iterator[Mention]:
    """Yield the countries given by code in brackets after a name: `Tartu Linn (EE)`.

    A code that the initials before it spell is an acronym: `Integrated Tools (IT)`.
    """
    countries = knowledge.gazetteer.countries
    for at in [at - 1 for at in odd if words[at].text == ")" and at > 2]:  # noqa: PLR2004
        text = words[at].text
        code = _CODES.get(text, text)
        if len(text) != len("XX") or code not in countries:
            continue
        named = [word.text[0] for word in words[max(0, at - 3) : at - 1] if word.kind is Kind.WORD]
        spelt = "".join(named).upper().endswith(text) or words[at - 2].kind is not Kind.WORD
        if words[at - 1].text == "(" and words[at - 2].text[0].isalpha() and not spelt:
            yield Mention("country", code, at, at + 1, words[at].start, words[at].end)


def _shorts(
    words: Sequence[Word],
    odd: Sequence[int],
    names: Sequence[Found[Cue]],
    described: Mapping[int, tuple[str, int]],
    knowledge: Knowledge,
) -> Iterator[Mention]:
    """Yield the short forms: words with two capitals or more that are nothing else, in no `names`.

    Where a word is `described`, it is that text: of a compound the description of its noun,
    `CareBridge-Projekt`.
    """
    loud = [at for at in odd if words[at].capitals > 1 and words[at].kind is Kind.WORD]
    if not loud or _shouting(words, odd):
        return
    taken = {at for name in names for at in range(name.first, name.last)}
    prefixed = set(_prefixed(words, loud, taken, knowledge))
    taken -= prefixed
    for at in sorted({*loud, *prefixed}) if prefixed else loud:
        if at in taken or at - 1 in prefixed:
            continue
        word = words[at]
        text, last = described.get(at, (word.text, at + 1))
        if at in prefixed:
            text, last = f"{text} {words[last].text}", last + 1
        elif not _acronym_like(text, knowledge) or (at in described and not _coined(text)):
            continue
        yield Mention("short", text, at, last, word.start, words[last - 1].end)


def _hyphened(
    passage: Passage, words: Sequence[Word], cues: Sequence[Found[Cue]]
) -> dict[int, tuple[str, int]]:
    """Return the coined names that go on behind a hyphen, and where: `the project BX-Care`.

    No cue knows the word there, and a noun for the project stands right before the name.
    """
    found = {}
    for noun in cues:
        at, after = noun.last, noun.last + 1
        if noun.value.kind not in _NAMED or after >= len(words) or words[at].capitals < 2:  # noqa: PLR2004
            continue
        first, last = words[at : after + 1]
        joined = first.end + 1 == last.start and passage.text[first.end] in _HYPHENS
        if joined and last.capital:
            found[at] = passage.text[first.start : last.end], after + 1
    known = {at for cue in cues for at in range(cue.first, cue.last)} if found else set()
    return {at: name for at, name in found.items() if at + 1 not in known}


def _shouting(words: Sequence[Word], odd: Sequence[int]) -> bool:
    """Return whether most words are in capitals; two words say nothing."""
    letters = len(words) - len([at for at in odd if words[at].kind is not Kind.WORD])
    begun = [word for word in words if word.capitals and word.kind is Kind.WORD]
    loud = [word for word in begun if word.text.isupper()]
    return letters > 2 and len(loud) * 2 > letters  # noqa: PLR2004


def _prefixed(
    words: Sequence[Word], loud: Sequence[int], taken: set[int], knowledge: Knowledge
) -> Iterator[int]:
    """Yield where a programme's name begins the acronym of a project, `LIFE WetGrass`."""
    prefixes = knowledge.shared.acronym_prefixes
    for at in loud:
        prefixed = at > 0 and words[at - 1].text in prefixes
        if prefixed and at not in taken and _acronym_like(words[at].text, knowledge):
            yield at - 1


def _coined(description: str) -> bool:
    """Return whether the first part of a compound is no string of nouns, `Schul-Umwelt-Projekt`."""
    parts = description.split("-")
    return any(sum(letter.isupper() for letter in part) > 1 for part in parts)


def _acronym_like(text: str, knowledge: Knowledge) -> bool:
    return (
        len(text) <= 24  # noqa: PLR2004
        and sum(map(str.isupper, text)) > 1
        and text.split("'", maxsplit=1)[0].split("’", maxsplit=1)[0]
        not in knowledge.shared.not_acronyms
        and not set(text) <= _ROMAN
        and not _GRANT_NUMBER.search(text)
        and "." not in text
    )


def _numbers(
    words: Sequence[Word],
    odd: Sequence[int],
    dates: Sequence[DateMention],
    names: Sequence[Found[Cue]],
    lexicon: Lexicon,
) -> Iterator[Mention]:
    """Yield the numbers in digits that are in no date and no name: cardinals and ordinals."""
    numbers = [at for at in odd if words[at].kind is Kind.NUMBER]
    if not numbers:
        return
    taken = {at for d in dates for at in range(d.first_word, d.last_word)}
    taken |= {at for name in names for at in range(name.first, name.last)}
    for at in numbers:
        word = words[at]
        if at in taken or len(word.text) > _LONGEST_NUMBER:
            continue
        digits = "".join(letter for letter in word.text if letter.isdigit())
        if word.text.isdigit():
            dotted = at + 2 < len(words) and _dotted(words[at : at + 3], lexicon)
            kind = "ordinal" if dotted else "number"
            yield Mention(kind, str(int(digits)), at, at + 1 + dotted, word.start, word.end)
        elif fold(word.text[len(digits) :]) in lexicon.ordinal_marks:
            yield Mention("ordinal", str(int(digits)), at, at + 1, word.start, word.end)


def _dotted(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Return whether a full stop makes a number an ordinal: `2. sanāksme`, `2.darbība`."""
    number, stop, after = words
    return (
        stop.text == "."
        and stop.start == number.end
        and "." in lexicon.ordinal_marks
        and len(number.text) <= 2  # noqa: PLR2004
        and after.kind is Kind.WORD
        and not after.capital
    )


def _sentences(
    words: Sequence[Word],
    odd: Sequence[int],
    dates: Sequence[DateMention],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
) -> Iterator[Sentence]:
    inside = {at for d in dates for at in range(d.first_word, d.last_word - 1)}
    inside |= {at for m in mentions if m.kind == "quoted" for at in range(m.first, m.last - 1)}
    marks = [at for at in odd if words[at].text in _SENTENCE_MARKS]
    ends = [at for at in marks if at + 1 < len(words) and at not in inside]
    dated = {d.last_word for d in dates} | {d.last_word - 1 for d in dates}
    stops = [at + 1 for at in ends if _ends(words, at, lexicon, dated=at in dated)]
    first, index, begun = 0, 0, 0
    for stop in [*stops, len(words)] if words else ():
        for last in (*range(first + _LONGEST_SENTENCE + 1, stop, _LONGEST_SENTENCE + 1), stop):
            reached = bisect_left(mentions, last, begun, key=first_of)
            kinds = frozenset([mention.kind for mention in mentions[begun:reached]])
            yield Sentence(index, first, last, words[first].start, words[last - 1].end, kinds)
            first, index, begun = last, index + 1, reached


def _ends(words: Sequence[Word], at: int, lexicon: Lexicon, *, dated: bool) -> bool:
    """Return whether a sentence ends with the mark at `at`, which has a word after it.

    The full stop of an abbreviation that closes a date ends it as well: “2026 г. Втората …”.
    """
    word, after = words[at], words[at + 1]
    if after.start == word.end:
        return _runs_on(words, at, lexicon)
    if after.kind is Kind.WORD and not after.capital:
        return False
    before = words[at - 1] if at else None
    if before is None or word.text != ".":
        return True
    touching = before.end == word.start
    if before.kind is Kind.WORD and touching:
        if dated and after.kind is Kind.WORD and after.text[1:2].islower():
            return True
        return before.folded not in lexicon.abbreviations and len(before.text) > 1
    return not (
        before.kind is Kind.NUMBER
        and len(before.text) < len("100")
        and touching
        and "." in lexicon.ordinal_marks
    )


def _runs_on(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Return whether a sentence ends though no space follows its full stop: `pilsētā.Projekts`."""
    before, word, after = words[at - 1 if at else 0], words[at], words[at + 1]
    if not (at and word.text == "." and after.kind is Kind.WORD and after.capital):
        return False
    if before.end < word.start:
        return True
    return (
        before.kind is Kind.WORD
        and len(before.text) > 3  # noqa: PLR2004 (shorter ones may be abbreviations)
        and before.text[1:].islower()
        and before.folded not in lexicon.abbreviations
        and after.text[1:2].islower()
    )
