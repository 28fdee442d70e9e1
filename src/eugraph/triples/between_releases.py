"""What releases disagree on, as RDF: the quality graph of an edition.

Each is an `eug:Discrepancy` like those of one release
(`eugraph.triples.disagreements`), of a project and one property of it. It
concerns the assertions of the releases, which have the words. The graph names
every project that was compared, so that one that all agree on is told from one
that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rdflib import Graph, Literal
from rdflib.namespace import RDF, RDFS

from eugraph.facts.fact import Country, Edtf, Value
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.disagreements import LIST_DIFFERS, Disagreement
from eugraph.identity.resolve import Keys
from eugraph.triples import days, iris
from eugraph.triples.disagreements import describe_annotation
from eugraph.triples.ntriples import Triple
from eugraph.triples.provenance import describe_attribution
from eugraph.triples.terms import PROPERTIES, Terms
from eugraph.triples.wording import Wording, wordings
from eugraph.vocabulary import EUG, OA

_MOST = 3
"""How many releases a note names for one value."""


def describe_between(
    found: Iterable[Disagreement], projects: Iterable[str], gazetteer: Gazetteer
) -> Graph:
    """Return the quality graph of an edition in which `projects` were compared, by their keys."""
    graph = Graph(identifier=iris.QUALITY_GRAPH)
    for project in projects:
        graph.add((iris.thing_iri("project", project), RDF.type, EUG.Project))
    for disagreement in found:
        for triple in _describe(disagreement, gazetteer):
            graph.add(triple)
    return graph


def _describe(found: Disagreement, gazetteer: Gazetteer) -> Iterator[Triple]:
    node = iris.disagreement_iri(found.project, found.slot)
    target = iris.thing_iri("project", found.project)
    yield node, OA.hasTarget, target
    yield from describe_annotation(node, found.type, "explained" if found.by else "open")
    yield node, EUG.onProperty, PROPERTIES[found.slot]
    for each in found.stated:
        value = Terms(each.release, {}, Keys({}), gazetteer).value(each.value)
        assertion = iris.assertion_iri(each.release, target, PROPERTIES[each.slot], value)
        yield node, EUG.concernsAssertion, assertion
        if each.value == found.preferred:
            yield node, EUG.preferredAssertion, assertion
    for wording in wordings():
        yield node, RDFS.comment, Literal(_note(found, wording), lang=wording.language)
    if found.by:
        yield from describe_attribution(node, found.by)


def _note(found: Disagreement, wording: Wording) -> str:
    releases: dict[Value, list[str]] = {}
    for each in found.stated:
        releases.setdefault(each.value, []).append(each.release)
    values = (_reading(found, value, sources, wording) for value, sources in releases.items())
    return wording.sentence("between", found.slot, values="; ".join(values))


def _reading(found: Disagreement, value: Value, releases: Sequence[str], wording: Wording) -> str:
    words = {"value": _words(value, wording), "releases": _names(releases, wording)}
    if found.type != LIST_DIFFERS:
        return wording.sentence("between", "value", **words)
    others = [each for each in found.asked if each not in releases]
    return wording.sentence("between", "listed", **words, others=_names(others, wording))


def _names(releases: Sequence[str], wording: Wording) -> str:
    if len(releases) <= _MOST:
        return wording.enumeration(releases)
    named = ", ".join(releases[:_MOST])
    return wording.sentence("between", "more", names=named, number=str(len(releases) - _MOST))


def _words(value: Value, wording: Wording) -> str:
    match value:
        case Country(code):
            return wording.country_name(code)
        case Edtf(text):
            return days.edtf(text, wording.language)
        case date():
            return days.day(value.isoformat(), wording.language)
        case _:
            return str(value)
