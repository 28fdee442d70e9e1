"""What no shape can compute of a date: that its day exists, and its bounds (E03, E04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from eugraph.facts.edtf import edtf_bounds
from eugraph.validation.finding import Result, Severity
from eugraph.vocabulary import ESH, EUG

PROGRAM = ESH.ProgramConstraintComponent
"""The constraint component of results that the program itself computes."""


def check_dates(graph: Graph, name: str | None = None) -> Iterator[Result]:
    """Yield a result for each date that is no day, and each bound that its date does not give."""
    for path in (EUG.statedDate, EUG.edtf):
        for focus, value in graph.subject_objects(path):
            try:
                bounds = edtf_bounds(str(value))
            except ValueError:
                yield _result("E03", focus, path, value, name)
                continue
            if path == EUG.edtf:
                yield from _check_bounds(focus, bounds, graph, name)


def _check_bounds(
    focus: Node, bounds: tuple[date | None, date | None], graph: Graph, name: str | None
) -> Iterator[Result]:
    for path, day in zip((EUG.notBefore, EUG.notAfter), bounds, strict=True):
        expected = {Literal(day.isoformat(), datatype=XSD.date)} if day else set()
        found = set(graph.objects(focus, path))
        if found != expected:
            yield _result("E04", focus, path, min(found - expected, key=str, default=None), name)


def _result(shape: str, focus: Node, path: URIRef, value: Node | None, name: str | None) -> Result:
    return Result(shape, Severity.VIOLATION, focus, PROGRAM, path, value, graph=name)
