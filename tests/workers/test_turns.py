"""Whose turn it is."""

from __future__ import annotations

import threading
import time

import pytest

from eugraph.errors import QueryLimitError
from eugraph.workers.limits import Limits
from eugraph.workers.turns import Turns


def take(turns: Turns, *, quick: bool = True, seconds: float = 30, left: bool = False) -> bool:
    """Take a place, within `seconds`; return whether it is one for quick questions."""
    return turns.take(quick=quick, until=time.monotonic() + seconds, gone=lambda: left)


def waits(turns: Turns, number: int) -> bool:
    """Wait until `number` wait for a place; tell whether they do."""
    until = time.monotonic() + 30
    while turns.waiting != number and time.monotonic() < until:
        time.sleep(0.01)
    return turns.waiting == number


def test_a_third_of_the_places_is_for_quick_questions() -> None:
    turns = Turns(Limits(workers=6))
    assert [take(turns) for _ in range(6)] == [False] * 4 + [True] * 2
    assert turns.running == 6


@pytest.mark.parametrize(("workers", "quick"), [(1, 0), (2, 1), (3, 1), (9, 3)])
def test_there_is_a_place_for_each_worker(workers: int, quick: int) -> None:
    turns = Turns(Limits(workers=workers))
    assert sum(take(turns) for _ in range(workers)) == quick
    with pytest.raises(QueryLimitError):
        take(turns, seconds=0)


def test_who_needs_long_waits_for_a_place_for_long_questions() -> None:
    turns = Turns(Limits(workers=2))
    assert not take(turns)
    with pytest.raises(QueryLimitError) as error:
        take(turns, quick=False, seconds=0.05)
    assert error.value.limit == "query_queue"
    assert take(turns)


def test_who_came_first_goes_first_and_a_quick_one_passes_those_that_need_long() -> None:
    turns, order = Turns(Limits(workers=2)), list[str]()

    def come(name: str, *, quick: bool) -> threading.Thread:
        def wait() -> None:
            took_quick = take(turns, quick=quick)
            order.append(name)
            if not took_quick:
                turns.give_back(quick=False)

        thread = threading.Thread(target=wait)
        thread.start()
        return thread

    assert [take(turns), take(turns)] == [False, True]
    threads = []
    for number, (name, quick) in enumerate((("a", False), ("b", True), ("c", False)), start=1):
        threads.append(come(name, quick=quick))
        assert waits(turns, number)
    turns.give_back(quick=True)
    threads[1].join()
    assert order == ["b"]
    turns.give_back(quick=False)
    for thread in threads:
        thread.join()
    assert order == ["b", "a", "c"]


def test_a_quick_one_takes_no_place_that_one_before_it_waits_for() -> None:
    for _ in range(50):
        turns = Turns(Limits(workers=2))
        assert [take(turns), take(turns)] == [False, True]
        got: dict[str, bool] = {}

        def come(name: str, *, quick: bool, turns: Turns, got: dict[str, bool]) -> None:
            got[name] = take(turns, quick=quick)

        threads = []
        for number, name in enumerate(("long", "quick"), start=1):
            named = {"quick": name == "quick", "turns": turns, "got": got}
            threads.append(threading.Thread(target=come, args=[name], kwargs=named))
            threads[-1].start()
            assert waits(turns, number)
        turns.give_back(quick=True)
        turns.give_back(quick=False)
        for thread in threads:
            thread.join()
        assert got == {"long": False, "quick": True}


def test_one_more_than_may_wait_is_sent_away_at_once() -> None:
    turns = Turns(Limits(workers=1, queue=1))
    take(turns)
    waiting = threading.Thread(target=take, args=[turns])
    waiting.start()
    assert waits(turns, 1)
    with pytest.raises(QueryLimitError):
        take(turns)
    turns.give_back(quick=False)
    waiting.join()


def test_those_who_need_long_do_not_crowd_out_the_quick() -> None:
    turns = Turns(Limits(workers=2, queue=1))
    assert [take(turns), take(turns)] == [False, True]
    long = threading.Thread(target=take, args=[turns], kwargs={"quick": False})
    long.start()
    assert waits(turns, 1)
    with pytest.raises(QueryLimitError):
        take(turns, quick=False)
    quick = threading.Thread(target=take, args=[turns])
    quick.start()
    assert waits(turns, 2)
    turns.give_back(quick=True)
    turns.give_back(quick=False)
    for thread in (long, quick):
        thread.join()


def test_who_has_left_waits_no_longer() -> None:
    turns = Turns(Limits(workers=1))
    take(turns)
    with pytest.raises(QueryLimitError):
        take(turns, left=True)
    assert turns.waiting == 0
