"""Hostile releases: a clear line each, and the build goes on."""

from __future__ import annotations

import multiprocessing
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from eugraph.editions import current
from eugraph.facts.statements.find import MOST_FACTS
from eugraph.pipeline import build
from eugraph.pipeline.inputs import Source
from eugraph.pipeline.reading import Reader

GOOD = Path(__file__).parents[1] / "data" / "releases" / "000_24ffadc2e9eef197.txt"
PROJECT = "The project “Green Roofs of Town {n}” (GREEN{n}) is funded by Interreg. "


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as word:
        word.writestr("word/document.xml", b"<a>" * 20_000_000)


def projects(path: Path) -> None:
    path.write_text("".join(PROJECT.format(n=n) for n in range(400)), encoding="utf-8")


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "long.txt": (lambda path: path.write_text("word " * 200_000), "1,000,000 characters"),
    "facts.txt": (projects, f"a release may state {MOST_FACTS:,}"),
    "zeros.txt": (lambda path: path.write_bytes(b"words and \0 more words" * 9), "zero bytes"),
    "digits.txt": (lambda path: path.write_text("1234567890" * 1000), "no words"),
    "lines.txt": (lambda path: path.write_text("some words\n" * 9000), "9,000 lines"),
    "bomb.docx": (bomb, "bytes"),
    "tags.html": (lambda path: path.write_text("<p>words" + "<b>" * 100_001), "may have 50,000"),
    "folder.txt": (lambda path: path.mkdir(), "is no file"),
    "pipe.txt": (os.mkfifo, "is no file"),
    "device.txt": (lambda path: path.symlink_to("/dev/zero"), "leads out"),
    "loop.txt": (lambda path: path.symlink_to(path), "symbolic links"),
    "!!!.txt": (lambda path: path.write_text("words"), "no letter or digit in its name"),
    GOOD.name.replace("_", "~"): (lambda path: path.write_text("words"), "but for its ending"),
    "nowhere.txt": (lambda path: path.symlink_to(path.parent / "gone"), "No such file"),
}


def test_each_hostile_file_gets_a_clear_line_and_the_rest_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / GOOD.name).write_bytes(GOOD.read_bytes())
    for name, (make, _) in HOSTILE.items():
        make(folder / name)

    built = build([folder], tmp_path / "site")

    told = {Path(error.name).name: error.reason for error in built.left_out}
    assert told.keys() == HOSTILE.keys()
    assert [name for name, (_, reason) in HOSTILE.items() if reason not in told[name]] == []
    assert not any("\n" in reason or "mistake in eugraph" in reason for reason in told.values())
    assert set(current(tmp_path / "site").texts) == {"000-24ffadc2e9eef197"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_gets_a_clear_line(tmp_path: Path) -> None:
    (tmp_path / GOOD.name).write_bytes(GOOD.read_bytes())
    (tmp_path / "closed.txt").write_text("words that nobody may read")
    (tmp_path / "closed.txt").chmod(0)

    (error,) = build([tmp_path], tmp_path / "site").left_out

    assert "Permission denied" in error.reason


def three_releases(folder: Path) -> Path:
    for name in "abc":
        text = GOOD.read_text(encoding="utf-8").replace("WIR", f"WIR{name.upper()}")
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_mistake_in_a_rule_costs_one_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Reader._read  # noqa: SLF001

    def fail_at_b(self: Reader, source: Source) -> object:
        if source.id == "b":
            raise IndexError("a rule looked beyond the end")
        return read(self, source)

    monkeypatch.setattr(Reader, "_read", fail_at_b)
    (error,) = build([three_releases(tmp_path)], tmp_path / "site").left_out

    assert "IndexError in test_hostile.py" in error.reason
    assert set(current(tmp_path / "site").texts) == {"a", "c"}


@pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="only a fork has what the test changed"
)
def test_a_process_that_the_system_ends_costs_one_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Reader._read  # noqa: SLF001

    def end_at_b(self: Reader, source: Source) -> object:
        if source.id == "b":
            os._exit(9)
        return read(self, source)

    monkeypatch.setattr(Reader, "_read", end_at_b)
    built = build([three_releases(tmp_path)], tmp_path / "site", workers=2)

    assert [Path(error.name).name for error in built.left_out] == ["b.txt"]
    assert "ended the process" in built.left_out[0].reason
    assert set(current(tmp_path / "site").texts) == {"a", "c"}
