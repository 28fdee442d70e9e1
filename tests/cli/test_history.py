"""The verbs about editions: what differs, and going back."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from eugraph.editions import current, editions, find_edition
from eugraph.pipeline import build

from .test_cli import RELEASES, WIR, eugraph

PROJECT = "project/wir-2017"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of two editions: one release, then another besides it."""
    site = tmp_path_factory.mktemp("history")
    assert build([WIR], site).edition
    assert build([RELEASES], site).edition
    return site


def _triples(site: Path, number: int) -> set[ox.Triple]:
    texts = find_edition(site, number).graphs.values()
    return {q.triple for text in texts for q in ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES)}


def test_a_difference_is_a_table_of_things_and_why(site: Path) -> None:
    done = eugraph("diff", "1", "2", "--site", site)

    assert (done.returncode, done.stderr) == (0, "")
    assert "edition 1 → 2" in done.stdout
    assert "new file 002_689f9d673cc17196.txt" in done.stdout
    assert "release/002-689f" in done.stdout
    assert "EUCIDIN" in done.stdout, "things are called by their names"
    record = json.loads(eugraph("diff", "1", "2", "--site", site, "--json").stdout)
    new = next(each for each in record["things"] if "release/002-689f" in each["iri"])
    assert any("/text/002-689f" in line for line in new["added"]), "its text is the release's"


def test_a_difference_as_an_update_makes_the_one_edition_of_the_other(site: Path) -> None:
    for old, new in ((1, 2), (2, 1)):
        done = eugraph("diff", str(old), str(new), "--site", site, "--format", "ru")
        assert done.returncode == 0, done.stderr
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in _triples(site, old))
        store.update(done.stdout)
        assert {quad.triple for quad in store} == _triples(site, new)


def test_a_difference_in_each_form_tells_the_same(site: Path) -> None:
    record = json.loads(eugraph("diff", "1", "2", "--site", site, "--json").stdout)
    named = json.loads(eugraph("diff", "1", "2", "--site", site, "--format", "json").stdout)
    quads = eugraph("diff", "1", "2", "--site", site, "--format", "nq").stdout.splitlines()

    assert record == named
    assert record["added"] == sum(line.endswith("<urn:eugraph:added> .") for line in quads) > 0
    assert record["removed"] == sum(line.endswith("<urn:eugraph:removed> .") for line in quads)
    created = {
        each["iri"].split("/id/")[1] for each in record["things"] if each["action"] == "create"
    }
    assert "release/002-689f9d673cc17196" in created
    assert not any(path.startswith(PROJECT) for path in created)


@pytest.mark.parametrize("verb", [("diff", "1", "9"), ("diff", "9", "1"), ("rollback", "9")])
def test_an_edition_that_is_none_is_told_in_a_line(site: Path, verb: tuple[str, ...]) -> None:
    done = eugraph(*verb, "--site", site)

    assert done.returncode == 1
    assert "9" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_going_back_publishes_an_older_edition_again_and_can_be_undone(tmp_path: Path) -> None:
    assert build([WIR], tmp_path).edition
    assert build([RELEASES], tmp_path).edition

    done = eugraph("rollback", "--site", tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "edition 3 is served, which is edition 1 again" in done.stderr
    assert current(tmp_path).number == 3
    assert _triples(tmp_path, 3) == _triples(tmp_path, 1) != _triples(tmp_path, 2)

    done = eugraph("rollback", "2", "--site", tmp_path, "--json")
    assert json.loads(done.stdout) == {"edition": 4, "copy_of": 2}
    assert _triples(tmp_path, 4) == _triples(tmp_path, 2)

    listed = json.loads(eugraph("editions", "--site", tmp_path, "--json").stdout)
    assert len(listed) == len(editions(tmp_path)) == 4
    told = eugraph("diff", "1", "3", "--site", tmp_path).stdout
    assert "edition 3 is edition 1 again" in told
    assert "0 triples came, 0 went" in told
