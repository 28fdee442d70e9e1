"""Results and findings of the gate as JSON and back.

Only what `eugraph.pipeline.workings` keeps is read: TypeError, ValueError or
KeyError tell of anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from rdflib import Literal, URIRef
from rdflib.term import Node

from eugraph.validation import Finding, Quote, Result, Severity, load_shapes

_SEVERITIES: Final = {str(each): each for each in Severity}


def result_data(result: Result) -> list[object]:
    """Return a result as what JSON can hold."""
    return [
        result.shape,
        result.severity,
        _node_data(result.focus),
        str(result.component),
        result.path,
        _node_data(result.value),
        [[name, _node_data(node)] for name, node in result.bindings],
        result.graph,
    ]


def read_result(data: Sequence[Any]) -> Result:
    """Return the result that `result_data` wrote."""
    shape, severity, focus, component, path, value, bindings, graph = data
    return Result(
        shape,
        _SEVERITIES[severity],
        _some_node(focus),
        _iri(component),
        None if path is None else _iri(path),
        _node(value),
        tuple((name, _some_node(node)) for name, node in bindings),
        graph,
    )


def finding_data(finding: Finding) -> list[object]:
    """Return a finding as what JSON can hold."""
    quotes = [
        [each.evidence, each.release, each.language, each.text, each.slot, each.old]
        for each in finding.quotes
    ]
    result = result_data(finding.result)
    return [result, dict(finding.about), dict(finding.messages), finding.releases, quotes]


def read_finding(data: Sequence[Any]) -> Finding:
    """Return the finding that `finding_data` wrote; its advice is that of the shapes now."""
    result_fields, about, messages, releases, quotes = data
    result = read_result(result_fields)
    return Finding(
        shape=result.shape,
        severity=result.severity,
        focus=result.focus,
        component=result.component,
        path=result.path,
        value=result.value,
        about=about,
        messages=messages,
        advice=load_shapes()[result.shape].advice,
        releases=tuple(releases),
        quotes=tuple([_quote(*fields) for fields in quotes]),
        bindings=result.bindings,
        graph=result.graph,
    )


def _quote(evidence: str, release: str, language: str, text: str, slot: str, old: str) -> Quote:  # noqa: PLR0913, PLR0917  # as it is written
    return Quote(evidence, release, language, text, slot=slot, old=old)


def _node_data(node: Node | None) -> list[str | None] | None:
    if node is None:
        return None
    if isinstance(node, Literal):
        return [str(node), node.language, None if node.datatype is None else str(node.datatype)]
    if isinstance(node, URIRef):
        return [str(node)]
    raise TypeError(f"{node!r} has no name that stays")


def _some_node(data: Sequence[Any]) -> Node:
    node = _node(data)
    if node is None:
        raise TypeError("a node is missing")
    return node


def _node(data: Sequence[Any] | None) -> Node | None:
    match data:
        case None:
            return None
        case [iri]:
            return _iri(iri)
        case [text, language, datatype]:
            return Literal(
                text, lang=language, datatype=None if datatype is None else URIRef(datatype)
            )
        case _:
            raise TypeError(f"{data!r} is no node")


@lru_cache(maxsize=1 << 16)
def _iri(text: str) -> URIRef:
    """Return a node: the same are named again and again, and each takes its time to be made."""
    return URIRef(text)
