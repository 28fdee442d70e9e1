"""Queries in processes that may be killed."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from eugraph.errors import (
    MalformedQueryError,
    QueryError,
    QueryLimitError,
    RefusedQueryError,
    SiteError,
)
from eugraph.workers import Limits, Pool, Question, started
from eugraph.workers.endings import Endings

from .conftest import ROWS, publish_rows

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def ask(
    pool: Pool,
    query: str,
    *,
    seconds: float = 30,
    gone: Callable[[], bool] = lambda: False,
    edition: int = 1,
) -> str:
    """Return the whole answer as CSV or Turtle, on one line."""
    question = Question(edition, query, "text/csv", "text/turtle")
    reply = pool.ask(question, seconds=seconds, gone=gone)
    return " ".join(b"".join(reply).decode().split())


def children(process: int) -> set[int]:
    """Return the ids of the processes that `process` has started, and theirs."""
    path = Path(f"/proc/{process}/task/{process}/children")
    try:
        direct = {int(pid) for pid in path.read_text().split()}
    except FileNotFoundError:
        return set()
    return direct.union(*(children(pid) for pid in direct)) if direct else set()


def settled(site: Path, workers: int) -> set[int]:
    """Return the ids of the `workers` that serve `site`, once none is being replaced.

    The kernel may leave a child out of its list while another one ends, and a
    worker that an earlier question killed is replaced a moment later: only a
    list of the right length that stays the same is one to count from.
    """
    last: set[int] = set()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        time.sleep(0.2)
        now = {pid for pid in children(os.getpid()) if serves(pid, site)}
        if len(now) == workers and now == last:
            return now
        last = now
    pytest.fail(f"There are not {workers} workers, but {len(last)}.")


def serves(pid: int, site: Path) -> bool:
    """Tell whether a process is a worker for `site`: it has its supervisor's command, no child."""
    with suppress(OSError):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return str(site).encode() in command and not children(pid)
    return False


def test_an_answer_comes_whole_whatever_its_length(pool: Pool) -> None:
    assert ask(pool, COUNT) == f"n {ROWS}"
    assert len(ask(pool, "SELECT * { ?s ?p ?o }").split()) == ROWS + 1
    assert len(ask(pool, "SELECT * { ?s ?p ?o . ?t ?p ?q } LIMIT 100000").split()) == 100_001


def test_a_worker_that_had_nothing_to_do_has_all_its_time_for_a_long_answer(site: Path) -> None:
    with started(site, Limits(seconds=2, workers=1)) as pool:
        assert ask(pool, COUNT) == f"n {ROWS}"
        time.sleep(3.3)  # longer than it may take for one
        reply = pool.ask(Question(1, "SELECT * { ?s ?p ?o }", "text/csv", None), seconds=5)
        blocks = iter(reply)
        first = next(blocks)
        time.sleep(0.2)
        assert len((first + b"".join(blocks)).split()) == ROWS + 1


def test_a_single_long_text_comes_in_pieces(pool: Pool) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(20))
    query = f'SELECT ?a20 {{ BIND("aaaaaaaaaa" AS ?a0) {doubled} }}'
    for media_type in ("text/csv", "application/sparql-results+json"):
        reply = pool.ask(Question(1, query, media_type, None), seconds=5)
        sizes = [len(block) for block in reply]
        assert sum(sizes) > 10 << 20
        assert max(sizes) <= 1 << 19


def test_errors_come_through_as_they_were_raised(pool: Pool) -> None:
    with pytest.raises(MalformedQueryError) as caught:
        ask(pool, "SELECT * {\n ?s ?p ")
    assert caught.value.line == 2
    with pytest.raises(RefusedQueryError):
        ask(pool, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    with pytest.raises(QueryLimitError) as limit:
        ask(pool, "ASK " + "{" * 5000 + "}" * 5000)
    assert limit.value.limit == "query_depth"


def test_a_damaged_store_is_told_as_one_and_not_as_the_querys_fault(tmp_path: Path) -> None:
    edition = publish_rows(tmp_path, 10)
    for file in (edition.folder / "store").glob("*.sst"):
        file.write_bytes(b"")
    with started(tmp_path, Limits(seconds=20, workers=1)) as pool:
        for _ in range(2):
            with pytest.raises(SiteError, match="no readable store"):
                ask(pool, COUNT, seconds=20)
        assert not pool.kills


def test_a_query_ends_at_its_deadline_and_the_next_is_answered(pool: Pool) -> None:
    for query in (ENDLESS, ENDLESS_ROWS):
        begin = time.monotonic()
        with pytest.raises(QueryLimitError) as caught:
            ask(pool, query, seconds=0.5)
        assert caught.value.limit == "query_seconds"
        assert 0.5 <= time.monotonic() - begin < 3
        assert ask(pool, COUNT) == f"n {ROWS}"


def ended_by(number: int, pool: Pool, site: Path) -> tuple[str, str]:
    """Return what is told of a query whose worker gets a signal, and for what it is counted."""
    before = Counter(pool.kills)
    (process,) = settled(site, 1)
    sender = threading.Timer(1, os.kill, (process, number))
    sender.start()
    with pytest.raises(QueryError) as caught:
        ask(pool, ENDLESS)
    sender.join()
    (reason,) = (Counter(pool.kills) - before).elements()
    assert ask(pool, COUNT) == f"n {ROWS}"
    return f"{type(caught.value).__name__}: {caught.value}", reason


def test_a_worker_that_crashes_is_told_from_one_that_wanted_memory_or_time(
    tmp_path: Path,
) -> None:
    site = tmp_path
    publish_rows(site, ROWS)
    with started(site, Limits(seconds=60, workers=1)) as pool:
        told, reason = ended_by(signal.SIGSEGV, pool, site)
        assert (told[:12], reason) == ("EngineError:", "crashed")
        assert "SIGSEGV" in told
        told, reason = ended_by(signal.SIGABRT, pool, site)  # it had little memory
        assert (told[:12], reason) == ("EngineError:", "crashed")
        told, reason = ended_by(signal.SIGKILL, pool, site)  # as the system does that runs short
        assert (told[:28], reason) == ("QueryLimitError: The query o", "query_memory")
        told, reason = ended_by(signal.SIGALRM, pool, site)  # its own timer
        assert (told[:28], reason) == ("QueryLimitError: The query t", "query_seconds")


def test_a_query_that_wants_too_much_memory_ends_alone(pool: Pool) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(32))
    with pytest.raises(QueryLimitError) as caught:
        ask(pool, f'SELECT (STRLEN(?a32) AS ?n) {{ BIND("aaaaaaaaaaaaaaaa" AS ?a0) {doubled} }}')
    assert caught.value.limit == "query_memory"
    assert ask(pool, COUNT) == f"n {ROWS}"


def test_the_work_stops_when_the_client_has_left(pool: Pool) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryLimitError):
        ask(pool, ENDLESS, gone=lambda: True)
    assert time.monotonic() - begin < 2
    assert ask(pool, COUNT) == f"n {ROWS}"


def test_an_answer_that_is_not_read_to_its_end_ends_its_worker(pool: Pool, site: Path) -> None:
    workers = settled(site, pool.limits.workers)
    reply = pool.ask(Question(1, ENDLESS_ROWS, "text/csv", None), seconds=5)
    blocks = iter(reply)
    assert next(blocks)
    reply.close()
    assert ask(pool, COUNT) == f"n {ROWS}"
    assert workers - settled(site, pool.limits.workers), "The worker goes on for nobody."


def test_a_worker_killed_from_outside_is_an_error_and_is_replaced(pool: Pool, site: Path) -> None:
    reply = pool.ask(Question(1, ENDLESS_ROWS, "text/csv", None), seconds=5)
    for pid in settled(site, pool.limits.workers):
        os.kill(pid, signal.SIGKILL)
    with closing(reply), pytest.raises(QueryLimitError):
        list(reply)
    assert ask(pool, COUNT) == f"n {ROWS}"


def test_a_full_queue_refuses_at_once(pool: Pool) -> None:
    limits: list[str] = []

    def endless() -> None:
        try:
            ask(pool, ENDLESS, seconds=1)
        except QueryLimitError as error:
            limits.append(error.limit)

    threads = [threading.Thread(target=endless) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(limits) == {"query_seconds", "query_queue"}
    assert ask(pool, COUNT) == f"n {ROWS}"


def test_a_short_query_is_answered_while_long_ones_run(site: Path) -> None:
    with started(site, Limits(seconds=4, workers=2, queue_seconds=6)) as pool:
        assert ask(pool, COUNT) == f"n {ROWS}"
        ends: list[float] = []

        def endless() -> None:
            with pytest.raises(QueryLimitError):
                ask(pool, ENDLESS)
            ends.append(time.monotonic())

        threads = [threading.Thread(target=endless) for _ in range(2)]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        assert ask(pool, COUNT) == f"n {ROWS}"
        assert not ends
        for thread in threads:
            thread.join()


def test_a_long_answer_comes_whole_even_if_the_last_worker_began_it(site: Path) -> None:
    with started(site, Limits(seconds=3, workers=2, queue_seconds=6)) as pool:
        assert ask(pool, COUNT) == f"n {ROWS}"
        first = pool.ask(Question(1, ENDLESS_ROWS, "text/csv", None), seconds=2)
        threading.Timer(0.5, first.close).start()
        assert len(ask(pool, "SELECT * { ?s ?p ?o }").split()) == ROWS + 1


def test_the_offer_is_told_where_no_media_type_fits(pool: Pool) -> None:
    reply = pool.ask(Question(1, "SELECT * { ?s ?p ?o }", None, "text/turtle"), seconds=5)
    assert reply.media_type is None
    assert "text/csv" in reply.offered
    assert list(reply) == []


def test_a_worker_follows_a_new_edition(tmp_path: Path) -> None:
    publish_rows(tmp_path, 1)
    with started(tmp_path, Limits(workers=1, seconds=5)) as pool:
        assert ask(pool, COUNT) == "n 1"
        publish_rows(tmp_path, 2)
        assert ask(pool, COUNT, edition=2) == "n 2"
        assert ask(pool, COUNT, edition=1) == "n 1"
        with pytest.raises(SiteError):
            ask(pool, COUNT, edition=3)


def test_no_process_outlives_the_pool(tmp_path: Path) -> None:
    publish_rows(tmp_path, ROWS)
    before = children(os.getpid())
    with started(tmp_path, Limits(seconds=5)) as pool:
        assert ask(pool, COUNT) == f"n {ROWS}"
        serving = settled(tmp_path, pool.limits.workers)
        begun = children(os.getpid()) - before
        assert len(begun - serving) == 1
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in begun):
            return
        time.sleep(0.05)
    pytest.fail("Processes are left over.")


def test_a_supervisor_that_was_killed_is_started_again(site: Path) -> None:
    before = children(os.getpid())
    with started(site, Limits(seconds=5, queue_seconds=20)) as pool:
        assert ask(pool, COUNT) == f"n {ROWS}"
        killed = children(os.getpid()) - before
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() for pid in killed):
            time.sleep(0.02)
        assert ask(pool, COUNT) == f"n {ROWS}"


def test_a_pool_that_is_gone_is_told_as_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(tmp_path / "workers"))
    listener.close()
    monkeypatch.setattr("eugraph.workers.pool._START_SECONDS", 0.1)
    with pytest.raises(QueryLimitError) as caught:
        ask(Pool(tmp_path / "workers", Limits(queue_seconds=0), Endings()), COUNT)
    assert caught.value.limit == "query_queue"


def test_time_that_runs_out_while_a_line_is_opened_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Pool(tmp_path / "workers", Limits(), Endings())
    times = itertools.chain([0.0], itertools.repeat(9.0))
    clock = SimpleNamespace(monotonic=lambda: next(times), sleep=time.sleep)
    monkeypatch.setattr("eugraph.workers.pool.time", clock)
    with pytest.raises(QueryLimitError) as caught:
        pool._open_line(5.0)  # noqa: SLF001  # busy machines get there
    assert caught.value.limit == "query_queue"
