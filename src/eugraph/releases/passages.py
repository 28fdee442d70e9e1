"""The passages of a text, each with its layout and language.

A passage is a line, as far as it is not blank; lines of a paragraph that was
wrapped at a fixed width are one passage. Nothing is cut within a line: where
sentences end is a matter of their dates and abbreviations, hence of facts.

A language counts only if running text is written in it. A line alone is too
easily taken for another language: a foreign title, a list of partners' names,
the English disclaimer below a release. So the languages that carry the release
are found first; then each passage gets one of those, and changes language only
where its words weigh more than its neighbours'.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

import regex

from eugraph.releases.language import UNDETERMINED, distinctive_words, letters, likelihoods
from eugraph.releases.release import Layout, Passage

# What a change of language between two passages costs, in units of log-likelihood.
# A heading changes more easily: a short one belongs to what follows it.
_CHANGE = 3.0
_CHANGE_AT_HEADING = 2.5
_UNLIKELY = -20.0

# Running text: enough words, and most of them no names.
_RUNNING_WORDS = 7
_SMALL_INITIALS = 0.4

# What makes a language carry a release: this many letters, or this share of all.
# The disclaimer that EU projects must print has about 330 letters.
_CARRYING_LETTERS = 500
_CARRYING_SHARE = 0.2
_BEYOND_DOUBT = 3.0

_HEADING_LENGTH = 160
_LIST_LENGTH = 3

# Lines of a wrapped text: how wide, how full, and how many broken within a sentence.
_WRAP_WIDTHS = range(50, 121)
_FULL = 0.85
_BROKEN_SHARE = 0.5

_BULLET = regex.compile(r"(?:[-–—•·*▪●◦‣■□➢✓►]|o(?=\t)|\(?\p{L}\)|\(?\d{1,2}\))\s*(?=\S)")
_NUMBER = regex.compile(r"(\d{1,2})\.\s+(?=\S)")
_SENTENCE_END = regex.compile(r"[.!?…;,][\p{Pf}\p{Pe}\"'“”]*$")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A passage to be: its place, and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    apart: bool


def passages_of(release_id: str, text: str) -> tuple[Passage, ...]:
    """Return the passages of `text` in order; they do not overlap, and none is blank."""
    stretches = tuple(_unwrapped(tuple(_lines(text)), text))
    layouts = _layouts(stretches)
    languages = _languages(stretches, layouts)
    return tuple(
        Passage(release_id, language, stretch.start, stretch.end, stretch.text, layout)
        for stretch, layout, language in zip(stretches, layouts, languages, strict=True)
    )


def _lines(text: str) -> Iterator[_Stretch]:
    """Yield the lines that are not blank, without the white space around them."""
    begin = last = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            start = begin + line.index(words)
            line_ends = text.count("\n", last, start) or text.count("\r", last, start)
            yield _Stretch(start, start + len(words), words, apart=line_ends > 1)
            last = start + len(words)
        begin += len(line)


def _unwrapped(lines: Sequence[_Stretch], text: str) -> Iterator[_Stretch]:
    """Yield `lines` with those of a wrapped paragraph joined, if the text was wrapped at a width.

    It was if most lines end within a sentence, only because the next word had no room.
    """
    width = max((len(line.text) for line in lines), default=0)
    if width not in _WRAP_WIDTHS:
        yield from lines
        return
    full = [
        not after.apart
        and not _starts_item(after.text)
        and len(line.text) + 1 + len(after.text.split(maxsplit=1)[0]) > _FULL * width
        for line, after in pairwise(lines)
    ]
    pairs = sum(not line.apart for line in lines[1:])
    broken = sum(
        is_full and not _SENTENCE_END.search(line.text)
        for is_full, line in zip(full, lines, strict=False)
    )
    if broken < max(2.0, _BROKEN_SHARE * pairs):
        yield from lines
        return
    first = 0
    for index, joined in enumerate([*full, False]):
        if not joined:
            start, end = lines[first].start, lines[index].end
            yield _Stretch(start, end, text[start:end], lines[first].apart)
            first = index + 1


def _starts_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def _layouts(stretches: Sequence[_Stretch]) -> tuple[Layout, ...]:
    """Return the layout of each stretch.

    Items begin with a bullet or count up, are rows of a table, or stand in a
    run of three or more short lines. Other short lines are headings, if they
    open the text, end in a colon or have something below them.
    """
    items = _items(stretches)
    shorts = [not item and _is_short(s.text) for item, s in zip(items, stretches, strict=True)]
    layouts = [Layout.ITEM if item else Layout.PARAGRAPH for item in items]
    for run in _runs(shorts, stretches):
        for index in run:
            if index == 0 or stretches[index].text.endswith(":"):
                layouts[index] = Layout.HEADING
            elif len(run) >= _LIST_LENGTH:
                layouts[index] = Layout.ITEM
            elif run.stop < len(stretches):
                layouts[index] = Layout.HEADING
    return tuple(layouts)


def _is_short(text: str) -> bool:
    return len(text) <= _HEADING_LENGTH and not _SENTENCE_END.search(text)


def _items(stretches: Sequence[_Stretch]) -> list[bool]:
    """Tell which stretches are items by their look; `17.` is a number only beside a 16 or 18."""
    marks = [_NUMBER.match(stretch.text) for stretch in stretches]
    numbers = {int(mark[1]) for mark in marks if mark}
    return [
        bool(_BULLET.match(stretch.text))
        or "\t" in stretch.text
        or (mark is not None and not numbers.isdisjoint({int(mark[1]) - 1, int(mark[1]) + 1}))
        for stretch, mark in zip(stretches, marks, strict=True)
    ]


def _runs(shorts: Sequence[bool], stretches: Sequence[_Stretch]) -> Iterator[range]:
    """Yield the runs of short lines; a blank line ends one unless every line has one."""
    spaced = all(stretch.apart for stretch in stretches[1:])
    start = 0
    for index, short in enumerate([*shorts, False]):
        ends = not short or (stretches[index].apart and not spaced)
        if ends and start < index:
            yield range(start, index)
        if ends:
            start = index if short else index + 1


def _languages(stretches: Sequence[_Stretch], layouts: Sequence[Layout]) -> tuple[str, ...]:
    """Return the language of each stretch: the likeliest sequence of those that carry the text.

    Viterbi's algorithm over the logarithms of `likelihoods`; where a stretch
    does not tell, it stays with the stretch before it.
    """
    words_of = [distinctive_words(stretch.text) for stretch in stretches]
    seen = likelihoods(words_of)
    carrying = _carrying(words_of, seen)
    best = dict.fromkeys(carrying, 0.0)
    steps: list[Mapping[str, str]] = []
    for weights, layout in zip(seen, layouts, strict=True):
        change = _CHANGE_AT_HEADING if layout is Layout.HEADING else _CHANGE
        leader = max(best, key=best.__getitem__)
        step = {
            language: leader if best[language] <= best[leader] - change else language
            for language in carrying
        }
        best = {
            language: best[before]
            - (before != language) * change
            + weights.get(language, _UNLIKELY if weights else 0.0)
            for language, before in step.items()
        }
        steps.append(step)
    return _backwards(steps, max(best, key=best.__getitem__))


def _backwards(steps: Sequence[Mapping[str, str]], last: str) -> tuple[str, ...]:
    languages = []
    for step in reversed(steps):
        languages.append(last)
        last = step[last]
    return tuple(reversed(languages))


def _carrying(words_of: Sequence[str], seen: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """Return the languages that carry the text, the foremost first.

    The foremost has most of the running text. Another one must have its part
    beyond doubt: Croatian is not Bosnian for a paragraph or two.
    """
    known = [(words, weights) for words, weights in zip(words_of, seen, strict=True) if weights]
    sentences = [entry for entry in known if _is_running(entry[0])] or known
    running = [(letters(words), weights) for words, weights in sentences]
    expected: Counter[str] = Counter(dict.fromkeys(running[0][1], 0) if running else ())
    for count, weights in running:
        for language, weight in weights.items():
            letters_of = round(count * math.exp(weight))
            if not letters_of:  # the likeliest language comes first
                break
            expected[language] += letters_of
    foremost = max(expected, key=expected.__getitem__, default=UNDETERMINED)
    certain: Counter[str] = Counter()
    for count, weights in running:
        language = max(weights, key=weights.__getitem__)
        if weights[language] - weights.get(foremost, _UNLIKELY) >= _BEYOND_DOUBT:
            certain[language] += count
    least = min(_CARRYING_LETTERS, _CARRYING_SHARE * sum(count for count, _ in running))
    others = [language for language, count in certain.most_common() if count >= least]
    return (foremost, *others)


def _is_running(words: str) -> bool:
    """Tell whether `words` are sentences rather than names: most of them not capitalised."""
    initials = list(filter(str.isalpha, map(itemgetter(0), words.split())))
    small = len(initials) - sum(map(str.isupper, initials))
    return len(initials) >= _RUNNING_WORDS and small >= _SMALL_INITIALS * len(initials)
