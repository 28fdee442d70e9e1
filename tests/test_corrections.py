"""Corrections from the folder to the published graph: each with its author, the gate green."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD

from eugraph.editions import current
from eugraph.errors import DataError
from eugraph.facts.corrections.correction import Outcome
from eugraph.pipeline import Built, build, inspect, is_current, open_store, validate_site
from eugraph.vocabulary import EUG, PROLOGUE

ROOT = Path(__file__).parents[1]
RELEASES = ROOT / "data" / "releases"
WIR = RELEASES / "000_24ffadc2e9eef197.txt"
ID = "https://w3id.org/eugraph/id/"
TITLE = "Demokrātiskās iesaistīšanās un sabiedriskās līdzdalības veicināšana"
ANNA = URIRef(ID + "agent/anna-berzina")

CORRECTIONS = f"""
[[correction]]
action = "set"
release = "000-24ffadc2e9eef197"
slot = "title"
value = "{TITLE}"
quote = "projektu “{TITLE}”"
who = "Anna Bērziņa"
when = 2019-05-31
why = "The contract has this title."

[[correction]]
action = "reject"
project = "WIR"
slot = "role"
organisation = "Daugavpils City Council"
of = "WIR"
old = "partner"
who = "Anna Bērziņa"
when = 2019-05-31
why = "The council is the publisher."

[[correction]]
action = "accept"
project = "WIR"
discrepancy = "content-differs-between-languages"
slot = "objective"
who = "Jānis"
when = 2019-06-01
why = "The English text is a summary."

[[correction]]
action = "accept"
project = "EUCIDIN"
discrepancy = "stated-in-one-language-only"
who = "Jānis"
when = 2019-06-01
why = "The versions were written by two people."

[[correction]]
action = "reject"
release = "001-gone"
slot = "acronym"
old = "WIR"
who = "Jānis"
when = 2019-06-01
why = "Of a release that is not here any more."

[[correction]]
action = "set"
project = "WIR"
slot = "partner-count"
value = 10
quote = "10 partners"
who = "Jānis"
when = 2019-06-01
why = "It was read wrongly once."

[[correction]]
action = "split"
project = "WIR"
other = {{ project = "EUCIDIN" }}
who = "Jānis"
when = 2019-06-01
why = "Two projects."
"""

APPLIED, REDUNDANT, STALE = Outcome.APPLIED, Outcome.REDUNDANT, Outcome.STALE


def overrides(folder: Path, text: str = CORRECTIONS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "wir.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def built(site: Path) -> Built:
    """Return what a build of the two releases with corrections did; tests leave it as it is."""
    return build([RELEASES], site, overrides=overrides(site / "overrides"))


@pytest.fixture(scope="module")
def graph(site: Path, built: Built) -> Graph:
    assert built.edition
    return Graph().parse(current(site).dumps / "eugraph.nt")


def assertion(graph: Graph, predicate: URIRef, value: Literal) -> URIRef:
    (found,) = set(graph.subjects(RDF.predicate, predicate)) & set(
        graph.subjects(RDF.object, value)
    )
    return URIRef(str(found))


def test_the_gate_lets_corrections_through(site: Path, built: Built) -> None:
    assert built.edition
    assert validate_site(site).conforms


def test_every_correction_is_told_of_in_its_order(built: Built) -> None:
    assert [each.outcome for each in built.corrected] == [
        APPLIED, APPLIED, APPLIED, APPLIED, STALE, REDUNDANT, REDUNDANT,
    ]  # fmt: skip
    assert "no release that was read" in built.corrected[4].reason


def test_what_a_person_set_is_a_fact_with_words_author_day_and_reason(graph: Graph) -> None:
    title = Literal(TITLE, lang="lv")
    node = assertion(graph, DCTERMS.title, title)

    assert (URIRef(ID + "project/wir-2017"), DCTERMS.title, title) in graph
    assert list(graph.objects(node, EUG.hasEvidence))
    assert graph.value(node, PROV.wasAttributedTo) == ANNA
    assert graph.value(node, DCTERMS.date) == Literal("2019-05-31", datatype=XSD.date)
    assert graph.value(node, RDFS.comment) == Literal("The contract has this title.")
    assert graph.value(ANNA, RDFS.label) == Literal("Anna Bērziņa")
    assert (ANNA, RDF.type, PROV.Person) in graph


def test_what_a_person_rejected_is_no_fact_and_the_graph_says_who_did(
    site: Path, built: Built
) -> None:
    assert built.edition
    query = """SELECT ?participant ?who ?why WHERE {
        ?discrepancy eug:discrepancyType dtype:rejected-reading ; eug:resolutionStatus dres:explained ;
            eug:concernsAssertion [ rdf:subject ?part ; rdf:object role:partner ; eug:assertionStatus astat:disputed ] ;
            prov:wasAttributedTo/rdfs:label ?who ; rdfs:comment ?why . FILTER(LANG(?why) = "")
        OPTIONAL { ?part eug:participant ?participant }
    }"""

    (row,) = open_store(site).select(PROLOGUE + query)

    assert {name: str(value) for name, value in row.items()} == {
        "who": "Anna Bērziņa",
        "why": "The council is the publisher.",
    }


def test_an_accepted_disagreement_is_open_no_more(graph: Graph) -> None:
    kind = URIRef(
        "https://w3id.org/eugraph/vocab/discrepancy-type/content-differs-between-languages"
    )
    statuses = {
        (
            graph.value(node, EUG.onProperty),
            str(graph.value(node, EUG.resolutionStatus)).rpartition("/")[2],
        )
        for node in graph.subjects(EUG.discrepancyType, kind)
        if f"{ID}discrepancy/000" in str(node)
    }

    assert (EUG.objective, "explained") in statuses


def test_no_node_is_blank_and_every_property_is_known(graph: Graph) -> None:
    terms = Graph().parse(ROOT / "ontology" / "eugraph.ttl")
    for predicate in (PROV.wasAttributedTo, DCTERMS.date):
        assert list(terms.objects(predicate, RDF.type))
        assert (None, predicate, None) in graph
    assert all(isinstance(node, URIRef) for node in graph.subjects())


def test_a_changed_correction_makes_the_edition_outdated(tmp_path: Path) -> None:
    folder, site = overrides(tmp_path / "overrides"), tmp_path / "site"
    build([WIR], site, overrides=folder)

    assert is_current([WIR], site, overrides=folder)
    assert not is_current([WIR], site)
    overrides(folder, CORRECTIONS + "\n# seen again\n")
    assert not is_current([WIR], site, overrides=folder)


def test_several_processes_correct_the_same_as_one(
    site: Path, built: Built, tmp_path: Path
) -> None:
    other = build([RELEASES], tmp_path, workers=2, overrides=site / "overrides")

    assert other.corrected == built.corrected
    one, two = current(site).dumps / "eugraph.nt", current(tmp_path).dumps / "eugraph.nt"
    assert one.read_bytes() == two.read_bytes()


def test_a_malformed_correction_ends_the_build_before_anything_changes(tmp_path: Path) -> None:
    folder = overrides(tmp_path / "overrides", CORRECTIONS.replace('who = "Jānis"', ""))

    with pytest.raises(DataError, match=r"wir\.toml: correction 3: who is missing"):
        build([WIR], tmp_path / "site", overrides=folder)
    assert not (tmp_path / "site" / "current").exists()


def test_the_gate_refuses_a_correction_that_breaks_the_graph(tmp_path: Path) -> None:
    """A project without any name: the correction is a person's, the rules are the house's."""
    text = """[[correction]]
action = "reject"
project = "WIR"
slot = "acronym"
old = "WIR"
who = "Anna"
when = 2019-05-31
why = "A slip."
"""
    built = build([WIR], tmp_path / "site", overrides=overrides(tmp_path / "overrides", text))

    assert built.edition is None
    assert "P01" in {finding.shape for finding in built.verdict.findings}


def test_what_is_no_event_is_none_in_the_graph(tmp_path: Path) -> None:
    text = """[[correction]]
action = "reject"
project = "WIR"
slot = "event-of"
of = "Daugavpils"
old = "WIR"
who = "Anna"
when = 2019-05-31
why = "It was called off."
"""
    built = build([WIR], tmp_path / "site", overrides=overrides(tmp_path / "overrides", text))

    assert built.edition
    query = PROLOGUE + "SELECT ?event WHERE { ?event a eug:Event ; eug:eventOf ?project }"
    events = [str(row["event"]) for row in open_store(tmp_path / "site").select(query)]
    assert events == [ID + "event/wir-2017/vanersborg-conference"]
    about = (
        "SELECT ?kind WHERE { ?event a ?kind FILTER(CONTAINS(STR(?event), 'daugavpils-event')) }"
    )
    assert list(open_store(tmp_path / "site").select(about)) == []


BRIDGE = """Partners of the project “Green Corners of {acronym}” ({acronym}) met in Riga
The project “Green Corners of {acronym}” ({acronym}) involves 2 partners from 2 countries, Latvia and Sweden.
The second partner meeting of the project was held in Riga, Latvia, on 4 May 2019.
"""


def decide(action: str) -> str:
    return f"""[[correction]]
action = "{action}"
release = "one"
other = {{ release = "two" }}
who = "Anna"
when = 2019-05-31
why = "The acronym was changed."
"""


def keys_of_projects(
    tmp_path: Path, acronyms: tuple[str, str], text: str | None
) -> tuple[int, Built]:
    """Return how many projects two releases tell of under a correction, and what the build did."""
    releases = tmp_path / "releases"
    releases.mkdir()
    for name, acronym in zip(("one", "two"), acronyms, strict=True):
        body = BRIDGE.format(acronym=acronym) + f"{name}\n"  # equal texts would be one release
        (releases / f"{name}.txt").write_text(body, encoding="utf-8")
    folder = overrides(tmp_path / "overrides", text) if text else None
    built = build([releases], tmp_path / "site", overrides=folder)
    assert built.edition
    query = PROLOGUE + "SELECT DISTINCT ?project WHERE { ?project a eug:Project }"
    return len(list(open_store(tmp_path / "site").select(query))), built


@pytest.mark.parametrize(
    ("acronyms", "text", "projects", "outcome"),
    [
        (("GREENCOR", "GRECO"), None, 2, None),
        (("GREENCOR", "GRECO"), decide("same-as"), 1, APPLIED),
        (("GREENCOR", "GRECO"), decide("split"), 2, REDUNDANT),
        (("GREENCOR", "GREENCOR"), None, 1, None),
        (("GREENCOR", "GREENCOR"), decide("split"), 2, APPLIED),
        (("GREENCOR", "GREENCOR"), decide("same-as"), 1, REDUNDANT),
        (("GREENCOR", "GREENCOR"), decide("split").replace('"two"', '"three"'), 1, STALE),
    ],
)
def test_a_person_decides_which_projects_are_one(
    tmp_path: Path,
    acronyms: tuple[str, str],
    text: str | None,
    projects: int,
    outcome: Outcome | None,
) -> None:
    found, built = keys_of_projects(tmp_path, acronyms, text)

    assert found == projects
    assert [each.outcome for each in built.corrected] == ([outcome] if outcome else [])
    if outcome is APPLIED:
        told = [d for each in built.read for d in each.reading.discrepancies if d.by]
        assert [d.type for d in told] == ["same-thing" if projects == 1 else "different-things"]


def test_one_release_is_inspected_as_corrected(site: Path) -> None:
    inspected = inspect(WIR, overrides=overrides(site / "overrides"))

    assert (None, DCTERMS.title, Literal(TITLE, lang="lv")) in inspected.graph
    assert inspected.verdict.conforms


def eugraph(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eugraph", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_command_line_tells_what_changed_nothing(tmp_path: Path) -> None:
    """Corrections lie where they are looked for when no folder is named."""
    (tmp_path / "data").mkdir()
    overrides(tmp_path / "data" / "overrides")

    done = eugraph("build", WIR, "--site", "site", "--json", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "stale  wir.toml, correction 5 (reject): no release" in done.stderr
    assert "redundant  wir.toml, correction 6 (set)" in done.stderr
    told = json.loads(done.stdout)["corrections"]
    assert [each["number"] for each in told if each["outcome"] == "applied"] == [1, 2, 3]
    shown = json.loads(eugraph("facts", WIR, "--json", cwd=tmp_path).stdout)
    (title,) = [fact for fact in shown["facts"] if fact["slot"] == "title"]
    assert title["by"]["who"] == "Anna Bērziņa"
    assert "says Anna Bērziņa" in eugraph("facts", WIR, cwd=tmp_path).stdout


def test_a_folder_of_corrections_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    done = eugraph("build", WIR, "--overrides", "nowhere", cwd=tmp_path)

    assert done.returncode == 2
    assert "nowhere" in done.stderr


PROLONGED = (
    "The final conference of the project WIR, funded by the programme Europe for Citizens, took "
    "place in Rome on 2-3 October 2019. One of the partners was Daugavpils City Council. The "
    "project ended on 15 November 2019."
)
"""What a later release might say: the last example settles what the two then disagree on."""


def examples() -> str:
    """Return the corrections that the documentation shows."""
    text = (ROOT / "data" / "overrides" / "README.md").read_text(encoding="utf-8")
    blocks = text.split("```toml\n")[1:]
    return "".join(block.partition("```")[0] for block in blocks)


def test_the_documented_examples_do_what_they_say(tmp_path: Path) -> None:
    folder = overrides(tmp_path / "overrides", examples())
    (tmp_path / "prolonged.txt").write_text(PROLONGED, encoding="utf-8")

    built = build([RELEASES, tmp_path / "prolonged.txt"], tmp_path / "site", overrides=folder)

    assert {each.correction.action for each in built.corrected} == {
        "set", "reject", "alias", "same-as", "split", "accept",
    }  # fmt: skip
    changing = [
        each for each in built.corrected if each.correction.action not in {"same-as", "split"}
    ]
    assert {each.outcome for each in changing} == {APPLIED}
    assert built.edition
    altered = Graph().parse(current(tmp_path / "site").dumps / "eugraph.nt")
    assert (None, SKOS.altLabel, Literal("Koridalas", lang="lv")) in altered
