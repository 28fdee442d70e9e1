"""Two releases of one project meet in one project, and what they disagree on is told, with both.

The second release was written for this test; each case changes a few of its words.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, SKOS

from eugraph.editions import GRAPH_BASE, current
from eugraph.pipeline import Built, build, open_store
from eugraph.triples.iris import ID
from eugraph.validation import Finding
from eugraph.vocabulary import EUG, IDENTITY_RULE, PROLOGUE

RELEASES = Path(__file__).parents[1] / "data" / "releases"
WIR = "000-24ffadc2e9eef197"
SECOND = "wir-in-daugavpils"

TEXT = """The meeting of partners of project WIR in Daugavpils has ended
Daugavpils City Council in cooperation with Vanersborg municipality (Vänersborgs kommun) in Sweden (lead partner) implements project WIR within the framework of European Union Programme “Europe for Citizens”. The project involves 10 partners from 7 countries – Sweden, Italy, Austria, Germany, Spain, Finland and Latvia. Term of implementation: 16.10.2017. – 15.10.2019.
The third partner meeting of the project was held in Daugavpils from 12 to 14 March 2019.
"""


def changed(*changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def published(folder: Path, **texts: str) -> Built:
    """Build the first release with `texts`."""
    releases = folder / "releases"
    shutil.rmtree(releases, ignore_errors=True)
    releases.mkdir(parents=True)
    for path in RELEASES.glob("000*"):
        shutil.copy(path, releases)
    for name, text in texts.items():
        (releases / f"{name.replace('_', '-')}.txt").write_text(text, encoding="utf-8")
    return build([releases], folder / "site")


def graph(site: Path, name: str) -> Graph:
    return Graph().parse(data=current(site).graphs[GRAPH_BASE + name], format="nt")


def across(built: Built) -> dict[str, list[Finding]]:
    """Return the findings about both releases, by shape."""
    found: dict[str, list[Finding]] = {}
    for each in built.verdict.findings:
        if each.shape.startswith("X"):
            found.setdefault(each.shape, []).append(each)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agreeing")
    built = published(folder, wir_in_daugavpils=TEXT)
    assert built.edition
    assert across(built) == {}
    return folder / "site"


def test_two_releases_of_one_project_meet_in_one_project(site: Path) -> None:
    query = PROLOGUE + "SELECT ?project ?release { ?release eug:aboutProject ?project }"
    rows = {(str(row["project"]), str(row["release"])) for row in open_store(site).select(query)}

    project = ID + "project/wir-2017"
    assert rows == {(project, f"{ID}release/{WIR}"), (project, f"{ID}release/{SECOND}")}


def test_the_meeting_that_was_planned_and_the_one_that_was_held_are_one_event(site: Path) -> None:
    query = PROLOGUE + "SELECT DISTINCT ?event { ?event eug:eventOf ?p ; eug:heldAt ?place }"
    events = {str(row["event"]) for row in open_store(site).select(query)}

    assert events == {
        ID + "event/wir-2017/vanersborg-conference",
        ID + "event/wir-2017/daugavpils-event",
    }


def test_an_event_of_two_releases_has_one_label_in_a_language(site: Path) -> None:
    event = URIRef(ID + "event/wir-2017/daugavpils-event")

    labels = {name for each in (WIR, SECOND) for name in graph(site, each).objects(event, SKOS.prefLabel)}  # fmt: skip

    assert labels == {
        Literal("WIR event in Daugavpils", lang="en"),
        Literal("WIR pasākums, Daugavpils", lang="lv"),
    }


def test_it_is_published_why_the_two_are_one(site: Path) -> None:
    told = graph(site, "identity")
    node = URIRef(f"{ID}identity/project/wir-2017/{SECOND}")

    assert (node, RDF.type, EUG.Identification) in told
    assert (node, DCTERMS.subject, URIRef(ID + "project/wir-2017")) in told
    assert (node, EUG.identityRule, IDENTITY_RULE["same-name-and-start"]) in told
    assert set(told.objects(node, PROV.wasDerivedFrom)) == {
        URIRef(f"{ID}release/{WIR}"),
        URIRef(f"{ID}release/{SECOND}"),
    }


def test_an_edition_is_read_by_the_next_for_the_keys_it_gave(tmp_path: Path) -> None:
    """Without a term and a lead partner the second release is of another project, for all we know."""
    bare = "Project WIR begins\nThe project “WIR” involves 10 partners from 7 countries.\n"
    first = published(tmp_path, wir_in_daugavpils=bare)
    assert first.edition
    assert current(tmp_path / "site").register.replaced == {}

    second = published(tmp_path, wir_in_daugavpils=TEXT)

    assert second.edition
    identity = graph(tmp_path / "site", "identity")
    old, new = URIRef(ID + "project/wir"), URIRef(ID + "project/wir-2017")
    assert (old, DCTERMS.isReplacedBy, new) in identity
    assert (old, OWL.deprecated, Literal(True)) in identity  # noqa: FBT003


LEAD = "Daugavpils City Council in cooperation with Vanersborg municipality (Vänersborgs kommun) in Sweden (lead partner) implements"
CASES = {
    "X01 another number of partners": ("X01", changed(("10 partners", "9 partners")),
        "stated partner count: 10 and 9"),
    "X01 another end of the term": ("X01", changed(("15.10.2019", "31.10.2019")),
        "end date: 2019-10-15 and 2019-10-31"),
    "X02 a later project of the same acronym": ("X02", changed(
        ("16.10.2017. – 15.10.2019.", "01.03.2021. – 28.02.2023."),
        ("from 12 to 14 March 2019", "from 12 to 14 March 2022")), "The acronym WIR"),
    "X04 another lead partner": ("X04", changed(
        (LEAD, "Daugavpils City Council (lead partner) in cooperation with Vanersborg municipality (Vänersborgs kommun) in Sweden implements")),
        "different lead partners"),
    "X05 another country": ("X05", changed(
        ("7 countries – Sweden", "8 countries – Poland, Sweden")), "Poland is listed"),
    "X06 held at another time than planned": ("X06", changed(("March 2019", "May 2019")),
        "planned for 2019-03"),
    "X08 a year that was inferred otherwise": ("X08", changed(
        ("The third partner meeting of the project was held in Daugavpils from 12 to 14 March 2019",
         "The project conference was held in Vanersborg, Sweden, from 17 to 20 April 2019")),
        "contradicts the inferred date"),
    "X09 two second meetings": ("X09", changed(
        ("The third partner meeting of the project was held in Daugavpils from 12 to 14 March 2019",
         "The second partner meeting of the project was held in Ravenna, Italy, from 12 to 14 November 2018")),
        "number 2"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_two_releases_disagree_on_is_told(case: str, tmp_path: Path) -> None:
    shape, text, words = CASES[case]

    found = across(published(tmp_path, wir_in_daugavpils=text))

    assert shape in found, found.keys()
    assert any(words in each.messages["en"] for each in found[shape])
    assert all(each.releases for each in found[shape])


def test_a_second_meeting_that_the_plan_fits_as_well_is_told_as_perhaps_the_same(
    tmp_path: Path,
) -> None:
    later = changed(("The third partner", "The fourth partner"), ("12 to 14", "26 to 28"))

    found = across(published(tmp_path, wir_in_daugavpils=TEXT, wir_once_more=later))

    assert {"X07"} <= found.keys()
