"""Explain a reading: what was seen in every sentence, what came of it, and why.

For a rule's author: a fact that is missing has no mention, no candidate, or a
candidate that lost. Everything is told from the survey after the fact, so
reading itself does not slow down.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from eugraph.facts.fact import Id, Participation, Reading, Slot
from eugraph.facts.mentions.marked import Marked, Sentence
from eugraph.facts.projects.counts import find_country_list, find_counts
from eugraph.facts.projects.term import find_term
from eugraph.facts.statements.find import Findings
from eugraph.facts.statements.projects import LIST_SCORE, project_id
from eugraph.facts.statements.survey import Survey

_SEEN = (
    "project", "network", "short", "quoted", "scheme", "lead", "coordinated-by", "coordinates",
    "together-with", "implements", "partner", "consortium", "involves", "member", "number",
    "countries", "country", "people", "head", "organisation", "place", "event", "event-verb",
    "ordinal", "held", "planned", "deadline", "term", "starts", "ends", "part", "objective",
    "impact", "conclusion", "topic", "audience",
)  # fmt: skip
"""The mentions worth showing; joining words and articles are not."""


class Step(Struct, frozen=True):
    """A mention, or a candidate for a fact: what it is, its words, its score, and what came of it.

    `taken` is None for a mention, which is neither taken nor dropped; `why`
    says why a candidate was.
    """

    what: str
    words: str
    score: float | None = None
    taken: bool | None = None
    why: str = ""


_NO_PROJECT = "the sentence is about no project"


class Explained(Struct, frozen=True):
    """A sentence with what was seen in it; `project` is what it was taken to be about."""

    language: str
    text: str
    start: int
    project: Id | None
    steps: tuple[Step, ...]


def explain(findings: Findings, reading: Reading) -> tuple[Explained, ...]:
    """Return every sentence of a release with its mentions and candidates, in order.

    `reading` is what `reconcile` made of `findings`.
    """
    survey = findings.survey
    return tuple(
        _explained(survey, reading, marked, sentence)
        for marked, sentence in survey.document.sentences()
    )


def _explained(survey: Survey, reading: Reading, marked: Marked, sentence: Sentence) -> Explained:
    number = survey.scopes.about.get((marked.number, sentence.index))
    steps = (
        *_mentions(marked, sentence),
        *_roles(survey, reading, marked, sentence),
        *_lists(marked, sentence, number),
        *_dates(survey, marked, sentence, number),
        *_events(survey, marked, sentence, number),
    )
    return Explained(
        marked.passage.language,
        marked.passage.text[sentence.start : sentence.end],
        marked.passage.start + sentence.start,
        project_id(number) if number is not None else None,
        steps,
    )


def _mentions(marked: Marked, sentence: Sentence) -> Iterator[Step]:
    for mention in marked.within(sentence.first, sentence.last, *_SEEN):
        name = f"{mention.kind} {mention.value}".strip()
        yield Step(name, marked.passage.text[mention.start : mention.end])
    for found in marked.dates_within(sentence.first, sentence.last):
        yield Step(f"date {found.edtf()}", marked.passage.text[found.start : found.end])


def _roles(survey: Survey, reading: Reading, marked: Marked, sentence: Sentence) -> Iterator[Step]:
    given = {
        (fact.statement.subject, getattr(fact.statement.value, "name", ""))
        for fact in reading.facts
        if fact.statement.slot is Slot.ROLE
    }
    for number, project, role in survey.roles:
        place = role.organisation
        if place.passage != marked.number or not sentence.first <= place.first < sentence.last:
            continue
        organisation = survey.organisation_id(number)
        if project is None:
            taken, why = False, _NO_PROJECT
        else:
            taken = (Participation(organisation, project_id(project)), role.role) in given
            why = role.rule if taken else "a stronger reading gives another role or another lead"
        words = marked.text(role.first, role.last)
        yield Step(f"{role.role} {place.name}", words, role.score, taken, why)


def _lists(marked: Marked, sentence: Sentence, project: int | None) -> Iterator[Step]:
    for count in find_counts(marked, sentence):
        what, words = f"{count.number} {count.of}", marked.text(count.first, count.last)
        why = "" if project is not None else _NO_PROJECT
        yield Step(what, words, count.score, project is not None, why)
    listed = find_country_list(marked, sentence)
    if listed is not None:
        codes = " ".join(country.value for country in listed.countries)
        words = marked.text(listed.countries[0].first, listed.countries[-1].last)
        taken = listed.score >= LIST_SCORE and project is not None
        why = _NO_PROJECT if project is None else ""
        if listed.score < LIST_SCORE:
            why = f"a list of the project's countries needs {LIST_SCORE}"
        yield Step(f"countries {codes}", words, listed.score, taken, why)


def _dates(
    survey: Survey, marked: Marked, sentence: Sentence, project: int | None
) -> Iterator[Step]:
    """Yield what became of each date: of the term, of an event, of nothing and why."""
    terms = list(find_term(marked, sentence)) if project is not None else []
    dated = [
        reading.date
        for group in survey.events
        for reading in group.readings
        if (reading.passage, reading.sentence) == (marked.number, sentence.index) and reading.date
    ]
    for found in marked.dates_within(sentence.first, sentence.last):
        words = marked.passage.text[found.start : found.end]
        term = next(
            (t for t in terms if t.first <= found.first_word and found.last_word <= t.last), None
        )
        if term is not None:
            yield Step(f"term {term.edtf()}", words, taken=True, why=term.rule)
        elif any(d.start <= found.start and found.end <= d.end for d in dated):
            yield Step(f"date {found.edtf()}", words, taken=True, why="the day of an event")
        else:
            why = _left(marked, sentence, project)
            yield Step(f"date {found.edtf()}", words, taken=False, why=why)


def _left(marked: Marked, sentence: Sentence, project: int | None) -> str:
    """Return why a date or an event of a sentence was left."""
    if project is None:
        return _NO_PROJECT
    if marked.within(sentence.first, sentence.last, "deadline"):
        return "the sentence tells of a deadline"
    if marked.within(sentence.first, sentence.last, "past"):
        return "the sentence tells of history"
    return "no event with a day, a place or a number, and no term, is told here"


def _events(
    survey: Survey, marked: Marked, sentence: Sentence, project: int | None
) -> Iterator[Step]:
    at = marked.number, sentence.index
    nouns: set[int] = set()
    for number, group in enumerate(survey.events, 1):
        for reading in group.readings:
            if (reading.passage, reading.sentence) == at:
                nouns.add(reading.noun.first)
                words = marked.passage.text[reading.noun.start : reading.noun.end]
                yield Step(
                    f"event {reading.noun.value}", words, taken=True, why=f"of event-{number}"
                )
    for part in survey.parts:
        if (part.passage, part.sentence) == at:
            nouns.update(range(part.first, part.last))
            words = marked.text(part.first, part.last)
            why = f"during event-{part.event + 1}"
            yield Step(f"part {part.type}", words, taken=True, why=why)
    for noun in marked.within(sentence.first, sentence.last, "event"):
        if noun.first not in nouns:
            words = marked.passage.text[noun.start : noun.end]
            why = _left(marked, sentence, project)
            yield Step(f"event {noun.value}", words, taken=False, why=why)
