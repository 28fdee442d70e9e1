"""Names borne out: what names a project only because the rest of the release repeats it.

A run of capitalised words beside a noun for the project, or a short form before
an event, may be anything; named at least twice, it is a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from eugraph.facts.language.words import Kind, fold
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.projects.names import Names, Part, quoted_title
from eugraph.facts.projects.namings import Naming, subject_end
from eugraph.facts.projects.unquoted import LONGEST_TITLE


def find_repeated(
    document: Document, namings: Sequence[Naming], names: Sequence[Sequence[Names]]
) -> list[Naming]:
    """Read what names a project only because the rest of the release bears it out.

    `names` are those in each passage.
    """
    found = _repeated_names(document, namings)
    if not namings and not found:
        found = _before_events(document) or _in_headline(document)
    return [*found, *_spelt_out(document, [*namings, *found], names)]


def _before_events(document: Document) -> list[Naming]:
    """Read a short form beside an event's noun: “the second X consortium meeting”.

    Named so but once, it is one where nothing else is and a programme and `the project` are told.
    """
    namings = [n for marked in document.passages for n in _beside_events(marked)]
    counts = Counter(n.acronym.text for n in namings if n.acronym)
    only_one = len(counts) == 1 and all(
        any(marked.of(kind) for marked in document.passages) for kind in ("scheme", "project")
    )
    return [n for n in namings if n.acronym and (only_one or counts[n.acronym.text] > 1)]


def _in_headline(document: Document) -> list[Naming]:
    """Read the only short form of a headline that the text goes on with: `Go-ahead for XYZWOOD`.

    The text tells of a project and its programme, and nothing else in it may be the project's name.
    """
    headline = document.passages[0] if document.passages else None
    told = all(
        any(marked.of(kind) for marked in document.passages[1:]) for kind in ("scheme", "project")
    )
    if headline is None or not headline.heading or not told:
        return []
    shorts = {short.value: short for short in headline.of("short")}
    own = [s for s in shorts.values() if _stands_alone(headline, s)]
    if len(own) != 1:
        return []
    rest = [
        (marked, short)
        for marked in document.passages[1:]
        for short in marked.of("short")
        if short.value == own[0].value
    ]
    alias = any(is_alias(marked, short) for marked, short in rest)
    again = any(_partners_in(marked, short) for marked, short in rest)
    return [_by_acronym(headline, own[0])] if again and not alias else []


def is_alias(marked: Marked, short: Mention) -> bool:
    """Return whether a short form stands in brackets behind a longer name: a body's, as likely."""
    at = short.first
    return at > 1 and marked.words[at - 1].text == "(" and marked.words[at - 2].capital


def _partners_in(marked: Marked, short: Mention) -> bool:
    """Return whether partners are told of in what a short form names: “In XYZ ten partners …”."""
    inside = marked.before(short.first, "in", "within-project") is not None
    sentence = marked.sentence_at(short.first)
    about = marked.within(sentence.first, sentence.last, "partner", "consortium", "countries")
    return inside and bool(about)


def _stands_alone(marked: Marked, short: Mention) -> bool:
    """Return whether a short form is no part of a longer name: `TU Graz`, `IES Monte Alto`."""
    words, first, last = marked.words, short.first, short.last
    after = words[last] if last < len(words) else None
    before = words[first - 1] if first else None
    runs_on = after is not None and after.kind is Kind.WORD and after.capital
    follows = before is not None and before.kind is Kind.WORD and before.capital and first > 1
    return not (runs_on or follows or marked.covering(first, "organisation", "head"))


def _by_acronym(marked: Marked, short: Mention) -> Naming:
    part = Part(short.value, short.first, short.last, "acronym-in-headline")
    return Naming(marked.number, short.first, short.last, part, (), "name-in-headline")


def _beside_events(marked: Marked) -> Iterator[Naming]:
    """Yield what may name a project: `the X meeting`, `the closing conference of X`."""
    for noun in marked.of("event"):
        near = marked.within(max(0, noun.first - 3), noun.first, "short")
        at = noun.last
        while at < len(marked.words) and marked.words[at].folded in marked.lexicon.joining:
            at += 1
        after = marked.at(at, "short") if at > noun.last else None
        for short in [*near[-1:], *((after,) if after and not _runs_on(marked, after) else ())]:
            first, last = min(short.first, noun.first), max(short.last, noun.last)
            part = Part(short.value, short.first, short.last, "acronym-beside-event")
            yield Naming(marked.number, first, last, part, (), "name-beside-event")


def _runs_on(marked: Marked, short: Mention) -> bool:
    """Return whether a name goes on after its short form: `the conference of IES Monte Alto`."""
    words, last = marked.words, short.last
    return last < len(words) and (words[last].capital or words[last].text == "(")


def _spelt_out(
    document: Document, namings: Sequence[Naming], names: Sequence[Sequence[Names]]
) -> list[Naming]:
    """Read what stands beside a known name: `X (“Long Name”)`, `Long Name of Project (LNP)`."""
    acronyms = {fold(n.acronym.text) for n in namings if n.acronym}
    known = acronyms | {fold(title.text) for n in namings for title in n.titles}
    read = {(n.passage, at) for n in namings for at in range(n.first, n.last)}
    found = []
    for marked in document.passages:
        for both in names[marked.number]:
            parts = [both.acronym, *both.titles] if both.both else []
            new = (marked.number, both.first) not in read
            if new and any(part is not None and fold(part.text) in known for part in parts):
                found.append(_naming(marked, both))
        for short in marked.of("short"):
            if fold(short.value) in acronyms and (long := _long_form_before(marked, short)):
                part = Part(short.value, short.first, short.last, "acronym-beside-its-long-form")
                found.append(_naming(marked, Names(long.first, short.last, part, [long])))
        found += _called_in_full(marked, acronyms)
    return found


def _called_in_full(marked: Marked, acronyms: set[str]) -> Iterator[Naming]:
    """Read `its full name is “X”` behind a known acronym in the same paragraph."""
    for label in marked.of("title"):
        at = label.last
        over = marked.at(at, "is")
        at = over.last if over is not None else at
        quote = marked.at(at, "quoted")
        known = [s for s in marked.within(0, label.first, "short") if fold(s.value) in acronyms]
        if quote is not None and known:
            short = known[-1]
            part = Part(short.value, short.first, short.last, "acronym-beside-name")
            names = Names(short.first, quote.last, part, [quoted_title(marked, quote)])
            yield _naming(marked, names)


def _naming(marked: Marked, names: Names) -> Naming:
    titles = tuple(names.titles)
    return Naming(
        marked.number, names.first, names.last, names.acronym, titles, "acronym-and-long-form"
    )


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
    named = {(n.passage, at) for n in namings for at in range(n.first, n.last)}
    counts = _Counts(document)
    found: list[Naming] = []
    for marked in document.passages:
        for noun in marked.of("project"):
            if (marked.number, noun.first) not in named:
                found += _beside(marked, noun, counts)
        for noun in marked.of("project", "network"):
            if (marked.number, noun.first) not in named:
                found += _by_copula(marked, noun, counts)
        for cue in marked.of("within-project"):
            last = counts.longest(marked, cue.last, _run_end(marked, cue.last))
            if last - cue.last > 1 and (marked.number, cue.last) not in named:
                name = marked.text(cue.last, last)
                part = Part(name, cue.last, last, "name-after-framework-cue")
                found.append(Naming(marked.number, cue.first, last, None, (part,), part.rule))
    return found


@dataclass(frozen=True)
class _Counts:
    """How often names stand in a release; its words are counted once, to ask its text seldom."""

    document: Document

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in it."""
        return Counter([word.text for marked in self.document.passages for word in marked.words])

    def seldom(self, word: str) -> bool:
        """Return whether a word stands in it less than twice; words are not counted without need.

        What its text has not twice is no word of it twice.
        """
        return self.document.release.text.count(word) < 2 or self.words[word] < 2  # noqa: PLR2004

    def repeated(self, name: str) -> bool:
        """Return whether a name stands in the text twice."""
        if self.seldom(name.split(maxsplit=1)[0]):
            return False
        text = self.document.release.text
        return text.find(name, text.find(name) + 1) >= 0

    def longest(self, marked: Marked, first: int, last: int) -> int:
        """Return where the longest name from `first` that is repeated ends, at most at `last`."""
        if last > first and self.seldom(marked.words[first].text):
            return first
        while last > first and not (
            marked.words[last - 1].capital and self.repeated(marked.text(first, last))
        ):
            last -= 1
        return last

    def coined(self, word: str) -> bool:
        """Return whether a word is a name: it stands in the text twice, never in lower case."""
        return not self.seldom(word) and not self.words[word.casefold()]


def _beside(marked: Marked, noun: Mention, counts: _Counts) -> Iterator[Naming]:
    """Yield the names in capitals beside a noun; two before it if joined by “and”."""
    last = counts.longest(marked, noun.last, _run_end(marked, noun.last))
    if last - noun.last > 1:
        yield _titled(marked, noun, noun.last, last)
    elif last > noun.last and _is_coined(marked, noun.last, counts):
        word = marked.words[noun.last].text
        part = Part(word, noun.last, last, "name-beside-project")
        yield Naming(marked.number, noun.first, last, part, (), "name-beside-project")
    end = noun.first
    while (first := _run_start(marked, end)) < end - 1:
        if counts.repeated(marked.text(first, end)):
            yield _titled(marked, noun, first, end)
        joined = marked.before(first, "and")
        if joined is None:
            break
        end = joined.first


def _by_copula(marked: Marked, noun: Mention, counts: _Counts) -> Iterator[Naming]:
    """Yield the subject of `X Y is an Erasmus+ partnership`: a repeated run with a short form."""
    last = subject_end(marked, noun)
    first = _run_start(marked, last) if last > 0 else last
    shorts = marked.within(first, last, "short") if last - first > 1 else []
    joined = any(w.folded in marked.lexicon.joiners for w in marked.words[last : noun.first])
    if shorts and not joined and counts.repeated(name := marked.text(first, last)):
        part = Part(name, first, last, "name-said-to-be-project")
        yield Naming(marked.number, first, noun.last, part, (), part.rule)


def _titled(marked: Marked, noun: Mention, first: int, last: int) -> Naming:
    part = Part(marked.text(first, last), first, last, "name-beside-project")
    start, end = min(first, noun.first), max(last, noun.last)
    return Naming(marked.number, start, end, None, (part,), "name-beside-project")


def _is_coined(marked: Marked, at: int, counts: _Counts) -> bool:
    """Return whether one capitalised word after a noun names the project: “the project Bridge”."""
    word = marked.words[at]
    after = marked.words[at + 1] if at + 1 < len(marked.words) else None
    longer = after is not None and after.kind is Kind.WORD and not after.capital
    more = longer and counts.repeated(marked.text(at, at + 2))
    return len(word.text) > 3 and counts.coined(word.text) and not more  # noqa: PLR2004


def _run_end(marked: Marked, first: int) -> int:
    """Return where a run of names from `first` ends, with the words that join them."""
    joining = marked.lexicon.joining
    last = at = first
    while at < len(marked.words) and at - first < LONGEST_TITLE:
        if _name_word(marked, at):
            last = at + 1
        elif at == first or marked.words[at].folded not in joining:
            break
        at += 1
    return last


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
        and word.folded not in marked.lexicon.not_names
        and word.folded not in marked.lexicon.articles
        and marked.covering(at, "scheme", "country", "organisation", "event") is None
    )
