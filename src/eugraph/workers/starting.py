"""Workers for a site, for as long as they are wanted."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final, Self

from eugraph.workers.endings import Endings
from eugraph.workers.limits import Limits
from eugraph.workers.pool import Pool

_RESTART_SECONDS: Final = 0.5


@contextmanager
def started(site: Path, limits: Limits) -> Iterator[Pool]:
    """Start the workers for `site`; they end when the context does, or this process."""
    with (
        tempfile.TemporaryDirectory(prefix="eugraph-") as name,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener,
    ):
        address = Path(name) / "workers"
        listener.bind(str(address))
        listener.listen(limits.workers)
        endings = Endings()
        with (
            _Supervisor(listener, site, limits, endings),
            closing(Pool(address, limits, endings)) as pool,
        ):
            yield pool


class _Supervisor:
    """The supervising process, started again should it ever end."""

    def __init__(
        self, listener: socket.socket, site: Path, limits: Limits, endings: Endings
    ) -> None:
        self._listener = listener
        self._endings = endings
        arguments = [str(listener.fileno()), str(site.resolve()), json.dumps(asdict(limits))]
        self._command = [sys.executable, "-m", "eugraph.workers", *arguments]
        self._closing = threading.Event()
        self._process = self._start()
        self._keeper = threading.Thread(target=self._keep, name="keep-workers", daemon=True)

    def __enter__(self) -> Self:
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._process.stdin.close()  # type: ignore[union-attr]  # it is a pipe
        self._keeper.join()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own interpreter, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[self._listener.fileno()],
            # Out of the reach of Ctrl-C, but in this session: Linux shares processors out among
            # sessions first, and a question that passes between two waits twice for its turn.
            process_group=0,
        )

    def _keep(self) -> None:
        while True:
            with self._process:  # closes the pipes
                self._endings.follow(self._process.stdout or ())
                self._process.wait()
            if self._closing.wait(_RESTART_SECONDS):
                return
            self._process = self._start()
