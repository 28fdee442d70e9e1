"""Projects: what names them, which namings are of one project, and what each sentence is about.

A project is named by a noun for it beside a title in quotation marks, a short
form, or a name in capitals; by a title with its short form in brackets; by a
heading. Namings that share a name are of one project. A sentence is about the
project it names, else about the one last named before it: nothing crosses from
one project to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eugraph.facts.document import Document
from eugraph.facts.mentions import Marked, Mention
from eugraph.facts.phrases import PhraseTable
from eugraph.facts.words import Kind, Stemmer, Word, fold

_NOUNS = ("project", "network")
_LONGEST_TITLE = 22
_SKIPPED = frozenset({",", ":", "-", '"'})


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


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A project and all the places that name it."""

    number: int
    acronym: str | None
    namings: tuple[Naming, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scopes:
    """The projects of a release, and which of them each sentence is about.

    `about` gives by passage and sentence the number of the project, None if
    there is none; `named` the words where projects are named, by passage.
    """

    projects: tuple[NamedProject, ...]
    about: dict[tuple[int, int], int | None]
    named: dict[int, tuple[tuple[int, int, int], ...]]


def find_projects(document: Document) -> Scopes:
    """Return the projects that `document` is about, in the order they are named."""
    namings = [n for marked in document.passages for n in _namings(marked, document)]
    namings += _further(document, namings)
    projects = _grouped(namings, document)
    named = _named(document, projects)
    return Scopes(projects, _about(document, projects, named), named)


def _namings(marked: Marked, document: Document) -> Iterator[Naming]:
    taken = -1
    for noun in marked.of(*_NOUNS):
        naming = _after(marked, noun, document) or _before(marked, noun, document)
        if naming is not None and naming.last > taken:
            taken = naming.last
            yield naming
    yield from _numbered(marked)


def _further(document: Document, namings: Sequence[Naming]) -> list[Naming]:
    """Read what names a project only because the rest of the release bears it out."""
    found = _repeated_names(document, namings)
    if not namings and not found:
        found = _before_events(document)
    known = {fold(n.acronym.text) for n in [*namings, *found] if n.acronym}
    return [*found, *_spelt_out(document, known)]


def _before_events(document: Document) -> list[Naming]:
    """Read a short form before an event's noun, “the second … consortium meeting”, named twice or more."""
    namings = []
    for marked in document.passages:
        for noun in marked.of("event"):
            near = [s for s in marked.of("short") if 0 <= noun.first - s.last <= 2]  # noqa: PLR2004
            for short in near[-1:]:
                part = Part(short.value, short.first, short.last, "acronym-before-event")
                namings.append(
                    Naming(marked.number, short.first, noun.last, part, (), "name-before-event")
                )
    counts = Counter(n.acronym.text for n in namings if n.acronym)
    return [n for n in namings if n.acronym and counts[n.acronym.text] > 1]


def _spelt_out(document: Document, acronyms: set[str]) -> list[Naming]:
    """Read `DD (Long Name of the Project)` and `Long Name of the Project (DD)` for a known short form."""
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
    close = _close(words, short.last)
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
    while first and words[first - 1].kind is Kind.WORD and short.first - first < _LONGEST_TITLE:
        if not words[first - 1].capital and len(words[first - 1].text) > 5:  # noqa: PLR2004
            break
        first -= 1
        initials = [w.text[0].casefold() for w in words[first : short.first - 1] if w.capital]
        if words[first].capital and initials == letters and len(letters) > 2:  # noqa: PLR2004
            text = marked.text(first, short.first - 1)
            return Part(text, first, short.first - 1, "title-before-its-initials")
    return None


def _after(marked: Marked, noun: Mention, document: Document) -> Naming | None:
    """Read the names after a noun: “…”, short forms, and both in brackets."""
    words, at = marked.words, noun.last
    by_first = {m.first: m for m in marked.of("quoted", "short")}
    acronym: Part | None = None
    titles: list[Part] = []
    last = noun.last
    if at < len(words) and words[at].text in {":", "-"} and noun.kind == "project":
        at += 1
    while at < len(words):
        if (found := by_first.get(at)) is not None:
            if found.kind == "quoted" and not _is_scheme(marked, found):
                inner = _inner(marked, found)
                if inner is not None and acronym is None and titles:
                    acronym = inner
                else:
                    titles.append(_title(marked, found))
            elif found.kind == "short":
                acronym = acronym or Part(found.value, at, at + 1, "acronym-after-project")
            else:
                break
            at = last = found.last
        elif words[at].text == "(" and (titles or acronym):
            close = _close(words, at)
            if close is None:
                break
            inside_acronym, inside_titles = _bracketed(marked, at, close, bool(titles))
            acronym = acronym or inside_acronym
            titles += inside_titles
            at = close + 1
            last = at if inside_acronym or inside_titles else last
        elif words[at].text in {"-"} and titles and by_first.get(at + 1):
            at += 1
        else:
            break
    if not (acronym or titles):
        return _run_after(marked, noun, document)
    return Naming(marked.number, noun.first, last, acronym, tuple(titles), "project-noun-and-name")


def _bracketed(
    marked: Marked,
    opening: int,
    close: int,
    titled: bool,  # noqa: FBT001
) -> tuple[Part | None, list[Part]]:
    acronym, titles = None, []
    whole = close + 1
    for found in marked.within(opening + 1, close, "quoted", "short"):
        if found.kind == "short":
            rule = "acronym-in-brackets-after-title" if titled else "short-form-in-brackets"
            alone = found.last - found.first >= close - opening - 3
            span = (opening, whole) if alone else (found.first, found.last)
            acronym = acronym or Part(found.value, *span, rule)
        elif (inner := _inner(marked, found)) is None:
            titles.append(_title(marked, found))
    if acronym is None and not titles and titled and close - opening == 2:  # noqa: PLR2004
        word = marked.words[opening + 1]
        if word.capital and word.kind is Kind.WORD and not marked.within(opening, close, "country"):
            acronym = Part(word.text, opening, whole, "acronym-in-brackets-after-title")
    return acronym, titles


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


def _close(words: Sequence[Word], opening: int) -> int | None:
    for at in range(opening + 1, min(opening + 30, len(words))):
        if words[at].text == ")":
            return at
    return None


def _before(marked: Marked, noun: Mention, document: Document) -> Naming | None:
    """Read the short form or the name in capitals before a noun: “the WIR project”."""
    shorts = [s for s in marked.of("short") if s.last == noun.first]
    if shorts and noun.kind == "project":
        short = shorts[0]
        part = Part(short.value, short.first, noun.last, "acronym-before-project")
        titles = _after_colon(marked, noun)
        last = titles[-1].last if titles else noun.last
        return Naming(marked.number, short.first, last, part, titles, "name-before-project")
    return None


def _after_colon(marked: Marked, noun: Mention) -> tuple[Part, ...]:
    """Read the title in `ANTURA Project: Empowering …`: words in capitals, to an article or a stop."""
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
    for at in range(first, min(first + _LONGEST_TITLE, len(words))):
        word = words[at]
        if word.kind is not Kind.WORD:
            break
        if word.capital and not (at > first and fold(word.text) in lexicon.articles):
            last = at + 1
        elif word.capital or len(word.text) > 7:  # noqa: PLR2004 (joining words are short)
            break
    return last


def _run_after(marked: Marked, noun: Mention, document: Document) -> Naming | None:
    """Read a name without quotation marks: a heading after its programme, or words before a bracket."""
    words, at = marked.words, noun.last
    if at >= len(words) or not words[at].capital:
        return None
    schemes = [s for s in marked.of("scheme") if s.last == noun.first]
    bracket = next(
        (i for i in range(at, min(at + _LONGEST_TITLE, len(words))) if words[i].text == "("), None
    )
    stop = next(
        (i for i in range(at, len(words)) if words[i].text in {".", ",", ";", ":"}), len(words)
    )
    if schemes and bracket is not None and bracket < stop and bracket - at > 2:  # noqa: PLR2004
        close = _close(words, bracket)
        if close == bracket + 2 and words[bracket + 1].capital:
            title = Part(marked.text(at, bracket), at, bracket, "title-before-bracketed-acronym")
            acronym = Part(
                words[bracket + 1].text, bracket, close + 1, "acronym-in-brackets-after-title"
            )
            return Naming(
                marked.number, noun.first, close + 1, acronym, (title,), "project-noun-and-name"
            )
    if schemes and schemes[0].first <= 1 and stop == len(words) and stop - at <= _LONGEST_TITLE:
        if stop - at == 1:
            part = Part(words[at].text, at, stop, "name-ends-heading")
            return Naming(marked.number, noun.first, stop, part, (), "heading-names-project")
        title = Part(marked.text(at, stop), at, stop, "name-ends-heading")
        return Naming(marked.number, noun.first, stop, None, (title,), "heading-names-project")
    return None


def _numbered(marked: Marked) -> Iterator[Naming]:
    """Read a quotation that a noun for the project follows: “Let’s …”, a project with number …"""
    nouns = {n.first for n in marked.of(*_NOUNS)}
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


def _repeated_names(document: Document, namings: Sequence[Naming]) -> list[Naming]:
    """Read names in capitals beside a noun that the release repeats: “the Smarter Together project”."""
    candidates: list[tuple[str, Naming]] = []
    for marked in document.passages:
        for noun in marked.of("project"):
            if any(n.passage == marked.number and n.first <= noun.first < n.last for n in namings):
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
        joined = [m for m in marked.of("and") if m.last == first]
        if not joined:
            break
        end = joined[0].first


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
        and not any(
            m.first <= at < m.last for m in marked.of("scheme", "country", "organisation", "event")
        )
    )


def _grouped(namings: Sequence[Naming], document: Document) -> tuple[NamedProject, ...]:
    groups: list[tuple[set[str], list[Naming]]] = []
    for naming in namings:
        names = {fold(p.text) for p in (naming.acronym, *naming.titles) if p is not None}
        merged: tuple[set[str], list[Naming]] = (names, [naming])
        kept = []
        for known, members in groups:
            if known & merged[0]:
                merged = (known | merged[0], members + merged[1])
            else:
                kept.append((known, members))
        groups = [*kept, merged]
    groups.sort(key=lambda group: min((n.passage, n.first) for n in group[1]))
    return tuple(
        NamedProject(number, _acronym(members), tuple(members), frozenset(names))
        for number, (names, members) in enumerate(groups)
    )


def _acronym(namings: Sequence[Naming]) -> str | None:
    counted = Counter(n.acronym.text for n in namings if n.acronym is not None)
    return counted.most_common(1)[0][0] if counted else None


def _named(
    document: Document, projects: Sequence[NamedProject]
) -> dict[int, tuple[tuple[int, int, int], ...]]:
    """Find every place where a project is called by one of its names: `(first, last, project)`."""
    table: PhraseTable[int] = PhraseTable(Stemmer.of(()))
    for project in projects:
        for naming in project.namings:
            for part in (naming.acronym, *naming.titles):
                if part is not None:
                    table.add(" ".join(f"={w}" for w in part.text.split()), project.number)
    named = {}
    for marked in document.passages:
        found = [(f.first, f.last, f.value) for f in table.find(marked.words)]
        kept = [
            f for f in found if not any(g[0] <= f[0] and f[1] <= g[1] and g != f for g in found)
        ]
        named[marked.number] = tuple(kept)
    return named


def _about(
    document: Document,
    projects: Sequence[NamedProject],
    named: dict[int, tuple[tuple[int, int, int], ...]],
) -> dict[tuple[int, int], int | None]:
    about: dict[tuple[int, int], int | None] = {}
    current: int | None = None
    language = ""
    for marked, sentence in document.sentences():
        if marked.passage.language != language:
            language = marked.passage.language
            current = _first_named(document, named, language)
        here = [
            n
            for f, last, n in named[marked.number]
            if sentence.first <= f and last <= sentence.last
        ]
        if here:
            current = here[0]
        if len(projects) == 1:
            current = 0
        about[marked.number, sentence.index] = current
    return about


def _first_named(
    document: Document, named: dict[int, tuple[tuple[int, int, int], ...]], language: str
) -> int | None:
    """Return the project first named in a language version: its first lines are about it too."""
    for marked in document.passages:
        if marked.passage.language == language and named[marked.number]:
            return named[marked.number][0][2]
    return None
