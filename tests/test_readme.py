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


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return what the releases of the project say."""
    site = tmp_path_factory.mktemp("readme")
    build([ROOT / "data" / "releases"], site)
    return Store.read_only(current(site).store)


def test_the_first_answer_is_the_one_shown(store: Store) -> None:
    asked = re.search(r"'query=\n(.*?)'\n\n((?:    [^\n]+\n)+)", README, re.DOTALL)
    assert asked
    expected = [line.strip().split(",") for line in asked[2].splitlines()]

    rows = list(store.select(asked[1]))

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


PREFIXES, *QUERIES = re.findall(
    r"```sparql\n(.*?)```", (ROOT / "docs" / "researchers.md").read_text("utf-8"), re.DOTALL
)


@pytest.mark.parametrize(("number", "rows"), [*enumerate((4, 2, 9, 4, 15))])
def test_the_queries_for_researchers_have_answers(store: Store, number: int, rows: int) -> None:
    """So many as the two releases give, every variable bound."""
    assert len(QUERIES) == 5

    found = list(store.select(PREFIXES + QUERIES[number]))

    assert len(found) == rows
    assert all(value is not None for row in found for value in row.values())


PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_the_documentation_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


@pytest.mark.parametrize(
    "line",
    re.findall(
        r"^    (eugraph \w.*)$", (ROOT / "docs/publishing.md").read_text("utf-8"), re.MULTILINE
    ),
)
def test_every_command_of_a_publishers_day_is_one(line: str) -> None:
    test_every_command_shown_is_one(line)


def test_the_readme_names_every_verb() -> None:
    assert {verb for verb in command.commands if f"eugraph {verb}" not in README} == set()


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs" / "project-page.png").stat().st_size < 150_000
