"""Facts stated of events and their parts: type, ordinal, dates, place, status, who took part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from eugraph.facts.events.groups import EventGroup
from eugraph.facts.events.parts import HeldEvents, PartReading
from eugraph.facts.events.readings import EventReading
from eugraph.facts.events.towns import NamedPlace
from eugraph.facts.fact import (
    Concept,
    Edtf,
    Event,
    Evidence,
    Fact,
    Id,
    Participation,
    ReleaseSubject,
    Slot,
    Text,
)
from eugraph.facts.language.dates import DateMention, Point
from eugraph.facts.mentions.document import evidence
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.named import NamedOrganisation
from eugraph.facts.projects.aims import AIM_CUES, find_aims
from eugraph.facts.statements.projects import project_id, stated
from eugraph.facts.statements.survey import Survey

_OF_THE = 2
"""How many words join a representative to what he represents: “of the X”."""


@lru_cache(maxsize=1_000)
def event_id(number: int) -> Id:
    """Return the id of the main event with this number in the survey."""
    return Id(f"event-{number + 1}")


def part_id(part: PartReading) -> Id:
    """Return the id of a part: the same in every language version that tells it."""
    turn = f"-{part.turn + 1}" if part.turn else ""
    return Id(f"event-{part.event + 1}-{part.type}{turn}")


def event_things(survey: Survey) -> tuple[Event, ...]:
    """Return the main events and their parts as things."""
    events = [_event(survey, number, group) for number, group in enumerate(survey.events)]
    parts: dict[Id, Event] = {}
    for number, part in enumerate(survey.parts):
        id_ = part_id(part)
        place = _place_id(survey, survey.part_places.get(number))
        known = parts.get(id_)
        place = (known.place if known else None) or place
        parts[id_] = Event(id_, part.type, place=place, part_of=event_id(part.event))
    return (*events, *parts.values())


def _event(survey: Survey, number: int, group: EventGroup) -> Event:
    project = group.lead.project
    places = [r.place for r in group.ordered if r.place]
    place = min(places, key=lambda p: p.of_host, default=None)
    project_of = project_id(project) if project is not None else None
    return Event(event_id(number), group.lead.noun.value, project_of, _place_id(survey, place))


def _place_id(survey: Survey, place: NamedPlace | None) -> Id | None:
    return survey.entities.of_place.get(place.key) if place else None


def state_events(survey: Survey) -> Iterator[Fact]:
    """Yield what the release states of its main events."""
    for number, group in enumerate(survey.events):
        for reading in group.readings:
            marked = survey.document.passages[reading.passage]
            yield from _mentioned(survey, marked, event_id(number), reading, group)
            named = any(r.place and not r.place.of_host for r in group.readings)
            yield from _when_and_where(survey, marked, event_id(number), reading, named=named)
            yield from _status(marked, event_id(number), reading, group)
    held_events = HeldEvents.of(survey.events, survey.document.passages)
    for marked, sentence in survey.document.sentences():
        event = held_events.at(marked.passage.language, (marked.number, sentence.index))
        if event is not None:
            yield from _at_event(survey, marked, sentence, event)


def _mentioned(
    survey: Survey, marked: Marked, event: Id, reading: EventReading, group: EventGroup
) -> Iterator[Fact]:
    sentence = marked.sentences[reading.sentence]
    types = survey.document.knowledge.shared.event_types
    whole = evidence(marked, sentence.first, sentence.last, "event-noun-with-date-place-or-ordinal")
    yield stated(ReleaseSubject(), Slot.ABOUT_EVENT, event, whole)
    if reading.project is not None:
        where = _beside_project(marked, sentence, reading) or whole
        yield stated(event, Slot.EVENT_OF, project_id(reading.project), where)
    verb_only = reading.by_verb and not all(r.by_verb for r in group.readings)
    for word in () if verb_only else (reading.noun, *reading.verbs):
        where = evidence(marked, word.first, word.last, "event-noun-or-verb")
        for kind in types.get(word.value, ()):
            yield stated(event, Slot.EVENT_TYPE, Concept("event-type", kind), where)
    if reading.ordinal is not None and not reading.labelled:
        where = evidence(
            marked, reading.ordinal.first, reading.noun.last, "ordinal-before-event-noun"
        )
        yield stated(event, Slot.ORDINAL, int(reading.ordinal.value), where)


def _beside_project(marked: Marked, sentence: Sentence, reading: EventReading) -> Evidence | None:
    """Return the words from the noun for the event to that for the project, if they are close."""
    nouns = marked.within(sentence.first, sentence.last, "project")
    if not nouns:
        return None
    near = min(nouns, key=lambda noun: abs(noun.first - reading.noun.first))
    first, last = min(near.first, reading.noun.first), max(near.last, reading.noun.last)
    return evidence(marked, first, last, "event-beside-project")


def _when_and_where(
    survey: Survey, marked: Marked, event: Id, reading: EventReading, *, named: bool
) -> Iterator[Fact]:
    """Yield when and where an event is; its host's home only if no place is `named`."""
    if reading.date is not None:
        mention = reading.date
        where = evidence(marked, mention.first_word, mention.last_word, "date-of-event")
        yield stated(event, Slot.STATED_DATE, Edtf(mention.edtf()), where)
        for slot, day in days_of(mention):
            yield stated(event, slot, day, where)
    place = _place_id(survey, reading.place)
    if reading.place is not None and place is not None and not (named and reading.place.of_host):
        where = evidence(marked, reading.place.first, reading.place.last, "place-of-event")
        yield stated(event, Slot.PLACE, place, where)


def days_of(mention: DateMention) -> Iterator[tuple[Slot, date]]:
    """Yield the first and the last day of a date, where they are known to the day."""
    for slot, point in ((Slot.START, mention.begin), (Slot.END, mention.finish or mention.begin)):
        day = _day(point)
        if day is not None:
            yield slot, day


def _day(point: Point) -> date | None:
    return point.first() if point.day else None


def _status(marked: Marked, event: Id, reading: EventReading, group: EventGroup) -> Iterator[Fact]:
    name = "reported-planned" if group.planned else "reported-held"
    if reading.status is not None and reading.planned == group.planned:
        where = evidence(marked, reading.status.first, reading.status.last, "tense-of-event")
        yield stated(event, Slot.EVENT_STATUS, Concept("event-status", name), where)
    elif reading is group.lead and not any(r.status for r in group.readings):
        sentence = marked.sentences[reading.sentence]
        where = evidence(marked, sentence.first, sentence.last, "reported-without-future")
        yield stated(event, Slot.EVENT_STATUS, Concept("event-status", name), where)


_TOLD = (*AIM_CUES, "audience", "represented", "took-part")


def _at_event(survey: Survey, marked: Marked, sentence: Sentence, number: int) -> Iterator[Fact]:
    """Yield what a sentence that tells of an event says: who was there, what it concluded."""
    if sentence.kinds.isdisjoint(_TOLD):
        return
    event, aims = event_id(number), find_aims(marked, sentence)
    for cue in marked.within(sentence.first, sentence.last, "audience") if not aims else ():
        where = evidence(marked, cue.first, cue.last, "audience-by-name")
        yield stated(event, Slot.AUDIENCE, Concept("audience", cue.value), where)
    for aim in aims:
        slot = {"conclusion": Slot.CONCLUSION, "purpose": Slot.PURPOSE}.get(aim.kind)
        if slot is not None:
            where = evidence(marked, aim.begin, aim.last, f"words-of-{aim.kind}")
            text = Text(marked.text(aim.first, aim.last), marked.passage.language)
            yield stated(event, slot, text, where)
    for cue in marked.within(sentence.first, sentence.last, "represented", "took-part"):
        yield from _participants(survey, marked, sentence, cue, event)


def _participants(
    survey: Survey, marked: Marked, sentence: Sentence, cue: Mention, event: Id
) -> Iterator[Fact]:
    """Yield who took part: an organisation, or a place whose body is known, beside the cue."""
    beside = [
        (survey.organisation_id(number), survey.named[number].first, survey.named[number].last)
        for number in survey.in_sentence[marked.number, sentence.index]
    ]
    beside += list(_bodies_of_places(survey, marked, sentence))
    role = Concept("role", "participant")
    for organisation, first, last in beside:
        after, before = first - cue.last, cue.first - last
        if -1 < after <= 1 or -1 < before <= 1:
            where = evidence(
                marked, min(first, cue.first), max(last, cue.last), "name-beside-participation-cue"
            )
            yield stated(Participation(organisation, event), Slot.ROLE, role, where)


def _bodies_of_places(
    survey: Survey, marked: Marked, sentence: Sentence
) -> Iterator[tuple[Id, int, int]]:
    """Yield the municipalities that a place stands for, as in “Valka was represented”."""
    for place in marked.within(sentence.first, sentence.last, "place"):
        for organisation in survey.entities.organisations:
            owner = organisation.place
            known = next((p.known for p in survey.entities.places if p.id == owner), None)
            if known == place.value and organisation.kind == "municipality":
                yield organisation.id, place.first, place.last


def state_parts(survey: Survey) -> Iterator[Fact]:
    """Yield what the release states of the parts of its events."""
    for number, part in enumerate(survey.parts):
        marked = survey.document.passages[part.passage]
        id_ = part_id(part)
        where = evidence(marked, part.first, part.last, "clause-of-event-part")
        yield stated(id_, Slot.PART_OF, event_id(part.event), where)
        yield stated(id_, Slot.EVENT_TYPE, Concept("event-type", part.type), where)
        place = survey.part_places.get(number)
        if place is not None and (place_id := _place_id(survey, place)) is not None:
            at = evidence(marked, place.first, place.last, "place-of-event-part")
            yield stated(id_, Slot.PLACE, place_id, at)
        yield from _part_roles(survey, marked, part, id_)


def _part_roles(survey: Survey, marked: Marked, part: PartReading, id_: Id) -> Iterator[Fact]:
    sentence = marked.sentences[part.sentence]
    numbers = survey.in_sentence[part.passage, part.sentence]
    named = [(n, survey.named[n]) for n in numbers]
    representatives = marked.within(sentence.first, sentence.last, "representative")
    for number, organisation in named:
        if any(_joined(marked, organisation, cue) for cue in representatives):
            where = evidence(marked, part.first, part.last, "representative-of-organisation")
            role = Concept("role", "represented-organisation")
            yield stated(Participation(survey.organisation_id(number), id_), Slot.ROLE, role, where)
    if part.type == "experience-exchange":
        role = Concept("role", "experience-provider")
        subjects = [(survey.organisation_id(n), o.first, o.last) for n, o in named]
        subjects += list(_bodies_of_places(survey, marked, sentence))
        for provider, first, last in subjects:
            if last <= part.cue.first and first >= part.first:
                where = evidence(marked, first, part.cue.last, "subject-of-shared-experience")
                yield stated(Participation(provider, id_), Slot.ROLE, role, where)


def _joined(marked: Marked, organisation: NamedOrganisation, cue: Mention) -> bool:
    """Return whether a representative is the organisation's: “representative of X”."""
    if organisation.last == cue.first:
        return True
    between = marked.words[cue.last : organisation.first]
    return 0 < len(between) <= _OF_THE and all(
        word.folded in marked.lexicon.joining for word in between
    )
