"""The one build that the desk runs: `eugraph build` as a process, followed line by line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

PROGRESS: Final = "EUGRAPH_PROGRESS"
"""The variable of the environment that makes a build write its steps as lines."""

_STEP: Final = re.compile(r"progress\t(?P<step>[^\t]+)\t(?P<done>\d+)\t(?P<total>\d+)")
_MOST_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class State:
    """How a build stands: the step it is at, what it wrote, and, when it is over, what it did.

    `code` is its exit code, None while it runs or before the first one;
    `record` what `build --json` says.
    """

    running: bool = False
    step: str = ""
    done: int = 0
    total: int = 0
    lines: tuple[str, ...] = ()
    code: int | None = None
    record: Mapping[str, Any] = field(default_factory=dict)


class Builder:
    """Runs one build at a time; safe for any number of threads."""

    def __init__(self, command: Sequence[str], overrides: Path) -> None:
        """Build by `eugraph` and `command`, with the corrections in `overrides` if it is there."""
        self._command = tuple(command)
        self._overrides = overrides
        self._lock = threading.Lock()
        self._state = State()

    @property
    def state(self) -> State:
        """How the build stands now."""
        with self._lock:
            return self._state

    def start(self) -> bool:
        """Start a build; return whether one was started: not while one runs."""
        with self._lock:
            if self._state.running:
                return False
            self._state = State(running=True)
        threading.Thread(target=self._run, name="build", daemon=True).start()
        return True

    def _run(self) -> None:
        command = [sys.executable, "-m", "eugraph", *self._command, "--json"]
        if self._overrides.is_dir():
            command += ["--overrides", str(self._overrides)]
        try:
            code, output = self._follow(command)
        except OSError as error:
            code, output = 1, ""
            self._follow_line(f"eugraph build could not be started: {error}")
        try:
            record = json.loads(output) if output.strip() else {}
        except ValueError:
            record = {}
        with self._lock:
            self._state = replace(self._state, running=False, code=code, record=record)

    def _follow(self, command: list[str]) -> tuple[int, str]:
        with subprocess.Popen(  # noqa: S603  # our own program
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, PROGRESS: "lines", "PYTHONIOENCODING": "utf-8"},
        ) as process:
            output: list[str] = []
            reader = threading.Thread(target=_collect, args=(process.stdout, output), daemon=True)
            reader.start()
            for line in process.stderr or ():
                self._follow_line(line.rstrip())
            reader.join()
        return process.returncode, "".join(output)

    def _follow_line(self, line: str) -> None:
        step = _STEP.fullmatch(line)
        with self._lock:
            if step:
                done, total = int(step["done"]), int(step["total"])
                self._state = replace(self._state, step=step["step"], done=done, total=total)
            elif line:
                lines = (*self._state.lines, line)[-_MOST_LINES:]
                self._state = replace(self._state, lines=lines)


def _collect(stream: Any, output: list[str]) -> None:  # noqa: ANN401  # a stream of text
    output.append(stream.read())
