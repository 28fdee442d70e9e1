"""Hostile and innocent requests at the same time: who means no harm notices nothing.

Bounded to about a minute; `bench/hostile.py` runs a thousand.
"""

from __future__ import annotations

import http.client
import json
import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from eugraph.dumps import write_dumps
from eugraph.editions import GRAPH_BASE, Manifest, fill, new_draft, publish
from eugraph.workers import Limits

from .hostile import hostile
from .test_serving import Conforms, Server, request, sparql, start, workers

SECONDS = 2.0
"""What a query may take there: `query_seconds` of the server that `start` runs."""

MARGIN = 12.0
"""How late an answer may be on a machine that is busy with other tests besides."""

CLIENTS = 8
MEMORY = 1536 << 20
TRIPLES = 2000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server on a site of 2,000 triples."""
    site = tmp_path_factory.mktemp("hostile")
    lines = sorted(
        f'<https://example.org/{i}> <https://example.org/p> "{i}" .\n' for i in range(TRIPLES)
    )
    graphs = {GRAPH_BASE + "one": "".join(lines)}
    with new_draft(site) as draft:
        fill(draft, graphs, {})
        write_dumps(draft.dumps, graphs)
        publish(draft, Conforms(), Manifest(draft.number, "2026-01-01T00:00:00+00:00", "eugraph 0"))
    yield from start(site)


@dataclass
class Canary:
    """An address that nothing may connect to."""

    url: str
    visits: int = 0


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    """Listen on a port of this machine and count who comes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        canary = Canary(f"http://127.0.0.1:{listener.getsockname()[1]}/sparql")

        def watch() -> None:
            while True:
                try:
                    listener.accept()[0].close()
                except OSError:
                    return
                canary.visits += 1

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        yield canary
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


@dataclass
class Seen:
    """What the clients saw."""

    wrong: list[str] = field(default_factory=list)
    latest: float = 0.0
    memory: int = 0


def ask(server: Server, query: str) -> tuple[int, bytes]:
    """Return status and body; a body that breaks off raises."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", sparql(query)) if len(query) < 30_000 else connection.request(
            "POST", "/sparql", query, {"Content-Type": "application/sparql-query"}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def innocent(server: Server, number: int, seen: Seen) -> None:
    """Ask what has one right answer, and again whenever all workers are busy."""
    query = f'SELECT ?s {{ ?s <https://example.org/p> "{number}" }}'
    while True:
        status, body = ask(server, query)
        if status != 503:
            break
        time.sleep(0.1)
    right = {"s": {"type": "uri", "value": f"https://example.org/{number}"}}
    if status != 200 or json.loads(body)["results"]["bindings"] != [right]:
        seen.wrong.append(f"{number}: {status} {body[:200]!r}")


def attack(server: Server, name: str, query: str, seen: Seen) -> None:
    """Ask what is refused, stopped, broken off, or answered at once."""
    begin = time.monotonic()
    try:
        status, _ = ask(server, query)
    except http.client.HTTPException:
        status = 0  # it broke off, which tells the client that it is not complete
    took = time.monotonic() - begin
    seen.latest = max(seen.latest, took)
    if status >= 500 and status not in {503, 504}:
        seen.wrong.append(f"{name}: {status}")


def leave(server: Server, query: str) -> None:
    """Ask, and hang up hard before the answer."""
    with server.connect() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(request("/sparql?query=" + quote(query)))
        time.sleep(0.05)


def resident(server: Server) -> int:
    """Return the bytes that the server and its processes have for themselves."""
    total = 0
    for pid in {server.process.pid, *workers(server)}:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue
        total += sum(
            int(line.split()[1]) << 10
            for line in status.splitlines()
            if line.startswith(("RssAnon:", "RssShmem:"))
        )
    return total


def test_who_means_no_harm_is_answered_right_whatever_others_ask(
    server: Server, canary: Canary
) -> None:
    seen, stop = Seen(), threading.Event()
    attacks = hostile(canary.url)
    endless = attacks["count of a cross product"]
    works = [
        *[lambda n=n: innocent(server, n, seen) for n in range(120)],
        *[lambda name=name: attack(server, name, attacks[name], seen) for name in attacks],
        *[lambda: leave(server, endless) for _ in range(10)],
    ]
    random.Random(7).shuffle(works)  # noqa: S311  # the same order each time

    def watch() -> None:
        while not stop.wait(0.1):
            seen.memory = max(seen.memory, resident(server))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(CLIENTS) as clients:
        slow = server.connect()
        slow.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nq")
        for done in [clients.submit(work) for work in works]:
            done.result()
        slow.close()
    stop.set()
    watcher.join()

    assert seen.wrong == []
    # A query may wait for a worker, then take its seconds twice: in the place for quick ones first.
    assert seen.latest < 10 + SECONDS + 1 + MARGIN
    assert seen.memory < MEMORY
    assert canary.visits == 0


@pytest.mark.parametrize("name", hostile("http://127.0.0.1:9/"))
def test_an_attack_alone_is_answered_by_its_deadline(server: Server, name: str) -> None:
    seen = Seen()
    attack(server, name, hostile("http://127.0.0.1:9/")[name], seen)
    assert seen.latest < SECONDS + MARGIN
    assert seen.wrong == []


def test_no_process_is_left_over(server: Server) -> None:
    """What is killed is replaced, and nothing besides the supervisor and its workers is there."""
    for _ in range(300):
        running = workers(server)
        if len(running) == 1 + Limits().workers and ask(server, "ASK {}")[0] == 200:
            return
        time.sleep(0.1)
    pytest.fail(f"{len(running)} processes")
