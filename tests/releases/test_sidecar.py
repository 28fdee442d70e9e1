"""`<stem>.toml` beside a release tells what its text does not, or the mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from eugraph.errors import ReleaseError
from eugraph.releases import Metadata
from eugraph.releases.sidecar import read_sidecar


def sidecar(folder: Path, content: str | bytes) -> Path:
    path = folder / "release.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", Metadata()),
        ("# nothing is known", Metadata()),
        ("published = 2018-04-25", Metadata(published="2018-04-25")),
        ('published = "2018-04-25"', Metadata(published="2018-04-25")),
        ('published = "2018-04"', Metadata(published="2018-04")),
        ("published = 2018-04-25T10:00:00+03:00", Metadata(published="2018-04-25")),
        (
            'source = "https://example.org/ziņas?id=1"\nlicence = "CC BY 4.0"',
            Metadata(source="https://example.org/ziņas?id=1", licence="CC BY 4.0"),
        ),
        (
            'publisher = " Daugavpils dome "',
            Metadata(publisher="Daugavpils dome"),
        ),
        ('\ufeffpublisher = "Dome"', Metadata(publisher="Dome")),
    ],
)
def test_what_is_given_is_known(content: str, expected: Metadata, tmp_path: Path) -> None:
    assert read_sidecar(sidecar(tmp_path, content)) == expected


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path / "none.toml") == Metadata()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('publised = "2018-04-25"', "unknown key publised.*published"),
        ("publisher = ", "is not TOML: Invalid value"),
        ("publisher = 5", "publisher: 5 is no text"),
        ('publisher = " "', "publisher: ' ' is no text"),
        ("published = 2018", "published: 2018 is no date"),
        ('published = "2018-02-30"', "is no date; write 2018-04-25"),
        ('published = "2018-13"', "is no date"),
        ('published = "25.04.2018."', "is no date"),
        ('published = "20180425"', "is no date"),
        ('source = "example.org"', "source: 'example.org' is no address"),
        ('source = "javascript:alert(1)"', "is no address"),
        ('source = "https://exa mple.org/<b>"', "is no address"),
        ('source = "https://[::1"', "source: "),
        (b'publisher = "P\xe2"', "is not UTF-8"),
    ],
)
def test_a_mistake_is_named_with_the_file(
    content: str | bytes, reason: str, tmp_path: Path
) -> None:
    path = sidecar(tmp_path, content)
    with pytest.raises(ReleaseError, match=reason) as caught:
        read_sidecar(path)
    assert caught.value.name == str(path)
    assert "\n" not in str(caught.value)
