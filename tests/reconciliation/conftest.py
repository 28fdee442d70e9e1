"""A small reconciliation service on loopback, good or bad as a test wants it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

MANIFEST: dict[str, object] = {
    "versions": ["0.1", "0.2"],
    "name": "Projects of the region",
    "identifierSpace": "https://projects.example/id/",
    "schemaSpace": "https://projects.example/schema/",
    "view": {"url": "https://projects.example/page?id={{id}}"},
}


@dataclass
class Script:
    """What the service answers, and what it was asked.

    `bodies` are answered in turn, the last again and again; without any it
    answers every query from `known`, by name.
    """

    manifest: object = field(default_factory=lambda: dict(MANIFEST))
    known: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    body: bytes | None = None
    status: int = 200
    location: str | None = None
    pause: float = 0.0
    batches: list[dict[str, dict[str, object]]] = field(default_factory=list)
    url: str = ""

    def answer(self, queries: dict[str, dict[str, object]]) -> bytes:
        """Return the answer to a batch."""
        self.batches.append(queries)
        if self.body is not None:
            return self.body
        results = {
            key: {"result": self.known.get(str(q["query"]), [])} for key, q in queries.items()
        }
        return json.dumps(results).encode()


@pytest.fixture
def script() -> Iterator[Script]:
    """Yield what the service on loopback goes by; `url` is its address."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(json.dumps(script.manifest).encode(), 200)

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.reply(script.answer(json.loads(form["queries"][0])), script.status)

        def reply(self, body: bytes, status: int) -> None:
            self.send_response(status)
            if script.location and status != 200:
                self.send_header("Location", script.location)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            try:
                if script.pause:
                    for byte in body:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(script.pause)
                else:
                    self.wfile.write(body)
            except OSError:
                return  # the client has had enough

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        script.url = f"http://127.0.0.1:{server.server_port}/reconcile"
        yield script
        server.shutdown()
        thread.join()
