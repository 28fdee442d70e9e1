"""What each edition created, updated and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from eugraph.changes import Action, Changes, write_changes
from eugraph.errors import SiteError
from eugraph.store import Store
from eugraph.vocabulary import EUG

ID = "https://w3id.org/eugraph/id/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
NAME = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
DAYS = tuple(f"2026-01-0{day}T00:00:00+00:00" for day in range(1, 8))


def graph(*triples: tuple[str, str, str]) -> str:
    """Return sorted N-Triples: the subjects are paths."""
    return "".join(sorted(f"<{ID}{s}> {p} {o} .\n" for s, p, o in triples))


def release(name: str, *triples: tuple[str, str, str]) -> dict[str, str]:
    """Return the graph of a release that says this, and that it is one."""
    said = graph((f"release/{name}", A, f"<{EUG.PressRelease}>"), *triples)
    return {f"{ID}graph/{name}": said}


def project(name: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Return that the project `wir` is one and has a name."""
    return ("project/wir", A, f"<{EUG.Project}>"), ("project/wir", NAME, f'"{name}"@en')


def editions(folder: Path, *datasets: Mapping[str, str]) -> list[Changes]:
    """Return the changes of editions that are published one after the other."""
    files = [folder / str(number) for number, _ in enumerate(datasets)]
    for number, new in enumerate(datasets):
        old = datasets[number - 1] if number else {}
        differing = [iri for iri in {*old, *new} if old.get(iri) != new.get(iri)]
        write_changes(
            files[number],
            before=files[number - 1] if number else None,
            number=number + 1,
            created=DAYS[number],
            old={iri: old[iri] for iri in differing if iri in old},
            new={iri: new[iri] for iri in differing if iri in new},
            about=Store.in_memory(new).about,
        )
    return [Changes(file) for file in files]


def told(changes: Changes) -> dict[str, str]:
    """Return the changes of one edition: path → action."""
    return {change.thing.path: str(change.action) for change in changes.changes()}


def test_what_the_first_edition_tells_of_is_created(tmp_path: Path) -> None:
    (first,) = editions(tmp_path, release("one", *project("WIR")))

    assert told(first) == {"project/wir": "create", "release/one": "create"}
    change, _ = first.changes()
    assert change.content == graph(*project("WIR"))
    assert change.thing.iri == f"{ID}project/wir"
    assert (change.thing.created, change.thing.changed) == (DAYS[0], DAYS[0])


def test_an_edition_tells_what_it_changed_and_keeps_what_it_did_not(tmp_path: Path) -> None:
    one, two = release("one", *project("WIR")), release("two")
    _, second = editions(tmp_path, one | two, release("one", *project("W.I.R.")) | two)

    assert told(second) == {"project/wir": "update", "release/one": "update"}
    thing, untouched = second.thing("project/wir"), second.thing("release/two")
    assert thing
    assert untouched
    assert (thing.created, thing.changed) == (DAYS[0], DAYS[1])
    assert untouched.changed == DAYS[0]


def test_a_thing_that_another_release_still_tells_of_is_not_changed(tmp_path: Path) -> None:
    one, two = release("one", *project("WIR")), release("two", *project("WIR"))
    _, second = editions(tmp_path, one | two, two)

    assert told(second) == {"release/one": "delete"}


def test_what_is_gone_is_told_as_deleted_and_may_come_again(tmp_path: Path) -> None:
    full, bare = release("one", *project("WIR")), release("two")
    *_, gone, back, again = editions(tmp_path, full | bare, bare, full | bare, full | bare)

    assert told(gone) == {"project/wir": "delete", "release/one": "delete"}
    assert [change.content for change in gone.changes()] == ["", ""]
    deleted, returned = gone.thing("project/wir"), back.thing("project/wir")
    assert deleted
    assert returned
    assert (deleted.deleted, deleted.changed) == (True, DAYS[1])
    assert (returned.deleted, returned.created, returned.changed) == (False, DAYS[0], DAYS[2])
    assert told(back) == {"project/wir": "create", "release/one": "create"}
    assert told(again) == {}


def test_a_thing_given_up_for_another_is_deleted(tmp_path: Path) -> None:
    replaced = graph(("project/wir", "<http://www.w3.org/2002/07/owl#deprecated>", '"true"'))
    _, second = editions(
        tmp_path,
        release("one", *project("WIR")),
        release("one") | {f"{ID}graph/identity": replaced},
    )

    assert told(second)["project/wir"] == "delete"


def test_what_an_organisation_does_in_a_project_is_of_the_project(tmp_path: Path) -> None:
    part = "participation/wir/lv-town"
    wir = (*project("WIR"), ("project/wir", f"<{EUG.hasParticipation}>", f"<{ID}{part}>"))
    inside = (part, f"<{EUG.participationIn}>", f"<{ID}project/wir>")
    role = (part, f"<{EUG.participationRole}>", "<https://w3id.org/eugraph/vocab/role/partner>")
    _, second, third = editions(
        tmp_path,
        release("one", *wir, inside),
        release("one", *wir, inside) | release("two", inside, role),
        release("one", *wir, inside) | release("two", inside),
    )

    assert told(second) == {"project/wir": "update", "release/two": "create"}
    assert "role/partner" in second.changes()[0].content
    assert told(third) == {"project/wir": "update", "release/two": "update"}


def test_a_fact_inside_a_release_changes_the_release(tmp_path: Path) -> None:
    fact = ("assertion/one/1", A, f"<{EUG.Assertion}>")
    _, second = editions(tmp_path, release("one"), release("one", fact))

    assert told(second) == {"release/one": "update"}


def test_things_are_listed_by_time_and_path_a_page_at_a_time(tmp_path: Path) -> None:
    names = [f"r{number}" for number in range(5)]
    steps: list[dict[str, str]] = [{}]
    for name in names:
        steps.append(steps[-1] | release(name))
    *_, last = editions(tmp_path, *steps)

    pages = []
    after = ("", "")
    while page := last.things(["release"], after=after, most=2):
        pages.append(page)
        after = (page[-1].changed, page[-1].path)

    found = [thing for page in pages for thing in page]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [thing.path for thing in found] == [f"release/{name}" for name in names]
    assert all(one.changed < other.changed for one, other in pairwise(found))
    inner = last.things(since=DAYS[2], until=DAYS[3])
    assert [thing.path for thing in inner] == ["release/r1", "release/r2"]
    assert last.count(["release"]) == len(names)
    assert last.count(["project"]) == 0


def test_a_thing_that_never_was_is_none_and_a_damaged_file_is_told(tmp_path: Path) -> None:
    (first,) = editions(tmp_path, release("one"))
    (tmp_path / "damaged").write_text("no database", encoding="utf-8")

    assert first.thing("project/none") is None
    with pytest.raises(SiteError, match="build again"):
        Changes(tmp_path / "damaged").changes()
    assert Action("create") is Action.CREATE
