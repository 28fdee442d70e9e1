"""Projects: which namings are of one project, and what each sentence is about.

Namings that share a name are of one project. A sentence is about the project it
names, else about the one last named before it in its language: nothing crosses
from one project to another. A project that is only ever named as another one,
an earlier or a similar one, is none of the release's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.language.phrases import PhraseTable
from eugraph.facts.language.words import Stemmer, fold, split_words
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Sentence
from eugraph.facts.mentions.titles import title_language
from eugraph.facts.projects.funded import find_funded
from eugraph.facts.projects.names import find_names, short_name
from eugraph.facts.projects.namings import Naming, find_namings
from eugraph.facts.projects.repeated import find_repeated
from eugraph.facts.projects.sheets import FACT_SHEET, find_sheet, labelled_names
from eugraph.facts.projects.used import find_used

_NEAR = 8
"""Words before the name of a project within which it may be said that it is another one."""

_BELOW = 3
"""Passages below a headline within which the text names its project."""

_NONE = -1
_BY_FORM = Stemmer.of(())
_OFTEN = 2
_FACT_CUES = ("scheme", "country", "number", "lead", "coordinates", "coordinated-by", "implements")


class NamedProject(Struct, frozen=True):
    """A project and all the places that name it."""

    number: int
    acronym: str | None
    namings: tuple[Naming, ...]
    names: frozenset[str]


class Scopes(Struct, frozen=True):
    """The projects of a release, and which of them each sentence is about.

    `about` gives by passage and sentence the number of the project, None if
    there is none; `named` the words where projects are named, by passage.
    """

    projects: tuple[NamedProject, ...]
    about: dict[tuple[int, int], int | None]
    named: dict[int, tuple[tuple[int, int, int], ...]]


def find_projects(document: Document) -> Scopes:
    """Return the projects that `document` is about, in the order they are named."""
    names = [tuple(find_names(marked)) for marked in document.passages]
    namings = [
        naming
        for marked in document.passages
        for naming in (*find_namings(marked, names[marked.number]), *labelled_names(marked))
    ]
    namings += find_repeated(document, namings, names)
    namings = namings or find_funded(document) or find_sheet(document) or find_used(document)
    groups = _grouped(namings, document.knowledge.shared.acronym_prefixes)
    often = max((len(group.namings) for group in groups), default=0) >= _OFTEN
    others = [
        group
        for group in groups
        if all(_is_other(document, n) for n in group.namings)
        or (often and _in_passing(document, group))
    ]
    left_out = {other.number for other in others}
    kept = [group for group in groups if group.number not in left_out]
    own = _headed(document, _translated(document, kept))
    projects = tuple(replace(group, number=number) for number, group in enumerate(own))
    named = _named(document, projects)
    beside = _named(document, [replace(other, number=_NONE) for other in others])
    return Scopes(projects, _about(document, projects, named, beside), named)


def _is_other(document: Document, naming: Naming) -> bool:
    """Return whether a project is named as another one: “the earlier X project”, “similar to X”."""
    marked = document.passages[naming.passage]
    first = next(s.first for s in reversed(marked.sentences) if s.first <= naming.first)
    near = max(first, naming.first - _NEAR)
    return bool(marked.within(near, naming.last, "other-project"))


def _in_passing(document: Document, project: NamedProject) -> bool:
    """Return whether a project is named but once, and nothing else is said of it.

    Beside one that is named before it and more often, it is somebody's guest.
    """
    (naming, *more) = project.namings
    if more or project.number == 0 or (naming.acronym and naming.titles):
        return False
    marked = document.passages[naming.passage]
    sentence = marked.sentence_at(naming.first)
    cues = marked.within(sentence.first, sentence.last, *_FACT_CUES)
    return not (marked.heading or cues or marked.dates_within(sentence.first, sentence.last))


def _translated(document: Document, projects: Sequence[NamedProject]) -> Sequence[NamedProject]:
    """Bring together a project that each language version names in its own language only.

    Told of two versions that name one such project each; of more, nobody knows which is which.
    """
    by_language: dict[str, list[NamedProject]] = {}
    for project in projects:
        languages = {document.passages[n.passage].passage.language for n in project.namings}
        if len(languages) == 1:
            by_language.setdefault(languages.pop(), []).append(project)
    alone = [found[0] for found in by_language.values() if len(found) == 1]
    acronyms = {project.acronym for project in alone} - {None}
    if len(alone) != len(by_language) or len(alone) < 2 or len(acronyms) > 1:  # noqa: PLR2004
        return projects
    first, *rest = sorted(alone, key=lambda project: project.number)
    names = first.names.union(*(project.names for project in rest))
    namings = tuple(naming for project in (first, *rest) for naming in project.namings)
    merged = NamedProject(first.number, _acronym(namings), namings, names)
    gone = {project.number for project in rest}
    return [merged if p is first else p for p in projects if p.number not in gone]


def _headed(document: Document, projects: Sequence[NamedProject]) -> Sequence[NamedProject]:
    """Bring together the project of a headline and the one that the text below it is about.

    Told of two in one language, the first called by a title in headings alone, the second by
    one in another language and named right below: the headline translates its title.
    """
    if len(projects) != 2:  # noqa: PLR2004
        return projects
    headline, other = projects
    marked = [document.passages[naming.passage] for naming in headline.namings]
    at = min(naming.passage for naming in other.namings)
    below = 0 < at - max(naming.passage for naming in headline.namings) <= _BELOW
    alone = headline.acronym is None and all(each.heading for each in marked)
    languages = {document.passages[n.passage].passage.language for p in projects for n in p.namings}
    if not (alone and below) or len(languages) > 1 or other.acronym is None:
        return projects
    if languages & _title_languages(document, other) or document.passages[at].heading:
        return projects
    namings = (*headline.namings, *other.namings)
    names = headline.names | other.names
    return [NamedProject(headline.number, other.acronym, namings, names)]


def _title_languages(document: Document, project: NamedProject) -> set[str]:
    return {
        title_language(title.text, document.passages[naming.passage].passage.language)
        for naming in project.namings
        for title in naming.titles
    }


def _grouped(namings: Sequence[Naming], prefixes: AbstractSet[str]) -> tuple[NamedProject, ...]:
    groups: dict[int, tuple[set[str], list[Naming]]] = {}
    called: dict[str, int] = {}
    sheet = _is_one_sheet(namings)
    for number, naming in enumerate(namings):
        parts = [p.text for p in (naming.acronym, *naming.titles) if p is not None]
        names = {_plain(name) for part in parts for name in (part, short_name(part)) if name}
        names |= {_plain(rest) for part in parts if (rest := _unprefixed(part, prefixes))}
        if sheet and naming.rule == FACT_SHEET:
            names.add(FACT_SHEET)
        known = sorted({called[name] for name in names if name in called})
        joined, members = groups.setdefault(known[0] if known else number, (set(), []))
        for other in known[1:]:
            more, others = groups.pop(other)
            names |= more
            members += others
        joined |= names
        members.append(naming)
        called |= dict.fromkeys(names, known[0] if known else number)
    ordered = sorted(groups.values(), key=lambda group: min((n.passage, n.first) for n in group[1]))
    return tuple(
        NamedProject(number, _acronym(members), tuple(members), frozenset(names))
        for number, (names, members) in enumerate(ordered)
    )


def _unprefixed(name: str, prefixes: AbstractSet[str]) -> str | None:
    """Return an acronym without the programme before it: `ACRONYM` of `LIFE ACRONYM`."""
    first, _, rest = name.partition(" ")
    return rest if first in prefixes and rest and " " not in rest else None


def _is_one_sheet(namings: Sequence[Naming]) -> bool:
    """Return whether the labelled lines of a release are one fact sheet, of one project."""
    labelled = [naming for naming in namings if naming.rule == FACT_SHEET]
    acronyms = {_plain(n.acronym.text) for n in labelled if n.acronym is not None}
    titles = {_plain(title.text) for n in labelled for title in n.titles}
    return len(acronyms) < 2 and len(titles) < 3  # noqa: PLR2004 (a title in two languages)


def _plain(name: str) -> str:
    """Return a name without case, marks and blanks: `Smart Youth` is `SmartYouth`."""
    return "".join(filter(str.isalnum, fold(name)))


def _acronym(namings: Sequence[Naming]) -> str | None:
    labelled = [n.acronym.text for n in namings if n.acronym and n.rule == FACT_SHEET]
    if labelled:
        return labelled[0]
    titles = {_plain(title.text) for naming in namings for title in naming.titles}
    counted = Counter(
        n.acronym.text
        for n in namings
        if n.acronym is not None
        and not (" " in n.acronym.text and _plain(n.acronym.text) in titles)
    )
    return counted.most_common(1)[0][0] if counted else None


def _named(
    document: Document, projects: Sequence[NamedProject]
) -> dict[int, tuple[tuple[int, int, int], ...]]:
    """Find every place where a project is called by one of its names: `(first, last, project)`."""
    if not projects:
        return {marked.number: () for marked in document.passages}
    table: PhraseTable[int] = PhraseTable(_BY_FORM)
    for project in projects:
        parts = [part for n in project.namings for part in (n.acronym, *n.titles) if part]
        for text in dict.fromkeys(part.text for part in parts):
            words = split_words(text, table.stemmer)
            table.add(" ".join(f"={word.text}" for word in words), project.number)
    named = {}
    for marked in document.passages:
        kept: list[tuple[int, int, int]] = []
        for found in table.find(marked.words):  # by first word, the longest first
            if not kept or found.last > kept[-1][1]:
                kept.append((found.first, found.last, found.value))
        named[marked.number] = tuple(kept)
    return named


def _about(
    document: Document,
    projects: Sequence[NamedProject],
    named: dict[int, tuple[tuple[int, int, int], ...]],
    beside: dict[int, tuple[tuple[int, int, int], ...]],
) -> dict[tuple[int, int], int | None]:
    """Return which project each sentence is about; a sentence on another's only, on none."""
    about: dict[tuple[int, int], int | None] = {}
    current: int | None = None
    language = ""
    for marked, sentence in document.sentences():
        if marked.passage.language != language:
            language = marked.passage.language
            current = _first_named(document, named, language)
        here = _first_in(named[marked.number], sentence)
        if here is not None:
            current = here
        if len(projects) == 1:
            current = 0
        elsewhere = here is None and (
            _first_in(beside[marked.number], sentence) is not None or _of_another(marked, sentence)
        )
        about[marked.number, sentence.index] = None if elsewhere else current
    return about


def _of_another(marked: Marked, sentence: Sentence) -> bool:
    """Return whether a sentence tells of another project by its name: “the earlier X Y project”."""
    if "other-project" not in sentence.kinds:
        return False
    for cue in marked.within(sentence.first, sentence.last, "other-project"):
        for noun in marked.within(cue.last + 1, min(cue.last + _NEAR, sentence.last), "project"):
            between = marked.words[cue.last : noun.first]
            if between and all(word.capital for word in between):
                return True
    return False


def _first_in(names: tuple[tuple[int, int, int], ...], sentence: Sentence) -> int | None:
    """Return the project first named in a sentence."""
    start = bisect_left(names, (sentence.first,))
    return names[start][2] if start < len(names) and names[start][1] <= sentence.last else None


def _first_named(
    document: Document, named: dict[int, tuple[tuple[int, int, int], ...]], language: str
) -> int | None:
    """Return the project first named in a language version: its first lines are about it too."""
    for marked in document.passages:
        if marked.passage.language == language and named[marked.number]:
            return named[marked.number][0][2]
    return None
