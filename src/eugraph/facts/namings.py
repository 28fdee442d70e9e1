"""Namings: where a text names a project, by an acronym, by a title, or by both at once.

What is read from one place alone: a noun for the project beside a title in
quotation marks, a short form or a heading's last words; a quotation that such
a noun follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from eugraph.facts.mentions import Marked, Mention
from eugraph.facts.words import Kind, Word, fold

NOUNS = ("project", "network")
LONGEST_TITLE = 22
FACT_SHEET = "label-of-fact-sheet"
_SKIPPED = frozenset({",", ":", "-", '"'})
_LONGEST_BRACKET = 30


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where a project is named: by an acronym, by a title, or by both at once.

    `first:last` are the words from the noun to the end of the name.
    """

    passage: int
    first: int
    last: int
    acronym: Part | None
    titles: tuple[Part, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Part:
    """A name within a naming: its text and the words that give it, brackets among them."""

    text: str
    first: int
    last: int
    rule: str


def find_namings(marked: Marked) -> Iterator[Naming]:
    """Yield the places in a passage that name a project beside a noun for it."""
    taken = -1
    for noun in marked.of(*NOUNS):
        naming = _after(marked, noun) or _before(marked, noun)
        if naming is not None and naming.last > taken:
            taken = naming.last
            yield naming
    yield from _numbered(marked)
    yield from _labelled(marked)


def _labelled(marked: Marked) -> Iterator[Naming]:
    """Read a line of a fact sheet: `Project title: …`, `Acronym: …`."""
    words = marked.words
    for cue in marked.within(0, 2, "title", "acronym"):
        at = cue.last + 1
        if cue.first > 0 or at >= len(words) or words[cue.last].text != ":":
            continue
        last = len(words) - (words[-1].text == ".")
        quote = marked.at(at, "quoted")
        if cue.kind == "acronym" and last - at <= 2:  # noqa: PLR2004 (two words at most)
            part = Part(marked.text(at, last), at, last, "acronym-after-label")
            yield Naming(marked.number, cue.first, last, part, (), FACT_SHEET)
        elif cue.kind == "title" and last - at <= LONGEST_TITLE:
            title = Part(marked.text(at, last), at, last, "title-after-label")
            title = _title(marked, quote) if quote is not None else title
            yield Naming(marked.number, cue.first, last, None, (title,), FACT_SHEET)


@dataclass(slots=True)
class _Names:
    """The names read so far after a noun; `last` is where they end."""

    last: int
    acronym: Part | None = None
    titles: list[Part] = field(default_factory=list)

    def take(self, acronym: Part | None, titles: Sequence[Part], last: int) -> None:
        """Add what was read up to `last`."""
        if acronym or titles:
            self.acronym = self.acronym or acronym
            self.titles += titles
            self.last = last


def _after(marked: Marked, noun: Mention) -> Naming | None:
    """Read the names after a noun: “…”, short forms, and both in brackets, in any order."""
    words, at = marked.words, _over_description(marked, noun)
    names = _Names(noun.last)
    while at < len(words) and (end := _name_at(marked, at, names)) is not None:
        at = end
    if not (names.acronym or names.titles):
        return _run_after(marked, noun)
    titles = tuple(names.titles)
    rule = "project-noun-and-name"
    return Naming(marked.number, noun.first, names.last, names.acronym, titles, rule)


_DESCRIPTIONS = ("scheme", "title", "project-kind")


def _over_description(marked: Marked, noun: Mention) -> int:
    """Return where a name may begin after a noun: “the project entitled …”."""
    words, at = marked.words, noun.last
    while (over := marked.at(at, *_DESCRIPTIONS)) is not None:
        at = over.last
        if at < len(words) and words[at].text == "." and words[at].start == words[at - 1].end:
            at += 1
    if at < len(words) and words[at].stem in {":", "-"} and noun.kind == "project":
        at += 1
    return at


def _name_at(marked: Marked, at: int, names: _Names) -> int | None:
    """Read one name at a word; return where it ends, or None if none stands there."""
    found = marked.at(at, "quoted", "short")
    if found is not None and found.kind == "short":
        part = Part(found.value, at, at + 1, "acronym-after-project")
        names.take(part, (), found.last)
        return found.last
    if found is not None:
        if _is_scheme(marked, found):
            return None
        acronym, title = _quoted(marked, found)
        names.take(
            acronym if names.acronym is None else None, (title,) if title else (), found.last
        )
        return found.last
    if not (names.titles or names.acronym):
        return None
    text = marked.words[at].text
    if text == "(" and (close := close_bracket(marked.words, at)) is not None:
        acronym, titles = _bracketed(marked, at, close, titled=bool(names.titles))
        names.take(acronym, titles, close + 1)
        return close + 1
    return at + 1 if text == "-" and names.titles and marked.at(at + 1, "quoted", "short") else None


def _bracketed(
    marked: Marked, opening: int, close: int, *, titled: bool
) -> tuple[Part | None, list[Part]]:
    """Read what stands in brackets after a name: the acronym, the title in another language."""
    acronym: Part | None = None
    titles: list[Part] = []
    for found in marked.within(opening + 1, close, "quoted", "short"):
        if found.kind == "short":
            rule = "acronym-in-brackets-after-title" if titled else "short-form-in-brackets"
            alone = found.last - found.first >= close - opening - 3
            span = (opening, close + 1) if alone else (found.first, found.last)
            acronym = acronym or Part(found.value, *span, rule)
        elif _inner(marked, found) is None:
            titles.append(_title(marked, found))
    if titled and not titles:
        titles += _unquoted_title(marked, opening, close)
    if acronym is None and not titles and titled and close - opening == 2:  # noqa: PLR2004
        word = marked.words[opening + 1]
        if word.capital and word.kind is Kind.WORD and not marked.within(opening, close, "country"):
            rule = "acronym-in-brackets-after-title"
            acronym = Part(word.text, opening, close + 1, rule)
    return acronym, titles


def _unquoted_title(marked: Marked, opening: int, close: int) -> list[Part]:
    """Read a title in another language, first in brackets without quotation marks."""
    last = next((at for at in range(opening, close) if marked.words[at].text == ","), close)
    words = marked.words[opening + 1 : last]
    capital = [word.capital for word in words if word.kind is Kind.WORD]
    other = marked.within(
        opening, last, "country", "organisation", "lead", "scheme", "head", "short"
    )
    if len(words) < 2 or len(capital) != len(words) or other or sum(capital) * 2 <= len(words):  # noqa: PLR2004
        return []
    text = marked.text(opening + 1, last)
    return [Part(text, opening + 1, last, "title-in-brackets-after-title")]


def _quoted(marked: Marked, quote: Mention) -> tuple[Part | None, Part | None]:
    """Return the acronym and the title that a quotation gives: “X”, “X – Title”, “Title”."""
    inner = _inner(marked, quote)
    if inner is not None:
        return inner, None
    words, first = marked.words, quote.first + 1
    short = marked.at(first, "short")
    long = short is not None and quote.last - short.last > 3  # noqa: PLR2004 (two words and a mark)
    if short is not None and long and words[short.last].stem in {"-", ":"}:
        acronym = Part(short.value, short.first, short.last, "acronym-opens-title")
        text = marked.text(short.last + 1, quote.last - 1)
        return acronym, Part(text, quote.first, quote.last, "title-after-its-acronym")
    return None, _title(marked, quote)


def _inner(marked: Marked, quote: Mention) -> Part | None:
    """Return the acronym that a quotation consists of, if it is one word in capitals."""
    shorts = marked.within(quote.first + 1, quote.last - 1, "short")
    if len(shorts) == 1 and quote.last - quote.first == 3:  # noqa: PLR2004
        return Part(shorts[0].value, quote.first, quote.last, "acronym-in-quotes")
    return None


def _title(marked: Marked, quote: Mention) -> Part:
    text = marked.text(quote.first + 1, quote.last - 1)
    return Part(text, quote.first, quote.last, "quoted-title-after-project")


def _is_scheme(marked: Marked, quote: Mention) -> bool:
    """Return whether a quotation is the name of a funding scheme, whole or after its programme."""
    inside = marked.within(quote.first, quote.last, "scheme")
    return any(s.last - s.first >= quote.last - quote.first - 2 for s in inside)


def close_bracket(words: Sequence[Word], opening: int) -> int | None:
    """Return where the bracket that opens at `opening` closes, if it does soon."""
    for at in range(opening + 1, min(opening + _LONGEST_BRACKET, len(words))):
        if words[at].text == ")":
            return at
    return None


def _before(marked: Marked, noun: Mention) -> Naming | None:
    """Read the short form or the name in capitals before a noun: “the WIR project”."""
    short = marked.before(noun.first, "short")
    if short is not None and noun.kind == "project":
        part = Part(short.value, short.first, noun.last, "acronym-before-project")
        titles = _after_colon(marked, noun)
        last = titles[-1].last if titles else noun.last
        return Naming(marked.number, short.first, last, part, titles, "name-before-project")
    return None


def _after_colon(marked: Marked, noun: Mention) -> tuple[Part, ...]:
    """Read the title after `X Project:`, words in title case up to an article or a stop."""
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
        if word.capital and not (at > first and fold(word.text) in lexicon.articles):
            last = at + 1
        elif word.capital or len(word.text) > 7:  # noqa: PLR2004 (joining words are short)
            break
    return last


def _run_after(marked: Marked, noun: Mention) -> Naming | None:
    """Read a name without quotation marks: a heading's last words, or words before a bracket."""
    words, at = marked.words, noun.last
    if at >= len(words) or not words[at].capital:
        return None
    scheme = marked.before(noun.first, "scheme")
    bracket = next(
        (i for i in range(at, min(at + LONGEST_TITLE, len(words))) if words[i].text == "("), None
    )
    stop = next(
        (i for i in range(at, len(words)) if words[i].text in {".", ",", ";", ":"}), len(words)
    )
    if scheme and bracket is not None and bracket < stop and bracket - at > 2:  # noqa: PLR2004
        close = close_bracket(words, bracket)
        if close == bracket + 2 and words[bracket + 1].capital:
            title = Part(marked.text(at, bracket), at, bracket, "title-before-bracketed-acronym")
            acronym = Part(
                words[bracket + 1].text, bracket, close + 1, "acronym-in-brackets-after-title"
            )
            return Naming(
                marked.number, noun.first, close + 1, acronym, (title,), "project-noun-and-name"
            )
    if scheme and scheme.first <= 1 and stop == len(words) and stop - at <= LONGEST_TITLE:
        if stop - at == 1:
            part = Part(words[at].text, at, stop, "name-ends-heading")
            return Naming(marked.number, noun.first, stop, part, (), "heading-names-project")
        title = Part(marked.text(at, stop), at, stop, "name-ends-heading")
        return Naming(marked.number, noun.first, stop, None, (title,), "heading-names-project")
    return None


def _numbered(marked: Marked) -> Iterator[Naming]:
    """Read a quotation that a noun for the project follows: “X”, a project with number Y."""
    nouns = {n.first for n in marked.of(*NOUNS)}
    for quote in marked.of("quoted"):
        after = {quote.last, quote.last + 1}
        if _is_scheme(marked, quote) or nouns.isdisjoint(after):
            continue
        noun = min(nouns & after)
        comma = noun == quote.last or marked.words[quote.last].text in _SKIPPED
        if comma and quote.last - quote.first > 4:  # noqa: PLR2004
            part = _title(marked, quote)
            yield Naming(
                marked.number, quote.first, noun + 1, None, (part,), "quoted-title-before-project"
            )
