"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from eugraph.cli.main import eugraph as command
from eugraph.editions import current
from eugraph.pipeline import build
from eugraph.store import Store

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_answer_is_the_one_shown(tmp_path: Path) -> None:
    asked = re.search(r"'query=\n(.*?)'\n\n((?:    [^\n]+\n)+)", README, re.DOTALL)
    assert asked
    expected = [line.strip().split(",") for line in asked[2].splitlines()]
    build([ROOT / "data" / "releases"], tmp_path)

    rows = list(Store.read_only(current(tmp_path).store).select(asked[1]))

    variables = expected[0]
    assert [[str(row[name]) for name in variables] for row in rows] == expected[1:]


@pytest.mark.parametrize(
    "line", re.findall(r"^    (?:\.venv/bin/)?(eugraph \w.*)$", README, re.MULTILINE)
)
def test_every_command_shown_is_one(line: str) -> None:
    """Each is parsed as the command line parses it; none is run."""
    words = shlex.split(line.partition("#")[0])[1:]
    verb = command.commands[words[0]]
    known = {option for each in verb.params for option in each.opts}

    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("target", re.findall(r"^    make (\w+)", README, re.MULTILINE))
def test_every_make_target_shown_is_one(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
