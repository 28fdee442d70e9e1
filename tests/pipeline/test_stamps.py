"""A file is read again as soon as anything tells that its bytes may be others."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from eugraph.pipeline.stamps import FILE, UNREADABLE, Stamps, read_stamps


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_bytes(b"GREENCOR has begun")
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be ten seconds later, so that what was written now is settled."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kept(site: Path) -> list[str]:
    return list(json.loads((site / FILE).read_bytes())["files"])


@pytest.mark.usefixtures("later")
def test_what_did_not_change_is_not_read_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Stamps()
    assert first.digest(str(file)) == sha256(file)
    first.write(tmp_path)
    monkeypatch.setattr(Stamps, "_read", lambda *_: "read again")

    assert read_stamps(tmp_path).digest(str(file)) == sha256(file)


@pytest.mark.usefixtures("later")
def test_bytes_that_changed_are_seen_though_size_and_time_are_as_before(
    file: Path, tmp_path: Path
) -> None:
    before = file.stat()
    first = Stamps()
    first.digest(str(file))
    first.write(tmp_path)
    file.write_bytes(b"GREENCOR has ended")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert file.stat().st_size == before.st_size
    assert read_stamps(tmp_path).digest(str(file)) == sha256(file)


def test_of_what_was_just_written_nothing_is_kept(file: Path, tmp_path: Path) -> None:
    stamps = Stamps({str(file): (0, 0, 0, 0, 0, "of before")})

    assert stamps.digest(str(file)) == sha256(file)
    stamps.write(tmp_path)
    assert kept(tmp_path) == []


@pytest.mark.usefixtures("later")
def test_what_is_not_asked_for_is_forgotten(file: Path, tmp_path: Path) -> None:
    stamps = Stamps({"/gone": (0, 0, 0, 0, 0, "of before")})
    stamps.digest(str(file))
    stamps.write(tmp_path)

    assert kept(tmp_path) == [str(file)]


def test_what_is_no_file_has_no_digest_and_what_is_not_there_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")

    assert Stamps().digest(str(tmp_path)) == UNREADABLE
    assert Stamps().digest(str(tmp_path / "pipe")) == UNREADABLE
    assert Stamps().digest(str(tmp_path / "nowhere")) is None
    assert Stamps().digest(str(tmp_path / "gone")) is None


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"format": 0, "files": {}}',
        b'{"format": 1}',
        b'{"format": 1, "files": []}',
        b'{"format": 1, "files": {"a": 1}}',
        b'{"format": 1, "files": {"a": [1, 2, 3, 4, 5, 6]}}',
    ],
)
def test_what_is_damaged_tells_nothing(written: bytes, file: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(written)

    assert read_stamps(tmp_path).digest(str(file)) == sha256(file)
