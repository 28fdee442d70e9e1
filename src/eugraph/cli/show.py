"""Printing views: for a terminal as wide as it is, for a file plain."""

from __future__ import annotations

import io
import sys

import click
from rich.console import Console, RenderableType

_WIDTH_OF_FILES = 200
"""How wide tables are that do not go to a terminal."""


def show(view: RenderableType, *, stderr: bool = False) -> None:
    """Print a view: as wide as the terminal, or plain and without trailing blanks into a file."""
    stream = sys.stderr if stderr else sys.stdout
    if stream.isatty():
        Console(stderr=stderr).print(view)
        return
    console = Console(file=io.StringIO(), width=_WIDTH_OF_FILES)
    with console.capture() as capture:
        console.print(view)
    lines = (line.rstrip() for line in capture.get().splitlines())
    click.echo("\n".join(lines), err=stderr)
