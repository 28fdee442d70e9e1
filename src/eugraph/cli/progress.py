"""A progress bar for long work, on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

_VARIABLE = "EUGRAPH_PROGRESS"


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show the steps of a build on standard error while they run; silent without a terminal.

    `EUGRAPH_PROGRESS=lines` in the environment lets a program follow them,
    each on a line: `progress`, step, done and total between tabs.
    """
    if os.environ.get(_VARIABLE) == "lines":
        yield _write_line
        return
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("starting", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield show


def _write_line(step: str, done: int, total: int) -> None:
    sys.stderr.write(f"progress\t{step}\t{done}\t{total}\n")
    sys.stderr.flush()
