"""Things of several releases meet in one key when, and only when, more than a name says so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.facts.fact import (
    Attribution,
    Concept,
    Country,
    Edtf,
    Event,
    Id,
    Organisation,
    Place,
    Project,
    Reading,
    Slot,
    Text,
)
from eugraph.identity.decisions import Decision
from eugraph.identity.resolve import resolve

from .readings import ORG, E, L, P, reading, said


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
        ("2018-04-30/2018-05-02", "2018-05", True),  # a day of the month is enough
        ("XXXX-04-17", "2018-04-17", True),  # the year is not told: day and month decide
        ("XXXX-04-17", "2018-04-18", False),
        ("2018-04", "2018-04-17/2018-04-20", True),
        ("../2018-03", "2018-04-17", False),
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


def test_a_planned_meeting_and_a_conference_held_at_that_place_and_time_are_one_event() -> None:
    start = date(2017, 1, 1)
    plan = reading("a", start=start, town="Riga", day="2019-03", noun="event")
    report = reading("b", start=start, town="Riga", day="2019-03-12/2019-03-14", noun="conference")

    assert event_keys(plan, report) == ["wir-2017/riga-event"] * 2


def test_one_release_never_tells_of_one_event_as_two() -> None:
    told = reading("a", start=date(2017, 1, 1), town="Riga", day="2018-04-17")
    second = Event(Id("event-2"), "conference", P, L)
    day = said(second.id, Slot.STATED_DATE, Edtf("2018-04-17"))

    keys = resolve([Reading("a", (*told.things, second), (*told.facts, day))])

    assert keys.key("a", E) == "wir-2017/riga-meeting"
    assert keys.key("a", second.id) == "wir-2017/riga-conference"


def test_a_plan_that_two_meetings_fit_is_one_with_the_first() -> None:
    """One of them has to be the planned one, and a release never tells of one event as two."""
    start = date(2017, 1, 1)
    plan = reading("c", start=start, town="Riga", day="2019-03")
    first = reading("a", start=start, town="Riga", day="2019-03-12")
    second = reading("b", start=start, town="Riga", day="2019-03-26")

    keys = event_keys(first, second, plan)
    assert keys == ["wir-2017/riga-meeting", "wir-2017/riga-meeting-2", "wir-2017/riga-meeting"]


def test_meetings_without_a_place_are_one_by_noun_and_first_day_only() -> None:
    start = date(2017, 1, 1)
    one = reading("a", start=start, day="2018-04-17")
    same_day = reading("b", start=start, day="2018-04-17/2018-04-20")
    same_month = reading("c", start=start, day="2018-04")

    keys = event_keys(one, same_day, same_month)
    assert keys == ["wir-2017/meeting", "wir-2017/meeting", "wir-2017/meeting-2"]


def test_a_release_without_acronym_joins_by_title_and_start() -> None:
    start = date(2017, 1, 1)
    one = reading("a", start=start, title="Building Bridges")
    other = reading("b", acronym="Building Bridges", start=start)

    assert project_keys(one, other) == ["wir-2017"] * 2


@pytest.mark.parametrize(("acronym", "other", "same"), [
    ("MIDIX", "SIZOX", False),
    ("EUCIDIN", "EUCIDN", True),  # a slip
    ("W.I.R.", "WIR", True),
    ("GREEN2", "GREEN3", False),  # a series
    ("TIDE", "RIDE", False),  # too short for a slip
])  # fmt: skip
def test_one_title_and_start_are_two_projects_if_the_acronyms_differ(
    acronym: str, other: str, *, same: bool
) -> None:
    start, title = date(2018, 2, 1), "Moving Stories for Islands"
    one = reading("a", acronym=acronym, start=start, title=title)
    two = reading("b", acronym=other, start=start, title=title)

    keys = project_keys(one, two)

    assert (keys[0] == keys[1]) is same


def test_a_person_may_join_projects_whose_acronyms_differ() -> None:
    start, title = date(2018, 2, 1), "Moving Stories for Islands"
    one = reading("a", acronym="MIDIX", start=start, title=title)
    two = reading("b", acronym="SIZOX", start=start, title=title)
    person = Attribution("A. Editor", date(2020, 1, 1), "The project was renamed")

    keys = resolve([one, two], decisions=[Decision(("a", P), ("b", P), same=True, by=person)])

    assert keys.key("a", P) == keys.key("b", P) == "midix-2018"
    assert [each.by for each in keys.identifications if each.path.startswith("project/")] == [
        person
    ]


def test_acronym_and_title_together_are_enough() -> None:
    one, other = reading("a", title="Building Bridges"), reading("b", title="Building bridges")

    assert project_keys(one, other) == ["wir"] * 2


def named(
    release: str, thing: Place | Organisation, *others: Place, acronym: str = "WIR"
) -> Reading:
    facts = (said(P, Slot.ACRONYM, acronym), said(P, Slot.INVOLVES_COUNTRY, Country("LV")))
    return Reading(release, (Project(P), *others, thing), facts)


def place(name: str, country: str | None = None, known: str | None = None) -> Place:
    return Place(L, (Text(name, "en"),), country, known)


def body(name: str, kind: str | None = None, country: str | None = "LV", at: Id | None = None) -> Organisation:  # fmt: skip
    return Organisation(ORG, (Text(name, "en"),), kind, at, country)


RIGA, LIEPAJA = place("Riga", "LV"), place("Liepāja", "LV")
PLACES = {
    "one name in one country": (named("a", RIGA), named("b", RIGA), True),
    "one name in two countries": (
        named("a", place("Valga", "EE")), named("b", place("Valga", "LV")), False),
    "one name, no country, two projects": (
        named("a", place("Springfield")), named("b", place("Springfield"), acronym="TIDE"), False),
    "one name, no country, one project": (
        named("a", place("Springfield")), named("b", place("Springfield")), True),
    "one in the gazetteer under two names": (
        named("a", place("Dinaburga", "LV", "lv-daugavpils")),
        named("b", place("Daugavpils", "LV", "lv-daugavpils")), True),
    "two in the gazetteer under one name": (
        named("a", place("Neustadt", "DE", "de-neustadt-1")),
        named("b", place("Neustadt", "DE", "de-neustadt-2")), False),
}  # fmt: skip
BODIES = {
    "a council under two names": (
        named("a", body("Riga City Council", "municipality", at=L), RIGA),
        named("b", body("Riga Municipality", "municipality", at=L), RIGA), True),
    "two universities of a town": (
        named("a", body("Riga Technical University", "university", at=L), RIGA),
        named("b", body("Riga Business School", "university", at=L), RIGA), False),
    "councils of two towns under one name": (
        named("a", body("City Council", "municipality", at=L), RIGA),
        named("b", body("City Council", "municipality", at=L), LIEPAJA), False),
    "one name in one country": (named("a", body("Foundation X")), named("b", body("Foundation X")), True),
    "one name, no country, two projects": (
        named("a", body("Foundation X", country=None)),
        named("b", body("Foundation X", country=None), acronym="TIDE"), False),
    "one name in two countries": (
        named("a", body("Red Cross", country="LV")), named("b", body("Red Cross", country="EE")), False),
}  # fmt: skip


@pytest.mark.parametrize(("thing", "table", "case"), [
    *((L, PLACES, case) for case in PLACES), *((ORG, BODIES, case) for case in BODIES)])  # fmt: skip
def test_places_and_organisations_are_one_when_more_than_a_name_says_so(
    thing: Id, table: dict[str, tuple[Reading, Reading, bool]], case: str
) -> None:
    one, other, same = table[case]

    keys = resolve([one, other])

    assert (keys.key("a", thing) == keys.key("b", thing)) is same


def test_an_alias_makes_one_organisation_of_two_names() -> None:
    one, other = named("a", body("Foundation X")), named("b", body("The X Fund"))
    alias = said(ORG, Slot.ALIAS, Text("Foundation X", "en"))
    told = Reading("b", other.things, (*other.facts, alias))

    assert resolve([one, other]).key("b", ORG) == "lv-the-x-fund"
    assert resolve([one, told]).key("b", ORG) == "lv-foundation-x"


@given(st.lists(st.sampled_from(["WIR", "Wir", "EUCIDIN", "wir-2"]), min_size=1, max_size=8))
def test_every_project_has_one_key_and_unlike_projects_never_share_one(acronyms: list[str]) -> None:
    readings = [reading(f"r{n}", acronym) for n, acronym in enumerate(acronyms)]

    found = project_keys(*readings)

    assert len(set(found)) == len(readings)
