"""The graph of a release: plain triples for what is accepted, an assertion for all that is read."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, XSD
from tests.triples.conftest import COUNCIL, RIGA, words
from tests.triples.conftest import EVENT as EVENT_ID
from tests.triples.conftest import PROJECT as PROJECT_ID

from eugraph.facts.fact import Country, Discrepancy, Reading, Scheme, Slot, Statement, Value
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.identity.resolve import resolve
from eugraph.releases.release import Release
from eugraph.triples.describe import describe
from eugraph.triples.implied import with_countries
from eugraph.triples.ntriples import to_ntriples
from eugraph.triples.reference import describe_reference, extract
from eugraph.triples.terms import PROPERTIES
from eugraph.vocabulary import CV, EDTF, EUG, OA, PREFIXES

ID = "https://w3id.org/eugraph/id/"
PROJECT = URIRef(ID + "project/bridge-2018")
EVENT = URIRef(ID + "event/bridge-2018/riga-meeting")


def solutions(graph: Graph, variables: str, pattern: str) -> list[tuple[str, ...]]:
    """Return the solutions of a pattern for `variables` as text, sorted."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    found = graph.query(f"{prefixes}SELECT {variables} WHERE {{ {pattern} }}")
    return sorted(tuple(map(str, row)) for row in found)  # type: ignore[arg-type]


def test_every_slot_has_a_property() -> None:
    assert set(PROPERTIES) == set(Slot)


def test_an_accepted_fact_is_a_plain_triple(graph: Graph) -> None:
    assert (PROJECT, EUG.acronym, Literal("Bridge")) in graph
    assert (PROJECT, EUG.statedPartnerCount, Literal("7", datatype=XSD.integer)) in graph
    assert (EVENT, EUG.eventOf, PROJECT) in graph
    assert (PROJECT, EUG.hasEvent, EVENT) in graph


def test_a_disputed_or_candidate_reading_is_no_plain_triple(graph: Graph) -> None:
    assert (PROJECT, DCTERMS.title, None) not in graph
    assert list(graph.objects(EVENT, EUG.startDate)) == [Literal("2018-05-04", datatype=XSD.date)]
    disputed = "?a rdf:predicate dcterms:title ; rdf:object 'Building Bridges'@en"
    assert len(solutions(graph, "?a", disputed)) == 1


def test_every_assertion_carries_status_certainty_and_evidence(graph: Graph) -> None:
    pattern = "?a a eug:Assertion ; eug:assertionStatus ?s ; eug:certainty ?c ; eug:hasEvidence ?e"
    assertions = set(graph.subjects(RDF.type, EUG.Assertion))

    assert len(assertions) == 15
    complete = {a for (a,) in solutions(graph, "DISTINCT ?a", pattern)}
    followed = {a for (a,) in solutions(graph, "?a", "?a rdf:predicate eug:organisationCountry")}
    assert complete | followed == {str(node) for node in assertions}


def test_the_country_of_an_organisation_follows_from_its_place(graph: Graph) -> None:
    said = """?a rdf:predicate eug:organisationCountry ; rdf:object ?country ;
        eug:assertionStatus astat:inferred ; prov:wasDerivedFrom/eug:hasEvidence ?words ;
        eug:inferenceRule <https://w3id.org/eugraph/vocab/inference-rule/country-of-its-place> ."""
    ((country,),) = set(solutions(graph, "DISTINCT ?country", said))

    assert country.endswith("/LVA")
    assert len(list(graph.triples((None, EUG.organisationCountry, None)))) == 1


def test_a_country_that_is_told_is_not_inferred(reading: Reading) -> None:
    gazetteer = load_knowledge().gazetteer

    named = next(f for f in reading.facts if f.statement.slot is Slot.ROLE)
    told = replace(named, statement=Statement(COUNCIL, Slot.ORGANISATION_COUNTRY, Country("LV")))

    with_it = replace(reading, facts=(*reading.facts, told))

    assert with_countries(with_it, gazetteer) == with_it
    assert len(with_countries(reading, gazetteer).facts) == len(reading.facts) + 1


def test_a_fact_rests_on_the_first_words_of_each_language_version(
    release: Release, reading: Reading
) -> None:
    again = words("Bridges”")
    facts = [
        replace(fact, evidence=(*fact.evidence, again))
        if fact.statement.slot is Slot.ACRONYM
        else fact
        for fact in reading.facts
    ]
    said = describe(
        release,
        replace(reading, facts=tuple(facts)),
        resolve([reading]),
        load_knowledge().gazetteer,
    )

    pattern = "[] rdf:predicate eug:acronym ; eug:hasEvidence/oa:hasSelector/oa:exact ?quote"
    assert solutions(said, "?quote", pattern) == [("Bridge",), ("Tilts",)]


def test_an_inference_names_its_rule_and_premises(graph: Graph) -> None:
    pattern = """?a rdf:predicate eug:startDate ; rdf:object "2018-05-04"^^xsd:date ;
        eug:inferenceRule ?rule ; prov:wasDerivedFrom/rdf:predicate ?premise"""
    rule = "https://w3id.org/eugraph/vocab/inference-rule/first-meeting-earliest-year"

    found = solutions(graph, "?premise ?rule", pattern)

    assert found == [(str(EUG.startDate), rule), (str(EUG.statedDate), rule)]


def test_the_quote_is_what_the_text_has_at_its_place(graph: Graph, release: Release) -> None:
    pattern = (
        "?e a eug:Evidence ; oa:hasSelector [ oa:exact ?quote ; oa:start ?start ; oa:end ?end ]"
    )

    found = solutions(graph, "?e ?quote ?start ?end", pattern)

    assert len(found) == 10
    for iri, quote, start, end in found:
        assert release.text[int(start) : int(end)] == quote
        assert iri == f"{ID}text/bridge#char={start},{end}"


def test_evidence_for_several_facts_in_the_same_words_is_one_node(graph: Graph) -> None:
    quoted = "oa:hasSelector/oa:exact '4 May'"

    assert len(solutions(graph, "?e", f"?e {quoted}")) == 1
    assert len(solutions(graph, "?a", f"?a eug:hasEvidence/{quoted}")) == 4


def test_a_fact_is_stated_in_the_versions_of_its_evidence(graph: Graph) -> None:
    found = solutions(graph, "?version", "?a rdf:predicate eug:acronym ; eug:statedIn ?version")

    assert found == [(f"{ID}release/bridge/en",), (f"{ID}release/bridge/lv",)]


def test_an_uncertain_year_is_marked_and_bounds_are_plain_days(graph: Graph) -> None:
    assert graph.value(EVENT, EUG.edtf) == Literal("2018?-05-04", datatype=EDTF.EDTF)
    assert graph.value(EVENT, EUG.notBefore) == Literal("2018-05-04", datatype=XSD.date)
    assert graph.value(EVENT, EUG.notAfter) == Literal("2018-05-04", datatype=XSD.date)


def test_a_part_in_a_project_is_a_node_of_its_own(graph: Graph) -> None:
    part = URIRef(ID + "participation/bridge-2018/lv-riga-municipality")

    assert (PROJECT, EUG.hasParticipation, part) in graph
    assert (part, EUG.participationIn, PROJECT) in graph
    assert (part, EUG.participant, URIRef(ID + "org/lv-riga-municipality")) in graph


def test_things_have_labels_in_english_and_latvian(graph: Graph) -> None:
    labels = set(graph.objects(EVENT, SKOS.prefLabel))

    english = Literal("Bridge meeting in Riga", lang="en")
    assert labels == {english, Literal("Bridge tikšanās, Rīga", lang="lv")}


def test_a_discrepancy_is_told_in_both_languages(graph: Graph) -> None:
    (node,) = graph.subjects(RDF.type, EUG.Discrepancy)
    notes = [note for note in graph.objects(node, RDFS.comment) if isinstance(note, Literal)]

    assert {note.language for note in notes} == {"en", "lv"}
    assert all("Building Bridges" in note for note in notes)
    assert (node, OA.hasTarget, PROJECT) in graph


@pytest.mark.parametrize(
    ("value", "english", "latvian"),
    [
        (
            Scheme("europe-for-citizens-2014-2020/strand-2"),
            "Democratic engagement and civic participation",
            "Demokrātiskā iesaistīšanās un sabiedriskā līdzdalība",
        ),
        (COUNCIL, "Riga City Council", "Riga City Council"),
        (RIGA, "Riga", "Rīga"),
        (PROJECT_ID, "Bridge", "Bridge"),
        (EVENT_ID, "Bridge meeting in Riga", "Bridge tikšanās, Rīga"),
    ],
)
def test_a_discrepancy_calls_things_by_their_names(
    release: Release, reading: Reading, value: Value, english: str, latvian: str
) -> None:
    said = Statement(PROJECT_ID, Slot.FUNDED_UNDER, value)
    told = Discrepancy("stated-in-one-language-only", PROJECT_ID, Slot.FUNDED_UNDER, (said,))
    graph = describe(
        release, replace(reading, discrepancies=(told,)), resolve([reading]),
        load_knowledge().gazetteer,
    )  # fmt: skip
    (node,) = graph.subjects(RDF.type, EUG.Discrepancy)

    notes = {note.language: str(note) for note in graph.objects(node, RDFS.comment)}  # type: ignore[attr-defined]
    assert notes["en"].endswith(f": {english}.")
    assert notes["lv"].endswith(f": {latvian}.")


def test_metadata_from_beside_the_text_is_told(graph: Graph) -> None:
    release = URIRef(ID + "release/bridge")

    assert graph.value(release, DCTERMS.issued) == Literal("2019-05", datatype=XSD.gYearMonth)
    assert graph.value(release, DCTERMS.source) == URIRef("https://example.org/bridge")
    assert graph.value(release, EUG.notBefore) == Literal("2019-05-01", datatype=XSD.date)
    assert graph.value(release, EUG.notAfter) == Literal("2019-05-31", datatype=XSD.date)


@pytest.mark.parametrize("source", ["https://example.org/a b", 'https://x/"><script>', "by mail"])
def test_a_source_that_is_no_iri_stays_text(
    release: Release, reading: Reading, source: str
) -> None:
    metadata = dataclasses.replace(release.metadata, source=source)
    graph = describe(
        dataclasses.replace(release, metadata=metadata),
        reading,
        resolve([reading]),
        load_knowledge().gazetteer,
    )

    assert graph.value(URIRef(ID + "release/bridge"), DCTERMS.source) == Literal(source)


def test_the_same_reading_gives_the_same_bytes_without_blank_nodes(
    release: Release, reading: Reading, graph: Graph
) -> None:
    shuffled = replace(reading, things=tuple(reversed(reading.things)))
    again = describe(release, shuffled, resolve([reading]), load_knowledge().gazetteer)

    assert to_ntriples(graph) == to_ntriples(again)
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)


def test_the_reference_graph_types_and_labels_what_releases_share(reading: Reading) -> None:
    reference = describe_reference([reading], resolve([reading]), load_knowledge().gazetteer)
    council = URIRef(ID + "org/lv-riga-municipality")
    latvia = URIRef("http://publications.europa.eu/resource/authority/country/LVA")

    assert (council, RDF.type, ORG.Organization) in reference
    assert (council, RDF.type, CV.PublicOrganisation) in reference
    assert (council, DCTERMS.spatial, URIRef(ID + "place/lv-riga")) in reference
    assert (latvia, SKOS.prefLabel, Literal("Latvija", lang="lv")) in reference
    assert not any(isinstance(node, BNode) for triple in reference for node in triple)


def test_an_extract_of_the_reference_holds_only_what_the_graph_needs(
    reading: Reading, graph: Graph
) -> None:
    reference = describe_reference([reading], resolve([reading]), load_knowledge().gazetteer)

    part = extract(reference, graph)

    concepts = {str(node) for node in part.subjects(RDF.type, SKOS.Concept)}
    assert "https://w3id.org/eugraph/vocab/role/partner" in concepts
    assert "https://w3id.org/eugraph/vocab/role/host" not in concepts
    assert "https://w3id.org/eugraph/vocab/assertion-status/stated" not in concepts
    assert (PROV.wasDerivedFrom, None, None) not in part
    assert (EUG.acronym, None, None) not in part


def test_an_extract_speaks_the_languages_of_its_graph_and_the_published_ones() -> None:
    scheme, town = URIRef(ID + "scheme/x"), URIRef(ID + "place/y")
    reference, graph = Graph(), Graph()
    for code in ("en", "lv", "sv", "de"):
        reference.add((scheme, SKOS.prefLabel, Literal("X", lang=code)))
    reference.add((town, SKOS.prefLabel, Literal("Y", lang="fi")))
    graph.add((PROJECT, EUG.fundedUnder, scheme))
    graph.add((PROJECT, DCTERMS.title, Literal("Bro", lang="sv")))
    graph.add((EVENT, EUG.heldAt, town))

    part = extract(reference, graph)

    labels = [label for label in part.objects(scheme) if isinstance(label, Literal)]
    assert {label.language for label in labels} == {"en", "lv", "sv"}
    assert (town, SKOS.prefLabel, Literal("Y", lang="fi")) in part
