"""The gate lets a good release through and says what is wrong with a bad one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import BNode, Graph

from eugraph.errors import DataError
from eugraph.validation import Ask, Finding, Severity, Verdict, ask_graph, validate_files
from eugraph.validation.gate import WORTH_A_PROCESS, check_graphs
from eugraph.vocabulary import EUG, PROLOGUE

Asking = Callable[[Graph], Ask]
BASE = "BASE <https://w3id.org/eugraph/id/>\n" + PROLOGUE

LEAD_TWICE = """INSERT DATA {
    <participation/bridge-2018/lv-riga-municipality> eug:participationRole role:lead-partner .
    <assertion/bridge/partner> rdf:object role:lead-partner } ;
  DELETE DATA {
    <participation/bridge-2018/lv-riga-municipality> eug:participationRole role:partner .
    <assertion/bridge/partner> rdf:object role:partner }"""

MOVED = """DELETE { ?s ?p "2018-05-04"^^xsd:date } INSERT { ?s ?p "2017-05-04"^^xsd:date }
    WHERE { ?s ?p "2018-05-04"^^xsd:date } ;
  DELETE { ?s eug:edtf ?date } INSERT { ?s eug:edtf "2017-05-04"^^edtf:EDTF }
    WHERE { ?s a eug:Event ; eug:edtf ?date } ;
  DELETE { ?s eug:edtf ?date } INSERT { ?s eug:edtf "[2017-05-04..2018-12-31]"^^edtf:EDTF }
    WHERE { ?s a eug:PressRelease ; eug:edtf ?date } ;
  DELETE { ?a rdf:object ?date } INSERT { ?a rdf:object "[2017-05-04..2018-12-31]"^^edtf:EDTF }
    WHERE { ?a rdf:predicate eug:edtf ; rdf:object ?date }"""

VIOLATIONS = [
    # what was put into the release, the update, the shape, a part of the sentence (None: has none)
    ("an event before the project's term", MOVED, "S05", "4 May 2018"),
    ("a second accepted lead partner", LEAD_TWICE, "P04", "the City of Tartu (lead partner)"),
    (
        "a fact without assertion",
        "INSERT DATA { <project/bridge-2018> eug:topic topic:refugees }",
        "S03",
        None,
    ),
    (
        "a stated assertion without evidence",
        "DELETE WHERE { <assertion/bridge/acronym> eug:hasEvidence ?evidence }",
        "S04",
        None,
    ),
    (
        "a quote that its position does not fit",
        """DELETE { ?s oa:exact ?first } INSERT { ?s oa:exact "second" }
            WHERE { ?s oa:exact ?first FILTER(?first = "first") }""",
        "V01",
        "second",
    ),
    (
        "a count that the lists contradict",
        """DELETE { ?project eug:statedCountryCount 2 . ?assertion rdf:object 2 }
            INSERT { ?project eug:statedCountryCount 1 . ?assertion rdf:object 1 }
            WHERE { ?assertion rdf:predicate eug:statedCountryCount ; rdf:subject ?project }""",
        "S01",
        "2 countries",
    ),
    ("a blank node", "INSERT DATA { <org/lv-riga-municipality> dcterms:spatial [] }", "L02", None),
]


@pytest.fixture
def judge(tmp_path: Path, ask_over: Asking) -> Callable[[Graph], Verdict]:
    """Put a graph before the gate as a file."""

    def judge(graph: Graph) -> Verdict:
        path = tmp_path / "release.ttl"
        graph.serialize(path, format="turtle")
        return validate_files([path], ask_over)

    return judge


def violations(verdict: Verdict) -> dict[str, Finding]:
    return {
        finding.shape: finding
        for finding in verdict.findings
        if finding.severity is Severity.VIOLATION
    }


def test_a_good_release_gives_no_finding_at_all(
    bridge: Graph, judge: Callable[[Graph], Verdict]
) -> None:
    assert judge(bridge) == Verdict(())


@pytest.mark.parametrize("case", VIOLATIONS, ids=lambda case: case[0])
def test_a_violation_names_the_release_and_the_sentence(
    bridge: Graph, judge: Callable[[Graph], Verdict], case: tuple[str, str, str, str | None]
) -> None:
    _, update, shape, sentence = case
    bridge.update(BASE + update)

    verdict = judge(bridge)

    assert not verdict.conforms
    finding = violations(verdict)[shape]
    assert finding.releases == ("bridge",)
    assert (sentence is None) == (finding.quotes == ())
    assert sentence is None or any(sentence in quote.text for quote in finding.quotes)


def test_messages_name_things_by_their_labels_in_both_languages(
    bridge: Graph, judge: Callable[[Graph], Verdict]
) -> None:
    bridge.update(
        BASE
        + "INSERT DATA { <project/bridge-2018> eug:involvesCountry country:LVA , country:EST } ;"
        "DELETE WHERE { <assertion/bridge/country-lva> ?p ?o }"
    )

    finding = violations(judge(bridge))["S03"]

    assert finding.messages == {
        "en": "No assertion with evidence for involves country Latvia.",
        "lv": "Nav apgalvojuma ar pierādījumu: iesaista valsti Latvija.",
    }


def test_an_assertion_is_named_by_what_it_says(
    bridge: Graph, judge: Callable[[Graph], Verdict]
) -> None:
    bridge.update(BASE + "DELETE WHERE { <assertion/bridge/country-lva> eug:hasEvidence ?any }")

    finding = violations(judge(bridge))["S04"]

    assert finding.about == {
        "en": "BRIDGE – involves country: Latvia",
        "lv": "BRIDGE – iesaista valsti: Latvija",
    }


def test_warnings_do_not_refuse(bridge: Graph, judge: Callable[[Graph], Verdict]) -> None:
    bridge.update(BASE + 'DELETE DATA { <place/lv-riga> skos:prefLabel "Rīga"@lv }')

    verdict = judge(bridge)

    assert [(each.shape, each.severity) for each in verdict.findings] == [("L01", Severity.WARNING)]
    assert verdict.conforms


def test_findings_come_worst_first(bridge: Graph, judge: Callable[[Graph], Verdict]) -> None:
    bridge.update(BASE + LEAD_TWICE + '; DELETE DATA { <place/lv-riga> skos:prefLabel "Rīga"@lv }')

    severities = [finding.severity for finding in judge(bridge).findings]

    assert severities == sorted(severities, key=tuple(Severity).index)
    assert {Severity.VIOLATION, Severity.WARNING} <= set(severities)


def test_rdflib_and_oxigraph_give_the_same_verdict(
    bridge: Graph, tmp_path: Path, ask_over: Asking
) -> None:
    bridge.update(BASE + MOVED)
    bridge.update(BASE + LEAD_TWICE)
    bridge.serialize(path := tmp_path / "bridge.ttl", format="turtle")

    assert validate_files([path], ask_graph) == validate_files([path], ask_over)


def test_a_blank_node_is_found_by_what_points_to_it_even_where_nothing_may_be_blank(
    tmp_path: Path, ask_over: Asking
) -> None:
    """A store takes no blank node; the graph it is given has none left."""
    path = tmp_path / "blank.ttl"
    path.write_text(
        "<https://w3id.org/eugraph/id/place/x> <http://purl.org/dc/terms/isPartOf> [ a <urn:t> ] ."
    )

    def ask_named(graph: Graph) -> Ask:
        assert not any(isinstance(node, BNode) for triple in graph for node in triple)
        return ask_over(graph)

    findings = validate_files([path], ask_named).findings

    assert [(each.shape, str(each.focus)) for each in findings] == [
        ("L02", "https://w3id.org/eugraph/id/place/x")
    ]


@pytest.mark.parametrize("content", ["<a> <b> ", "\x00", "PK\x03\x04"])
def test_a_file_that_is_not_turtle_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(content)

    with pytest.raises(DataError, match=r"broken\.ttl"):
        validate_files([path])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"missing\.ttl"):
        validate_files([tmp_path / "missing.ttl"])


def test_several_processes_find_what_one_finds(bridge: Graph) -> None:
    graphs = {f"urn:graph:{number}": bridge for number in range(2 * WORTH_A_PROCESS)}
    bridge.remove((None, EUG.certainty, None))

    one = check_graphs(graphs, Graph(), texts={})
    two = check_graphs(graphs, Graph(), texts={}, workers=2)

    assert len(one) > len(graphs)
    assert Counter(one) == Counter(two)


def test_a_whole_release_is_no_reason_to_quote_what_it_says(
    bridge: Graph, judge: Callable[[Graph], Verdict]
) -> None:
    """The date of issue is missing once, and no sentence bears on it, nor on one language alone."""
    bridge.update(BASE + "DELETE WHERE { <release/bridge> eug:notBefore ?day }")
    bridge.update(BASE + "DELETE WHERE { <release/bridge> eug:notAfter ?day }")
    bridge.update(BASE + "DELETE WHERE { <release/bridge> eug:hasLanguageVersion ?version }")

    found = [each for each in judge(bridge).findings if each.shape in {"R07", "R08"}]

    assert [each.shape for each in found] == ["R07", "R08"]
    assert all(not each.quotes for each in found)
