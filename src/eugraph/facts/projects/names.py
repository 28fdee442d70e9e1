"""Names: what stands side by side as the names of one thing: a title, an acronym, or both.

Read are `“Title”`, `ACR`, `“Title” (ACR, No 7)`, `ACR (“Title”)`, `ACR (Long Title)`,
`“ACR – Title”`, `“Title”, acronym ACR`, in any order. Whether they name a
project is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct, field
from msgspec.structs import replace
from rapidfuzz.distance import LCSseq

from eugraph.facts.language.words import Kind, Word
from eugraph.facts.mentions.marked import Marked, Mention

_LONGEST_BRACKET = 30
_LONGEST_SHORT = 24
_LONGEST_APPOSITION = 8
_SPELT = 0.75
"""The part of an acronym's capitals that its long form has."""

_OTHERS = ("country", "organisation", "lead", "scheme", "head", "short")
_DASH_OR_COLON = frozenset({"-", ":"})
_DASH_AFTER_NAME = re.compile(r"(?<=\S)(?:\s+[-–—]\s+|:\s+)(?=\S)")
_LONGEST_HEAD = 3
_JOINING_WORD = 3
"""So many letters at most has a word that a title may write in lower case."""

NUMBER_OF_GRANT = re.compile(r"[-/]\d{2,}|\d{4}")
"""What makes a word the number of a grant: `NPAD-2022/10111` is no acronym."""


class Part(Struct, frozen=True):
    """A name within a naming: its text and the words that give it, brackets among them."""

    text: str
    first: int
    last: int
    rule: str


class Names(Struct):
    """The names that stand at `first:last`."""

    first: int
    last: int
    acronym: Part | None = None
    titles: list[Part] = field(default_factory=list)

    def take(self, acronym: Part | None, titles: Sequence[Part], last: int) -> None:
        """Add what was read up to `last`."""
        if acronym or titles:
            self.acronym = self.acronym or acronym
            self.titles += titles
            self.last = last

    @property
    def both(self) -> bool:
        """Whether a title and an acronym stand together."""
        return self.acronym is not None and bool(self.titles)


def find_names(marked: Marked) -> Iterator[Names]:
    """Yield the names in a passage, in order; each quotation and short form is in one of them."""
    reach = -1
    for found in marked.of("quoted", "short"):
        if found.first < reach:
            continue
        names = names_at(marked, found.first)
        if names is not None:
            reach = names.last
            yield names


def names_at(marked: Marked, first: int) -> Names | None:
    """Return the names that begin with the word `first`, if any do."""
    names, at = Names(first, first), first
    while at < len(marked.words) and (end := _name_at(marked, at, names)) is not None:
        at = end
    return names if names.acronym or names.titles else None


def _name_at(marked: Marked, at: int, names: Names) -> int | None:
    """Read one name at a word; return where it ends, or None if none stands there."""
    found = marked.at(at, "quoted", "short")
    if found is not None:
        if is_scheme(marked, found) or (found.kind == "short" and names.acronym is not None):
            return None
        acronym, title = _quoted(marked, found)
        if acronym is not None and found.kind == "short":
            acronym = _of_several_words(marked, acronym)
        last = acronym.last if acronym is not None and found.kind == "short" else found.last
        names.take(None if names.acronym else acronym, (title,) if title else (), last)
        return last
    if not (names.titles or names.acronym):
        return None
    text = marked.words[at].text
    if text == "(" and (close := close_bracket(marked.words, at)) is not None:
        acronym, titles = _bracketed(marked, at, close, names)
        if acronym is not None and (coined := _shortened(acronym, names)) is not None:
            names.titles, names.acronym = [coined], None
        names.take(acronym, titles, close + 1)
        return close + 1
    labelled = _apposition(marked, at, names) or _labelled(marked, at + (text == ","), names)
    if labelled is not None:
        return labelled
    if marked.words[at].stem in {"-", "/"} and not names.both:
        if marked.at(at + 1, "quoted", "short"):
            return at + 1
        return _between_dashes(marked, at, names) if marked.words[at].stem == "-" else None
    return None


def _apposition(marked: Marked, comma: int, names: Names) -> int | None:
    """Read a title between commas after an acronym: `the project ABC, “Long Title”, is`."""
    quote = marked.at(comma + 1, "quoted") if marked.words[comma].text == "," else None
    if quote is None or names.titles or is_scheme(marked, quote):
        return None
    last = quote.last
    if last < len(marked.words) and marked.words[last].text not in _CLOSING:
        return None
    names.take(None, (quoted_title(marked, quote),), last)
    return last


def _shortened(acronym: Part, names: Names) -> Part | None:
    """Return as a title the coined name in quotes that an acronym shortens: “WarmNetPlus” (WNP)."""
    coined = names.acronym
    if coined is None or names.titles or coined.rule != "acronym-in-quotes":
        return None
    shorter = acronym.text.isupper() and len(acronym.text) < len(coined.text)
    if not shorter or coined.text.isupper() or not resembles(acronym.text, coined.text):
        return None
    return replace(coined, rule="quoted-title-after-project")


def _of_several_words(marked: Marked, acronym: Part) -> Part:
    """Return an acronym with the words in capitals that follow it: `GREEN TOWN`."""
    words, last = marked.words, acronym.last
    if not words[acronym.first].text.isupper():
        return acronym
    while last < len(words) and words[last].text.isupper() and marked.at(last, "short"):
        last += 1
    if last == acronym.last:
        return acronym
    return replace(acronym, text=marked.text(acronym.first, last), last=last)


def _labelled(marked: Marked, at: int, names: Names) -> int | None:
    """Read a name after a label: “X”, acronym Y; Y, short for “X”; “X” and the acronym Y."""
    joined = marked.at(at, "and")
    at = joined.last if joined is not None and marked.at(joined.last, "acronym") else at
    label, words = marked.at(at, "acronym", "known-as"), marked.words
    if label is None or names.both:
        return None
    at = label.last + (label.last < len(words) and words[label.last].text == ":")
    found = marked.at(at, "quoted", "short")
    if found is not None:
        acronym, title = _quoted(marked, found)
        if acronym is not None and names.acronym is not None:
            return None
        names.take(acronym, (title,) if title else (), found.last)
        return found.last
    if names.titles and at < len(words) and _coined(words[at]):
        names.take(Part(words[at].text, at, at + 1, "acronym-after-label"), (), at + 1)
        return at + 1
    return None


def _between_dashes(marked: Marked, dash: int, names: Names) -> int | None:
    """Read the long form after an acronym: X – Long Name of It –, up to a dash, comma or stop."""
    words, acronym = marked.words, names.acronym
    spaced = dash + 1 < len(words) and words[dash].end < words[dash + 1].start
    if acronym is None or not spaced:
        return None
    run = words[dash + 1 : dash + 23]
    last = dash + 1 + sum(1 for _ in takewhile(_in_title, run))
    closed = last < len(words) and words[last].stem == "-"
    told = closed and acronym.text.isupper() and marked.at(last + 1, *_VERBS) is not None
    if closed and (
        spells_out(marked, dash + 1, last, acronym.text)
        or (told and _is_phrase(marked, dash + 1, last))
    ):
        text = marked.text(dash + 1, last)
        names.take(None, (Part(text, dash + 1, last, "title-between-dashes"),), last + 1)
        return last + 1
    last = next((at for at in range(dash + 1, last) if words[at].text == ","), last)
    verb = next((m for m in marked.within(dash + 1, last, *_VERBS) if not _joins(marked, m)), None)
    last = verb.first if verb is not None else last
    ends = last == len(words) or words[last].text in _CLOSING or verb is not None
    if ends and _is_long_form(marked, dash + 1, last, acronym):
        text = marked.text(dash + 1, last)
        names.take(None, (Part(text, dash + 1, last, "title-after-dash"),), last)
        return last
    return None


def _joins(marked: Marked, verb: Mention) -> bool:
    """Return whether what looks like a verb joins words: “e” (and) is folded as “è” (is)."""
    return marked.at(verb.first, "and") is not None


_VERBS = ("is", "held", "planned", "implements", "runs", "funds")
_CLOSING = frozenset({",", ".", ")", ";", "("})
_TELLING = (
    "country", "organisation", "lead", "partner", "person", "held", "planned",
    "is", "implements", "event", "quoted", "scheme", "project", "starts",
)  # fmt: skip


def _is_long_form(marked: Marked, first: int, last: int, acronym: Part) -> bool:
    """Return whether the words after an acronym are its long form, and tell nothing else.

    They spell it out, or the noun for the project stands before it and they are a plain phrase.
    """
    words = marked.words[first:last]
    if len(words) < 3 or not words[0].capital:  # noqa: PLR2004
        return False
    if spells_out(marked, first, last, acronym.text):
        return True
    after_noun = marked.before(acronym.first, "project", "network") is not None
    plain = _is_phrase(marked, first, last)
    return after_noun and plain and not marked.within(first, last, "head", "people")


def _in_title(word: Word) -> bool:
    return word.kind in {Kind.WORD, Kind.NUMBER} or word.text == ","


def spells_out(marked: Marked, first: int, last: int, acronym: str) -> bool:
    """Return whether the words `first:last` may be the long form of `acronym`.

    They are three or more, two of them with capitals, name nothing else, and
    have most of its capitals in their order.
    """
    words = [word for word in marked.words[first:last] if word.kind is Kind.WORD]
    if len(words) < 3 or not marked.words[first].capital or marked.within(first, last, "quoted"):  # noqa: PLR2004
        return False
    if sum(word.capital for word in words) < 2 or marked.within(first, last, "lead", "country"):  # noqa: PLR2004
        return False
    return resembles(acronym, marked.text(first, last))


def resembles(acronym: str, title: str) -> bool:
    """Return whether most capitals of an acronym stand in a title in their order."""
    letters = "".join(letter for letter in acronym if letter.isupper()).casefold()
    return LCSseq.similarity(letters, title.casefold()) >= _SPELT * len(letters)


def _bracketed(
    marked: Marked, opening: int, close: int, names: Names
) -> tuple[Part | None, list[Part]]:
    """Read what stands in brackets after a name: the acronym, the title in another language."""
    acronym: Part | None = None
    titles: list[Part] = []
    titled = bool(names.titles)
    for found in marked.within(opening + 1, close, "quoted", "short"):
        if found.kind == "short":
            rule = "acronym-in-brackets-after-title" if titled else "short-form-in-brackets"
            alone = found.last - found.first >= close - opening - 3
            span = (opening, close + 1) if alone else (found.first, found.last)
            acronym = acronym or Part(found.value, *span, rule)
        elif _inner(marked, found) is None:
            titles.append(quoted_title(marked, found))
    if titled and not titles:
        titles += _unquoted_title(marked, opening, close)
    if names.acronym and not (titled or titles) and close - opening > 3:  # noqa: PLR2004
        spelt = spells_out(marked, opening + 1, close, names.acronym.text)
        if (
            spelt
            or _in_title_case(marked, opening + 1, close)
            or _explained(marked, opening, close)
        ):
            text = marked.text(opening + 1, close)
            titles.append(Part(text, opening, close + 1, "title-in-brackets-after-acronym"))
        return None, titles
    if acronym is None and not titles and titled:
        acronym = _only_word(marked, opening, close)
    return acronym, titles


def _in_title_case(marked: Marked, first: int, last: int) -> bool:
    """Return whether words are a title by their capitals: `Renewable Energy for Rural Areas`."""
    words = marked.words[first:last]
    long = [word for word in words if len(word.text) > _JOINING_WORD]
    capital = all(word.kind is Kind.WORD for word in words) and all(word.capital for word in long)
    return capital and len(long) > 2 and not marked.within(first, last, *_OTHERS, "place")  # noqa: PLR2004


def _explained(marked: Marked, opening: int, close: int) -> bool:
    """Return whether a phrase in brackets is a title: `ABC (Safe in hot towns), a new project`."""
    words = marked.words
    comma = close + 1 < len(words) and words[close + 1].text == ","
    project = comma and marked.within(close + 2, close + 2 + _LONGEST_APPOSITION, "project")
    return bool(project) and _is_phrase(marked, opening + 1, close)


def _is_phrase(marked: Marked, first: int, last: int) -> bool:
    """Return whether words are a plain phrase of three or more, and tell nothing by themselves."""
    words = marked.words[first:last]
    plain = len(words) > 2 and all(word.kind is Kind.WORD for word in words)  # noqa: PLR2004
    return plain and words[0].capital and not marked.within(first, last, *_TELLING)


def _only_word(marked: Marked, opening: int, close: int) -> Part | None:
    """Read the one capitalised word that begins a bracket, a label before it or not."""
    label = marked.at(opening + 1, "acronym", "title")
    first = label.last if label else opening + 1
    first += marked.words[first].text == ":"
    last = next((i for i in range(first, close) if marked.words[i].text in {",", ";"}), close)
    if last - first != 1 or not _coined(marked.words[first]):
        return None
    if NUMBER_OF_GRANT.search(marked.words[first].text):
        return None
    if marked.within(opening, close, "country", "head", "organisation", "place", "lead"):
        return None
    span = (opening, close + 1) if last == close else (first, last)
    return Part(marked.words[first].text, *span, "acronym-in-brackets-after-title")


def _coined(word: Word) -> bool:
    return word.capital and word.kind is Kind.WORD and len(word.text) <= _LONGEST_SHORT


def _unquoted_title(marked: Marked, opening: int, close: int) -> list[Part]:
    """Read a title in another language, first in brackets without quotation marks."""
    last = next((at for at in range(opening, close) if marked.words[at].text == ","), close)
    first = _over_language(marked, opening + 1, last)
    words = marked.words[first:last]
    capital = [word.capital for word in words if word.kind is Kind.WORD]
    other = marked.within(opening, last, *_OTHERS)
    if len(words) < 2 or len(capital) != len(words) or other or sum(capital) * 2 <= len(words):  # noqa: PLR2004
        return []
    text = marked.text(first, last)
    return [Part(text, first, last, "title-in-brackets-after-title")]


def _over_language(marked: Marked, first: int, last: int) -> int:
    """Return where a title begins after the language it is in: `engl. Open Doors`."""
    for at in range(first, min(first + 4, last)):
        word = marked.words[at]
        if word.text in {".", ":"}:
            return at + 1
        if word.kind is not Kind.WORD or word.capital:
            break
    return first


def _quoted(marked: Marked, found: Mention) -> tuple[Part | None, Part | None]:
    """Return the acronym and the title that a name gives: X, “X”, “X – Title”, “Title”."""
    if found.kind == "short":
        return Part(found.value, found.first, found.last, "acronym-beside-name"), None
    inner = _inner(marked, found)
    if inner is not None:
        return inner, None
    words, first = marked.words, found.first + 1
    short = marked.at(first, "short")
    if short is None:
        return None, quoted_title(marked, found)
    acronym = _of_several_words(
        marked, Part(short.value, short.first, short.last, "acronym-opens-title")
    )
    long = found.last - acronym.last > 3  # noqa: PLR2004 (two words and a mark)
    if long and words[acronym.last].stem in _DASH_OR_COLON:
        text = marked.text(acronym.last + 1, found.last - 1)
        return acronym, Part(text, found.first, found.last, "title-after-its-acronym")
    return None, quoted_title(marked, found)


def _inner(marked: Marked, quote: Mention) -> Part | None:
    """Return the acronym that a quotation consists of, if it is one short form."""
    short = marked.at(quote.first + 1, "short")
    if short is not None and short.last == quote.last - 1:
        return Part(short.value, quote.first, quote.last, "acronym-in-quotes")
    return None


def short_name(title: str) -> str | None:
    """Return the name that a title begins with: `Cool Cities` of `Cool Cities – towns in heat`."""
    head, *rest = _DASH_AFTER_NAME.split(title, maxsplit=1)
    return head if rest and len(head.split()) <= _LONGEST_HEAD else None


def quoted_title(marked: Marked, quote: Mention) -> Part:
    """Return the title that a quotation is."""
    text = marked.text(quote.first + 1, quote.last - 1)
    return Part(text, quote.first, quote.last, "quoted-title-after-project")


def is_scheme(marked: Marked, quote: Mention) -> bool:
    """Return whether a quotation is the name of a funding scheme, whole or after its programme."""
    if quote.kind != "quoted":
        return False
    inside = marked.within(quote.first, quote.last, "scheme")
    return any(s.last - s.first >= quote.last - quote.first - 2 for s in inside)


def close_bracket(words: Sequence[Word], opening: int) -> int | None:
    """Return where the bracket that opens at `opening` closes, if it does soon."""
    for at in range(opening + 1, min(opening + _LONGEST_BRACKET, len(words))):
        if words[at].text == ")":
            return at
    return None
