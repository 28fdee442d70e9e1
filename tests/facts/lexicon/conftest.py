"""A reading told in plain values, so that a test can say in TOML what a text must yield."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from eugraph.facts.fact import (
    Concept,
    Country,
    Edtf,
    Fact,
    Id,
    Organisation,
    Participation,
    Reading,
    Scheme,
    Slot,
    Status,
    Text,
    Value,
)
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release

ACCEPTED = frozenset({Status.STATED, Status.INFERRED})


@pytest.fixture
def told(tmp_path: Path) -> Callable[[str], dict[str, object]]:
    """Return what reads a text and tells what it says, in plain values."""

    def read(text: str) -> dict[str, object]:
        path = tmp_path / "release.txt"
        path.write_text(text, "utf-8")
        return summary(read_facts(read_release(path)))

    return read


def summary(reading: Reading) -> dict[str, object]:
    """Return what `reading` says of its projects and events; what it does not say is left out."""
    facts = [fact for fact in reading.facts if fact.status in ACCEPTED]
    told: dict[str, object] = {
        "acronym": _values(facts, Slot.ACRONYM),
        "title": _values(facts, Slot.TITLE),
        "funded": _values(facts, Slot.FUNDED_UNDER),
        "countries": sorted(_values(facts, Slot.INVOLVES_COUNTRY)),
        "partner-count": _values(facts, Slot.PARTNER_COUNT),
        "country-count": _values(facts, Slot.COUNTRY_COUNT),
        "term": _term(facts),
        "lead": _with_role(reading, facts, "lead-partner"),
        "partners": _with_role(reading, facts, "partner"),
        "objective": _values(facts, Slot.OBJECTIVE),
        "events": list(_events(facts)),
    }
    return {name: value for name, value in told.items() if value}


def _values(facts: list[Fact], slot: Slot, subject: object = None) -> list[str]:
    found = (
        _plain(fact.statement.value)
        for fact in facts
        if fact.statement.slot is slot and subject in {None, fact.statement.subject}
    )
    return list(dict.fromkeys(found))


def _plain(value: Value) -> str:
    match value:
        case Text(text=text) | Edtf(text=text):
            return text
        case Country(code=code):
            return code
        case Scheme(key=key):
            return key
        case Concept(name=name) | Id(name=name):
            return name
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _term(facts: list[Fact]) -> list[str]:
    slots = (Slot.START, Slot.END, Slot.STATED_DATE)
    return [
        _plain(fact.statement.value)
        for fact in facts
        if fact.statement.slot in slots
        and isinstance(fact.statement.subject, Id)
        and fact.statement.subject.name.startswith("project")
    ]


def _with_role(reading: Reading, facts: list[Fact], role: str) -> list[str]:
    named = {thing.id: thing for thing in reading.things if isinstance(thing, Organisation)}
    subjects = (
        fact.statement.subject.organisation
        for fact in facts
        if fact.statement.value == Concept("role", role)
        and isinstance(fact.statement.subject, Participation)
    )
    found = (named[id_] for id_ in dict.fromkeys(subjects))
    return [f"{o.names[0].text} ({o.country})" if o.country else o.names[0].text for o in found]


def _events(facts: list[Fact]) -> Iterator[str]:
    """Yield each main event in a line: ordinal, types, days or date as stated, where, status."""
    about = dict.fromkeys(
        fact.statement.value for fact in facts if fact.statement.slot is Slot.ABOUT_EVENT
    )
    for event in about:
        slots = (Slot.ORDINAL, Slot.EVENT_TYPE, Slot.START, Slot.END)
        told = [value for slot in slots for value in _values(facts, slot, event)[:2]]
        if not _values(facts, Slot.START, event):
            told += _values(facts, Slot.STATED_DATE, event)
        told += [f"[{quote}]" for quote in _quotes(facts, Slot.PLACE, event)]
        told += [v.removeprefix("reported-") for v in _values(facts, Slot.EVENT_STATUS, event)]
        yield " ".join(told)


def _quotes(facts: list[Fact], slot: Slot, subject: Value) -> list[str]:
    """Return the words that state a slot of a subject: what is published may come from GeoNames."""
    return [
        fact.evidence[0].quote
        for fact in facts
        if fact.statement.slot is slot and fact.statement.subject == subject and fact.evidence
    ][:1]
