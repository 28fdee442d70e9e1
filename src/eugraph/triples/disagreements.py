"""Discrepancies as RDF: what a release contradicts, leaves out or garbles, as quality annotations.

`eug:Discrepancy` is a `dqv:QualityAnnotation` (W3C Data Quality Vocabulary,
section 4.11) in the dimension of consistency or completeness, with a sentence
in every published language that says what is at odds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from eugraph.facts.fact import (
    Concept,
    Country,
    Discrepancy,
    Edtf,
    Id,
    Participation,
    Scheme,
    Statement,
    Text,
    Thing,
    Value,
)
from eugraph.triples import days, iris
from eugraph.triples.codes import language_code
from eugraph.triples.names import Naming, called, published
from eugraph.triples.ntriples import Triple
from eugraph.triples.provenance import describe_attribution
from eugraph.triples.terms import PROPERTIES, Terms
from eugraph.triples.wording import Wording, label, wordings
from eugraph.vocabulary import DQV, EUG, LDQD, OA

_INCOMPLETE = frozenset({"stated-in-one-language-only", "incomplete-date"})
"""The types that speak of something missing; the others of something inconsistent."""


def describe_discrepancy(
    discrepancy: Discrepancy, terms: Terms, naming: Naming
) -> Iterator[Triple]:
    """Yield one discrepancy with its target, the assertions it concerns and its notes.

    The notes call things by the names that `naming` gives them.
    """
    concerns = [terms.assertion(statement) for statement in discrepancy.concerns]
    node = iris.discrepancy_iri(terms.release_id, discrepancy.type, concerns)
    yield node, OA.hasTarget, terms.subject(discrepancy.about)
    yield from describe_annotation(node, discrepancy.type, discrepancy.resolution)
    if discrepancy.slot:
        yield node, EUG.onProperty, PROPERTIES[discrepancy.slot]
    for code in discrepancy.languages:
        yield node, DCTERMS.language, iris.language_iri(language_code(code))
    yield from ((node, EUG.concernsAssertion, assertion) for assertion in concerns)
    for statement in discrepancy.explained_by:
        yield node, EUG.explainedBy, terms.assertion(statement)
    if discrepancy.preferred:
        yield node, EUG.preferredAssertion, terms.assertion(discrepancy.preferred)
    values = ((EUG.statedValue, discrepancy.stated), (EUG.observedValue, discrepancy.observed))
    yield from ((node, p, terms.value(value)) for p, value in values if value is not None)
    for wording in wordings():
        yield (
            node,
            RDFS.comment,
            Literal(_note(discrepancy, wording, naming), lang=wording.language),
        )
    if discrepancy.by:
        yield from describe_attribution(node, discrepancy.by)


def describe_annotation(node: URIRef, type_: str, resolution: str) -> Iterator[Triple]:
    """Yield what every discrepancy has: its types, its dimension, and whether it is settled."""
    incomplete = type_ in _INCOMPLETE
    yield node, RDF.type, EUG.Discrepancy
    yield node, RDF.type, DQV.QualityAnnotation
    yield node, OA.motivatedBy, DQV.qualityAssessment
    yield node, DQV.inDimension, LDQD.completeness if incomplete else LDQD.consistency
    yield node, EUG.discrepancyType, iris.concept_iri("discrepancy-type", type_)
    yield node, EUG.resolutionStatus, iris.concept_iri("resolution-status", resolution)


def _note(discrepancy: Discrepancy, wording: Wording, naming: Naming) -> str:
    words = {
        "matter": wording.sentence("matter", discrepancy.slot) if discrepancy.slot else "",
        "languages": wording.enumeration(
            wording.language_name(code) for code in discrepancy.languages or ("",)
        ),
        "stated": _value(discrepancy.stated, wording, naming),
        "observed": _value(discrepancy.observed, wording, naming),
        "values": _values(discrepancy.concerns, wording, naming),
    }
    note = wording.sentence("discrepancy", discrepancy.type, **words)
    note = note[:1].upper() + note[1:]
    if not discrepancy.explained_by:
        return note
    reasons = wording.enumeration(
        _stated(each, wording, naming) for each in discrepancy.explained_by
    )
    return f"{note} {wording.sentence('discrepancy', 'explained', values=reasons)}"


def _stated(statement: Statement, wording: Wording, naming: Naming) -> str:
    """Return what a statement says, as part of a sentence."""
    value = spoken(statement.value, wording, naming)
    if statement.slot in wording.sections["stated"]:
        return wording.sentence("stated", statement.slot, value=value)
    matter = wording.sentence("matter", statement.slot)
    return wording.sentence("stated", "other", matter=matter, value=value)


def _value(value: Value | None, wording: Wording, naming: Naming) -> str:
    return "" if value is None else spoken(value, wording, naming)


def _values(statements: Iterable[Statement], wording: Wording, naming: Naming) -> str:
    clauses = dict.fromkeys(_clause(statement, wording, naming) for statement in statements)
    return wording.enumeration(clauses) if clauses else ""


def _clause(statement: Statement, wording: Wording, naming: Naming) -> str:
    """Return the value of a statement in words; of a part, whose it is."""
    value = spoken(statement.value, wording, naming)
    if not isinstance(statement.subject, Participation):
        return value
    organisation = naming.things[statement.subject.organisation]
    return f"{_name(organisation, wording, naming)} – {value}"


def spoken(value: Value, wording: Wording, naming: Naming) -> str:
    """Return a value as a person of the wording's language reads it."""
    match value:
        case Country(code):
            return wording.country_name(code)
        case Text(text, _):
            return f"“{text}”"
        case Edtf(text):
            words = days.without_year(text, wording.language)
            return words.rstrip(".") if words else days.edtf(text, wording.language)
        case date():
            return days.day(value.isoformat(), wording.language)
        case Concept(scheme, name):
            return label(iris.concept_iri(scheme, name), wording.language)
        case Scheme(key):
            names = published(naming.gazetteer.schemes[key].names)
            return called(names, wording.language) or key
        case Id():
            return _name(naming.things[value], wording, naming)
        case _:
            return str(value)


def _name(thing: Thing, wording: Wording, naming: Naming) -> str:
    """Return what a thing is called; none but a project may be without a name."""
    return called(naming.thing(thing), wording.language) or label(EUG.Project, wording.language)
