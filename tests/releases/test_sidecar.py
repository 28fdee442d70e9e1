"""`<stem>.toml` beside a release tells what its text does not, or the mistake is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from eugraph.errors import ReleaseError
from eugraph.releases import Metadata
from eugraph.releases.licence import Licence, licence_at
from eugraph.releases.read import read_release
from eugraph.releases.sidecar import not_taken, read_sidecar

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


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
            Metadata(source="https://example.org/ziņas?id=1", licence=CC_BY),
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


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        *((name, CC_BY) for name in ("CC BY 4.0", "CC-BY-4.0", "cc by 4.0", "CC_BY_4.0")),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("https://example.org/our-terms", "https://example.org/our-terms"),
        (CC_BY, CC_BY),
    ],
)
def test_a_licence_is_an_address(written: str, iri: str, tmp_path: Path) -> None:
    path = sidecar(tmp_path, f'licence = "{written}"')
    assert read_sidecar(path).licence == iri
    assert not_taken(path) is None


@pytest.mark.parametrize(
    "written", ["free", "CC BY", "javascript:x", "https://a b", "https://a/%zz", "4.0"]
)
def test_a_licence_that_nobody_knows_is_not_taken_and_told(written: str, tmp_path: Path) -> None:
    path = sidecar(tmp_path, f'licence = "{written}"\npublisher = "Dome"')
    assert read_sidecar(path) == Metadata(publisher="Dome")
    told = not_taken(path)
    assert told
    assert (told.name, written in told.reason) == (str(path), True)
    assert "CC-BY-4.0" in told.reason


@pytest.mark.parametrize("key", ["published", "retrieved"])
@pytest.mark.parametrize("day", ["0001-01-01", "1986-12-31", "9999-12-31"])
def test_a_day_that_no_release_is_from_is_not_taken_and_told(
    key: str, day: str, tmp_path: Path
) -> None:
    path = sidecar(tmp_path, f'{key} = {day}\npublisher = "Dome"')
    assert read_sidecar(path) == Metadata(publisher="Dome")
    told = not_taken(path)
    assert told
    assert f"{key}: '{day}' is no year of a release" in told.reason


@pytest.mark.parametrize("day", ["1987-01-01", f"{datetime.now(UTC).year + 1}-01"])
def test_the_years_at_the_ends_are_taken(day: str, tmp_path: Path) -> None:
    path = sidecar(tmp_path, f'published = "{day}"')
    assert read_sidecar(path).published == day
    assert not_taken(path) is None


def test_all_that_is_not_taken_is_told_in_one_line(tmp_path: Path) -> None:
    told = not_taken(sidecar(tmp_path, 'published = 0001-01-01\nlicence = "free"'))
    assert told
    assert ("published: " in told.reason, "licence: " in told.reason) == (True, True)


def test_pages_call_licences_by_their_names() -> None:
    authority = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
    assert licence_at(CC_BY) == licence_at(authority) == Licence("CC BY 4.0", CC_BY, "CC-BY-4.0")
    assert licence_at("https://example.org/4.0").name == "https://example.org/4.0"


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
        ('source = "http://a/\\uE000"', "is no address"),
        ('source = "http://a/%zz"', "is no address"),
        ('source = "http://a/[x]#a#b"', "is no address"),
        (f'publisher = "{"P" * 1001}"', "publisher: has 1,001 characters; it may have 1,000"),
        (f'source = "https://a/{"b" * 2000}"', "source: has 2,010 characters"),
        ('publisher = "A\\nB"', "publisher: 'A\\\\nB' has a control character"),
        ('published = "' + "9" * 99 + '"', "published: '9{59}… is no date"),
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


def test_a_mistake_names_the_release_that_is_left_out_for_it(tmp_path: Path) -> None:
    path = sidecar(tmp_path, "published = 13.03.2024")
    release = path.with_suffix(".txt")
    release.write_text("The project GREENCOR was presented in Riga.", encoding="utf-8")

    with pytest.raises(ReleaseError, match="2024-05-31") as caught:
        read_release(release)

    assert caught.value.name == str(release)
    assert path.name in caught.value.reason
