"""What releases disagree on is in the quality graph, and follows every change."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

from eugraph.editions import GRAPH_BASE, current
from eugraph.identity.resolve import Keys
from eugraph.pipeline import build
from eugraph.store import Store
from eugraph.triples.iris import QUALITY_GRAPH, REFERENCE_GRAPH
from eugraph.validation import check_graphs
from eugraph.vocabulary import DQV, EUG, OA, QUALITY_METRIC

from .texts import text

ON_COUNT = URIRef("https://w3id.org/eugraph/id/discrepancy/quality/greencor-2018/partner-count")
ACCEPTED = """[[correction]]
action = "accept"
project = "GREENCOR"
discrepancy = "value-differs-between-releases"
slot = "partner-count"
value = 5
who = "Anna"
when = 2020-01-02
why = "One left."
"""


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """Return a folder of three releases: two of one project disagree on the number of partners."""
    folder = tmp_path / "releases"
    folder.mkdir()
    said = {"one": text("GREENCOR"), "two": text("GREENCOR", count=5), "three": text("BLUEBAY")}
    for name, each in said.items():
        (folder / f"{name}.txt").write_text(each, encoding="utf-8")
    return folder


def quality(site: Path) -> Graph:
    """Return the quality graph of the edition that is served."""
    text = current(site).graph(str(QUALITY_GRAPH))
    return Graph(identifier=QUALITY_GRAPH).parse(data=text, format="nt")


def test_both_readings_are_told_with_their_words(releases: Path) -> None:
    site = releases.parent / "site"
    built = build([releases], site)

    told = quality(site)
    edition = current(site)
    everything = Graph()
    for each in edition.graphs.values():
        everything.parse(data=each, format="nt")
    words = {
        str(quote)
        for assertion in told.objects(ON_COUNT, EUG.concernsAssertion)
        for evidence in everything.objects(assertion, EUG.hasEvidence)
        for selector in everything.objects(evidence, OA.hasSelector)
        for quote in everything.objects(selector, OA.exact)
    }

    assert words == {"4 partners", "5 partners"}
    assert edition.manifest.counts["discrepancies"] >= 1
    assert built.verdict.conforms


def test_the_quality_graph_is_what_the_shapes_ask_for(releases: Path) -> None:
    site = releases.parent / "site"
    build([releases], site)
    reference = Graph().parse(data=current(site).graph(str(REFERENCE_GRAPH)), format="nt")

    found = check_graphs({str(QUALITY_GRAPH): quality(site)}, reference, shared=())

    told = {each.shape for each in found if "/id/discrepancy/" in str(each.focus)}
    assert told == {"S02"}  # of a project it says no more than that it is one


def said_of_itself(site: Path, graph: str) -> tuple[bool, int]:
    """Tell whether a named graph says that it is quality metadata, and of how many discrepancies.

    Also checks that it tells of so many.
    """
    told = Graph().parse(data=current(site).graph(graph), format="nt")
    node = URIRef(graph)
    (measured,) = told.objects(node, DQV.hasQualityMeasurement)
    (number,) = (int(str(value)) for value in told.objects(measured, DQV.value))
    assert number == len(set(told.subjects(RDF.type, EUG.Discrepancy)))
    assert list(told.objects(measured, DQV.computedOn)) == [node]
    assert list(told.objects(measured, DQV.isMeasurementOf)) == [QUALITY_METRIC.discrepancies]
    return (node, RDF.type, DQV.QualityMetadata) in told, number


def projects(site: Path) -> tuple[set[object], set[object]]:
    """Return the projects that the releases publish, and those that the quality graph compared."""
    graphs = current(site).graphs
    told = Graph()
    for name, lines in graphs.items():
        if name != str(QUALITY_GRAPH):
            told.parse(data=lines, format="nt")
    compared = quality(site).subjects(RDF.type, EUG.Project)
    return set(told.subjects(RDF.type, EUG.Project)), set(compared)


def test_graphs_count_their_discrepancies_and_every_project_is_compared(releases: Path) -> None:
    site = releases.parent / "site"
    build([releases], site)
    for name in ("one", "two", "three", "quality"):
        is_metadata, _ = said_of_itself(site, f"{GRAPH_BASE}{name}")
        assert is_metadata
    assert said_of_itself(site, str(QUALITY_GRAPH))[1] == 1
    assert len(projects(site)[0]) == 2
    assert projects(site)[0] == projects(site)[1]

    (releases / "four.txt").write_text(text("REDHILL"), encoding="utf-8")
    (releases / "two.txt").unlink()
    build([releases], site)
    assert said_of_itself(site, str(QUALITY_GRAPH)) == (True, 0)
    assert len(projects(site)[0]) == 3
    assert projects(site)[0] == projects(site)[1]

    (releases / "three.txt").unlink()
    build([releases], site)
    assert len(projects(site)[0]) == 2
    assert projects(site)[0] == projects(site)[1]


OWN_SUBJECT = """SELECT ?s { GRAPH <%s> { ?s a ?t FILTER isIRI(?s) } FILTER NOT EXISTS {
    GRAPH ?other { ?s a ?type } FILTER(?other != <%s>) } } LIMIT 1"""
"""Finds a thing that only one graph has a type of."""


@pytest.mark.parametrize("left", [("one", "two", "three"), ("one", "two"), ("one", "three")])
def test_what_only_a_graph_tells_of_is_first_the_graph_itself(
    releases: Path, left: tuple[str, ...]
) -> None:
    # Who tries the protocol on named graphs that it finds takes such a thing of each of three.
    for name in {"one", "two", "three"} - set(left):
        (releases / f"{name}.txt").unlink()
    site = releases.parent / "site"
    build([releases], site)
    store = Store.read_only(current(site).store)
    found = store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s a ?t FILTER isIRI(?s) } } LIMIT 60")
    graphs = [str(row["g"]) for row in found][:3]

    assert set(graphs) <= {f"{GRAPH_BASE}{name}" for name in (*left, "quality")}
    for graph in graphs:
        (row,) = store.select(OWN_SUBJECT % (graph, graph))
        assert str(row["s"]) == graph


def test_it_follows_a_figure_without_deciding_on_identity_again(
    releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = releases.parent / "site"
    build([releases], site)

    def never(*_: object) -> Keys:
        raise AssertionError("identity was decided on")

    monkeypatch.setattr("eugraph.pipeline.making.resolve", never)
    (releases / "three.txt").write_text(text("BLUEBAY", count=9), encoding="utf-8")
    build([releases], site)
    assert (ON_COUNT, None, None) in quality(site)

    (releases / "two.txt").write_text(text("GREENCOR") + "More is told later.\n", encoding="utf-8")
    build([releases], site)
    assert (ON_COUNT, None, None) not in quality(site)

    (releases / "one.txt").write_text(text("GREENCOR", count=6), encoding="utf-8")
    build([releases], site)
    assert "6 (in one)" in str(quality(site).serialize(format="nt"))


def test_a_person_accepts_it_and_takes_that_back(releases: Path) -> None:
    site, overrides = releases.parent / "site", releases.parent / "overrides"
    overrides.mkdir()
    (overrides / "a.toml").write_text(ACCEPTED, encoding="utf-8")
    built = build([releases], site, overrides=overrides)

    status = quality(site).value(ON_COUNT, EUG.resolutionStatus)
    (corrected,) = built.corrected
    assert corrected.outcome == "applied"
    assert str(status).endswith("/explained")
    assert len(list(quality(site).objects(ON_COUNT, EUG.preferredAssertion))) == 1

    (overrides / "a.toml").unlink()
    build([releases], site, overrides=overrides)
    status = quality(site).value(ON_COUNT, EUG.resolutionStatus)
    assert str(status).endswith("/open")
