"""Switch editions while clients ask, and count requests that fail and answers that mix two.

    python bench/switching.py [--times 100] [--clients 4] [--json]

Two editions of a few invented releases are published, and a server is started.
Every address is asked once of each edition at rest. Then clients ask without
pause while the editions are switched to and fro; the next switch comes when
every client has had two answers more. An answer has to be that of the one
edition or of the other, to the byte.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from eugraph.editions import editions, switch
from eugraph.pipeline import build
from eugraph.store import BASE, Store

BENCH = Path(__file__).parent
RELEASES = 5
PATIENCE = 60.0
"""Seconds until what does not come is given up."""

LABELS = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
PROJECT = "SELECT ?p { ?p a <https://w3id.org/eugraph/ontology#Project> } ORDER BY ?p LIMIT 1"


def main() -> None:
    """Run the benchmark; the exit code is 1 if a request failed or an answer was mixed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = two_editions(Path(folder))
        with served(site) as port:
            figures = switched(site, port, options.times, options.clients)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.write("".join(f"{name:24} {value}\n" for name, value in figures.items()))
    sys.exit(bool(figures["failed"] or figures["mixed"]))


def two_editions(folder: Path) -> Path:
    """Return a site of two editions: in the second every release has another year in it."""
    texts, site = folder / "texts", folder / "site"
    command = [sys.executable, str(BENCH / "texts.py"), str(RELEASES), "--out", str(texts)]
    subprocess.run(command, check=True, capture_output=True)
    build([texts], site)
    for path in texts.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\b(\d) (partn\w+)", r"1\1 \2", text) + "\n", encoding="utf-8")
    build([texts], site)
    return site


@contextmanager
def served(site: Path) -> Iterator[int]:
    """Serve a site in a process of its own; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "eugraph", "serve", "--site", str(site), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: answer(port, "/readyz")[0] == http.HTTPStatus.OK)
            yield port
        finally:
            process.terminate()


@dataclass
class Load:
    """What clients ask, what they may be answered, and what they were."""

    port: int
    allowed: Mapping[str, set[bytes]]
    over: threading.Event = field(default_factory=threading.Event)
    answers: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)

    def ask(self, client: int) -> None:
        """Ask one address after another, from another one on for each client."""
        paths = itertools.cycle(self.allowed)
        for path in itertools.islice(paths, client, None):
            if self.over.is_set():
                return
            status, body = answer(self.port, path)
            if status != http.HTTPStatus.OK:
                self.failed.append(f"{path}: {status} {body[:200]!r}")
            elif body not in self.allowed[path]:
                self.mixed.append(path)
            self.answers[client] += 1


def switched(site: Path, port: int, times: int, clients: int) -> dict[str, object]:
    """Switch the editions of a site under load; return what was counted."""
    both = editions(site)
    project = next(iter(Store.read_only(both[0].store).select(PROJECT)))["p"]
    key = str(project).removeprefix(BASE)
    paths = [
        "/sparql?format=csv&query=" + quote(LABELS),
        "/sparql?format=ttl&query=" + quote(f"DESCRIBE <{project}>"),
        *(f"/doc/{key}{extension}" for extension in (".html", ".ttl", ".jsonld")),
        "/download/latest/eugraph.nt",
        "/download/latest/eugraph.ttl",
        "/catalog.ttl",
        "/.well-known/void",
    ]
    allowed: dict[str, set[bytes]] = {path: set() for path in paths}
    for edition in both:
        switch(site, edition)
        for path in paths:
            status, body = answer(port, path)
            if status != http.HTTPStatus.OK:
                raise SystemExit(f"{path}: {status} {body[:300]!r}")
            allowed[path].add(body)
    load = Load(port, allowed)
    threads = [threading.Thread(target=load.ask, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    try:
        for edition in itertools.islice(itertools.cycle(both), times):
            wanted = {client: load.answers[client] + 2 for client in range(clients)}
            switch(site, edition)
            until(lambda wanted=wanted: all(load.answers[c] >= n for c, n in wanted.items()))
    finally:
        load.over.set()
        for thread in threads:
            thread.join()
    return {
        "switches": times,
        "clients": clients,
        "requests": sum(load.answers.values()),
        "addresses that differ": sum(len(bodies) > 1 for bodies in allowed.values()),
        "addresses": len(allowed),
        "failed": len(load.failed),
        "mixed": len(load.mixed),
        "examples": [*load.failed[:3], *load.mixed[:3]],
    }


def answer(port: int, path: str) -> tuple[int, bytes]:
    """Return status and body of one request; status 0 if there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        return 0, repr(error).encode()
    finally:
        connection.close()


def until(holds: object) -> None:
    """Wait until something holds; raises SystemExit if it does not within the patience."""
    end = time.monotonic() + PATIENCE
    while not holds():  # type: ignore[operator]
        if time.monotonic() > end:
            raise SystemExit("What was waited for did not come.")
        time.sleep(0.005)


if __name__ == "__main__":
    main()
