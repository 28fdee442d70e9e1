"""Derive what the claims of another reader come to, as far as the text bears them out.

A reader that is no set of rules, such as a language model, gives claims: a
slot, a value, the words that state it and the passage they stand in. Nothing
of it is believed. The words have to be in the text (`eugraph.facts.quotes`);
the value is read again, from the text at that place, by the rules' own parsers;
and if it is not the value claimed, there is no claim. So a claim can point to
words that the rules passed over, and cannot bring in a word from outside.

What is left is a candidate: that these words speak of this project is still the
other reader's word alone. A candidate is kept with its evidence and is not
published as a fact; a person may accept it. What rules read stays as it is.

New things are not made of claims: they speak of the projects, events and
organisations that rules found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.claim import Claim, Claims
from eugraph.facts.conclusions.settle import place_of
from eugraph.facts.fact import (
    Certainty,
    Concept,
    Country,
    Edtf,
    Fact,
    Id,
    Participation,
    Reading,
    ReleaseSubject,
    Scheme,
    Slot,
    Statement,
    Status,
    Text,
    Value,
)
from eugraph.facts.language.dates import DateMention
from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.document import evidence
from eugraph.facts.mentions.marked import Marked, Sentence
from eugraph.facts.mentions.titles import scheme_named, title_language
from eugraph.facts.quotes import find_quote, has_words, same_words
from eugraph.facts.statements.events import days_of, event_id
from eugraph.facts.statements.find import Findings
from eugraph.facts.statements.projects import project_id
from eugraph.facts.statements.survey import Survey

READER = "language-model"
"""The concept of the scheme `inference-rule`, and the beginning of the rule in the evidence."""

_LONGEST_ACRONYM = 24
_TITLE_WORDS = range(2, 31)
_AIM_WORDS = range(4, 81)
_COUNTS = range(2, 201)


class _Spot(Struct, frozen=True):
    """Words `first:last` of a sentence, where a claim says that something is stated."""

    survey: Survey
    marked: Marked
    sentence: Sentence
    first: int
    last: int

    @property
    def text(self) -> str:
        return self.marked.text(self.first, self.last)

    @property
    def language(self) -> str:
        return self.marked.passage.language

    @property
    def at(self) -> tuple[int, int]:
        return self.marked.number, self.sentence.index

    @property
    def length(self) -> int:
        words = self.marked.words[self.first : self.last]
        return sum(word.kind is Kind.WORD for word in words)


def with_claims(findings: Findings, reading: Reading, given: Claims) -> Reading:
    """Return `reading` with what the claims of another reader add to it, as candidates."""
    known = {fact.statement for fact in reading.facts}
    things = {thing.id for thing in reading.things}
    added: dict[Statement, Fact] = {}
    unfounded = 0
    for claim in given.claims:
        facts = tuple(_facts(findings.survey, claim))
        unfounded += not facts
        for fact in facts:
            is_new = fact.statement.things <= things and not _is_read(fact.statement, known)
            if is_new and set(fact.premises) <= known:
                added.setdefault(fact.statement, fact)
    notes = [f"language model: {unfounded} of {len(given.claims)} claims are not in the text so"]
    return replace(
        reading,
        facts=tuple(sorted((*reading.facts, *added.values()), key=place_of)),
        notes=(*reading.notes, *given.notes, *(notes if unfounded else ())),
    )


def _is_read(statement: Statement, known: Iterable[Statement]) -> bool:
    """Return whether rules read the same, a text perhaps with other marks around or in it."""
    return any(
        (statement.subject, statement.slot) == (other.subject, other.slot)
        and (statement.value == other.value or _same_text(statement.value, other.value))
        for other in known
    )


def _same_text(one: Value, other: Value) -> bool:
    return isinstance(one, Text) and isinstance(other, Text) and same_words(one.text, other.text)


def _facts(survey: Survey, claim: Claim) -> Iterator[Fact]:
    """Yield the candidates that a claim comes to; none if the text does not bear it out."""
    spot = _spot(survey, claim)
    if spot is None or claim.slot not in CLAIMABLE:
        return
    derived = tuple(CLAIMABLE[claim.slot](spot, claim.value))
    words = evidence(spot.marked, spot.first, spot.last, f"{READER}:{claim.slot}")
    for statement in derived:
        yield Fact(
            statement, (words,), Status.CANDIDATE, Certainty.POSSIBLE, READER, (_about(statement),)
        )


def _about(statement: Statement) -> Statement:
    """Return the premise of a claim: that the release is about the thing claimed of."""
    subject = statement.subject
    thing = subject.context if isinstance(subject, Participation) else subject
    is_event = isinstance(thing, Id) and thing.name.startswith("event-")
    slot = Slot.ABOUT_EVENT if is_event else Slot.ABOUT_PROJECT
    return Statement(ReleaseSubject(), slot, thing if isinstance(thing, Id) else "")


def _spot(survey: Survey, claim: Claim) -> _Spot | None:
    """Return the place of the quote: in the passage claimed, or in the only one that has it."""
    passages = survey.document.passages
    claimed = passages[claim.passage : claim.passage + 1] if claim.passage >= 0 else ()
    found = [s for m in claimed if (s := _in_passage(survey, m, claim.quote))]
    if not found:
        found = [s for m in passages if (s := _in_passage(survey, m, claim.quote))]
    return found[0] if len(found) == 1 else None


def _in_passage(survey: Survey, marked: Marked, quote: str) -> _Spot | None:
    place = find_quote(quote, marked.passage.text)
    if place is None:
        return None
    start, end = place
    inside = [i for i, word in enumerate(marked.words) if word.start < end and start < word.end]
    if not inside or marked.words[inside[0]].start < start or marked.words[inside[-1]].end > end:
        return None
    first, last = inside[0], inside[-1] + 1
    for sentence in marked.sentences:
        if sentence.first <= first and last <= sentence.last:
            return _Spot(survey, marked, sentence, first, last)
    return None


# What a claim of each slot comes to.

_Derivation = Callable[[_Spot, str], Iterator[Statement]]


def _project(spot: _Spot) -> Iterator[Id]:
    number = spot.survey.scopes.about.get(spot.at)
    if number is not None:
        yield project_id(number)


def _acronym(spot: _Spot, value: str) -> Iterator[Statement]:
    shorts = spot.marked.within(spot.first, spot.last, "short")
    words = [w for w in spot.marked.words[spot.first : spot.last] if w.kind is Kind.WORD]
    text = shorts[0].value if len(shorts) == 1 else words[0].text if len(words) == 1 else ""
    if text[:1].isupper() and len(text) <= _LONGEST_ACRONYM and same_words(text, value):
        yield from (Statement(project, Slot.ACRONYM, text) for project in _project(spot))


def _title(spot: _Spot, value: str) -> Iterator[Statement]:
    text = spot.text.strip("“”„‟«»‹›‘’‚‛\"' ")
    knowledge = spot.survey.document.knowledge
    of_scheme = scheme_named(text, spot.language, knowledge) is not None
    if spot.length in _TITLE_WORDS and same_words(text, value) and not of_scheme:
        title = Text(text, title_language(text, spot.language))
        yield from (Statement(project, Slot.TITLE, title) for project in _project(spot))


def _objective(spot: _Spot, value: str) -> Iterator[Statement]:
    text = spot.text.rstrip(" .;,")
    if spot.length in _AIM_WORDS and same_words(text, value.rstrip(" .;,")):
        aim = Text(text, spot.language)
        yield from (Statement(project, Slot.OBJECTIVE, aim) for project in _project(spot))


def _programme(spot: _Spot, value: str) -> Iterator[Statement]:
    schemes = spot.marked.within(spot.first, spot.last, "scheme")
    if len({scheme.value for scheme in schemes}) == 1 and has_words(spot.text, value):
        scheme = Scheme(schemes[0].value)
        yield from (Statement(project, Slot.FUNDED_UNDER, scheme) for project in _project(spot))


def _count(slot: Slot) -> _Derivation:
    def derive(spot: _Spot, value: str) -> Iterator[Statement]:
        numbers = [m.value for m in spot.marked.within(spot.first, spot.last, "number")]
        if numbers == [value.strip()] and int(numbers[0]) in _COUNTS:
            number = int(numbers[0])
            yield from (Statement(project, slot, number) for project in _project(spot))

    return derive


def _country(spot: _Spot, value: str) -> Iterator[Statement]:
    countries = {m.value for m in spot.marked.within(spot.first, spot.last, "country")}
    if countries == {value.strip().upper()}:
        country = Country(*countries)
        yield from (Statement(p, Slot.INVOLVES_COUNTRY, country) for p in _project(spot))


def _term(spot: _Spot, value: str) -> Iterator[Statement]:
    mention = _date(spot, value)
    if mention is not None and mention.finish is not None and mention.dated:
        for project in _project(spot):
            yield from _dated(project, mention)


def _event_date(spot: _Spot, value: str) -> Iterator[Statement]:
    mention = _date(spot, value)
    groups = enumerate(spot.survey.events)
    given = [n for n, g in groups if any((r.passage, r.sentence) == spot.at for r in g.readings)]
    if mention is not None and len(given) == 1:
        event = event_id(given[0])
        yield Statement(event, Slot.STATED_DATE, Edtf(mention.edtf()))
        yield from (Statement(event, slot, day) for slot, day in days_of(mention))


def _date(spot: _Spot, value: str) -> DateMention | None:
    """Return the date that the words give, if it is the only one and the one claimed."""
    found = spot.marked.dates_within(spot.first, spot.last)
    return found[0] if len(found) == 1 and found[0].edtf() == value.strip() else None


def _dated(project: Id, mention: DateMention) -> Iterator[Statement]:
    days = tuple(days_of(mention))
    if days:
        yield from (Statement(project, slot, day) for slot, day in days)
    else:
        yield Statement(project, Slot.STATED_DATE, Edtf(mention.edtf()))


def _role(name: str) -> _Derivation:
    def derive(spot: _Spot, value: str) -> Iterator[Statement]:
        numbers = spot.survey.in_sentence.get(spot.at, ())
        named = [(number, spot.survey.named[number]) for number in numbers]
        inside = {
            spot.survey.organisation_id(number)
            for number, o in named
            if spot.first <= o.first and o.last <= spot.last and has_words(o.name, value)
        }
        if len(inside) == 1:
            for project in _project(spot):
                part = Participation(inside.pop(), project)
                yield Statement(part, Slot.ROLE, Concept("role", name))

    return derive


CLAIMABLE: Mapping[str, _Derivation] = {
    "acronym": _acronym,
    "title": _title,
    "objective": _objective,
    "programme": _programme,
    "partner-count": _count(Slot.PARTNER_COUNT),
    "country-count": _count(Slot.COUNTRY_COUNT),
    "country": _country,
    "term": _term,
    "lead-partner": _role("lead-partner"),
    "partner": _role("partner"),
    "event-date": _event_date,
}
"""What can be claimed, and how its value is read again from the words."""
