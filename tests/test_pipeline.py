"""The main job: what is read becomes an edition, or nothing changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eugraph.editions import current, editions
from eugraph.errors import ReleaseError, SiteError
from eugraph.pipeline import build, inspect, is_current, to_turtle, validate_files, validate_site
from eugraph.validation import Severity, Verdict

RELEASES = Path(__file__).parents[1] / "data" / "releases"
WIR = RELEASES / "000_24ffadc2e9eef197.txt"
EUCIDIN = RELEASES / "002_689f9d673cc17196.txt"

LEAN = 2000
"""How many triples a release of about 4,000 characters in two languages takes at most."""

# Told as held, and before the term of its project.
TOO_EARLY = """Partners of the project “Green Corners” (GREENCOR) met
The project “Green Corners” (GREENCOR) involves 2 partners from 2 countries – Latvia and Sweden.
Term of implementation: 01.09.2018. – 31.08.2020.
The first partner meeting of the project was held in Daugavpils, Latvia, from 3 to 5 May 2016.
"""


def violations(verdict: Verdict) -> set[str]:
    return {f.shape for f in verdict.findings if f.severity is Severity.VIOLATION}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that serves the two releases; tests leave it as it is."""
    site = tmp_path_factory.mktemp("site")
    assert build([RELEASES], site).edition
    return site


def test_a_build_publishes_what_the_releases_say(site: Path) -> None:
    edition = current(site)

    assert edition.number == 1
    assert edition.manifest.counts["releases"] == 2
    assert set(edition.texts) == {"000-24ffadc2e9eef197", "002-689f9d673cc17196"}
    assert edition.texts["000-24ffadc2e9eef197"] == WIR.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [WIR, EUCIDIN])
def test_a_release_with_what_it_needs_to_be_read_alone_is_a_small_graph(path: Path) -> None:
    assert len(inspect(path).graph) <= LEAN


def test_the_published_edition_conforms(site: Path) -> None:
    assert validate_site(site).conforms


def test_a_site_is_current_until_a_release_changes(site: Path, tmp_path: Path) -> None:
    (tmp_path / WIR.name).write_bytes(WIR.read_bytes())

    assert is_current([RELEASES], site)
    assert not is_current([tmp_path], site)
    assert not is_current([RELEASES], tmp_path / "nothing")


def test_a_changed_character_in_a_stored_text_is_noticed(tmp_path: Path) -> None:
    build([WIR], tmp_path)
    text = current(tmp_path).folder / "texts" / "000-24ffadc2e9eef197.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("10 partneri", "11 partneri"), "utf-8")

    found = violations(validate_site(tmp_path))

    assert "V03" in found


def test_a_violation_refuses_the_edition_and_the_old_one_stays(tmp_path: Path) -> None:
    site, releases = tmp_path / "site", tmp_path / "releases"
    releases.mkdir()
    (releases / WIR.name).write_bytes(WIR.read_bytes())
    served = build([releases], site).edition
    (releases / "too-early.txt").write_text(TOO_EARLY, encoding="utf-8")

    built = build([releases], site)

    assert built.edition is None
    assert "S05" in violations(built.verdict)
    assert current(site) == served
    assert "S05" in (site / "refused" / "report.ttl").read_text(encoding="utf-8")
    assert len(editions(site)) == 1


def test_the_report_on_a_refusal_goes_when_a_build_is_published(tmp_path: Path) -> None:
    release = tmp_path / "too-early.txt"
    release.write_text(TOO_EARLY, encoding="utf-8")
    build([release], tmp_path / "site")
    release.write_text(TOO_EARLY.replace("2016", "2019"), encoding="utf-8")

    assert build([release], tmp_path / "site").edition
    assert not (tmp_path / "site" / "refused").exists()


def test_a_file_that_cannot_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty.txt").touch()
    (tmp_path / WIR.name).write_bytes(WIR.read_bytes())

    built = build([tmp_path], tmp_path / "site")

    assert built.edition
    assert sorted(Path(error.name).name for error in built.left_out) == ["binary.txt", "empty.txt"]


def test_a_release_cannot_take_the_place_of_a_shared_graph(tmp_path: Path) -> None:
    (tmp_path / "Reference.txt").write_bytes(WIR.read_bytes())
    (tmp_path / WIR.name).write_bytes(WIR.read_bytes())

    built = build([tmp_path], tmp_path / "site")

    assert built.edition
    assert [Path(error.name).name for error in built.left_out] == ["Reference.txt"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_file_is_told_by_every_number_of_processes(tmp_path: Path, workers: int) -> None:
    """An error has to find its way out of the process that met it."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / WIR.name).write_bytes(WIR.read_bytes())

    built = build([tmp_path], tmp_path / "site", workers=workers)

    assert [Path(error.name).name for error in built.left_out] == ["empty.txt"]


def test_a_site_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SiteError, match="cannot be written"):
        build([WIR], tmp_path / "file" / "site")


def test_strict_stops_at_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / WIR.name).write_bytes(WIR.read_bytes())

    with pytest.raises(ReleaseError, match=r"empty\.txt"):
        build([tmp_path], tmp_path / "site", strict=True)
    with pytest.raises(SiteError):
        current(tmp_path / "site")


def test_where_nothing_can_be_read_nothing_is_published(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()

    with pytest.raises(ReleaseError, match=r"none could be read.*empty\.txt"):
        build([tmp_path], tmp_path / "site")


def test_what_is_of_a_kind_that_is_not_read_is_told_each_time_and_changes_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / WIR.name).write_bytes(WIR.read_bytes())
    site = tmp_path / "site"
    first = build([tmp_path], site)
    (tmp_path / "a.doc").touch()

    again = build([tmp_path], site)

    assert not first.left_out
    assert not again.changed
    assert [Path(error.name).name for error in again.left_out] == ["a.doc"]
    with pytest.raises(ReleaseError, match=r"a\.doc: save it as \.docx"):
        build([tmp_path], site, strict=True)


def test_a_build_that_fails_leaves_no_site_where_there_was_none(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "kept").mkdir()

    for site in ("site", "kept"):
        with pytest.raises(ReleaseError):
            build([tmp_path / "empty.txt"], tmp_path / site)

    assert not (tmp_path / "site").exists()
    assert (tmp_path / "kept").exists()


def test_a_release_without_a_project_is_published_as_a_release(tmp_path: Path) -> None:
    text = (
        "The town library is open again\nFrom Monday readers may come until eight in the evening.\n"
    )
    (tmp_path / "library.txt").write_text(text, encoding="utf-8")

    built = build([tmp_path], tmp_path / "site")

    assert built.edition
    assert built.read[0].reading.facts == () or not any(
        fact.statement.slot == "about-project" for fact in built.read[0].reading.facts
    )


def test_several_processes_read_the_same_as_one(site: Path, tmp_path: Path) -> None:
    build([RELEASES], tmp_path, workers=2)

    for name in ("eugraph.nt", "eugraph.ttl"):
        one, other = current(site).dumps / name, current(tmp_path).dumps / name
        assert one.read_bytes() == other.read_bytes()


def test_dumps_are_the_same_bytes_under_every_hash_seed(site: Path, tmp_path: Path) -> None:
    """Sets and dictionaries are walked in another order in each process; the bytes must not tell."""
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "eugraph", "build", str(RELEASES), "--site", seed]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)

    for path in current(site).dumps.iterdir():
        others = {(current(tmp_path / seed).dumps / path.name).read_bytes() for seed in ("1", "2")}
        assert others == {path.read_bytes()}, path.name


@pytest.fixture(scope="module")
def alone() -> str:
    """Return the Turtle of one release with the reference data it needs."""
    return to_turtle(inspect(WIR).graph)


def test_a_release_on_its_own_conforms(alone: str, tmp_path: Path) -> None:
    file = tmp_path / "wir.ttl"
    file.write_text(alone, encoding="utf-8")

    assert violations(validate_files([file])) == set()


EVENT = "<https://w3id.org/eugraph/id/event/wir-2017/daugavpils-event>"
PROJECT = "<https://w3id.org/eugraph/id/project/wir-2017>"
HARM = {
    "an event before the project's term": (
        f'{EVENT} eug:startDate "2016-03-01"^^xsd:date .', "S05", "March, 2019"),
    "a second accepted lead partner": (
        "<https://w3id.org/eugraph/id/participation/wir-2017/lv-daugavpils-municipality> "
        "eug:participationRole <https://w3id.org/eugraph/vocab/role/lead-partner> .", "P04", "vadošais partneris"),
    "a fact without evidence": (
        f"{PROJECT} eug:topic <https://w3id.org/eugraph/vocab/topic/city-services> .", "S03", ""),
    "a country from elsewhere": (
        f"{PROJECT} eug:involvesCountry <https://example.org/Atlantis> .", "P05", ""),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
def test_harm_done_to_a_release_is_found_and_its_release_named(
    alone: str, tmp_path: Path, harm: str
) -> None:
    triple, shape, words = HARM[harm]
    file = tmp_path / "harmed.ttl"
    file.write_text(f"{alone}\n{triple}\n", encoding="utf-8")

    found = [
        finding for finding in validate_files([file]).findings
        if finding.severity is Severity.VIOLATION and finding.shape == shape
    ]  # fmt: skip

    assert found
    assert found[0].releases == ("000-24ffadc2e9eef197",)
    assert not words or any(words in quote.text for quote in found[0].quotes)
