"""What releases disagree on is in the quality graph, and follows every change."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from eugraph.editions import current
from eugraph.identity.resolve import Keys
from eugraph.pipeline import build
from eugraph.triples.iris import QUALITY_GRAPH, REFERENCE_GRAPH
from eugraph.validation import check_graphs
from eugraph.vocabulary import EUG, OA

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

    assert {each.shape for each in found} == {"S02"}


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
    assert len(quality(site)) == 0

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
