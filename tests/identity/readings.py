"""Readings about one project, perhaps with a municipality and a meeting, for tests of identity."""

from __future__ import annotations

from datetime import date

from eugraph.facts.fact import (
    Concept,
    Edtf,
    Event,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    Slot,
    Statement,
    Subject,
    Text,
    Thing,
    Value,
)

P, E, ORG, L = Id("project-1"), Id("event-1"), Id("organisation-1"), Id("place-1")


def said(subject: Subject, slot: Slot, value: Value) -> Fact:
    """Return a fact without the words it rests on."""
    return Fact(Statement(subject, slot, value), evidence=())


def reading(  # noqa: PLR0913  # what tells projects apart
    release: str,
    acronym: str = "WIR",
    start: date | None = None,
    town: str | None = None,
    day: str | None = None,
    *,
    noun: str = "meeting",
    title: str | None = None,
) -> Reading:
    """Return a reading about one project, perhaps with a municipality and an event."""
    things: list[Thing] = [Project(P)]
    facts = [said(P, Slot.ACRONYM, acronym)]
    if title:
        facts.append(said(P, Slot.TITLE, Text(title, "en")))
    if start:
        facts.append(said(P, Slot.START, start))
    if town:
        things.append(Place(L, (Text(town, "en"),), "LV"))
        things.append(Organisation(ORG, (Text(f"{town} Council", "en"),), "municipality", L, "LV"))
        facts.append(said(Participation(ORG, P), Slot.ROLE, Concept("role", "partner")))
    if day:
        things.append(Event(E, noun, P, L if town else None))
        facts.append(said(E, Slot.STATED_DATE, Edtf(day)))
    return Reading(release, tuple(things), tuple(facts))
