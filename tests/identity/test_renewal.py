"""Deciding again on what a changed release may have a part in gives what deciding on all gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.errors import DataError
from eugraph.facts.fact import Reading
from eugraph.identity.ledger import Ledger
from eugraph.identity.register import Register, read_register, write_register
from eugraph.identity.renewal import Standing, renew
from eugraph.identity.resolve import Keys, resolve, thing_kind

from .readings import reading

NAMES = ("a", "b", "c", "d")
SAID = st.builds(
    reading,
    st.just(""),
    st.sampled_from(["WIR", "WIRED", "GREENCOR"]),
    st.sampled_from([None, date(2017, 9, 1), date(2018, 3, 1)]),
    st.sampled_from([None, "Riga", "Liepaja"]),
    st.sampled_from([None, "2018-05-03/2018-05-05", "2018-05-04", "2018-06"]),
    noun=st.sampled_from(["meeting", "conference"]),
    title=st.sampled_from([None, "Green Corners", "Wired Regions"]),
)
STEP = st.dictionaries(st.sampled_from(NAMES), st.none() | SAID, min_size=1, max_size=2)


def named(release: str, said: Reading) -> Reading:
    """Return a reading as that of a release."""
    return Reading(release, said.things, said.facts)


def paths(keys: Keys, readings: Mapping[str, Reading]) -> dict[str, dict[str, str]]:
    """Return the paths of the things of each release, by their ids."""
    return {
        name: {
            thing.id.name: f"{thing_kind(thing)}/{keys.key(name, thing.id)}"
            for thing in said.things
        }
        for name, said in readings.items()
    }


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), SAID, min_size=1), st.lists(STEP, max_size=3))
def test_what_comes_of_a_change_is_what_comes_of_deciding_on_all(
    first: dict[str, Reading], steps: list[dict[str, Reading | None]]
) -> None:
    before = {name: named(name, said) for name, said in first.items()}
    keys = resolve(before.values(), Register())
    for step in steps:
        changed = {
            name: said and named(name, said)
            for name, said in step.items()
            if said is not None or name in before
        }
        now = {name: said for name, said in {**before, **changed}.items() if said is not None}
        written = write_register(keys.register)
        whole = resolve(now.values(), read_register(written))
        old = paths(keys, before)
        ledger = Ledger(written)
        standing = {name: told for name, told in old.items() if name not in changed}

        outcome = renew(ledger, changed, Standing(standing, before.__getitem__))

        if outcome is not None:
            assert ledger.written(outcome.entries, outcome.new) == write_register(whole.register)
            mine = {name: dict(told) for name, told in standing.items()}
            for (name, thing), path in outcome.paths.items():
                mine.setdefault(name, {})[thing.name] = path
            assert {name: told for name, told in mine.items() if told} == paths(whole, now)
            kept = [each for each in keys.identifications if each.path not in outcome.touched]
            told = sorted((*kept, *outcome.identifications), key=lambda i: (i.path, i.release_id))
            assert tuple(told) == whole.identifications
        before, keys = now, whole


def test_a_partner_elsewhere_is_decided_on_and_other_projects_are_not_looked_at() -> None:
    """So what a change costs does not grow with the number of releases."""
    start = date(2017, 9, 1)
    before = {
        name: reading(name, acronym, start, town)
        for name, acronym, town in (("a", "WIR", "Riga"), ("b", "GREENCOR", "Liepaja"))
    }
    keys = resolve(before.values(), Register())
    ledger = Ledger(write_register(keys.register))
    standing = Standing({"b": paths(keys, before)["b"]}, before.__getitem__)

    outcome = renew(ledger, {"a": reading("a", "WIR", start, "Ventspils")}, standing)

    assert outcome is not None
    assert {path.partition("/")[0] for path in outcome.touched} == {"place", "org", "project"}
    assert not any("liepaja" in path or "greencor" in path for path in outcome.touched)
    assert {release for release, _ in outcome.paths} == {"a"}
    assert "place/lv-ventspils" in {entry.path for entry in outcome.new}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 0, "entries": [\n\n]}\n'])
def test_what_is_no_register_is_told(text: str) -> None:
    with pytest.raises(DataError):
        Ledger(text)
