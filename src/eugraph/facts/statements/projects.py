"""Facts stated of a release and its projects: names, funding, counts, countries, term, aims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from eugraph.facts.fact import (
    Concept,
    Country,
    Edtf,
    Evidence,
    Fact,
    Id,
    ReleaseSubject,
    Scheme,
    Slot,
    Statement,
    Subject,
    Text,
    Value,
)
from eugraph.facts.mentions.document import evidence
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.mentions.titles import title_language
from eugraph.facts.projects.aims import find_aims, find_topics
from eugraph.facts.projects.counts import CountryList, find_country_list, find_counts
from eugraph.facts.projects.scopes import NamedProject
from eugraph.facts.projects.term import TermReading, find_term
from eugraph.facts.statements.entities import UNION
from eugraph.facts.statements.survey import Survey

LIST_SCORE = 3
_LABELLED = "dates-after-term-label"


@lru_cache(maxsize=1_000)
def project_id(number: int) -> Id:
    """Return the id of the project with this number in the survey."""
    return Id(f"project-{number + 1}")


def stated(subject: Subject, slot: Slot, value: Value, *where: Evidence) -> Fact:
    """Return the fact that `where` states."""
    return Fact(Statement(subject, slot, value), where)


def state_projects(survey: Survey) -> Iterator[Fact]:
    """Yield what the release states of itself and of its projects."""
    yield from _headlines(survey)
    for project in survey.scopes.projects:
        yield from _names(survey, project)
    facts = [
        fact
        for marked, sentence in survey.document.sentences()
        if (number := survey.scopes.about[marked.number, sentence.index]) is not None
        for fact in _in_sentence(survey, marked, sentence, project_id(number))
    ]
    yield from _without_funds(survey, facts)
    yield from _labelled_terms(_terms(survey))
    yield from _country_lists(survey)
    yield from _owners(survey)


def _headlines(survey: Survey) -> Iterator[Fact]:
    seen: set[str] = set()
    for marked in survey.document.passages:
        language = marked.passage.language
        if language in seen or not marked.words:
            continue
        seen.add(language)
        if marked.heading:
            where = evidence(marked, 0, len(marked.words), "first-line-is-headline")
            headline = Text(marked.text(0, len(marked.words)), language)
            yield stated(ReleaseSubject(language), Slot.HEADLINE, headline, where)


def _names(survey: Survey, project: NamedProject) -> Iterator[Fact]:
    id_ = project_id(project.number)
    for naming in project.namings:
        marked = survey.document.passages[naming.passage]
        first = _with_union(marked, naming.first)
        where = evidence(marked, first, naming.last, naming.rule)
        yield stated(ReleaseSubject(), Slot.ABOUT_PROJECT, id_, where)
        acronym = naming.acronym
        if acronym is not None and acronym.text == project.acronym:
            where = evidence(marked, acronym.first, acronym.last, acronym.rule)
            yield stated(id_, Slot.ACRONYM, acronym.text, where)
        languages: list[str] = []
        for title in naming.titles:
            where = evidence(marked, title.first, title.last, title.rule)
            language = title_language(title.text, marked.passage.language, beside=languages)
            languages.append(language)
            yield stated(id_, Slot.TITLE, Text(title.text, language), where)


def _with_union(marked: Marked, first: int) -> int:
    """Return where `EU project …` begins."""
    owner = marked.before(first, "organisation")
    return owner.first if owner is not None and owner.value == "eu" else first


def _in_sentence(survey: Survey, marked: Marked, sentence: Sentence, project: Id) -> Iterator[Fact]:
    for count in find_counts(marked, sentence):
        slot = Slot.PARTNER_COUNT if count.of == "partners" else Slot.COUNTRY_COUNT
        where = evidence(marked, count.first, count.last, f"number-of-{count.of}")
        yield stated(project, slot, count.number, where)
    if "scheme" in sentence.kinds:
        for scheme in marked.within(sentence.first, sentence.last, "scheme"):
            yield from _funding(survey, marked, scheme, project)
    yield from _aims(marked, sentence, project)


def _without_funds(survey: Survey, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Leave out a fund, or programmes at large, where the programme itself is named too.

    Interreg is programmes at large: of “Interreg Central Baltic” it says nothing more.
    """
    gazetteer = survey.document.knowledge.gazetteer
    funding: dict[Subject, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact.statement.value, Scheme):
            funding[fact.statement.subject].add(fact.statement.value.key)
    for fact in facts:
        value, named = fact.statement.value, funding[fact.statement.subject]
        if fact.statement.slot is Slot.FUNDED_UNDER and isinstance(value, Scheme):
            scheme = gazetteer.schemes[value.key]
            programmes = [gazetteer.schemes[key] for key in named]
            narrower = (p.level == scheme.level and p.parent == scheme.key for p in programmes)
            if any(narrower) or (scheme.fund and not all(p.fund for p in programmes)):
                continue
        yield fact


def _labelled_terms(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Leave out ends of a term that no label calls so, where one of the version calls others so."""
    kept = list(facts)
    slots = (Slot.START, Slot.END, Slot.STATED_DATE)
    labelled = {
        (fact.statement.subject, fact.evidence[0].language)
        for fact in kept
        if fact.statement.slot in slots and fact.evidence[0].rule == _LABELLED
    }
    for fact in kept:
        unlabelled = fact.statement.slot in slots and fact.evidence[0].rule != _LABELLED
        if not (unlabelled and (fact.statement.subject, fact.evidence[0].language) in labelled):
            yield fact


def _funding(survey: Survey, marked: Marked, scheme: Mention, project: Id) -> Iterator[Fact]:
    quote = marked.covering(scheme.first, "quoted")
    if quote and quote.last - quote.first > scheme.last - scheme.first + 2:
        return  # a title that merely contains the words
    first, last = (quote.first, quote.last) if quote else (scheme.first, scheme.last)
    noun = marked.before(first, "programme", "strand")
    if noun is not None:
        numbers = marked.within(max(0, noun.first - 3), noun.first, "number", "ordinal")
        first = numbers[0].first if numbers and noun.kind == "strand" else noun.first
    first = _with_union(marked, first)
    where = evidence(marked, first, last, "funding-scheme-by-name")
    yield stated(project, Slot.FUNDED_UNDER, Scheme(scheme.value), where)
    known = survey.document.knowledge.gazetteer.schemes[scheme.value]
    if known.level == "edition" and known.parent:
        yield stated(project, Slot.FUNDED_UNDER, Scheme(known.parent), where)


_Read = tuple[Marked, TermReading]


def _terms(survey: Survey) -> Iterator[Fact]:
    """Yield the terms of the projects: each end by itself, or the halves of a version together."""
    read: dict[tuple[int, str], list[_Read]] = defaultdict(list)
    for marked, sentence in survey.document.sentences():
        number = survey.scopes.about[marked.number, sentence.index]
        if number is not None:
            found = find_term(marked, sentence)
            read[number, marked.passage.language].extend((marked, each) for each in found)
    for (number, _), readings in read.items():
        yield from _of_version(project_id(number), readings)


def _of_version(project: Id, readings: Sequence[_Read]) -> Iterator[Fact]:
    begins, ends = _halves(readings)
    for marked, reading in readings:
        where = evidence(marked, reading.first, reading.last, reading.rule)
        if reading.to_the_day and reading.dated:
            for slot, point in ((Slot.START, reading.begin), (Slot.END, reading.finish)):
                day = point.first() if point is not None else None
                if day is not None:
                    yield stated(project, slot, day, where)
        elif begins and ends and _is_half(reading, begins[1], ends[1]):
            whole = replace(begins[1], finish=ends[1].finish)
            yield stated(project, Slot.STATED_DATE, Edtf(whole.edtf()), where)
        else:
            yield stated(project, Slot.STATED_DATE, Edtf(reading.edtf()), where)


def _is_half(reading: TermReading, begins: TermReading, ends: TermReading) -> bool:
    """Return whether a reading says no more than one of the halves of a term."""
    ends_of = reading.begin, reading.finish
    return ends_of in ((begins.begin, None), (None, ends.finish))


def _halves(readings: Sequence[_Read]) -> tuple[_Read | None, _Read | None]:
    """Return where the project begins and where it ends, if neither is told to the day."""
    vague = [each for each in readings if not (each[1].to_the_day and each[1].dated)]
    begins = next((each for each in vague if each[1].begin and not each[1].finish), None)
    ends = next((each for each in vague if each[1].finish and not each[1].begin), None)
    return begins, ends


_AIM_SLOTS = {
    "objective": Slot.OBJECTIVE,
    "specific-objective": Slot.SPECIFIC_OBJECTIVE,
    "impact": Slot.EXPECTED_IMPACT,
}


def _aims(marked: Marked, sentence: Sentence, project: Id) -> Iterator[Fact]:
    language = marked.passage.language
    for aim in find_aims(marked, sentence):
        slot = _AIM_SLOTS.get(aim.kind)
        if slot is not None:
            where = evidence(marked, aim.begin, aim.last, f"words-after-{aim.kind}-cue")
            yield stated(project, slot, Text(marked.text(aim.first, aim.last), language), where)
    for topic in find_topics(marked, sentence):
        where = evidence(marked, topic.first, topic.last, "topic-of-aim-or-conclusion")
        yield stated(project, Slot.TOPIC, Concept("topic", topic.value), where)


def _country_lists(survey: Survey) -> Iterator[Fact]:
    best: dict[tuple[int, str], tuple[Marked, CountryList]] = {}
    for marked, sentence in survey.document.sentences():
        project = survey.scopes.about[marked.number, sentence.index]
        listed = find_country_list(marked, sentence) if project is not None else None
        if project is None or listed is None or listed.score < LIST_SCORE:
            continue
        key = project, marked.passage.language
        if key not in best or best[key][1].score < listed.score:
            best[key] = marked, listed
    for (number, _), (marked, listed) in best.items():
        for country in listed.countries:
            where = evidence(marked, country.first, country.last, "country-in-list")
            yield stated(project_id(number), Slot.INVOLVES_COUNTRY, Country(country.value), where)
    yield from _beside_partners(survey, set(best))


def _beside_partners(survey: Survey, listed_in: set[tuple[int, str]]) -> Iterator[Fact]:
    """Where no sentence lists them, the countries beside the named partners are the list."""
    for number, project, _ in survey.roles:
        organisation = survey.named[number]
        marked = survey.document.passages[organisation.passage]
        country = organisation.country
        if project is None or country is None or (project, marked.passage.language) in listed_in:
            continue
        where = evidence(marked, country.first, country.last, "country-beside-partner")
        yield stated(project_id(project), Slot.INVOLVES_COUNTRY, Country(country.value), where)


def _owners(survey: Survey) -> Iterator[Fact]:
    for ownership in survey.owners:
        marked = survey.document.passages[ownership.passage]
        scheme = survey.document.knowledge.gazetteer.programme(ownership.scheme.value)
        quote = marked.at(ownership.scheme.first - 1, "quoted")
        last = quote.last if quote else ownership.scheme.last
        where = evidence(marked, ownership.owner.first, last, "programme-of-the-union")
        yield stated(Scheme(scheme.key), Slot.PROGRAMME_OF, UNION, where)
