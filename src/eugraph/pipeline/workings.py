"""What an edition keeps of its making, so that the next one is made of it and of what changed.

`workings.json` lies in the folder of the edition and holds, of each release,
what the steps that look at all releases need, and what was made of it alone.
It is JSON and nothing else, and used only if this very program wrote it;
without it the next edition is made from the releases, with the same outcome.

Things and facts are written once, whichever releases they occur in, and
releases name them by number: most of them are alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rdflib import Literal, URIRef
from rdflib.term import Node

from eugraph.facts.corrections.correction import Corrected, Correction, Outcome
from eugraph.facts.fact import Reading
from eugraph.facts.stored import decoded, encoded
from eugraph.validation import Finding, Quote, Result, Severity, load_shapes

FILE: Final = "workings.json"
FORMAT: Final = 2

Label = tuple[str, str, str]
"""What a graph calls a thing: its IRI, the language, the name."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A release as far as the steps that look at all releases need it.

    `key` is a digest of all it was read from, `bare` its reading without
    words, `corrected` what became of a person's corrections of it.
    """

    id: str
    key: str
    bare: Reading
    facts: int
    discrepancies: int
    corrected: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """What was made of one release.

    `digest` is that of all its graph was made of, `labels` are those it would
    have if it were alone, `named` the nodes of its graph that reference data
    may tell of. `results` is what the checks of its graph alone gave.
    """

    outline: Outline
    digest: str
    labels: tuple[Label, ...]
    named: frozenset[str]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Workings:
    """What was made of each release, by its id; empty where nothing is known.

    `shared` is what the checks of the reference data gave, `together` those of
    all releases together; `findings` are all results of the edition in words.
    """

    releases: Mapping[str, Worked] = field(default_factory=dict)
    shared: tuple[Result, ...] = ()
    together: tuple[Result, ...] = ()
    findings: tuple[Finding, ...] = ()


def write_workings(path: Path, workings: Workings, made_by: str) -> None:
    """Write the workings of an edition that was made by the program of this name."""
    values: dict[str, int] = {}
    releases = {name: _written(each, values) for name, each in workings.releases.items()}
    data = {
        "format": FORMAT,
        "made_by": made_by,
        "values": [json.loads(value) for value in values],
        "releases": releases,
        "shared": [_result_data(result) for result in workings.shared],
        "together": [_result_data(result) for result in workings.together],
        "findings": [_finding_data(finding) for finding in workings.findings],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def read_workings(path: Path, made_by: str, corrections: Sequence[Correction]) -> Workings:
    """Return the workings at `path`; none if they are missing, damaged or another program's.

    Corrections are looked up among those that hold now: where one is not found,
    the release was read with others, and is read again.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if (data["format"], data["made_by"]) != (FORMAT, made_by):
            return Workings()
        values = [decoded(value) for value in data["values"]]
        known = {(each.file, each.number): each for each in corrections}
        releases = {
            name: _worked(name, each, values, known)
            for name, each in data["releases"].items()
            if all((file, number) in known for file, number, *_ in each["corrected"])
        }
        return Workings(
            releases,
            tuple([_result(each) for each in data["shared"]]),
            tuple([_result(each) for each in data["together"]]),
            tuple([_finding(each) for each in data["findings"]]),
        )
    except (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError):
        return Workings()


def _written(worked: Worked, values: dict[str, int]) -> dict[str, object]:
    def number(value: object) -> int:
        text = json.dumps(encoded(value), ensure_ascii=False)
        return values.setdefault(text, len(values))

    outline = worked.outline
    return {
        "key": outline.key,
        "things": [number(thing) for thing in outline.bare.things],
        "facts": [number(fact) for fact in outline.bare.facts],
        "counts": [outline.facts, outline.discrepancies],
        "corrected": [
            [each.correction.file, each.correction.number, each.outcome, each.reason]
            for each in outline.corrected
        ],
        "digest": worked.digest,
        "labels": worked.labels,
        "named": sorted(worked.named),
        "results": [_result_data(result) for result in worked.results],
    }


def _worked(
    name: str,
    data: Mapping[str, Any],
    values: Sequence[Any],
    known: Mapping[tuple[str, int], Correction],
) -> Worked:
    bare = Reading(
        name,
        tuple([values[number] for number in data["things"]]),
        tuple([values[number] for number in data["facts"]]),
    )
    corrected = tuple(
        Corrected(known[file, number], Outcome(outcome), reason)
        for file, number, outcome, reason in data["corrected"]
    )
    return Worked(
        Outline(name, data["key"], bare, data["counts"][0], data["counts"][1], corrected),
        data["digest"],
        tuple([(iri, language, text) for iri, language, text in data["labels"]]),
        frozenset(data["named"]),
        tuple([_result(each) for each in data["results"]]),
    )


def _result_data(result: Result) -> list[object]:
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


def _result(data: Sequence[Any]) -> Result:
    shape, severity, focus, component, path, value, bindings, graph = data
    return Result(
        shape,
        Severity(severity),
        _some_node(focus),
        URIRef(component),
        None if path is None else URIRef(path),
        _node(value),
        tuple((name, _some_node(node)) for name, node in bindings),
        graph,
    )


def _finding_data(finding: Finding) -> list[object]:
    quotes = [[each.evidence, each.release, each.language, each.text] for each in finding.quotes]
    told = _result_data(finding.result)
    return [told, dict(finding.about), dict(finding.messages), finding.releases, quotes]


def _finding(data: Sequence[Any]) -> Finding:
    told, about, messages, releases, quotes = data
    result = _result(told)
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
        quotes=tuple([Quote(*each) for each in quotes]),
        bindings=result.bindings,
        graph=result.graph,
    )


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
            return URIRef(iri)
        case [text, language, datatype]:
            return Literal(
                text, lang=language, datatype=None if datatype is None else URIRef(datatype)
            )
        case _:
            raise TypeError(f"{data!r} is no node")
