"""The server process: waitress.

Chosen by trial on what a public endpoint meets (one process, 8 threads):

- Requests that come a byte at a time: waitress reads every request whole
  before a thread sees it, and 200 such connections delayed nobody; gunicorn's
  threads and granian's WSGI threads were all taken, and no other request was
  answered.
- An answer that breaks off: waitress and gunicorn close the connection inside
  the chunked body, so the client sees an error; granian 2.8 ends the body as
  if it were complete, which is not acceptable here.
- A client that reads slowly holds back the producer, and one that leaves ends
  it (`waitress.client_disconnected` tells it even before the first byte).
- Pure Python, no dependency, a clean stop.

Its requests go to threads of our own (`threads`), and what is asked again is
answered before it is parsed (`connections`, `shortcut`): with eight clients
that repeat a query, one process answers more of them than Oxigraph's own
server evaluates on two cores, so there are no further web processes.
"""

from __future__ import annotations

import gc
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from waitress.server import BaseWSGIServer, create_server

from eugraph.editions import current
from eugraph.errors import SettingError
from eugraph.server.app import DIRECT, SOURCE, create_app
from eugraph.server.connections import connect
from eugraph.server.desk import Desk
from eugraph.server.shortcut import Shortcut
from eugraph.server.threads import Threads
from eugraph.server.warming import warmed
from eugraph.settings import Settings
from eugraph.workers import Limits, started

_OUTPUT_BUFFER = 1 << 20


def _announce(address: str) -> None:
    sys.stderr.write(f"Serving {address}\n")
    sys.stderr.flush()


def serve(
    site: Path,
    settings: Settings,
    announce: Callable[[str], None] = _announce,
    desk: Desk | None = None,
    listener: socket.socket | None = None,
) -> None:
    """Serve `site` until the process is told to stop; requests that run are answered first.

    `announce` gets the public address once it can be asked; a `desk` is told
    where it is opened, and may be there before anything is published. A
    `listener` is what `bind` returned for these settings. Raises SiteError if
    nothing is and there is no desk, SettingError if the address cannot be
    listened on.
    """
    if desk is None:
        current(site)
    bound = _listening(listener or bind(settings), settings)
    with bound, started(site, limits_of(settings)) as pool:
        settings = replace(settings, port=bound.getsockname()[1])
        threads = Threads(settings.threads, settings.query_seconds + 1)
        app = create_app(site, settings, pool, desk)
        server = create_server(
            app,
            sockets=[bound],
            connection_limit=settings.connections,
            channel_timeout=settings.idle_seconds,
            cleanup_interval=5,
            channel_request_lookahead=1,
            outbuf_high_watermark=_OUTPUT_BUFFER,
            asyncore_use_poll=True,
            max_request_body_size=settings.query_length * 12,
            clear_untrusted_proxy_headers=False,  # `budgets` says whom to trust
            ident=None,
            _dispatcher=threads,  # type: ignore[arg-type]  # like one
        )
        assert isinstance(server, BaseWSGIServer)  # noqa: S101  # one socket, one server
        shortcut = Shortcut(site, settings.answer_memory << 19)
        connect(server, shortcut, app.extensions[DIRECT], threads)
        signal.signal(signal.SIGTERM, _stop)
        gc.freeze()  # what is there by now stays, and need not be looked at again
        announce(settings.base_url)
        if desk is not None:
            desk.announce(desk.link(settings.port, urlsplit(settings.base_url).path))
        with warmed(app.extensions[SOURCE]):
            server.run()


def bind(settings: Settings) -> socket.socket:
    """Return a socket that holds the address of `settings`, and does not listen yet.

    Raises SettingError if the address cannot be had.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if listener.family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise _refusal(settings, error) from error
    return listener


def _listening(listener: socket.socket, settings: Settings) -> socket.socket:
    try:
        listener.listen(1024)
    except OSError as error:  # somebody else was faster since it was bound
        listener.close()
        raise _refusal(settings, error) from error
    return listener


def _refusal(settings: Settings, error: OSError) -> SettingError:
    return SettingError(
        f"{settings.host} port {settings.port} cannot be listened on ({error.strerror}); "
        "choose another host or port."
    )


def limits_of(settings: Settings) -> Limits:
    """Return what `settings` let a query cost."""
    return Limits(
        seconds=settings.query_seconds,
        memory=settings.query_memory << 20,
        shared_memory=settings.query_shared_memory << 20,
        rows=settings.query_rows,
        length=settings.query_length,
        depth=settings.query_depth,
        workers=settings.query_workers,
        queue=settings.query_queue,
        queue_seconds=settings.query_queue_seconds,
    )


def _stop(signal_number: int, frame: FrameType | None) -> None:
    del signal_number, frame
    sys.exit(0)
