"""Disagreements: where a release contradicts itself, says less in one language, or is damaged.

Only what a general rule shows is reported, each with the statements concerned
and, where there is one, the statement that explains it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import regex

from eugraph.facts.conclusions.compared import Case, languages_of
from eugraph.facts.conclusions.omissions import one_language_only, read_in_part
from eugraph.facts.conclusions.stated import LEAD, Stated
from eugraph.facts.fact import (
    Country,
    Discrepancy,
    Event,
    Evidence,
    Fact,
    Id,
    Participation,
    Place,
    Project,
    Slot,
    Statement,
    Status,
    Subject,
    Text,
)
from eugraph.facts.language.words import BOOKMARK, fold
from eugraph.facts.mentions.marked import Marked
from eugraph.facts.mentions.misspellings import misspells
from eugraph.facts.statements.find import Findings

_FULL_STOP = regex.compile(r"[.!?]\s")
_LITTER = regex.compile(rf"{BOOKMARK}|\ufffd")
_EXPLAINED, _OPEN, _INFERRED = "explained", "open", "resolved-by-inference"


def find_disagreements(findings: Findings, facts: Sequence[Fact]) -> tuple[Discrepancy, ...]:
    """Return the discrepancies of a reading whose facts are settled and inferred."""
    every: dict[tuple[Subject, Slot], list[Fact]] = defaultdict(list)
    for fact in facts:
        every[fact.statement.subject, fact.statement.slot].append(fact)
    case = Case(findings, tuple(facts), Stated.of(facts), every)
    found: list[Discrepancy] = []
    for project in (t.id for t in findings.things if isinstance(t, Project)):
        lists = _lists(case, project)
        found += _country_counts(case, project, lists)
        found += _country_lists(case, project, lists)
        found += _lead_country(case, project, lists)
        found += _title_is_scheme(case, project)
        found += _texts_differ(case, project)
    found += _values_differ(case)
    found += one_language_only(case)
    found += _incomplete_dates(case)
    found += _name_variants(case)
    found += _damage(case)
    return tuple(found)


Lists = Mapping[str, Sequence[Fact]]
"""The countries stated in each language version."""


def _lists(case: Case, project: Id) -> Lists:
    """Return the countries stated in each language version."""
    lists: dict[str, list[Fact]] = defaultdict(list)
    for fact in case.stated.all(project, Slot.INVOLVES_COUNTRY):
        if fact.status is Status.STATED:
            for language in languages_of(fact):
                lists[language].append(fact)
    return lists


def _country_counts(case: Case, project: Id, lists: Lists) -> Iterator[Discrepancy]:
    involved = case.stated.all(project, Slot.INVOLVES_COUNTRY)
    cases: dict[tuple[int, int], list[str]] = defaultdict(list)
    counts: dict[int, Statement] = {}
    for fact in case.every.get((project, Slot.COUNTRY_COUNT), ()):
        stated = fact.statement.value
        if fact.status is not Status.STATED or not isinstance(stated, int):
            continue
        for language, listed in lists.items():
            if len(listed) != stated and not read_in_part(case, fact, language, listed):
                if language not in cases[stated, len(listed)]:
                    cases[stated, len(listed)].append(language)
                counts[stated] = fact.statement
    for (number, observed), languages in cases.items():
        in_versions = {fact.statement for language in languages for fact in lists[language]}
        missing = tuple(fact.statement for fact in involved if fact.statement not in in_versions)
        whole = len(involved) == number
        explained = missing if whole and observed < number else ()
        yield Discrepancy(
            "count-vs-list", project, Slot.INVOLVES_COUNTRY, (counts[number], *missing),
            resolution=_EXPLAINED if explained else _OPEN, languages=tuple(languages),
            stated=number, observed=observed, explained_by=explained,
        )  # fmt: skip


def _country_lists(case: Case, project: Id, lists: Lists) -> Iterator[Discrepancy]:
    if len(lists) < 2:  # noqa: PLR2004
        return
    everywhere = set.intersection(*({f.statement for f in facts} for facts in lists.values()))
    every = {f.statement: f for facts in lists.values() for f in facts}
    differing = tuple(statement for statement in every if statement not in everywhere)
    if not differing:
        return
    count = case.stated.one(project, Slot.COUNTRY_COUNT)
    whole = count is not None and count.statement.value == len(every)
    yield Discrepancy(
        "list-differs-between-languages", project, Slot.INVOLVES_COUNTRY, differing,
        resolution=_EXPLAINED if whole else _OPEN, languages=tuple(lists),
        explained_by=(count.statement,) if whole and count else (),
        preferred=differing[0] if whole and len(differing) == 1 else None,
    )  # fmt: skip


def _lead_country(case: Case, project: Id, lists: Lists) -> Iterator[Discrepancy]:
    for lead in case.stated.roles(project, LEAD):
        subject = lead.statement.subject
        if not isinstance(subject, Participation):
            continue
        country = case.stated.one(subject.organisation, Slot.ORGANISATION_COUNTRY)
        listed = [f for facts in lists.values() for f in facts]
        from_list = any(piece.rule == "country-in-list" for f in listed for piece in f.evidence)
        counted = case.stated.one(project, Slot.COUNTRY_COUNT)
        if country is None or not from_list or counted is None:
            continue
        if any(f.statement.value == country.statement.value for f in listed):
            continue
        inferred = [
            f.statement
            for f in case.stated.all(project, Slot.INVOLVES_COUNTRY)
            if f.statement.value == country.statement.value
        ]
        yield Discrepancy(
            "lead-country-not-listed", project, Slot.INVOLVES_COUNTRY,
            (lead.statement, country.statement),
            resolution=_EXPLAINED if inferred else _OPEN, languages=tuple(lists),
            explained_by=tuple(inferred),
        )  # fmt: skip


def _title_is_scheme(case: Case, project: Id) -> Iterator[Discrepancy]:
    funding = case.stated.all(project, Slot.FUNDED_UNDER)
    for fact in case.every.get((project, Slot.TITLE), ()):
        statement = fact.statement
        if fact.status is not Status.DISPUTED:
            continue
        key = case.findings.scheme_titles.get(statement)
        same = tuple(f.statement for f in funding if getattr(f.statement.value, "key", None) == key)
        yield Discrepancy(
            "name-role-conflict",
            project,
            Slot.TITLE,
            (statement, *same),
            languages=languages_of(fact),
        )


_PROSE = (Slot.OBJECTIVE, Slot.SPECIFIC_OBJECTIVE, Slot.EXPECTED_IMPACT)
_ANCHORS = ("place", "country", "topic", "scheme", "number")


def _texts_differ(case: Case, project: Id) -> Iterator[Discrepancy]:
    """Compare what two languages say by what it names: places, countries, topics, numbers."""
    for slot in _PROSE:
        by_language: dict[str, list[Fact]] = defaultdict(list)
        for fact in case.stated.all(project, slot):
            if isinstance(fact.statement.value, Text):
                by_language[fact.statement.value.language].append(fact)
        if len(by_language) < 2:  # noqa: PLR2004
            continue
        named = {language: _anchors(case, facts) for language, facts in by_language.items()}
        if len({frozenset(anchors) for anchors in named.values()}) > 1:
            concerned = tuple(f.statement for facts in by_language.values() for f in facts)
            yield Discrepancy(
                "content-differs-between-languages",
                project,
                slot,
                concerned,
                languages=tuple(by_language),
            )


def _anchors(case: Case, facts: Sequence[Fact]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for fact in facts:
        for piece in fact.evidence:
            for marked in case.findings.survey.document.passages:
                start = marked.passage.start
                if start <= piece.start and piece.end <= marked.passage.end:
                    found |= {
                        (m.kind, m.value)
                        for m in marked.of(*_ANCHORS)
                        if piece.start <= start + m.start and start + m.end <= piece.end
                    }
    return found


def _values_differ(case: Case) -> Iterator[Discrepancy]:
    """Yield the values that another language version contradicts."""
    for fact in case.facts:
        statement = fact.statement
        if fact.status is not Status.DISPUTED or statement.slot is Slot.TITLE:
            continue
        stands = case.stated.one(statement.subject, statement.slot)
        about = statement.subject if isinstance(statement.subject, Id) else None
        if stands is not None and about is not None:
            both = (*languages_of(stands), *languages_of(fact))
            yield Discrepancy(
                "value-differs-between-languages", about, statement.slot,
                (stands.statement, statement), languages=tuple(dict.fromkeys(both)),
                preferred=stands.statement,
            )  # fmt: skip


def _incomplete_dates(case: Case) -> Iterator[Discrepancy]:
    for event in (t for t in case.findings.things if isinstance(t, Event) and t.part_of is None):
        stated = case.stated.one(event.id, Slot.STATED_DATE)
        text = getattr(stated.statement.value, "text", "") if stated else ""
        if stated is None or "XXXX" not in text:
            continue
        dates = (case.stated.one(event.id, slot) for slot in (Slot.START, Slot.NORMALISED_DATE))
        start = next((date for date in dates if date is not None), None)
        inferred = (start.statement,) if start and start.status is Status.INFERRED else ()
        yield Discrepancy(
            "incomplete-date", event.id, Slot.STATED_DATE, (stated.statement,),
            resolution=_INFERRED if inferred else _OPEN, languages=languages_of(stated),
            explained_by=inferred, preferred=inferred[0] if inferred else None,
        )  # fmt: skip


def _name_variants(case: Case) -> Iterator[Discrepancy]:
    """Yield places and countries written as the gazetteer knows nobody else writes them."""
    yield from _place_variants(case)
    yield from _country_variants(case)


def _place_variants(case: Case) -> Iterator[Discrepancy]:
    gazetteer = case.findings.survey.document.knowledge.gazetteer
    for place in (t for t in case.findings.things if isinstance(t, Place) and t.known):
        known = gazetteer.place(place.known)
        if known is None or not known.written:
            continue
        usual = {fold(name) for names in known.names.values() for name in names}
        unusual = {fold(name) for name in known.written} - usual
        for fact in case.facts:
            if fact.statement.slot is not Slot.PLACE or fact.statement.value != place.id:
                continue
            odd = [p for p in fact.evidence if any(fold(w) in unusual for w in _words(p))]
            if odd and isinstance(fact.statement.subject, Id):
                names = (w for p in odd for w in _words(p) if fold(w) in unusual)
                yield Discrepancy(
                    "name-variant", fact.statement.subject, Slot.PLACE, (fact.statement,),
                    languages=tuple(dict.fromkeys(p.language for p in odd)),
                    observed=", ".join(dict.fromkeys(names)),
                )  # fmt: skip
                break


def _words(piece: Evidence) -> list[str]:
    return piece.quote.replace(",", " ").split()


def _country_variants(case: Case) -> Iterator[Discrepancy]:
    document = case.findings.survey.document
    for fact in case.facts:
        value = fact.statement.value
        if fact.statement.slot is not Slot.INVOLVES_COUNTRY or not isinstance(value, Country):
            continue
        misspelt = {fold(n) for n in document.knowledge.gazetteer.countries[value.code].misspelt}
        odd = [
            p
            for p in fact.evidence
            if fold(p.quote) in misspelt or misspells(document, value, p.start, p.end)
        ]
        if odd and isinstance(fact.statement.subject, Id):
            languages = tuple(dict.fromkeys(p.language for p in odd))
            yield Discrepancy(
                "name-variant", fact.statement.subject, Slot.INVOLVES_COUNTRY, (fact.statement,),
                languages=languages, observed=", ".join(dict.fromkeys(p.quote for p in odd)),
            )  # fmt: skip


def _damage(case: Case) -> Iterator[Discrepancy]:
    """Litter of a word processor, or lost characters, at the words that state an event's date."""
    for marked in case.findings.survey.document.passages:
        text = marked.passage.text
        for litter in _LITTER.finditer(text) if "[" in text or "\ufffd" in text else ():
            fact = _fact_at(case, marked, litter.end())
            if fact is not None and isinstance(fact.statement.subject, Id):
                yield Discrepancy(
                    "damaged-text", fact.statement.subject, fact.statement.slot, (fact.statement,),
                    languages=(marked.passage.language,),
                    observed=_damaged(text, litter.start(), litter.end()),
                )  # fmt: skip


_AROUND = 20
"""How many characters beside damage show where it is."""


def _damaged(text: str, start: int, end: int) -> str:
    """Return damaged words with what stands beside them, to the ends of the words."""
    first = text.rfind(" ", 0, max(start - _AROUND, 0)) + 1
    last = text.find(" ", min(end + _AROUND, len(text)))
    return " ".join(text[first : last if last >= 0 else len(text)].split())


def _fact_at(case: Case, marked: Marked, at: int) -> Fact | None:
    """Return the first fact of the sentence that damage begins or interrupts."""
    sentence = next((s for s in marked.sentences if s.end > at), None)
    if sentence is None:
        return None
    start = marked.passage.start
    inside = [
        (piece.start, piece.end, fact)
        for fact in case.facts
        if isinstance(fact.statement.subject, Id) and fact.status is Status.STATED
        for piece in fact.evidence
        if start + sentence.start <= piece.start and piece.end <= start + sentence.end
    ]
    return min(inside, key=lambda item: item[:2])[2] if inside else None
