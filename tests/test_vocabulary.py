"""The namespaces in code are those of the ontology files."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, IRI_BASE, PREFIXES, PROLOGUE


def own_terms() -> set[URIRef]:
    ontology = Graph().parse(shipped("ontology/eugraph.ttl"))
    return {
        term
        for term in ontology.subjects(RDF.type, None)
        if isinstance(term, URIRef) and term.startswith(str(EUG))
    }


def test_the_namespace_in_code_has_exactly_the_terms_of_the_ontology() -> None:
    in_code = {EUG[name] for name in EUG.__annotations__ if not name.startswith("_")}

    assert in_code == own_terms()


def test_a_misspelt_term_raises_at_once() -> None:
    with pytest.raises(AttributeError, match="aboutProjekt"):
        _ = EUG.aboutProjekt


def test_a_prefix_names_one_namespace_and_a_namespace_has_one_prefix() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(iri.endswith(("/", "#")) for iri in PREFIXES.values())


def test_every_concept_scheme_has_a_prefix() -> None:
    files = sorted(shipped("ontology/vocab").glob("*.ttl"))

    assert len(files) == 13
    for file in files:
        scheme = URIRef(f"{IRI_BASE}vocab/{file.stem}")
        assert (scheme, RDF.type, SKOS.ConceptScheme) in Graph().parse(file)
        assert f"{scheme}/" in PREFIXES.values()


def test_the_prologue_is_sparql() -> None:
    answer = Graph().query(PROLOGUE + "ASK { FILTER(eug:Project = eug:Project) }")

    assert answer.askAnswer is True
