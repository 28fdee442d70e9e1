"""Where facts come from: the release, its text, its versions, its assertions and their evidence.

Evidence is a Web Annotation specific resource (W3C Web Annotation Data Model,
section 4) whose IRI is an RFC 5147 character range of the text. One selector
node is both its quote and its position: the position finds the words, the
quote proves them. Offsets count Unicode code points, the end excluded.

A fact has one piece of evidence in each language version, the first that says
it: versions are witnesses, repetitions are not. Types that the reused
vocabularies entail (`oa:SpecificResource` by the domain of `oa:hasSelector`,
`rdf:Statement` by that of `rdf:subject`) are not written out, nor is what stands
around a quote: the text is stored, and its position is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, XSD

from eugraph.facts.fact import Attribution, Evidence, Fact
from eugraph.releases.iri import is_web_iri
from eugraph.releases.release import Release
from eugraph.triples import iris
from eugraph.triples.codes import language_code
from eugraph.triples.dates import describe_bounds
from eugraph.triples.ntriples import Triple
from eugraph.triples.terms import Terms
from eugraph.vocabulary import EDTF, EUG, OA


def describe_source(release: Release) -> Iterator[Triple]:
    """Yield what is known of the release itself: identity, text, language versions, metadata."""
    node = iris.thing_iri("release", release.id)
    text = iris.thing_iri("text", release.id)
    yield node, RDF.type, EUG.PressRelease
    yield node, DCTERMS.identifier, Literal(release.id)
    yield node, EUG.hasSourceText, text
    yield text, RDF.type, EUG.SourceText
    yield text, DCTERMS.identifier, Literal(release.name)
    yield text, DCTERMS.format, URIRef(iris.MEDIA_TYPES + release.media_type)
    yield text, EUG.sha256, Literal(release.sha256)
    yield text, EUG.characterCount, _integer(len(release.text))
    yield from _describe_versions(release, node)
    yield from _describe_metadata(release, node)


def _describe_versions(release: Release, node: URIRef) -> Iterator[Triple]:
    versions = [iris.version_iri(release.id, language) for language in release.languages]
    for language, version in zip(release.languages, versions, strict=True):
        yield node, EUG.hasLanguageVersion, version
        yield version, RDF.type, EUG.LanguageVersion
        yield version, EUG.languageVersionOf, node
        yield version, DCTERMS.language, iris.language_iri(language_code(language))
        yield from ((version, PROV.alternateOf, other) for other in versions if other != version)


def _describe_metadata(release: Release, node: URIRef) -> Iterator[Triple]:
    known = release.metadata
    if known.published:
        datatype = {7: XSD.gYearMonth, 10: XSD.date}[len(known.published)]
        yield node, DCTERMS.issued, Literal(known.published, datatype=datatype)
        yield node, EUG.edtf, Literal(known.published, datatype=EDTF.EDTF)
        yield from describe_bounds(node, known.published)
    if known.publisher:
        yield node, DCTERMS.publisher, Literal(known.publisher)
    for predicate, value in ((DCTERMS.source, known.source), (DCTERMS.license, known.licence)):
        if value:
            yield node, predicate, _iri_or_text(value)


def describe_assertion(fact: Fact, release: Release, terms: Terms) -> Iterator[Triple]:
    """Yield the assertion of one fact: what it says, how sure it is, and what it rests on."""
    node = terms.assertion(fact.statement)
    subject, predicate, value = terms.triple(fact.statement)
    yield node, RDF.type, EUG.Assertion
    yield node, RDF.subject, subject
    yield node, RDF.predicate, predicate
    yield node, RDF.object, value
    yield node, EUG.assertionStatus, iris.concept_iri("assertion-status", fact.status)
    yield node, EUG.certainty, iris.concept_iri("certainty", fact.certainty)
    if fact.inference:
        yield node, EUG.inferenceRule, iris.concept_iri("inference-rule", fact.inference)
    for premise in fact.premises:
        yield node, PROV.wasDerivedFrom, terms.assertion(premise)
    for evidence in witnesses(fact):
        version = iris.version_iri(release.id, evidence.language)
        yield node, EUG.statedIn, version
        yield node, EUG.hasEvidence, iris.evidence_iri(release.id, evidence.start, evidence.end)
        yield from _describe_evidence(evidence, release)
    if fact.by:
        yield from describe_attribution(node, fact.by)


def witnesses(fact: Fact) -> tuple[Evidence, ...]:
    """Return the first evidence of a fact in each language version, in the fact's order."""
    first: dict[str, Evidence] = {}
    for evidence in fact.evidence:
        first.setdefault(evidence.language, evidence)
    return tuple(first.values())


def describe_attribution(node: URIRef, by: Attribution) -> Iterator[Triple]:
    """Yield who answers for a correction, the day and the reason (PROV-O, attribution)."""
    agent = iris.agent_iri(by.who)
    yield node, PROV.wasAttributedTo, agent
    yield node, DCTERMS.date, Literal(by.when.isoformat(), datatype=XSD.date)
    yield node, RDFS.comment, Literal(by.why)
    yield agent, RDF.type, PROV.Agent
    yield agent, RDF.type, PROV.Person
    yield agent, RDFS.label, Literal(by.who)


def _describe_evidence(evidence: Evidence, release: Release) -> Iterator[Triple]:
    start, end = evidence.start, evidence.end
    node = iris.evidence_iri(release.id, start, end)
    selector = iris.selector_iri(release.id, start, end)
    yield node, RDF.type, EUG.Evidence
    yield node, OA.hasSource, iris.thing_iri("text", release.id)
    yield node, OA.hasSelector, selector
    yield node, EUG.inLanguageVersion, iris.version_iri(release.id, evidence.language)
    yield node, DCTERMS.language, iris.language_iri(language_code(evidence.language))
    yield selector, RDF.type, OA.TextQuoteSelector
    yield selector, RDF.type, OA.TextPositionSelector
    yield selector, OA.exact, Literal(evidence.quote)
    yield selector, OA.start, _integer(start)
    yield selector, OA.end, _integer(end)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _iri_or_text(value: str) -> URIRef | Literal:
    return URIRef(value) if is_web_iri(value) else Literal(value)
