"""The releases are the files named and those in the folders named, each once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eugraph.errors import ReleaseError
from eugraph.releases import find_releases
from eugraph.releases.find import Found


def folder_with(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def test_a_folder_gives_its_releases_sorted_and_nothing_else(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        *("b.txt", "a.TXT", "a.toml", "README.md", "README.txt", ".hidden.txt", "~$b.txt"),
        *("notes.odt", "deeper/c.txt"),
    )
    assert find_releases([tmp_path]).releases == (tmp_path / "a.TXT", tmp_path / "b.txt")


def test_what_may_be_meant_as_a_release_and_is_not_read_is_told_with_what_to_do(
    tmp_path: Path,
) -> None:
    names = ("a.doc", "B.Pages", "x.md", "mail.eml", "talk.pptx", "release", "old.x1", "in/c.txt")
    none = ("a.toml", "README.md", ".b.doc", "~$a.doc", "logo.png", "fetch.json", "p_files/f.html")
    folder_with(tmp_path, "good.txt", *names, *none)
    (tmp_path / "empty").mkdir()

    found = find_releases([tmp_path])

    assert [path.name for path in found.releases] == ["good.txt"]
    told = {Path(error.name).name: error.reason for error in found.passed_over}
    assert told.keys() == {*names[:-1], "in"}
    assert told["a.doc"].startswith("save it as .docx")
    assert told["x.md"].startswith("save it as .txt")
    assert "releases are .txt" in told["old.x1"]
    assert "name it as well" in told["in"]
    assert not find_releases([tmp_path, tmp_path / "in"]).passed_over[-1].name.endswith("/in")


def test_what_only_has_the_name_of_a_release_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")

    names = [path.name for path in find_releases([tmp_path]).releases]
    assert names == ["dangling.txt", "folder.txt", "loop.txt", "pipe.txt"]


def test_files_keep_the_order_they_are_named_in_and_come_once(tmp_path: Path) -> None:
    folder_with(tmp_path, "a.txt", "b.txt")
    again = tmp_path / ".." / tmp_path.name / "b.txt"
    found = find_releases([tmp_path / "b.txt", tmp_path, again]).releases
    assert found == (tmp_path / "b.txt", tmp_path / "a.txt")


def test_the_data_folder_of_the_project_gives_its_two_releases() -> None:
    folder = Path(__file__).parents[2] / "data" / "releases"
    names = [path.name for path in find_releases([folder]).releases]
    assert names == ["000_24ffadc2e9eef197.txt", "002_689f9d673cc17196.txt"]


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("none.txt", "no such file"),
        ("none", "no such file"),
        ("notes.xyz", "not read; releases are .txt"),
        ("notes.doc", "save it as .docx"),
    ],
)
def test_a_path_that_gives_no_release_is_told(named: str, reason: str, tmp_path: Path) -> None:
    folder_with(tmp_path, "notes.xyz", "notes.doc")
    with pytest.raises(ReleaseError, match=reason):
        find_releases([tmp_path / named])


def test_no_paths_and_empty_folders_give_no_releases(tmp_path: Path) -> None:
    assert find_releases([]) == find_releases([tmp_path]) == Found(())


def test_of_files_with_one_id_the_first_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    folder_with(tmp_path, "x 1.txt", "x_1.txt", "y.txt", "X-1.html")

    found = find_releases([tmp_path])

    assert [path.name for path in found.releases] == ["X-1.html", "y.txt"]
    assert [Path(error.name).name for error in found.left_out] == ["x 1.txt", "x_1.txt"]
    for error in found.left_out:
        assert str(tmp_path / "X-1.html") in error.reason
        assert "rename one" in error.reason


def test_links_that_lead_out_of_the_folder_are_not_read(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "releases", "a.txt", "b.txt", "c.txt")
    secret = folder_with(tmp_path / "secret", "x.txt", "x.toml")
    (folder / "file.txt").symlink_to(secret / "x.txt")
    (folder / "b.toml").symlink_to(secret / "x.toml")
    (folder / "inside.txt").symlink_to(folder / "c.txt")

    found = find_releases([folder])

    assert [path.name for path in found.releases] == ["a.txt", "c.txt"]
    assert [Path(error.name).name for error in found.left_out] == ["b.toml", "file.txt"]
    assert all("out of its folder" in error.reason for error in found.left_out)
    assert find_releases([folder / "file.txt"]).releases == (folder / "file.txt",)
