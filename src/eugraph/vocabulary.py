"""The namespaces of the graph, and the terms of our own ontology.

`EUG` is closed: a misspelt term raises `AttributeError` at once, here and in
every module that writes or asks RDF. A test holds it equal to
`ontology/eugraph.ttl`. Concepts are data, so their namespaces are open; the
shapes check that a concept used is one of its scheme.

`IRI_BASE` is the one place that says under which address IRIs are minted.
`PREFIXES` is the one prefix table: serialisers, pages, shapes and queries use
it, so that one name means one namespace everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rdflib import Namespace, URIRef
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SH,
    SKOS,
    VANN,
    VOID,
    XSD,
    DefinedNamespace,
)

IRI_BASE = "https://w3id.org/eugraph/"

ONTOLOGY = URIRef(IRI_BASE + "ontology")
SHAPES = URIRef(IRI_BASE + "shapes")


class EUG(DefinedNamespace):
    """The terms of `ontology/eugraph.ttl`, in its order."""

    _NS = Namespace(f"{ONTOLOGY}#")
    _fail = True

    # classes
    PressRelease: URIRef
    LanguageVersion: URIRef
    SourceText: URIRef
    Project: URIRef
    Event: URIRef
    Participation: URIRef
    FundingScheme: URIRef
    Assertion: URIRef
    Evidence: URIRef
    Discrepancy: URIRef
    Identification: URIRef
    CandidateLink: URIRef

    # of a release
    aboutProject: URIRef
    aboutEvent: URIRef
    hasLanguageVersion: URIRef
    languageVersionOf: URIRef
    hasSourceText: URIRef
    sha256: URIRef
    characterCount: URIRef

    # of a project
    acronym: URIRef
    involvesCountry: URIRef
    statedPartnerCount: URIRef
    statedCountryCount: URIRef
    objective: URIRef
    specificObjective: URIRef
    expectedImpact: URIRef
    fundedUnder: URIRef
    hasEvent: URIRef

    # of a funding scheme
    subSchemeOf: URIRef
    schemeLevel: URIRef
    programmeOf: URIRef

    # of a participation
    hasParticipation: URIRef
    participationIn: URIRef
    participant: URIRef
    participationRole: URIRef
    participatedFrom: URIRef

    # of an event
    eventOf: URIRef
    hasPartEvent: URIRef
    partOfEvent: URIRef
    eventType: URIRef
    eventStatus: URIRef
    ordinal: URIRef
    heldAt: URIRef
    audience: URIRef
    conclusion: URIRef
    purpose: URIRef

    # of projects and events alike
    topic: URIRef
    startDate: URIRef
    endDate: URIRef
    statedDate: URIRef

    # of dates
    edtf: URIRef
    notBefore: URIRef
    notAfter: URIRef

    # of places and organisations
    locationCountry: URIRef
    organisationCountry: URIRef

    # of an assertion and its evidence
    assertionStatus: URIRef
    certainty: URIRef
    inferenceRule: URIRef
    statedIn: URIRef
    hasEvidence: URIRef
    inLanguageVersion: URIRef

    # of a discrepancy
    discrepancyType: URIRef
    resolutionStatus: URIRef
    onProperty: URIRef
    concernsAssertion: URIRef
    preferredAssertion: URIRef
    explainedBy: URIRef
    statedValue: URIRef
    observedValue: URIRef

    # of an identification and a candidate link
    identityRule: URIRef
    linkScore: URIRef

    # of a property of this ontology
    needsEvidence: URIRef


ESH = Namespace(f"{SHAPES}#")
VOCAB = Namespace(IRI_BASE + "vocab/")

# the concept schemes of `ontology/vocab`
ROLE = Namespace(VOCAB["role/"])
EVENT_TYPE = Namespace(VOCAB["event-type/"])
EVENT_STATUS = Namespace(VOCAB["event-status/"])
ASSERTION_STATUS = Namespace(VOCAB["assertion-status/"])
CERTAINTY = Namespace(VOCAB["certainty/"])
INFERENCE_RULE = Namespace(VOCAB["inference-rule/"])
DISCREPANCY_TYPE = Namespace(VOCAB["discrepancy-type/"])
RESOLUTION_STATUS = Namespace(VOCAB["resolution-status/"])
SCHEME_LEVEL = Namespace(VOCAB["scheme-level/"])
TOPIC = Namespace(VOCAB["topic/"])
AUDIENCE = Namespace(VOCAB["audience/"])
IDENTITY_RULE = Namespace(VOCAB["identity-rule/"])
QUALITY_METRIC = Namespace(VOCAB["quality-metric/"])

# the EU's authority tables
COUNTRY = Namespace("http://publications.europa.eu/resource/authority/country/")
LANGUAGE = Namespace("http://publications.europa.eu/resource/authority/language/")

# reused vocabularies that rdflib does not carry
CV = Namespace("http://data.europa.eu/m8g/")
DQV = Namespace("http://www.w3.org/ns/dqv#")
EDTF = Namespace("http://id.loc.gov/datatypes/edtf/")
LDQD = Namespace("http://www.w3.org/2016/05/ldqd#")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")

PREFIXES: Mapping[str, str] = {
    "eug": str(EUG),
    "esh": str(ESH),
    "role": str(ROLE),
    "etype": str(EVENT_TYPE),
    "estat": str(EVENT_STATUS),
    "astat": str(ASSERTION_STATUS),
    "cert": str(CERTAINTY),
    "rule": str(INFERENCE_RULE),
    "dtype": str(DISCREPANCY_TYPE),
    "dres": str(RESOLUTION_STATUS),
    "level": str(SCHEME_LEVEL),
    "topic": str(TOPIC),
    "aud": str(AUDIENCE),
    "idrule": str(IDENTITY_RULE),
    "metric": str(QUALITY_METRIC),
    "country": str(COUNTRY),
    "lang": str(LANGUAGE),
    "cv": str(CV),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "dqv": str(DQV),
    "edtf": str(EDTF),
    "foaf": str(FOAF),
    "ldqd": str(LDQD),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sh": str(SH),
    "skos": str(SKOS),
    "vann": str(VANN),
    "void": str(VOID),
    "xsd": str(XSD),
}

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
"""`PREFIXES` as the opening lines of a SPARQL query."""


def with_prefixes(query: str) -> str:
    """Return a SPARQL query with the prefixes that it uses, and no others, declared before it."""
    used = (prefix for prefix in PREFIXES if re.search(rf"(?<![\w:<]){prefix}:", query))
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + query
