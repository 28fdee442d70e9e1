"""A thousand requests by eight clients, every tenth hostile, against a server of its own.

    python bench/mixed.py --site SITE [--requests 1000] [--seconds 2]

Prints how many innocent answers were wrong or late, how long after its
deadline a hostile query was answered, the most memory that the whole service
had, and what was left over. The attacks are those of the tests.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import runpy
import socket
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ATTACKS = Path(__file__).parents[1] / "tests" / "protocol" / "hostile.py"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CLIENTS = 8


@dataclass
class Seen:
    """What the clients saw: times in seconds, by kind of request."""

    innocent: list[float] = field(default_factory=list)
    hostile: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    memory: int = 0


def main() -> None:
    """Run the requests and print what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--site", type=Path, required=True)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=2.0, help="what a query may take")
    options = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as canary, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        canary.settimeout(0.1)
        environment = os.environ | {"EUGRAPH_QUERY_SECONDS": str(options.seconds)}
        command = [sys.executable, "-m", "eugraph", "serve", "--port", str(port)]
        command += ["--site", str(options.site)]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
            wait_for(port)
            seen = run(port, server.pid, canary.getsockname()[1], options)
            processes = family(server.pid)
            server.terminate()
        report(seen, options.seconds, visits(canary), left_over(processes))


def run(port: int, server: int, canary: int, options: argparse.Namespace) -> Seen:
    """Send the requests and return what was seen."""
    attacks = runpy.run_path(str(ATTACKS))["hostile"](f"http://127.0.0.1:{canary}/sparql")
    seen, order, stop = Seen(), random.Random(7), threading.Event()  # noqa: S311
    probes = innocent_queries(port)
    works = [
        (seen.hostile, order.choice(list(attacks.values())), b"")
        if number % 10 == 0
        else (seen.innocent, *order.choice(probes))
        for number in range(options.requests)
    ]

    def watch() -> None:
        while not stop.wait(0.1):
            seen.memory = max(seen.memory, sum(map(resident, family(server))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(send, port, seen, *work) for work in works]:
            done.result()
    stop.set()
    watcher.join()
    return seen


def innocent_queries(port: int) -> list[tuple[str, bytes]]:
    """Return look-ups with the answer that each had while nobody else asked."""
    queries = [
        f"SELECT * {{ ?s ?p ?o }} ORDER BY ?s ?p ?o OFFSET {number} LIMIT 5" for number in (0, 50)
    ] + [f"SELECT ({number} + 1 AS ?n) {{}}" for number in range(20)]
    return [(query, ask(port, query)[1]) for query in queries]


def send(port: int, seen: Seen, times: list[float], query: str, right: bytes) -> None:
    """Ask `query`; an innocent one again while all workers are busy."""
    while True:
        begin = time.monotonic()
        try:
            status, body = ask(port, f"# {random.random()}\n{query}")  # noqa: S311
        except http.client.HTTPException:
            status, body = 0, b""
        times.append(time.monotonic() - begin)
        seen.statuses[status] = seen.statuses.get(status, 0) + 1
        if not right or status != http.HTTPStatus.SERVICE_UNAVAILABLE:
            break
        time.sleep(0.2)
    if right and body != right:
        seen.wrong.append(f"{status} {query}")


def ask(port: int, query: str) -> tuple[int, bytes]:
    """Return status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("POST", "/sparql", urlencode({"query": query}), FORM)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    while True:
        try:
            if ask(port, "ASK {}")[0] == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        time.sleep(0.2)


def family(process: int) -> list[int]:
    """Return the ids of `process` and all below it."""
    try:
        tasks = Path(f"/proc/{process}/task").glob("*/children")
        children = [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        return [process]
    return [process, *(pid for child in children for pid in family(child))]


def resident(process: int) -> int:
    """Return the bytes that `process` has for itself."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("RssAnon:"))


def visits(canary: socket.socket) -> int:
    """Return how many connected to `canary`."""
    count = 0
    while True:
        try:
            canary.accept()[0].close()
        except TimeoutError:
            return count
        count += 1


def left_over(processes: list[int]) -> list[int]:
    """Return those of `processes` that are still there after a moment."""
    for _ in range(50):
        there = [process for process in processes if Path(f"/proc/{process}").exists()]
        if not there:
            break
        time.sleep(0.1)
    return there


def report(seen: Seen, seconds: float, visited: int, processes: list[int]) -> None:
    """Print what was seen."""
    print(json.dumps({"statuses": dict(sorted(seen.statuses.items()))}))
    for name, times in (("innocent", seen.innocent), ("hostile", seen.hostile)):
        print(
            f"{name:9} {len(times):5} answers, median {statistics.median(times) * 1e3:.0f} ms, "
            f"longest {max(times):.2f} s (a query may take {seconds:g})"
        )
    print(f"innocent answers that were wrong: {len(seen.wrong)} {seen.wrong[:3]}")
    print(f"connections to the canary: {visited}; processes left over: {len(processes)}")
    print(f"most memory of the whole service: {seen.memory / (1 << 20):.0f} MiB")


if __name__ == "__main__":
    main()
