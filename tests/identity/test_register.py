"""A key that was given stays: with its thing, whatever releases come, change and go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.errors import DataError
from eugraph.facts.fact import Attribution, Id, Reading
from eugraph.identity.decisions import Decision
from eugraph.identity.register import Register, read_register, write_register
from eugraph.identity.resolve import Keys, resolve

from .readings import E, L, P, reading

START = date(2017, 10, 16)
BY = Attribution("A. Clerk", date(2026, 1, 5), "the towns' office says so")


def builds(*editions: Iterable[Reading]) -> list[Keys]:
    """Resolve one edition after the other, each with the register of the one before."""
    register, keys = Register(), []
    for readings in editions:
        keys.append(resolve(readings, register))
        register = read_register(write_register(keys[-1].register))
    return keys


def replaced(keys: Keys) -> Mapping[str, str]:
    return keys.register.replaced


def test_a_project_seen_first_without_its_start_keeps_its_key() -> None:
    early, late = reading("b", town="Riga"), reading("a", start=START, town="Riga")

    one, both = builds([early], [early, late])

    assert one.key("b", P) == "wir"
    assert both.key("a", P) == both.key("b", P) == "wir"


def test_a_release_that_tells_more_now_keeps_the_key_of_its_project() -> None:
    _, corrected = builds([reading("a")], [reading("a", start=START)])

    assert corrected.key("a", P) == "wir"


def test_a_project_whose_only_release_vanished_keeps_its_key_and_is_known_when_it_comes_back() -> (
    None
):
    gone, other = reading("a", town="Riga"), reading("b", town="Liepaja")

    _, without, again = builds([gone], [other], [other, gone])

    assert without.key("b", P) == "wir-2"
    assert (again.key("a", P), again.key("b", P)) == ("wir", "wir-2")


def test_a_project_is_known_in_another_release_after_the_first_has_vanished() -> None:
    _, later = builds([reading("a", start=START)], [reading("z", start=START, acronym="Wir")])

    assert later.key("z", P) == "wir-2017"


def test_releases_that_a_third_joined_stay_joined_when_it_goes() -> None:
    one, two = reading("a", town="Riga"), reading("b", start=START)
    bridge = reading("c", start=START, town="Riga")

    apart, joined, after = builds([one, two], [one, two, bridge], [one, two])

    assert apart.key("a", P) != apart.key("b", P)
    assert {joined.key(each, P) for each in "abc"} == {"wir-2017"}
    assert replaced(joined)["project/wir"] == "project/wir-2017"
    assert {after.key(each, P) for each in "ab"} == {"wir-2017"}


def test_releases_that_a_third_joined_stay_joined_when_it_tells_otherwise_now() -> None:
    one, two = reading("a", town="Riga"), reading("b", start=START)
    bridge, changed = reading("c", start=START, town="Riga"), reading("c", start=START)

    *_, after = builds([one, two], [one, two, bridge], [one, two, changed])

    assert {after.key(each, P) for each in "abc"} == {"wir-2017"}


def test_a_release_that_now_contradicts_the_others_of_its_project_leaves_it_the_key() -> None:
    one, two = reading("a", start=START), reading("b", start=START)

    _, parted = builds([one, two], [reading("a", start=date(2021, 1, 1)), two])

    assert parted.key("b", P) == "wir-2017"
    assert parted.key("a", P) == "wir-2021"


def test_what_an_earlier_edition_joined_is_not_taken_apart_by_a_release_that_fits_better() -> None:
    """By all three at once the undated release would go with the first of its name."""
    undated, late = reading("b", town="Riga"), reading("c", start=date(2021, 1, 1), town="Riga")
    early = reading("a", start=START, town="Riga")

    (_, after), (at_once,) = (
        builds([undated, late], [undated, late, early]),
        builds([undated, late, early]),
    )

    assert after.key("b", P) == after.key("c", P)
    assert after.key("a", P) == "wir-2017"
    assert at_once.key("b", P) == at_once.key("a", P)


def test_events_keep_their_keys_when_their_project_turns_out_to_be_another() -> None:
    one, two = reading("a", town="Riga", day="2018-05-04"), reading("b", start=START)
    bridge = reading("c", start=START, town="Riga")

    before, after = builds([one, two], [one, two, bridge])

    assert before.key("a", P) == "wir"
    assert after.key("a", P) == "wir-2017"
    assert before.key("a", E) == after.key("a", E) == "wir/riga-meeting"


def test_the_part_of_an_organisation_in_a_replaced_project_is_replaced_with_it() -> None:
    one, two = reading("a", start=START), reading("b", town="Riga")
    bridge = reading("c", start=START, town="Riga")

    _, after = builds([one, two], [one, two, bridge])

    assert replaced(after) == {
        "project/wir": "project/wir-2017",
        "participation/wir/lv-riga-municipality": "participation/wir-2017/lv-riga-municipality",
    }


def decide(one: str, other: str, *, same: bool) -> Decision:
    return Decision((one, P), (other, P), same, BY)


def test_what_a_person_joins_goes_by_the_older_key_until_the_person_takes_it_back() -> None:
    readings = [reading("a"), reading("b")]
    apart = resolve(readings)

    joined = resolve(readings, apart.register, [decide("b", "a", same=True)])
    undone = resolve(readings, joined.register)

    assert (joined.key("a", P), joined.key("b", P)) == ("wir", "wir")
    assert replaced(joined) == {"project/wir-2": "project/wir"}
    assert undone.of == apart.of
    assert replaced(undone) == {}


def test_an_event_keeps_its_key_when_a_person_joins_its_project_with_another_and_takes_it_back() -> (
    None
):
    readings = [reading("a"), reading("b", town="Riga", day="2018-05-04")]
    register, found = Register(), []
    for decisions in ([], [decide("a", "b", same=True)], []):
        keys = resolve(readings, register, decisions)
        register = keys.register
        found.append((keys.key("b", P), keys.key("b", E)))

    assert found == [(key, "wir-2/riga-meeting") for key in ("wir-2", "wir", "wir-2")]


def test_what_a_person_joins_may_contradict_the_rules() -> None:
    readings = [reading("a", start=START), reading("b", start=date(2021, 1, 1))]

    joined = resolve(readings, decisions=[decide("a", "b", same=True)])

    assert joined.key("a", P) == joined.key("b", P) == "wir-2017"


def test_what_a_person_parts_leaves_the_key_to_the_one_that_had_it_first() -> None:
    readings = [reading("a", start=START), reading("b", start=START)]
    joined = resolve([readings[1]])
    joined = resolve(readings, joined.register)

    parted = resolve(readings, joined.register, [decide("a", "b", same=False)])

    assert (parted.key("b", P), parted.key("a", P)) == ("wir-2017", "wir-2017-2")


def test_what_a_person_parts_gets_back_the_key_it_had_of_its_own() -> None:
    one, two = reading("a", town="Riga"), reading("b", start=START)
    bridge = reading("c", start=START, town="Riga")
    _, joined = builds([one, two], [one, two, bridge])

    parted = resolve([one, two, bridge], joined.register, [decide("a", "b", same=False)])

    assert parted.key("a", P) == "wir"
    assert parted.key("b", P) == "wir-2017"


def test_why_releases_speak_of_one_thing_is_told() -> None:
    keys = resolve([reading("a", start=START, town="Riga"), reading("b", start=START, town="Riga")])

    told = {(each.path, each.release_id, each.rule, each.witness) for each in keys.identifications}
    assert told == {
        ("org/lv-riga-municipality", "b", "same-place-and-kind", "a"),
        ("place/lv-riga", "b", "same-name-and-country", "a"),
        ("project/wir-2017", "b", "same-name-and-start", "a"),
    }


def test_a_person_who_joined_two_things_is_named() -> None:
    joined = resolve([reading("a"), reading("b")], decisions=[decide("b", "a", same=True)])

    (told,) = joined.identifications
    assert (told.rule, told.witness, told.by) == ("said-by-a-person", "a", BY)


def test_a_join_by_a_release_that_is_gone_is_told_as_one_of_an_earlier_edition() -> None:
    one, two = reading("a", town="Riga"), reading("b", start=START)
    *_, after = builds([one, two], [one, two, reading("c", start=START, town="Riga")], [one, two])

    (told,) = after.identifications
    assert (told.release_id, told.rule, told.witness) == ("b", "earlier-edition", None)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 2, "entries": []}', '{"format": 1, "entries": [{"kind": "org"}]}',
     '{"format": 1, "entries": [{"kind": "org", "path": 3}]}',
     '{"format": 1, "entries": [{"kind": "org", "path": "org/a"}, {"kind": "org", "path": "org/a"}]}'],
)  # fmt: skip
def test_a_damaged_register_is_an_error(text: str) -> None:
    with pytest.raises(DataError, match=r"register\.json"):
        read_register(text)


# Any history of releases that are added, changed and removed.

TOWNS = [None, "Riga", "Liepaja"]
STARTS = [None, START, date(2021, 1, 1)]
DAYS = [None, "2018-04", "2018-04-17/2018-04-20", "2018-05-17", "XXXX-04-17"]


@st.composite
def readings_of(draw: st.DrawFn, starts: list[date | None]) -> list[Reading]:
    releases = draw(st.sets(st.sampled_from("abcde"), max_size=5))
    return [
        reading(
            release,
            draw(st.sampled_from(["WIR", "BRIDGE"])),
            draw(st.sampled_from(starts)),
            draw(st.sampled_from(TOWNS)),
            draw(st.sampled_from(DAYS)),
            noun=draw(st.sampled_from(["meeting", "conference"])),
        )
        for release in sorted(releases)
    ]


def unchanged(before: Iterable[Reading], after: Iterable[Reading]) -> set[tuple[str, Id]]:
    both = {each.release_id: each for each in before}
    return {
        (each.release_id, thing.id)
        for each in after
        if both.get(each.release_id) == each
        for thing in each.things
    }


@given(st.lists(readings_of(STARTS), min_size=2, max_size=5))
def test_a_key_once_given_stays_or_is_replaced_by_an_older_one(
    history: list[list[Reading]],
) -> None:
    keys = builds(*history)

    steps = zip(history, history[1:], keys, keys[1:], strict=False)
    for before, after, old, new in steps:
        order = [entry.path for entry in new.register.entries]
        for thing in unchanged(before, after):
            kind = {P: "project", E: "event", L: "place"}.get(thing[1], "org")
            was, now = f"{kind}/{old.of[thing]}", f"{kind}/{new.of[thing]}"
            assert now in {was, new.register.replaced.get(was)}
            assert order.index(now) <= order.index(was)


@given(st.lists(readings_of(STARTS), min_size=1, max_size=5))
def test_no_key_is_ever_that_of_two_things(history: list[list[Reading]]) -> None:
    """Projects of two acronyms are two, ever; those of two years are two in one edition."""
    acronyms: dict[str, set[str]] = {}
    for readings, keys in zip(history, builds(*history), strict=True):
        years: dict[str, set[int]] = {}
        for each in readings:
            key = keys.key(each.release_id, P)
            for fact in each.facts:
                if fact.statement.slot == "acronym":
                    acronyms.setdefault(key, set()).add(str(fact.statement.value))
                if isinstance(fact.statement.value, date):
                    years.setdefault(key, set()).add(fact.statement.value.year)
        assert all(len(found) == 1 for found in years.values())
    assert all(len(found) == 1 for found in acronyms.values())


@given(st.lists(readings_of(STARTS), min_size=1, max_size=4))
def test_a_second_build_of_the_same_releases_changes_nothing(history: list[list[Reading]]) -> None:
    *_, last, again = builds(*history, history[-1])

    assert again == last


@given(readings_of([None, START]), st.permutations("abcde"))
def test_step_by_step_the_same_things_are_one_as_at_once(
    readings: list[Reading], order: list[str]
) -> None:
    """With one start and no contradiction, the order shows in the keys only."""
    named = {each.release_id: each for each in readings}
    steps = [[named[each] for each in order[: n + 1] if each in named] for n in range(len(order))]

    at_once, by_steps = resolve(readings), builds(*steps)[-1]

    projects = [(each.release_id, P) for each in readings]
    pairs = [(one, other) for one in projects for other in projects]
    for one, other in pairs:
        assert (at_once.of[one] == at_once.of[other]) == (by_steps.of[one] == by_steps.of[other])


@given(st.lists(readings_of(STARTS), min_size=1, max_size=3))
def test_the_register_is_the_same_after_it_was_written_and_read(
    history: list[list[Reading]],
) -> None:
    register = Register()
    for readings in history:
        register = resolve(readings, register).register

    assert read_register(write_register(register)) == register
