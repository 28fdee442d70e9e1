"""Releases made for benchmarks are the same each time, and are read as releases are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from eugraph.facts.fact import Organisation
from eugraph.pipeline import build

COMMAND = Path(__file__).parents[2] / "bench" / "texts.py"
MANY, FEW = 40, 12


def written(path: Path, number: int) -> dict[str, bytes]:
    """Write so many releases and return their files."""
    command = [sys.executable, str(COMMAND), str(number), "--out", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return {file.name: file.read_bytes() for file in path.iterdir()}


def test_the_same_number_gives_the_same_texts_and_more_begin_with_them(tmp_path: Path) -> None:
    many = written(tmp_path / "many", MANY)

    assert many == written(tmp_path / "again", MANY)
    assert written(tmp_path / "few", FEW).items() <= many.items()
    assert len(many) == 2 * MANY
    assert len(set(many.values())) > MANY


def test_the_pipeline_reads_projects_with_several_releases_in_several_languages(
    tmp_path: Path,
) -> None:
    written(tmp_path / "releases", FEW)

    built = build([tmp_path / "releases"], tmp_path / "site")

    assert built.edition
    assert not built.left_out
    assert len(built.read) == FEW
    projects = [each.release.id.rpartition("-")[0] for each in built.read]
    assert len(set(projects)) < len(projects)
    assert len({code for each in built.read for code in each.release.languages}) > 2
    things = [thing for each in built.read for thing in each.reading.things]
    countries = {thing.country for thing in things if isinstance(thing, Organisation)}
    assert len(countries) > FEW
