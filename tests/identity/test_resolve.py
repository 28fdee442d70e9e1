"""Things of several releases meet in one key when, and only when, more than a name says so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Value,
)
from eugraph.identity.resolve import resolve

P, E, ORG, L = Id("project-1"), Id("event-1"), Id("organisation-1"), Id("place-1")


def said(subject: Subject, slot: Slot, value: Value) -> Fact:
    return Fact(Statement(subject, slot, value), evidence=())


def reading(
    release: str,
    acronym: str = "WIR",
    start: date | None = None,
    town: str | None = None,
    day: str | None = None,
) -> Reading:
    """Return a reading about one project, perhaps with a municipality and a meeting."""
    things: list[Project | Place | Organisation | Event] = [Project(P)]
    facts = [said(P, Slot.ACRONYM, acronym)]
    if start:
        facts.append(said(P, Slot.START, start))
    if town:
        things.append(Place(L, (Text(town, "en"),), "LV"))
        things.append(Organisation(ORG, (Text(f"{town} Council", "en"),), "municipality", L, "LV"))
        facts.append(said(Participation(ORG, P), Slot.ROLE, Concept("role", "partner")))
    if day:
        things.append(Event(E, "meeting", P, L if town else None))
        facts.append(said(E, Slot.STATED_DATE, Edtf(day)))
    return Reading(release, tuple(things), tuple(facts))


def project_keys(*readings: Reading) -> list[str]:
    keys = resolve(readings)
    return [keys.key(each.release_id, P) for each in readings]


def event_keys(*readings: Reading) -> list[str]:
    keys = resolve(readings)
    return [keys.key(each.release_id, E) for each in readings]


def test_the_same_acronym_and_start_is_one_project() -> None:
    day = date(2017, 10, 16)

    assert project_keys(reading("a", start=day), reading("b", start=day)) == ["wir-2017"] * 2


def test_the_same_acronym_alone_is_two_projects() -> None:
    assert project_keys(reading("a"), reading("b")) == ["wir", "wir-2"]


def test_another_start_year_is_another_project_even_with_the_same_partner() -> None:
    one = reading("a", start=date(2017, 1, 1), town="Riga")
    other = reading("b", start=date(2021, 1, 1), town="Riga")

    assert project_keys(one, other) == ["wir-2017", "wir-2021"]


def test_a_release_without_the_term_joins_by_a_shared_partner() -> None:
    one = reading("a", start=date(2017, 1, 1), town="Riga")

    assert project_keys(one, reading("b", town="Riga")) == ["wir-2017", "wir-2017"]


def test_the_order_of_releases_does_not_matter() -> None:
    one, other = reading("a", start=date(2017, 1, 1)), reading("b")

    assert project_keys(one, other) == list(reversed(project_keys(other, one)))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2018-04-17/2018-04-20", "2018-04-17/2018-04-20", True),
        ("2018-04-17", "2018-04", True),  # planned for a month, held on a day of it
        ("2018-04-17", "2018-05-17", False),
    ],
)
def test_reports_of_one_event_meet_if_their_dates_can_be_the_same(
    first: str, second: str, same: bool
) -> None:
    start = date(2017, 1, 1)
    one = reading("a", start=start, town="Riga", day=first)
    other = reading("b", start=start, town="Riga", day=second)

    expected = ["wir-2017/riga-meeting", f"wir-2017/riga-meeting{'' if same else '-2'}"]
    assert event_keys(one, other) == expected


def test_parts_of_an_event_are_named_by_their_type() -> None:
    whole = reading("a", start=date(2017, 1, 1), town="Riga", day="2018-04")
    parts = tuple(Event(Id(f"event-1/part-{n}"), "discussion", P, part_of=E) for n in (1, 2))
    types = tuple(
        said(part.id, Slot.EVENT_TYPE, Concept("event-type", "discussion")) for part in parts
    )
    keys = resolve([Reading("a", whole.things + parts, whole.facts + types)])

    found = [keys.key("a", part.id) for part in parts]
    assert found == ["wir-2017/riga-meeting/discussion", "wir-2017/riga-meeting/discussion-2"]


@given(st.lists(st.sampled_from(["WIR", "Wir", "EUCIDIN", "wir-2"]), min_size=1, max_size=8))
def test_every_project_has_one_key_and_unlike_projects_never_share_one(acronyms: list[str]) -> None:
    readings = [reading(f"r{n}", acronym) for n, acronym in enumerate(acronyms)]

    found = project_keys(*readings)

    assert len(set(found)) == len(readings)
