"""Word of how a worker ended."""

from __future__ import annotations

import os
import signal
import threading

from eugraph.workers.endings import Ending, Endings, encode

MOST = 400 << 20


def test_a_status_of_wait_is_read() -> None:
    for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL):
        pid = os.fork()
        if not pid:
            signal.signal(number, signal.SIG_DFL) if number != signal.SIGKILL else None
            os.kill(os.getpid(), number)
            os._exit(0)
        _, status, _ = os.wait4(pid, 0)
        assert Ending.of(status, 0).number == number
        assert Ending.of(status, 0).name == number.name
    assert Ending.of(1 << 8, 0).name == ""
    assert Ending(40, 0).name == "signal 40"


def test_who_aborts_with_much_memory_wanted_more() -> None:
    assert Ending(signal.SIGABRT, MOST // 3).is_for_memory(MOST)
    assert not Ending(signal.SIGABRT, MOST // 10).is_for_memory(MOST)
    assert Ending(signal.SIGKILL, 0).is_for_memory(MOST)
    assert not Ending(signal.SIGSEGV, MOST).is_for_memory(MOST)
    assert not Ending(0, MOST).is_for_memory(MOST)


def test_word_is_waited_for_and_given_once() -> None:
    endings = Endings()
    assert endings.of(7, 0) is None
    lines = [encode(7, Ending(11, 5)), encode(8, Ending(6, MOST))]
    threading.Timer(0.2, endings.follow, (lines,)).start()
    assert endings.of(8, 30) == Ending(6, MOST)
    assert endings.of(7, 0) == Ending(11, 5)
    assert endings.of(7, 0) is None


def test_what_is_no_word_of_an_end_is_read_over() -> None:
    endings = Endings()
    endings.follow([b"a word of a library\n", encode(8, Ending(6, MOST))])
    assert endings.of(8, 0) == Ending(6, MOST)


def test_what_nobody_asks_for_falls_out() -> None:
    endings = Endings()
    endings.follow(encode(process, Ending(9, 0)) for process in range(5000))
    assert endings.of(10, 0) is None
    assert endings.of(4999, 0) == Ending(9, 0)
