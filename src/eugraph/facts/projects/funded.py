"""Projects without a noun for one: what a programme pays for, called by its name alone.

“The youth exchange ‘X’ … is funded by Erasmus+”: an exchange, a training or a
camp with a title of its own is the project that was granted. “X – Long Name is
financed by LIFE”: so is what a sentence begins with and says to be funded. Read
only where nothing in the release is called a project by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.projects.names import Names, Part, is_scheme, names_at, quoted_title
from eugraph.facts.projects.namings import Naming

_GRANTED = frozenset({"study-visit", "exchange", "mobility", "training", "camp", "festival"})
"""Nouns for events that a programme grants as projects of their own."""

_REACH = 12
_LONGEST_TITLE = 14


def find_funded(document: Document) -> list[Naming]:
    """Return the namings of what is funded, in the language versions that name a programme."""
    paid = {m.passage.language for m in document.passages if m.of("scheme")}
    passages = [m for m in document.passages if m.passage.language in paid]
    found = [naming for marked in passages for naming in _subjects(marked)]
    return found or [naming for marked in passages for naming in _events(marked)]


def _events(marked: Marked) -> Iterator[Naming]:
    """Read `the youth exchange “X”` and `“X” youth exchange`."""
    for noun in marked.of("event"):
        if noun.value not in _GRANTED and not _paid(marked, noun):
            continue
        quote = marked.at(noun.last, "quoted") or marked.before(
            _over_schemes(marked, noun), "quoted"
        )
        if quote is None or is_scheme(marked, quote):
            continue
        first, last = min(noun.first, quote.first), max(noun.last, quote.last)
        title = quoted_title(marked, quote)
        yield Naming(marked.number, first, last, None, (title,), "title-of-funded-event")


def _paid(marked: Marked, noun: Mention) -> bool:
    """Return whether the sentence of an event says that a programme funds it."""
    sentence = next(s for s in marked.sentences if s.first <= noun.first < s.last)
    for cue in marked.within(noun.last, sentence.last, "funds"):
        if marked.within(cue.last, min(cue.last + _REACH, sentence.last), "scheme"):
            return True
    return False


def _over_schemes(marked: Marked, noun: Mention) -> int:
    """Return where the programmes before a noun begin: `“X” Erasmus+ training course`."""
    at = noun.first
    while (scheme := marked.before(at, "scheme")) is not None:
        at = scheme.first
    return at


def _subjects(marked: Marked) -> Iterator[Naming]:
    """Read `X – Long Name is financed by the programme`, `X receives funding from it`."""
    for sentence in marked.sentences:
        names = names_at(marked, _opening(marked, sentence))
        if names is None or marked.at(names.first, "head", "organisation", "scheme"):
            continue
        funds = _funds(marked, sentence, names.last)
        if funds is None:
            continue
        title = _long_name(marked, names, funds)
        if title is None and _runs_on(marked, names.last):
            continue
        titles = (*names.titles, title) if title else tuple(names.titles)
        last = title.last if title else names.last
        rule = "subject-of-funding"
        yield Naming(marked.number, names.first, last, names.acronym, titles, rule)


def _opening(marked: Marked, sentence: Sentence) -> int:
    at = sentence.first
    while at + 1 < sentence.last and marked.words[at].folded in marked.lexicon.articles:
        at += 1
    return at


def _funds(marked: Marked, sentence: Sentence, at: int) -> Mention | None:
    """Return the cue for funding soon after a name, with the programme that pays behind it."""
    limit = min(at + _LONGEST_TITLE + _REACH, sentence.last)
    for cue in marked.within(at, limit, "funds"):
        other = marked.within(at, cue.first, "event", "head", "organisation", "partner", "project")
        paid = marked.within(cue.last, min(cue.last + _REACH, sentence.last), "scheme")
        return cue if paid and not other else None
    return None


def _long_name(marked: Marked, names: Names, funds: Mention) -> Part | None:
    """Return the long name between the dash after an acronym and the verb."""
    words, dash = marked.words, names.last
    if names.titles or words[dash].stem != "-" or words[dash].end == words[dash + 1].start:
        return None
    verbs = marked.within(dash + 1, funds.first, "is")
    last = verbs[0].first if verbs else funds.first
    run = words[dash + 1 : last]
    if not 2 <= len(run) <= _LONGEST_TITLE or any(w.kind is Kind.MARK for w in run):  # noqa: PLR2004
        return None
    return Part(marked.text(dash + 1, last), dash + 1, last, "title-before-funding")


def _runs_on(marked: Marked, at: int) -> bool:
    """Return whether a name goes on after its short form: `IES Monte Alto is funded by`."""
    return at < len(marked.words) and marked.words[at].capital
