"""Which things a change of the graph reaches: those of which a pattern may bind other values.

A triple that came or went matters to a pattern where the pattern has its
predicate, and to those things only from which the pattern leads to it. So
each pattern is taken apart into the steps of its property paths, each with
the path that leads there from `?thing` (SPARQL 1.1, section 9.1): asking for
that path backwards, from the triple, finds the things. What is found may be
more than what changed, and never less.

The patterns are those of our own lists: triples, sequences, inverses, `*`, `?`
and alternatives of none. Everything else of SPARQL may stand around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from eugraph.vocabulary import PREFIXES

RDF_TYPE: Final = PREFIXES["rdf"] + "type"

_TOKEN: Final = re.compile(
    r"""(?P<string>'[^']*'|"[^"]*")|(?P<variable>\?[A-Za-z]\w*)"""
    r"""|(?P<name>[a-z]\w*:\w+|\ba\b)|(?P<other>\w+|\S)"""
)
_ROOT: Final = "?thing"


class Step(NamedTuple):
    """A step of a path: `path` leads from `?thing` to where it starts, empty if that is there.

    `inverse` tells that the step is taken from the object to the subject.
    """

    path: str
    predicate: str
    inverse: bool


@dataclass(frozen=True, slots=True)
class _Path:
    """A property path: its text, and its steps as seen from its beginning."""

    text: str
    steps: tuple[Step, ...]
    parts: tuple[_Path, ...] = ()
    sign: str = ""

    @classmethod
    def of_one(cls, predicate: str) -> _Path:
        return cls(predicate, (Step("", predicate, inverse=False),))

    @classmethod
    def of_all(cls, parts: tuple[_Path, ...]) -> _Path:
        """Return the sequence of some paths."""
        if len(parts) == 1:
            return parts[0]
        steps = tuple(
            Step(_joined(*(each.text for each in parts[:number]), step.path), *step[1:])
            for number, part in enumerate(parts)
            for step in part.steps
        )
        return cls(_joined(*(each.text for each in parts)), steps, parts)

    def often(self, sign: str) -> _Path:
        """Return the path taken as often as `sign`, `*` or `?`, tells."""
        text = f"({self.text}){sign}"
        before = text if sign == "*" else ""
        steps = tuple(Step(_joined(before, step.path), *step[1:]) for step in self.steps)
        return _Path(text, steps, (self,), sign)

    @property
    def backwards(self) -> _Path:
        """The path from its end to its beginning."""
        if self.sign:
            return self.parts[0].backwards.often(self.sign)
        if self.parts:
            return _Path.of_all(tuple(part.backwards for part in reversed(self.parts)))
        ((_, predicate, inverse),) = self.steps
        text = predicate if inverse else f"^{predicate}"
        return _Path(text, (Step("", predicate, not inverse),))


def _joined(*texts: str) -> str:
    return "/".join(filter(None, texts))


def steps_of(pattern: str) -> tuple[Step, ...]:
    """Return every step that a pattern takes, each as it is reached from `?thing`.

    Raises ValueError for a pattern with a triple that `?thing` does not lead to.
    """
    waiting = list(_triples(_tokens(pattern)))
    leading = {_ROOT: ""}
    found: dict[Step, None] = {}
    while waiting:
        near = next((each for each in waiting if {each[0], each[2]} & leading.keys()), None)
        if near is None:
            raise ValueError(f"?thing does not lead to every triple of {pattern!r}.")
        waiting.remove(near)
        subject, path, value = near
        if subject not in leading:
            subject, path, value = value, path.backwards, subject
        if value.startswith("?"):
            leading.setdefault(value, _joined(leading[subject], path.text))
        for step in path.steps:
            found[Step(_joined(leading[subject], step.path), *step[1:])] = None
    return tuple(found)


def reached(
    steps: Iterable[Step], triples: Mapping[str, Iterable[tuple[str, str]]]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the paths that lead from things to where `triples` differ, and the nodes there.

    `triples` are the subjects and objects of those that came or went, by
    predicate. An empty path tells that the nodes themselves are the things.
    """
    nodes: dict[str, set[str]] = {}
    for path, predicate, inverse in steps:
        pairs = triples.get(_expanded(predicate), ())
        starts = {pair[1 if inverse else 0] for pair in pairs}
        if starts:
            nodes.setdefault(path, set()).update(starts)
    for path, starts in nodes.items():
        yield path, frozenset(starts)


def _expanded(name: str) -> str:
    if name == "a":
        return RDF_TYPE
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class _Token(NamedTuple):
    kind: str
    text: str


def _tokens(pattern: str) -> list[_Token]:
    return [
        _Token(match.lastgroup or "", match.group())
        for match in _TOKEN.finditer(pattern.replace("{{", "{").replace("}}", "}"))
    ]


def _triples(tokens: list[_Token]) -> Iterator[tuple[str, _Path, str]]:
    """Yield subject, path and object of each triple, wherever it stands."""
    place = 0
    while place < len(tokens):
        subject = tokens[place]
        place += 1
        taken = _verb(tokens, place) if subject.kind == "variable" else None
        while taken:
            path, place = taken
            yield subject.text, path, tokens[place].text
            more = place + 1 < len(tokens) and tokens[place + 1].text == ";"
            taken = _verb(tokens, place + 2) if more else None


def _verb(tokens: list[_Token], place: int) -> tuple[_Path, int] | None:
    """Return the path that begins at a place, and where the object after it is; None if none is."""
    parts: list[_Path] = []
    while True:
        taken = _element(tokens, place)
        if taken is None:
            return None
        path, place = taken
        parts.append(path)
        if place >= len(tokens) or tokens[place].text != "/":
            break
        place += 1
    return _Path.of_all(tuple(parts)), place


def _element(tokens: list[_Token], place: int) -> tuple[_Path, int] | None:
    if place >= len(tokens):
        return None
    kind, text = tokens[place]
    if text == "^":
        inner = _element(tokens, place + 1)
        return inner and (inner[0].backwards, inner[1])
    if text == "(":
        inner = _verb(tokens, place + 1)
        if inner is None or inner[1] >= len(tokens) or tokens[inner[1]].text != ")":
            return None
        path, place = inner
    elif kind == "name":
        path = _Path.of_one(text)
    else:
        return None
    place += 1
    if place < len(tokens) and tokens[place].text in {"*", "?"}:
        return path.often(tokens[place].text), place + 1
    return path, place
