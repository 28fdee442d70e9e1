"""Answers kept by edition and question."""

from __future__ import annotations

import threading
import time

import pytest

from eugraph.errors import MalformedQueryError, QueryError, QueryLimitError
from eugraph.server.answers import Answers, Kept, keep


def test_the_same_question_is_asked_once() -> None:
    answers, asked = Answers(100), []

    def ask(_: float) -> Kept:
        asked.append(1)
        return Kept(b"x", "text/csv")

    found = [keep(answers, "a", 1, ask) for _ in range(3)]
    assert found == [Kept(b"x", "text/csv")] * 3
    assert len(asked) == 1


def test_equal_questions_at_once_wait_for_one_answer() -> None:
    answers, asked, going = Answers(100), [], threading.Event()

    def ask(_: float) -> Kept:
        asked.append(1)
        going.wait(5)
        return Kept(b"x", "text/csv")

    found: list[Kept | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(keep(answers, "a", 5, ask))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    going.set()
    for thread in threads:
        thread.join()
    assert found == [Kept(b"x", "text/csv")] * 8
    assert len(asked) == 1


def test_a_failure_is_not_kept_and_lets_the_others_go() -> None:
    answers = Answers(100)

    def fail(_: float) -> Kept:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep(answers, "a", 1, fail)
    assert keep(answers, "a", 1, lambda _: Kept(b"y", "t")) == Kept(b"y", "t")


def waiting(answers: Answers, number: int) -> bool:
    """Wait until `number` wait for an answer; tell whether they do."""
    until = time.monotonic() + 30
    while answers._waiting != number and time.monotonic() < until:  # noqa: SLF001
        time.sleep(0.01)
    return answers._waiting == number  # noqa: SLF001


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (MalformedQueryError("no query"), 1),
        (QueryLimitError("too long", "query_rows"), 1),
        (QueryLimitError("all are busy", "query_queue"), 4),
    ],
)
def test_what_is_the_fault_of_the_query_is_told_to_all_who_wait(
    error: QueryError, asked: int
) -> None:
    answers, going, count, errors = Answers(100), threading.Event(), [], []

    def ask(_: float) -> Kept | None:
        count.append(1)
        going.wait(30)
        raise error

    def run() -> None:
        try:
            keep(answers, "a", 30, ask)
        except QueryError as caught:
            errors.append(caught)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert waiting(answers, 3)
    going.set()
    for thread in threads:
        thread.join()
    assert errors == [error] * 4
    assert len(count) == asked


def test_who_waits_does_so_no_longer_than_a_query_may_take() -> None:
    answers, going = Answers(100), threading.Event()

    def ask(_: float) -> Kept | None:
        going.wait(30)
        return None

    first = threading.Thread(target=keep, args=[answers, "a", 30, ask])
    first.start()
    until = time.monotonic() + 30
    while answers.board("a") is None and time.monotonic() < until:
        answers.settle("a", None)
    with pytest.raises(QueryLimitError) as error:
        keep(answers, "a", 0.05, ask)
    assert error.value.limit == "query_seconds"
    going.set()
    first.join()


def test_too_many_do_not_wait_but_ask_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eugraph.server.answers._MOST_WAITING", 1)
    answers, going, asked = Answers(100), threading.Event(), []

    def ask(_: float) -> Kept:
        asked.append(1)
        going.wait(30)
        return Kept(b"x", "t")

    threads = [threading.Thread(target=keep, args=[answers, "a", 30, ask]) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert waiting(answers, 1)
    until = time.monotonic() + 30
    while len(asked) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    going.set()
    for thread in threads:
        thread.join()
    assert len(asked) == 2


def test_the_answer_used_longest_ago_makes_room() -> None:
    answers = Answers(3)
    for key in "ab":
        keep(answers, key, 1, lambda _: Kept(b"x", "t"))
    answers.find("a")
    keep(answers, "c", 1, lambda _: Kept(b"xx", "t"))
    assert answers.find("a") is not None
    assert answers.find("b") is None


def test_an_answer_larger_than_all_is_not_kept() -> None:
    answers = Answers(3)
    keep(answers, "a", 1, lambda _: Kept(b"long", "t"))
    assert answers.find("a") is None
