"""What has no part in identity is published without deciding on identity again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eugraph.editions import current
from eugraph.identity.resolve import Keys, resolve
from eugraph.pipeline import Built, build

from .texts import text


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """Return a folder of three releases, two of them of one project."""
    folder = tmp_path / "releases"
    folder.mkdir()
    said = {
        "one": text("GREENCOR"),
        "two": text("BLUEBAY", title="Blue Bay"),
        "three": text("GREENCOR") + "More about it is told next month.\n",
    }
    for name, each in said.items():
        (folder / f"{name}.txt").write_text(each, encoding="utf-8")
    return folder


def published(releases: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Built, int]:
    """Build; return what was built, and how often it was decided which things are one."""
    times: list[object] = []

    def decided(*told: Any) -> Keys:  # noqa: ANN401  # passed on
        times.append(told)
        return resolve(*told)

    monkeypatch.setattr("eugraph.pipeline.making.resolve", decided)
    built = build([releases], releases.parent / "site")
    assert built.edition
    return built, len(times)


def test_a_figure_changes_no_key(releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([releases], releases.parent / "site")
    before = current(releases.parent / "site")
    (releases / "one.txt").write_text(text("GREENCOR", count=7), encoding="utf-8")

    built, decided = published(releases, monkeypatch)

    assert decided == 0
    assert built.edition
    for name in ("register.json", "graphs/identity.nt", "graphs/reference.nt", "graphs/two.nt"):
        assert (before.folder / name).samefile(built.edition.folder / name)
    one = built.edition.graphs["https://w3id.org/eugraph/id/graph/one"]
    assert one != before.graph("https://w3id.org/eugraph/id/graph/one")


@pytest.mark.parametrize(
    "said", [text("GREENCOR", town="Riga"), text("REDROOF"), text("GREENCOR", title="Corners")]
)
def test_another_place_or_name_is_decided_on(
    said: str, releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([releases], releases.parent / "site")
    (releases / "one.txt").write_text(said, encoding="utf-8")

    _, decided = published(releases, monkeypatch)

    assert decided == 1


def test_a_new_release_is_decided_on(releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([releases], releases.parent / "site")
    (releases / "four.txt").write_text(text("GREENCOR"), encoding="utf-8")

    _, decided = published(releases, monkeypatch)

    assert decided == 1


def test_a_release_without_a_project_is_told_of_as_it_is_now(releases: Path) -> None:
    site, four = releases.parent / "site", releases / "four.txt"
    four.write_text("The town library is open again\nReaders may come from Monday on.\n", "utf-8")
    build([releases], site)
    before = current(site)
    four.write_text("The town library is closed\nReaders may come from June on.\n", "utf-8")

    built = build([releases], site)

    assert built.edition
    name = "https://w3id.org/eugraph/id/graph/four"
    assert built.edition.graph(name) != before.graph(name)
