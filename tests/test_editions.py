"""Editions: built aside, switched in whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from eugraph.editions import (
    GRAPH_BASE,
    Edition,
    Manifest,
    current,
    editions,
    fill,
    new_draft,
    publish,
)
from eugraph.errors import GateError, SiteError
from eugraph.store import Store

GRAPHS = {GRAPH_BASE + "one": '<https://example.org/s> <https://example.org/p> "š" .\n'}
TEXTS = {"one": "Pirmā rinda\r\nSecond line\n"}


@dataclass
class Verdict:
    """A verdict that says what it is told."""

    conforms: bool = True


def build(site: Path, *, conforms: bool = True) -> Edition:
    """Publish an edition of the graphs above."""
    with new_draft(site) as draft:
        fill(draft, GRAPHS, TEXTS)
        manifest = Manifest(draft.number, "2026-01-02T03:04:05+00:00", "eugraph 0", {"a": "b"})
        return publish(draft, Verdict(conforms), manifest)


def test_an_edition_gives_back_what_it_was_made_of(tmp_path: Path) -> None:
    build(tmp_path)
    edition = current(tmp_path)
    assert edition.number == 1
    assert edition.graphs == GRAPHS
    assert edition.texts == TEXTS
    assert edition.manifest.inputs == {"a": "b"}
    (row,) = Store.read_only(edition.store).select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert str(row["n"]) == "1"


def test_a_second_edition_takes_over_and_the_first_stays(tmp_path: Path) -> None:
    first, second = build(tmp_path), build(tmp_path)
    assert current(tmp_path) == second
    assert editions(tmp_path) == (first, second)
    assert first.graphs == GRAPHS


def test_a_refused_edition_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(GateError):
        build(tmp_path, conforms=False)
    assert current(tmp_path).number == 1
    assert sorted(path.name for path in (tmp_path / "editions").iterdir()) == ["0001"]


def test_what_else_lies_among_the_editions_is_passed_over(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "editions" / "0001.bak").mkdir()
    (tmp_path / "editions" / "0007").write_text("no folder")
    assert [each.number for each in editions(tmp_path)] == [1]
    assert build(tmp_path).number == 2


@pytest.mark.parametrize("target", ["editions/foo", "editions/0001.bak", "editions/0009"])
def test_a_link_to_no_edition_says_what_to_do(target: str, tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to(target)
    with pytest.raises(SiteError, match="which is no edition; remove that link"):
        current(tmp_path)


def test_a_site_without_edition_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="eugraph build"):
        current(tmp_path)


def test_a_second_build_at_once_is_told_so(tmp_path: Path) -> None:
    with new_draft(tmp_path), pytest.raises(SiteError, match="running"), new_draft(tmp_path):
        pass
    assert build(tmp_path).number == 1


def test_a_killed_build_leaves_the_old_edition_and_no_lock(tmp_path: Path) -> None:
    build(tmp_path)
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from eugraph.editions import fill, new_draft\n"
        "with new_draft(Path(sys.argv[1])) as draft:\n"
        f"    fill(draft, {GRAPHS!r}, {{}})\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert current(tmp_path).number == 1
    with new_draft(tmp_path) as draft:
        assert not list(draft.folder.iterdir())


@pytest.mark.parametrize("name", ["../x", "", "A", "a/b", "a.b", "-a", "a\n"])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with new_draft(tmp_path) as draft, pytest.raises(ValueError, match="names no"):
        fill(draft, {GRAPH_BASE + name: ""}, {})
    with new_draft(tmp_path) as draft, pytest.raises(ValueError, match="names no"):
        fill(draft, {}, {name: ""})
