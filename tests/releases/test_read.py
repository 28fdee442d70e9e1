"""A file becomes a release, or one clear line says why not."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.errors import ReleaseError
from eugraph.releases import Layout, Limits, Metadata, Release, read_release

RELEASES = Path(__file__).parents[2] / "data" / "releases"
TEXT = "Pašvaldība īsteno projektu kopā ar piecu valstu partneriem.\r\n"

# Each release: its id, and per passage the language, layout and first words.
EXPECTED = {
    "000_24ffadc2e9eef197.txt": (
        ("lv", Layout.HEADING, "Notika otrā"),
        ("lv", Layout.PARAGRAPH, "Daugavpils pilsētas"),
        ("lv", Layout.PARAGRAPH, "Projekta ietvaros"),
        ("lv", Layout.PARAGRAPH, "Projekts tiek"),
        ("en", Layout.HEADING, "The second"),
        ("en", Layout.PARAGRAPH, "Daugavpils City"),
        ("en", Layout.PARAGRAPH, "[bookmark: _GoBack]From"),
        ("en", Layout.PARAGRAPH, "Project is"),
    ),
    "002_689f9d673cc17196.txt": (
        ("lv", Layout.HEADING, "Notika pirmā"),
        ("lv", Layout.PARAGRAPH, "Daugavpils pilsētas"),
        ("lv", Layout.PARAGRAPH, "Projekta ietvaros"),
        ("lv", Layout.PARAGRAPH, "Kopumā tika"),
        ("lv", Layout.PARAGRAPH, "Projekts tiek"),
        ("en", Layout.HEADING, "The first"),
        ("en", Layout.PARAGRAPH, "Daugavpils City"),
        ("en", Layout.PARAGRAPH, "From 27th"),
        ("en", Layout.PARAGRAPH, "Project partners"),
        ("en", Layout.PARAGRAPH, "Project is"),
    ),
}


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", EXPECTED)
def test_the_two_releases_come_as_latvian_then_english(name: str) -> None:
    release = read_release(RELEASES / name)
    data = (RELEASES / name).read_bytes()
    assert release.text == data.decode("utf-8")
    assert release.sha256 == hashlib.sha256(data).hexdigest()
    assert release.languages == ("lv", "en")
    seen = [
        (passage.language, passage.layout, " ".join(passage.text.split()[:2]))
        for passage in release.passages
    ]
    assert seen == list(EXPECTED[name])
    for passage in release.passages:
        assert release.text[passage.start : passage.end] == passage.text
        assert passage.release_id == release.id


def test_a_release_knows_its_file_and_its_text_is_not_altered(tmp_path: Path) -> None:
    path = written(tmp_path, "Mūsu upe_2.TXT", b"\xef\xbb\xbf" + TEXT.encode())
    release = read_release(path)
    assert (release.id, release.name, release.media_type) == ("musu-upe-2", path.name, "text/plain")
    assert release.text == TEXT
    assert release.metadata == Metadata()


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("000_24ffadc2e9eef197", "000-24ffadc2e9eef197"),
        ("Preses relīze (2)", "preses-relize-2"),
        ("Δελτίο τύπου", "deltio-typoy"),
        ("v1.2--final", "v1-2-final"),
    ],
)
def test_the_id_is_the_slug_of_the_stem(stem: str, expected: str, tmp_path: Path) -> None:
    assert read_release(written(tmp_path, f"{stem}.txt", TEXT.encode())).id == expected


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("binary.txt", os.urandom(64) + b"\0" * 64, "not text"),
        ("digits.txt", b"12345 67890\n" * 50, "no words"),
        ("emoji.txt", "😀".encode() * 500, "no words"),
        ("large.txt", TEXT.encode() * 100, "may have 2,000"),
        ("lines.txt", TEXT.encode() * 30, "may have 20"),
        ("sheet.xlsx", b"PK", "kind that is not read"),
        ("…….txt", TEXT.encode(), "rename it"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_path_in_one_line(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    path = written(tmp_path, name, data)
    limits = Limits(file_bytes=4_000 if name == "lines.txt" else 2_000, passages=20)
    with pytest.raises(ReleaseError, match=reason) as caught:
        read_release(path, limits)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name, reason in (
        ("pipe.txt", "is no file"),
        ("folder.txt", "is no file"),
        ("missing.txt", "cannot be read"),
        ("x" * 300 + ".txt", "cannot be read"),
    ):
        with pytest.raises(ReleaseError, match=reason):
            read_release(tmp_path / name)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_file_gives_a_release_or_a_release_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), "any.txt", data)
    try:
        release = read_release(path)
    except ReleaseError:
        return
    assert isinstance(release, Release)
    for passage in release.passages:
        assert release.text[passage.start : passage.end] == passage.text


def test_importing_the_package_loads_no_model() -> None:
    code = "import sys, eugraph.releases; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    """Python shows the bytes as lone surrogates, which no graph and no report can hold."""
    path = tmp_path / os.fsdecode(b"bad\xff\xfename.txt")
    path.write_text("The project “Bridge” involves 3 partners from 2 countries.\n", "utf-8")

    with pytest.raises(ReleaseError, match="not UTF-8") as caught:
        read_release(path)

    assert str(caught.value).isascii()
