"""The rate of 304 answers beside that of a bare WSGI application, in the same run.

    python bench/not_modified.py SITE [--rounds 9] [--requests 2000]

Both are served by waitress with as many threads, each in a process of its own,
and asked in turn, each time over a new connection and over kept ones. Prints
medians of the rounds as requests per second, and their ratio, for a document, a
download and a query. (Waitress itself closes the connection after a 304 that
has no length; so the bare one has to be asked over new ones either way.)
"""

from __future__ import annotations

import argparse
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eugraph.editions import current
from eugraph.store import BASE, Store
from eugraph.vocabulary import PROLOGUE

BARE = """
import sys, waitress
def application(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"0123456789abcdef"')])
    return []
waitress.serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=int(sys.argv[2]))
"""
THREADS = 8
PROJECT = "SELECT ?p { ?p a eug:Project } ORDER BY ?p LIMIT 1"
PATIENCE = 60.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    (row,) = Store.read_only(current(options.site).store).select(PROLOGUE + PROJECT)
    paths = [
        f"/doc/{str(row['p']).removeprefix(BASE)}.ttl",
        "/download/latest/projects.csv",
        "/sparql?format=json&query=SELECT%20*%20%7B%20%3Fs%20a%20%3Fo%20%7D%20LIMIT%205",
    ]
    ours, bare = free_port(), free_port()
    command = ["-m", "eugraph", "serve", "--site", str(options.site), "--port", str(ours)]
    alike = ["-c", BARE, str(bare), str(THREADS)]
    with served(command, ours), served(alike, bare):
        for path in paths:
            with connected(ours) as connection:
                tag = etag(connection, path)
            for kept in (False, True):
                pairs = [
                    tuple(rate(port, path, tag, options.requests, kept) for port in (ours, bare))
                    for _ in range(options.rounds)
                ]
                one, two = (statistics.median(each) for each in zip(*pairs, strict=True))
                ratio = statistics.median(a / b for a, b in pairs)
                kind = "kept" if kept else "new"
                print(f"{path[:34]:36} {kind:5} {one:7.0f}/s, bare {two:7.0f}/s, ratio {ratio:.2f}")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(command: list[str], port: int) -> Iterator[None]:
    """Run a server in a process of its own, until somebody listens and after."""
    process = subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL)
    try:
        connected(port).close()
        yield
    finally:
        process.terminate()
        process.wait()


def connected(port: int) -> socket.socket:
    """Return a connection, as soon as somebody listens."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection


def etag(connection: socket.socket, path: str) -> str:
    """Return the ETag of what is at an address."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{path}: {head[:200]!r}")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if length is None:
        raise SystemExit(f"{path} has no length")
    while len(body) < int(length[1]):
        body += received(connection)
    (tag,) = re.findall(rb"(?i)\r\netag: (\S+)", head)
    return str(tag.decode())


def received(connection: socket.socket) -> bytes:
    """Return what comes next."""
    data = connection.recv(1 << 16)
    if not data:
        raise SystemExit("the connection was closed")
    return data


def rate(port: int, path: str, tag: str, times: int, kept: bool) -> float:  # noqa: FBT001
    """Return how many 304 answers come in a second, each asked for after the one before.

    Over one connection as long as the server keeps it, if `kept`; else each
    over a new one.
    """
    closing = "" if kept else "Connection: close\r\n"
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{closing}If-None-Match: {tag}\r\n\r\n"
    connection = connected(port)
    began = time.perf_counter()
    for _ in range(times):
        connection.sendall(head.encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += received(connection)
        if not answer.startswith(b"HTTP/1.1 304"):
            raise SystemExit(f"{path}: {answer[:100]!r}")
        if b"connection: close" in answer.lower():
            connection.close()
            connection = connected(port)
    seconds = time.perf_counter() - began
    connection.close()
    return times / seconds


if __name__ == "__main__":
    main()
