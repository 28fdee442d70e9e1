"""The text of a release for reading, with the words marked that facts rest on.

Every marked stretch has the id that an evidence IRI ends in, `char=31,46`
(RFC 5147), so that a link to the IRI lands on its words, without script; and
it leads to what is told from it, `#read-31-46`, further down the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from eugraph.editions import Edition
from eugraph.server.source import Cell, Source
from eugraph.vocabulary import IRI_BASE, PROLOGUE

_MARKED: Final = """SELECT DISTINCT ?evidence ?language ?subject ?property ?value ?status ?who {
  { ?evidence oa:hasSource <%(text)s> ; dcterms:language ?language }
  UNION
  { ?evidence oa:hasSource <%(text)s> . ?assertion eug:hasEvidence ?evidence ;
      rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value ;
      eug:assertionStatus ?status }
  UNION
  { { SELECT DISTINCT ?subject { ?evidence oa:hasSource <%(text)s> .
      ?assertion eug:hasEvidence ?evidence ; rdf:subject ?subject } }
    ?subject eug:participant ?who } }"""
"""The words that facts rest on with their language, the facts, and whose a participation is."""

_VERSION: Final = re.compile(rf"^({re.escape(IRI_BASE)}id/release/[^/]+)/[^/]+$")
"""A language version, which is called by its release."""

_POSITION: Final = re.compile(r"#char=(\d{1,9}),(\d{1,9})$")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is told from some words: a value of a property of a thing, and how that came about.

    `about` is the thing, of a participation who takes part; `status` an IRI.
    """

    about: str
    predicate: str
    value: Cell
    status: str

    @property
    def iris(self) -> frozenset[str]:
        """What is named in it."""
        named = {self.about, self.predicate, self.status}
        return frozenset(named | ({self.value["value"]} if self.value["type"] == "uri" else set()))


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text that facts rest on; `language` is an IRI of the EU's table.

    `facts` are what is told from it.
    """

    start: int
    end: int
    language: str
    facts: tuple[Statement, ...] = ()

    @property
    def key(self) -> str:
        """What ends the ids of the stretch and of what is told from it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text with its marked stretches, and the language it is in, empty if unknown."""

    language: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Version:
    """Paragraphs one after another in one language."""

    language: str
    paragraphs: tuple[Paragraph, ...]


def marked_in(source: Source, edition: Edition, release: str) -> tuple[Marked, ...]:
    """Return the stretches of a release's text that facts of `edition` rest on."""
    text = f"{IRI_BASE}id/text/{release}"
    rows = [*source.rows(edition, PROLOGUE + _MARKED % {"text": text})]
    who = {row["subject"]["value"]: row["who"]["value"] for row in rows if "who" in row}
    facts: dict[str, list[Statement]] = {}
    for row in rows:
        if "property" in row:
            facts.setdefault(row["evidence"]["value"], []).append(_statement(row, who))
    return tuple(
        Marked(start, -end, language, tuple(sorted(facts.get(evidence, ()), key=_order)))
        for start, end, language, evidence in sorted(_stretches(rows))
    )


def _stretches(rows: Iterable[Mapping[str, Cell]]) -> Iterator[tuple[int, int, str, str]]:
    """Yield start and end of words, their language and the IRI of the evidence.

    The end is below zero, so that of those with one start the longest goes first.
    """
    for row in rows:
        found = _POSITION.search(row["evidence"]["value"]) if "language" in row else None
        if found:
            language, evidence = row["language"]["value"], row["evidence"]["value"]
            yield int(found[1]), -int(found[2]), language, evidence


def _statement(row: Mapping[str, Cell], who: Mapping[str, str]) -> Statement:
    subject = row["subject"]["value"]
    about = who.get(subject) or _VERSION.sub(r"\1", subject)
    return Statement(about, row["property"]["value"], row["value"], row["status"]["value"])


def _order(statement: Statement) -> tuple[str, ...]:
    return statement.about, statement.predicate, statement.value["value"], statement.status


def versions_of(text: str, marked: Sequence[Marked]) -> tuple[Version, ...]:
    """Return a text by its language versions, in the order they stand in it.

    A paragraph is in the language of the words marked in it; one without is
    in that of the paragraph before.
    """
    paragraphs = tuple(_paragraphs(text, marked))
    first = next((each.language for each in paragraphs if each.language), "")
    versions: list[list[Paragraph]] = []
    language = first
    for each in paragraphs:
        language = each.language or language
        if not versions or versions[-1][0].language != language:
            versions.append([])
        versions[-1].append(Paragraph(language, each.body))
    return tuple(Version(each[0].language, tuple(each)) for each in versions)


def _paragraphs(text: str, marked: Sequence[Marked]) -> Iterable[Paragraph]:
    start, waiting = 0, list(reversed(marked))
    running: list[Marked] = []
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        running = [each for each in running if each.end > start]
        while waiting and waiting[-1].start < end:
            running.append(waiting.pop())
        if line.strip():
            languages = Counter(each.language for each in running)
            language = languages.most_common(1)[0][0] if languages else ""
            yield Paragraph(language, mark(text, start, end, running))
        start = end


def mark(text: str, start: int, end: int, marked: Sequence[Marked]) -> Markup:
    """Return `text[start:end]` escaped, with those of `marked` in it as `<mark>` elements.

    Stretches that cross are cut, for elements have to nest; the id stands on
    the first piece, where the stretch begins.
    """
    cuts = {start, end}
    for each in marked:
        cuts |= {max(each.start, start), min(each.end, end)}
    order = sorted(marked, key=lambda each: (each.start, -each.end))
    out: list[Markup] = []
    open_: list[Marked] = []
    begun: set[tuple[int, int]] = set()
    positions = sorted(cut for cut in cuts if start <= cut <= end)
    for at, until in zip(positions, [*positions[1:], end], strict=True):
        here = [each for each in order if each.start <= at < each.end]
        kept = _common(open_, here)
        out += [Markup("</mark>")] * (len(open_) - kept)
        open_ = open_[:kept]
        for each in here[kept:]:
            out.append(_opened(each, begun))
            open_.append(each)
        out.append(_leading(escape(text[at:until]), open_))
    out += [Markup("</mark>")] * len(open_)
    return Markup().join(out)


def _leading(text: Markup, marked: Sequence[Marked]) -> Markup:
    """Return words as a link to what is told from the shortest stretch that they are in."""
    with_facts = [each for each in marked if each.facts]
    if not with_facts or not text.strip():
        return text
    nearest = min(with_facts, key=lambda each: each.end - each.start)
    return Markup('<a href="#read-{}">{}</a>').format(nearest.key, text)


def _common(left: Sequence[Marked], right: Sequence[Marked]) -> int:
    """Return how many of `left` begin `right`, in the same order."""
    number = 0
    for one, other in zip(left, right, strict=False):
        if one is not other:
            break
        number += 1
    return number


def _opened(each: Marked, begun: set[tuple[int, int]]) -> Markup:
    key = (each.start, each.end)
    if key in begun:
        return Markup("<mark>")
    begun.add(key)
    return Markup('<mark id="char={},{}">').format(*key)
