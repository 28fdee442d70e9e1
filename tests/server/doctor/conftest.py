"""Servers for the doctor to look at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.workers import Limits, Pool, started

from ..conftest import REEF, REFERENCE, TIDE, graphs_of, publish_graphs  # noqa: TID252

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def serving(make: Callable[[str], Wsgi]) -> Iterator[str]:
    """Serve what `make` gives for its own address; yield that address."""
    late: list[Wsgi] = []

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return late[0](environ, start)

    with make_server("127.0.0.1", 0, answer, handler_class=_Quiet) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        late.append(make(address))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield address
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Pool]]:
    site = tmp_path_factory.mktemp("site")
    publish_graphs(site, graphs_of(tide=TIDE, reef=REEF, reference=REFERENCE))
    with started(site, Limits(seconds=5)) as pool:
        yield site, pool


def app_at(published: tuple[Path, Pool], address: str) -> Wsgi:
    site, pool = published
    return create_app(site, Settings(public_url=address), pool)
