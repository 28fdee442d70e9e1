"""Omissions: what a release seems to leave out, and whether it was only not understood.

A list of countries may be longer than what was read of it, and a language
version may say in other words what another states: neither contradicts anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from eugraph.facts.conclusions.compared import Case, languages_of
from eugraph.facts.conclusions.stated import LEAD, PARTNER
from eugraph.facts.fact import (
    Discrepancy,
    Event,
    Fact,
    Id,
    Place,
    Scheme,
    Slot,
    Statement,
    Status,
    Subject,
)
from eugraph.facts.language.words import fold
from eugraph.facts.mentions.marked import Marked
from eugraph.facts.projects.counts import find_country_list

_EXPECTED_IN_ALL = frozenset(
    {
        Slot.FUNDED_UNDER, Slot.START, Slot.END, Slot.PARTNER_COUNT, Slot.COUNTRY_COUNT,
        Slot.EVENT_TYPE, Slot.PLACE, Slot.ORDINAL,
    }
)  # fmt: skip
"""Slots that every language version of a release may be expected to fill."""


def one_language_only(case: Case) -> Iterator[Discrepancy]:
    """Yield what one version states and another, which speaks of the same thing, leaves out."""
    if len(case.languages) < 2:  # noqa: PLR2004
        return
    spoken: dict[Id, set[str]] = defaultdict(set)
    filled: dict[tuple[Id, Slot], set[str]] = defaultdict(set)
    expected: list[tuple[Id, Statement, tuple[str, ...]]] = []
    for fact in case.facts:
        statement = fact.statement
        if fact.status is Status.STATED and isinstance(statement.subject, Id):
            languages = languages_of(fact)
            spoken[statement.subject].update(languages)
            if statement.slot in _EXPECTED_IN_ALL:
                filled[statement.subject, statement.slot].update(languages)
                expected.append((statement.subject, statement, languages))
    for subject, statement, languages in expected:
        if len(languages) != 1:
            continue
        others = spoken[subject] - set(languages)
        if statement.slot is Slot.EVENT_TYPE:
            others &= filled[subject, statement.slot]
        others = {language for language in others if not _unread_in(case, statement, language)}
        if others and _alone(case, statement):
            yield Discrepancy(
                "stated-in-one-language-only", subject, statement.slot, (statement,),
                languages=languages,
            )  # fmt: skip


def _unread_in(case: Case, statement: Statement, language: str) -> bool:
    """Return whether a version may well say the same, in words that were not understood.

    It has no lexicon, or what is stated stands somewhere in it.
    """
    document = case.findings.survey.document
    if not document.knowledge.lexicon(language).covered:
        return True
    passages = [m for m in document.passages if m.passage.language == language]
    return any(_mentions(case, marked, statement) for marked in passages)


def _mentions(case: Case, marked: Marked, statement: Statement) -> bool:
    """Return whether what a statement states is mentioned in a passage, whatever is said of it."""
    match statement.value:
        case int(number):
            kind = "ordinal" if statement.slot is Slot.ORDINAL else "number"
            return any(m.value == str(number) for m in marked.of(kind))
        case date() as day:
            ends = {p for d in marked.dates for p in (d.begin, d.finish) if p is not None}
            return any((p.month, p.day) == (day.month, day.day) for p in ends)
        case Scheme(key=key):
            named = (m for m in marked.of("scheme") if m.value == key)
            return any(not marked.covering(m.first, "quoted") for m in named)
        case Id() as id_ if statement.slot is Slot.PLACE and _is_main(case, statement.subject):
            things = case.findings.things
            place = next((t for t in things if isinstance(t, Place) and t.id == id_), None)
            names = {fold(name.text) for name in place.names} if place else set()
            return bool(names & {word.folded for word in marked.words})
        case _:
            return False


def _is_main(case: Case, subject: Subject) -> bool:
    events = (t for t in case.findings.things if isinstance(t, Event))
    return any(event.id == subject and event.part_of is None for event in events)


def _alone(case: Case, statement: Statement) -> bool:
    """Return whether nobody disputes the same: what differs is reported as differing."""
    same = case.every.get((statement.subject, statement.slot), ())
    return not any(fact.status is Status.DISPUTED for fact in same)


_LINES = frozenset({"line-of-partner-list", "lead-cue-in-line"})
"""The rules that read partners in lines of their own: such a list has an end."""


def read_in_part(case: Case, counted: Fact, language: str, listed: Sequence[Fact]) -> bool:
    """Return whether a list of countries may be longer than what was read of it.

    It is where the text says that it names some among others, where an item of it is no
    country that is known, and where it is only what stands beside the partners named, unless
    all are named, or their number stands in the same sentence.
    """
    pieces = [p for fact in listed for p in fact.evidence if p.language == language]
    together = False
    starts = {piece.start for piece in pieces}
    for marked, sentence in case.findings.survey.document.sentences():
        if marked.passage.language != language:
            continue
        start = marked.passage.start
        here = range(start + sentence.start, start + sentence.end)
        if not any(map(here.__contains__, starts)):
            continue
        found = find_country_list(marked, sentence)
        among = marked.within(sentence.first, sentence.last, "among-others")
        if among or (found is not None and found.unread):
            return True
        together = together or any(piece.start in here for piece in counted.evidence)
    if (together and len(listed) > 1) or any(piece.rule == "country-in-list" for piece in pieces):
        return False
    project = counted.statement.subject
    if not isinstance(project, Id):
        return False
    count = case.stated.one(project, Slot.PARTNER_COUNT)
    roles = [
        (fact.statement.subject, piece.rule)
        for role in (LEAD, PARTNER)
        for fact in case.stated.roles(project, role)
        for piece in fact.evidence
        if piece.language == language
    ]
    if count is not None and isinstance(count.statement.value, int):
        return len({subject for subject, _ in roles}) < count.statement.value
    return not any(rule in _LINES for _, rule in roles)
