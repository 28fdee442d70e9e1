"""Names borne out: what names a project only because the rest of the release repeats it.

A run of capitalised words beside a noun for the project, or a short form before
an event, may be anything; named at least twice, it is a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from eugraph.facts.document import Document
from eugraph.facts.mentions import Marked, Mention
from eugraph.facts.namings import LONGEST_TITLE, Naming, Part, close_bracket
from eugraph.facts.words import Kind, fold


def find_repeated(document: Document, namings: Sequence[Naming]) -> list[Naming]:
    """Read what names a project only because the rest of the release bears it out."""
    found = _repeated_names(document, namings)
    if not namings and not found:
        found = _before_events(document)
    known = {fold(n.acronym.text) for n in [*namings, *found] if n.acronym}
    return [*found, *_spelt_out(document, known)]


def _before_events(document: Document) -> list[Naming]:
    """Read a short form before an event's noun, “the second X consortium meeting”."""
    namings = []
    for marked in document.passages:
        for noun in marked.of("event"):
            near = marked.within(max(0, noun.first - 3), noun.first, "short")
            for short in near[-1:]:
                part = Part(short.value, short.first, short.last, "acronym-before-event")
                namings.append(
                    Naming(marked.number, short.first, noun.last, part, (), "name-before-event")
                )
    counts = Counter(n.acronym.text for n in namings if n.acronym)
    return [n for n in namings if n.acronym and counts[n.acronym.text] > 1]


def _spelt_out(document: Document, acronyms: set[str]) -> list[Naming]:
    """Read `LNP (Long Name of Project)` and `Long Name of Project (LNP)` for a known acronym."""
    namings = []
    for marked in document.passages:
        for short in marked.of("short"):
            if fold(short.value) not in acronyms:
                continue
            acronym = Part(short.value, short.first, short.last, "acronym-beside-its-long-form")
            title = _long_form_after(marked, short) or _long_form_before(marked, short)
            if title is not None:
                first, last = min(short.first, title.first), max(short.last, title.last)
                namings.append(
                    Naming(marked.number, first, last, acronym, (title,), "acronym-and-long-form")
                )
    return namings


def _long_form_after(marked: Marked, short: Mention) -> Part | None:
    words = marked.words
    if short.last >= len(words) or words[short.last].text != "(":
        return None
    close = close_bracket(words, short.last)
    if close is None or close - short.last < 5 or marked.within(short.last, close, "quoted"):  # noqa: PLR2004
        return None
    text = marked.text(short.last + 1, close)
    capitals = sum(w.capital for w in words[short.last + 1 : close])
    if not words[short.last + 1].capital or capitals < 3:  # noqa: PLR2004
        return None
    return Part(text, short.last, close + 1, "title-in-brackets-after-acronym")


def _long_form_before(marked: Marked, short: Mention) -> Part | None:
    """Read the words in title case before a bracketed short form whose letters they begin with."""
    words = marked.words
    if short.first < 2 or words[short.first - 1].text != "(":  # noqa: PLR2004
        return None
    letters = [c.casefold() for c in short.value if c.isupper()]
    first = short.first - 1
    while first and words[first - 1].kind is Kind.WORD and short.first - first < LONGEST_TITLE:
        if not words[first - 1].capital and len(words[first - 1].text) > 5:  # noqa: PLR2004
            break
        first -= 1
        initials = [w.text[0].casefold() for w in words[first : short.first - 1] if w.capital]
        if words[first].capital and initials == letters and len(letters) > 2:  # noqa: PLR2004
            text = marked.text(first, short.first - 1)
            return Part(text, first, short.first - 1, "title-before-its-initials")
    return None


def _repeated_names(document: Document, namings: Sequence[Naming]) -> list[Naming]:
    """Read names in capitals beside a noun, “the Green Roofs project”, that the release repeats."""
    candidates: list[tuple[str, Naming]] = []
    named = {(n.passage, at) for n in namings for at in range(n.first, n.last)}
    for marked in document.passages:
        for noun in marked.of("project"):
            if (marked.number, noun.first) in named:
                continue
            for first, last in _runs_beside(marked, noun):
                name = marked.text(first, last)
                part = Part(name, first, last, "name-beside-project")
                start, end = min(first, noun.first), max(last, noun.last)
                candidates.append(
                    (name, Naming(marked.number, start, end, None, (part,), "name-beside-project"))
                )
        for cue in marked.of("within-project"):
            last = cue.last
            while last < len(marked.words) and _name_word(marked, last):
                last += 1
            if last - cue.last > 1:
                name = marked.text(cue.last, last)
                part = Part(name, cue.last, last, "name-after-framework-cue")
                naming = Naming(marked.number, cue.first, last, None, (part,), part.rule)
                candidates.append((name, naming))
    text = document.release.text
    return [naming for name, naming in candidates if text.count(name) > 1]


def _runs_beside(marked: Marked, noun: Mention) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words beside a noun; two before it if joined by “and”."""
    last = noun.last
    while last < len(marked.words) and _name_word(marked, last):
        last += 1
    if last - noun.last > 1:
        yield noun.last, last
    end = noun.first
    while (first := _run_start(marked, end)) < end - 1:
        yield first, end
        joined = marked.before(first, "and")
        if joined is None:
            break
        end = joined.first


def _run_start(marked: Marked, end: int) -> int:
    first = end
    while first and _name_word(marked, first - 1):
        first -= 1
    return first


def _name_word(marked: Marked, at: int) -> bool:
    word = marked.words[at]
    return (
        word.kind is Kind.WORD
        and word.capital
        and fold(word.text) not in marked.lexicon.not_names
        and fold(word.text) not in marked.lexicon.articles
        and marked.covering(at, "scheme", "country", "organisation", "event") is None
    )
