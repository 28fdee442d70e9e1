"""What workers cost the others."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from eugraph.errors import QueryLimitError
from eugraph.workers import Limits, Pool, Question, started
from eugraph.workers import line as line_module
from eugraph.workers.burden import Burden, be_nice, come_forward, niceness, worked

from .conftest import publish_rows

MIB = 1 << 20


@contextmanager
def holding(size: int) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds `size` MiB."""
    code = f"held = b'x' * ({size} << 20); print('ready', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_the_heaviest_is_killed_when_all_hold_too_much() -> None:
    burden = Burden(300 * MIB)
    with ExitStack() as open_:
        light, heavy, other = [open_.enter_context(holding(size)) for size in (60, 150, 120)]
        burden.weigh(light.pid)
        burden.weigh(heavy.pid)
        assert heavy.poll() is None
        burden.weigh(other.pid)
        heavy.wait(30)
        assert burden.forget(heavy.pid)
        assert not burden.forget(light.pid)
        assert light.poll() is None
        assert other.poll() is None


def test_what_is_forgotten_does_not_count() -> None:
    burden = Burden(100 * MIB)
    with holding(70) as one, holding(70) as other:
        burden.weigh(one.pid)
        burden.forget(one.pid)
        burden.weigh(other.pid)
        assert one.poll() is None
        assert other.poll() is None


def test_a_worker_stands_back_the_more_it_has_done() -> None:
    assert [niceness(work) for work in (0, 0.2, 0.3, 0.6, 100)] == [0, 0, 5, 10, 19]
    with holding(1) as process:
        be_nice(process.pid, 12)
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(ours + 12, 19)
    be_nice(process.pid, 12)  # it has ended, which is no error


def test_a_worker_comes_forward_again_after_a_short_question_if_it_may() -> None:
    def niceness_of(process: int) -> int:
        return os.getpriority(os.PRIO_PROCESS, process)

    with holding(1) as process:
        be_nice(process.pid, 5)
        stood_back = niceness_of(process.pid)
        came = come_forward(process.pid, 5)
        expected = niceness_of(0) if came else stood_back
        assert niceness_of(process.pid) == expected
        assert came or os.geteuid()  # root may
        be_nice(process.pid, 19)
        assert not come_forward(process.pid, 19)
    assert not come_forward(process.pid, 5)


def test_work_is_the_time_that_a_process_had_a_processor() -> None:
    before = worked(os.getpid())
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass
    assert worked(os.getpid()) - before >= 0.09
    with holding(1) as process:
        pass
    assert worked(process.pid) == 0


@pytest.fixture
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    site = tmp_path_factory.mktemp("site")
    publish_rows(site, 2000)
    # What one query may hold is so much more that the bound on all of them is met first.
    limits = Limits(seconds=30, workers=1, memory=2048 * MIB, shared_memory=150 * MIB)
    with started(site, limits) as pool:
        yield pool


def test_a_query_that_holds_more_than_all_may_is_told_so_and_the_next_is_answered(
    pool: Pool,
) -> None:
    rows = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    with pytest.raises(QueryLimitError, match="All queries together") as error:
        pool.ask(Question(1, rows, "text/csv", None), seconds=30)
    assert error.value.limit == "query_memory"
    assert pool.kills == {"query_memory": 1}
    assert pool.ask(Question(1, "ASK {}", "text/csv", None), seconds=30).whole == b"true"


def test_a_worker_that_may_not_come_forward_is_replaced_by_a_fresh_one(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_module, "come_forward", lambda *_: False)
    monkeypatch.setattr(line_module, "niceness", lambda _: 6)

    def asked(query: str) -> bytes | None:
        return pool.ask(Question(1, query, "text/csv", None), seconds=30).whole

    values = " ".join(map(str, range(1500)))
    long = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }}"
    assert asked("ASK {}") == b"true"
    (line,) = pool._idle  # noqa: SLF001
    assert asked(long) == b"n\r\n2250000\r\n"
    assert line not in pool._idle  # noqa: SLF001
    assert asked("ASK {}") == b"true"
    assert pool.kills == {}
