"""While a release is read the collector looks seldom, and as often as before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from eugraph.facts.collection import seldom_collected
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release

RELEASES = Path(__file__).parents[2] / "data" / "releases"


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_the_collector_looks_seldom_until_the_block_is_left() -> None:
    with seldom_collected():
        assert gc.get_threshold()[0] > 10_000
        with seldom_collected():
            pass
        assert gc.get_threshold()[0] > 10_000, "the inner block leaves it as it found it"

    assert gc.get_threshold() == (700, 10, 10)


def test_an_error_leaves_it_as_it_was() -> None:
    with pytest.raises(LookupError), seldom_collected():
        raise LookupError

    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("before", [0, 1_000_000])
def test_what_looks_never_or_more_seldom_is_left_alone(before: int) -> None:
    gc.set_threshold(before)

    with seldom_collected():
        assert gc.get_threshold()[0] == before


def test_a_release_is_read_without_a_look_every_few_hundred_objects() -> None:
    release = read_release(min(RELEASES.glob("*.txt")))
    read_facts(release)
    looks: list[str] = []

    def look(phase: str, _: dict[str, int]) -> None:
        looks.append(phase)

    gc.callbacks.append(look)
    try:
        read_facts(release)
    finally:
        gc.callbacks.remove(look)

    assert looks.count("start") <= 3
