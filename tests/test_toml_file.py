"""Whatever lies where a TOML file should, its mistake is named and nothing waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from eugraph.errors import DataError, ReleaseError, SettingError
from eugraph.pipeline.inputs import corrections_in
from eugraph.releases.sidecar import read_sidecar
from eugraph.settings import load_settings
from eugraph.toml_file import read_toml

NOT_TOML: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "is no file"),
    "a pipe": (os.mkfifo, "is no file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "is no file"),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), "link to nowhere"),
    "a link to itself": (lambda path: path.symlink_to(path), "cannot be read|link to nowhere"),
    "nested": (lambda path: path.write_text("a=" + "[" * 20_000), "nested too deep"),
    "a long number": (lambda path: path.write_text("a=" + "9" * 6_000), "is not TOML"),
    "not UTF-8": (lambda path: path.write_bytes(b'a="\xff"'), "is not UTF-8"),
    "broken": (lambda path: path.write_text("a="), "is not TOML"),
    "large": (lambda path: path.write_text("#" * 10_000_001), "has more than 10,000,000 bytes"),
}


@pytest.fixture(params=NOT_TOML)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    make, reason = NOT_TOML[request.param]
    path = tmp_path / "x.toml"
    make(path)
    return path, reason


def test_what_is_no_toml_is_named_as_data(case: tuple[Path, str]) -> None:
    path, reason = case
    with pytest.raises(DataError, match=rf"x\.toml: .*({reason})"):
        read_toml(path)


def test_so_is_it_as_a_correction(case: tuple[Path, str]) -> None:
    path, reason = case
    with pytest.raises(DataError, match=rf"x\.toml: .*({reason})"):
        corrections_in(path.parent)


def test_so_is_it_as_metadata_of_a_release(case: tuple[Path, str]) -> None:
    path, reason = case
    with pytest.raises(ReleaseError, match=reason) as caught:
        read_sidecar(path)
    assert caught.value.name == str(path)


def test_so_is_it_as_settings(case: tuple[Path, str]) -> None:
    path, reason = case
    with pytest.raises(SettingError, match=rf"x\.toml is no readable TOML file: .*({reason})"):
        load_settings(path, {})


def test_what_is_there_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("\ufeffa = 1", encoding="utf-8")
    assert read_toml(tmp_path / "x.toml") == {"a": 1}
