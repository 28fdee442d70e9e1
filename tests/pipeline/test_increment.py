"""An edition made of the one before is what one from nothing would be."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS

from eugraph.changes import Changes
from eugraph.editions import GRAPH_BASE, Edition, current, editions
from eugraph.errors import ReleaseError, ShrinkError
from eugraph.pipeline import Built, build
from eugraph.pipeline.workings import read_workings, write_workings
from eugraph.releases.release import Release
from eugraph.store import Store
from eugraph.triples.describe import describe

from .texts import text

VARIANTS = (
    text("GREENCOR"),
    text("GREENCOR", title="Greener Corners", count=5),
    text("GREENCOR", count=6),
    text("GREENCOR", town="Riga"),
    text("BLUEBAY", title="Blue Bay", town="Liepaja"),
    "The town library is open again\nFrom Monday readers may come until eight.\n",
)
"""Texts of releases: some of one project, with other names, counts and places, some of another."""

ALL = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def content(edition: Edition) -> dict[str, bytes]:
    """Return all that an edition says, by the names of its files."""
    kept = ("graphs/*", "texts/*", "dumps/*", "report.*", "statistics.json", "register.json")
    files = (path for pattern in kept for path in edition.folder.glob(pattern))
    return {str(path.relative_to(edition.folder)): path.read_bytes() for path in files}


def triples(edition: Edition) -> set[tuple[tuple[str, str], ...]]:
    """Return what the store of an edition holds."""
    rows = Store.read_only(edition.store).select(ALL)
    return {tuple(sorted((name, node.n3()) for name, node in row.items())) for row in rows}


TABLES = {
    "things": "*",
    "names": "*",
    "facets": "*",
    "said": "text, iri, kind, language, start",
}


def index(edition: Edition, folder: Path) -> dict[str, list[str]]:
    """Return the rows of the index of an edition, of which its full text holds every word."""
    copy = folder / "search.db"
    shutil.copyfile(edition.search, copy)
    with closing(sqlite3.connect(copy)) as file:
        file.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        return {
            table: sorted(map(repr, file.execute(f"SELECT {columns} FROM {table}")))
            for table, columns in TABLES.items()
        }


def forget(site: Path) -> Path:
    """Return a copy of a site that knows its keys and its editions, and nothing of their making."""
    copy = site.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site, copy, symlinks=True)
    shutil.rmtree(copy / "readings", ignore_errors=True)
    for path in copy.glob("editions/*/workings.jsonl"):
        path.unlink()
    return copy


STEP = st.dictionaries(
    st.sampled_from(["one", "two", "three"]), st.sampled_from(VARIANTS), min_size=1
)


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.lists(STEP, min_size=2, max_size=3))
def test_any_order_of_changes_gives_what_a_build_from_nothing_gives(
    steps: list[dict[str, str]],
) -> None:
    """Releases come, change and go in any order; the register alone remembers it."""
    # The engine may still write its log for a moment after it has been let go.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        site, releases = Path(folder) / "site", Path(folder) / "releases"
        for step in steps:
            shutil.rmtree(releases, ignore_errors=True)
            releases.mkdir()
            for name, said in step.items():
                (releases / f"{name}.txt").write_text(said, encoding="utf-8")
            copy = forget(site) if site.exists() else site.with_name("copy")
            built = build([releases], site, allow_shrink=True)
            again = build([releases], copy, allow_shrink=True)

            assert built.edition is not None
            assert again.edition is not None
            assert built.verdict == again.verdict
            assert content(built.edition) == content(again.edition)
            assert triples(built.edition) == triples(again.edition)
            assert index(built.edition, Path(folder)) == index(again.edition, Path(folder))


class Folder:
    """A folder of releases and the site that is made of it."""

    def __init__(self, root: Path) -> None:
        self.releases, self.site = root / "releases", root / "site"
        self.releases.mkdir()

    def say(self, name: str, said: str | None) -> None:
        """Write a release, or take it away."""
        path = self.releases / f"{name}.txt"
        if said is None:
            path.unlink()
        else:
            path.write_text(said, encoding="utf-8")

    def build(self, *, allow_shrink: bool = False, keep: int = 10) -> Built:
        """Build the site."""
        return build([self.releases], self.site, allow_shrink=allow_shrink, keep=keep)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a folder of two releases, published."""
    folder = Folder(tmp_path)
    folder.say("one", text("GREENCOR"))
    folder.say("two", text("BLUEBAY", title="Blue Bay"))
    assert folder.build().edition
    return folder


def test_only_what_changed_is_read_and_written(folder: Folder) -> None:
    first = current(folder.site)
    folder.say("two", text("BLUEBAY", title="Blue Bay", count=7))

    built = folder.build()

    assert [each.release.id for each in built.read] == ["two"]
    assert built.releases == ("one", "two")
    assert built.edition
    for name in ("graphs/one.nt", "texts/one.txt"):
        assert (first.folder / name).samefile(built.edition.folder / name)
    assert not (first.folder / "graphs/two.nt").samefile(built.edition.folder / "graphs/two.nt")
    told = {each.thing.path: each.action for each in Changes(built.edition.changes).changes()}
    assert told["release/two"] == "update"
    assert "release/one" not in told


def test_a_build_without_changes_publishes_nothing(folder: Folder) -> None:
    built = folder.build()

    assert built.edition == current(folder.site)
    assert not built.changed
    assert len(editions(folder.site)) == 1


def test_missing_dumps_are_written_by_the_next_build(folder: Folder) -> None:
    before = content(current(folder.site))
    shutil.rmtree(current(folder.site).dumps)

    folder.build()

    assert content(current(folder.site)) == before


def test_a_damaged_memory_is_not_believed(folder: Folder) -> None:
    workings = current(folder.site).folder / "workings.jsonl"
    workings.write_text(workings.read_text(encoding="utf-8").replace("GREENCOR", "OTHER"), "utf-8")
    workings.write_text(workings.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    for path in (folder.site / "readings").iterdir():
        path.write_text("[]\n[]", encoding="utf-8")
    folder.say("three", text("REDROOF", title="Red Roof"))

    built = folder.build()

    assert len(built.read) == 3
    assert built.edition
    assert "OTHER" not in built.edition.graphs["https://w3id.org/eugraph/id/graph/one"]


def test_what_was_found_stays_where_the_change_does_not_reach(folder: Folder) -> None:
    edition = current(folder.site)
    path, made_by = edition.folder / "workings.jsonl", edition.manifest.program
    workings = read_workings(path, made_by, ())
    told = {"en": "Found before.", "lv": "Atrasts agrāk."}
    findings = tuple(replace(each, messages=told) for each in workings.findings)
    write_workings(
        path,
        replace(workings, recall=lambda: (workings.shared, workings.together, findings)),
        made_by,
    )
    folder.say("one", text("GREENCOR", count=7))

    findings = folder.build().verdict.findings

    before = {f.releases for f in findings if f.messages["en"] == "Found before."}
    assert before == {("two",)}
    assert ("one",) in {f.releases for f in findings}


def test_a_release_whose_file_went_goes_and_its_names_stay_known(folder: Folder) -> None:
    folder.say("two", None)

    built = folder.build()

    assert built.edition
    assert "https://w3id.org/eugraph/id/graph/two" not in built.edition.graph_names
    assert "release/two" in built.edition.register.paths
    thing = Changes(built.edition.changes).thing("release/two")
    assert thing
    assert thing.deleted


def test_most_releases_vanish_only_if_that_is_allowed(folder: Folder) -> None:
    for name in ("three", "four"):
        folder.say(name, text(name.upper(), title=name))
    served = folder.build().edition
    for name in ("two", "three", "four"):
        folder.say(name, None)

    with pytest.raises(ShrinkError, match=r"3 of 4 published releases.*--allow-shrink"):
        folder.build()
    assert current(folder.site) == served
    shrunk = folder.build(allow_shrink=True)
    assert shrunk.releases == ("one",)


def test_old_editions_keep_their_files_and_history_only(folder: Folder) -> None:
    for count in (5, 6):
        folder.say("one", text("GREENCOR", count=count))
        folder.build(keep=2)

    oldest, *others = editions(folder.site)
    assert not oldest.whole
    assert (oldest.dumps / "eugraph.nt").exists()
    assert oldest.manifest.counts["releases"] == 2
    assert Changes(oldest.changes).thing("release/one")
    assert all(each.whole for each in others)


def test_two_files_of_one_id_keep_nothing_else_from_being_published(folder: Folder) -> None:
    folder.say("two_", text("REDROOF"))

    built = folder.build()

    assert built.changed
    assert built.releases == ("one", "two")
    (told,) = built.left_out
    assert told.name.endswith("two_.txt")
    assert "two.txt" in told.reason
    assert current(folder.site).manifest.left_out == {told.name: told.reason}
    again = folder.build()
    assert not again.changed
    assert [error.name for error in again.left_out] == [told.name]
    with pytest.raises(ReleaseError, match=r"two_\.txt"):
        build([folder.releases], folder.site, strict=True)


def test_a_copy_under_another_name_is_no_second_source(folder: Folder) -> None:
    """Also in another encoding, and whichever of the two was read before."""
    same = text("GREENCOR", town="Liepāja")
    folder.say("one", same)
    folder.build()
    (folder.releases / "a-copy.txt").write_bytes(same.encode("utf-16"))

    built = folder.build()

    assert built.releases == ("a-copy", "two")
    (told,) = built.left_out
    assert told.name.endswith("one.txt")
    assert "a-copy.txt" in told.reason
    assert "same text" in told.reason
    assert folder.build().releases == built.releases
    with pytest.raises(ReleaseError, match=r"one\.txt"):
        build([folder.releases], folder.site, strict=True)
    folder.say("one", text("GREENCOR", town="Riga"))
    assert folder.build().releases == ("a-copy", "one", "two")


def test_an_unknown_licence_is_told_and_the_release_goes_on(folder: Folder) -> None:
    (folder.releases / "one.toml").write_text('licence = "free"', encoding="utf-8")

    built = folder.build()

    assert built.edition
    assert built.releases == ("one", "two")
    assert [Path(error.name).name for error in built.left_out] == ["one.toml"]
    assert "free" not in built.edition.graphs[GRAPH_BASE + "one"]
    (folder.releases / "one.toml").write_text('licence = "CC0"', encoding="utf-8")
    licensed = folder.build()
    assert licensed.edition
    assert not licensed.left_out
    assert (
        "<https://creativecommons.org/publicdomain/zero/1.0/>"
        in (licensed.edition.graphs[GRAPH_BASE + "one"])
    )


def test_editions_within_a_second_have_times_in_their_order(folder: Folder) -> None:
    for count in (5, 6, 7):
        folder.say("one", text("GREENCOR", count=count))
        folder.build()

    times = [edition.manifest.created for edition in editions(folder.site)]
    assert times == sorted(set(times))


@pytest.mark.parametrize("first", [True, False])
def test_a_graph_that_the_store_does_not_take_costs_its_release_and_no_other(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    def flawed(release: Release, *told: Any) -> Graph:  # noqa: ANN401  # passed on
        graph = describe(release, *told)
        if release.id == "three":
            graph.add((URIRef(f"{GRAPH_BASE}three"), RDFS.seeAlso, URIRef("http://a b/")))
        return graph

    monkeypatch.setattr("eugraph.pipeline.describing.describe", flawed)
    if first:
        folder.site = folder.site.with_name("another")
    folder.say("three", text("REDWOOD", title="Red Wood"))

    built = folder.build()

    assert built.edition
    assert built.releases == ("one", "two")
    (told,) = built.left_out
    assert told.name.endswith("three.txt")
    assert "cannot be published" in told.reason
    assert "three" not in {name.rpartition("/")[2] for name in built.edition.graph_names}
    assert not folder.build().changed
    with pytest.raises(ReleaseError, match="cannot be published"):
        build([folder.releases], folder.site.with_name("strict"), strict=True)
