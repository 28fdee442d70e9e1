"""A release in each language yields what it says of its project, and nothing besides.

`<code>.toml` beside this module holds invented releases in the language, each with all that must
be read in it; what may not be taken (people and where they come from, deadlines, history) stands
in them too, and is in no expectation.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
RELEASES = [
    pytest.param(text, expected, id=f"{path.stem}-{name}")
    for path in sorted(FOLDER.glob("??.toml"))
    for name, told in tomllib.loads(path.read_text("utf-8")).items()
    for text, expected in [(told["text"], {k: v for k, v in told.items() if k != "text"})]
]


@pytest.mark.parametrize(("text", "expected"), RELEASES)
def test_a_release_yields_what_it_says_and_nothing_besides(
    text: str, expected: dict[str, object], told: Callable[[str], dict[str, object]]
) -> None:
    assert told(text) == expected
