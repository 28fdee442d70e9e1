"""Answers kept by edition and question."""

from __future__ import annotations

import threading

import pytest

from eugraph.server.answers import Answers, Kept, keep


def test_the_same_question_is_asked_once() -> None:
    answers, asked = Answers(100), []

    def ask() -> Kept:
        asked.append(1)
        return Kept(b"x", "text/csv")

    found = [keep(answers, "a", 1, ask) for _ in range(3)]
    assert found == [Kept(b"x", "text/csv")] * 3
    assert len(asked) == 1


def test_equal_questions_at_once_wait_for_one_answer() -> None:
    answers, asked, going = Answers(100), [], threading.Event()

    def ask() -> Kept:
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

    def fail() -> Kept:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep(answers, "a", 1, fail)
    assert keep(answers, "a", 1, lambda: Kept(b"y", "t")) == Kept(b"y", "t")


def test_the_answer_used_longest_ago_makes_room() -> None:
    answers = Answers(3)
    for key in "ab":
        keep(answers, key, 1, lambda: Kept(b"x", "t"))
    answers.get("a", 1)
    keep(answers, "c", 1, lambda: Kept(b"xx", "t"))
    assert answers.get("a", 1) is not None
    assert answers.get("b", 0) is None


def test_an_answer_larger_than_all_is_not_kept() -> None:
    answers = Answers(3)
    keep(answers, "a", 1, lambda: Kept(b"long", "t"))
    assert answers.get("a", 0) is None
