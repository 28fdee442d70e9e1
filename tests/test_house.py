"""The rules of the house: what is public, documented and shipped is what is there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import eugraph
from eugraph.cli.main import eugraph as command
from eugraph.shipped import shipped

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = sorted((ROOT / "src" / "eugraph").rglob("*.py"))


def test_the_public_names_are_listed_and_sorted() -> None:
    assert eugraph.__all__ == sorted(eugraph.__all__)
    assert all(hasattr(eugraph, name) for name in eugraph.__all__)


def test_importing_eugraph_loads_no_rdf_and_no_web() -> None:
    """A program that only reads text pays for reading text."""
    code = "import sys, eugraph; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    heavy = {"rdflib", "pyoxigraph", "pyshacl", "flask", "numpy", "requests"}
    assert heavy.isdisjoint(run.stdout.split())


def test_every_verb_has_help_and_stands_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    for name, verb in command.commands.items():
        assert verb.help, name
        assert f"`{name}`" in changelog or f"eugraph {name}" in changelog, name


@pytest.mark.parametrize("name", re.findall(r"^\| `([^`]+/)`", README, re.MULTILINE))
def test_the_folders_of_the_readme_exist(name: str) -> None:
    assert (ROOT / name).is_dir()


def test_the_readme_is_short() -> None:
    assert len(README.split()) <= 600


def test_what_the_code_asks_for_is_shipped_in_the_wheel() -> None:
    """Every `shipped("…")` of the code lies below a path that the wheel takes along."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    asked = {
        name.partition("{")[0].rstrip("/")
        for module in MODULES
        for name in re.findall(r'shipped\(f?"([^"]+)"', module.read_text(encoding="utf-8"))
    }

    assert asked
    for name in asked:
        assert shipped(name).exists()
        assert any(name == path or name.startswith(f"{path}/") for path in taken), name


def test_every_module_says_what_it_is_for() -> None:
    for module in MODULES:
        assert module.read_text(encoding="utf-8").lstrip("r").startswith('"""'), module


def test_no_module_is_longer_than_450_lines() -> None:
    long = [path.name for path in MODULES if path.read_text(encoding="utf-8").count("\n") > 450]

    assert long == []
