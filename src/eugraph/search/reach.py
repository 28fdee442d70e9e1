"""Which things a change of the graph reaches: those of which a pattern may bind other values.

A triple that came or went matters to a pattern where the pattern has its
predicate, and to those things only from which the pattern leads to it. So
each pattern is taken apart into the steps of its property paths, each with
the path that leads there from `?thing` (SPARQL 1.1, section 9.1): asking for
that path backwards, from the triple, finds the things. What is found may be
more than what changed, and never less.

The patterns are those of our own lists, in a part of SPARQL that is read as a
whole: groups, unions, OPTIONAL, subqueries, FILTER, BIND and VALUES, and
property paths but for negated ones. What is beyond it is refused, for what is
not understood could hide a triple.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, NoReturn

from eugraph.vocabulary import PREFIXES

RDF_TYPE: Final = PREFIXES["rdf"] + "type"

_TOKEN: Final = re.compile(
    r"""(?P<string>'[^']*'|"[^"]*")|(?P<variable>\?[A-Za-z]\w*)|(?P<iri><[^<>\s]*>)"""
    r"""|(?P<name>[a-z]\w*:[\w-]+|\ba\b)|(?P<word>\w+)|(?P<sign>\S)"""
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

    @classmethod
    def of_any(cls, parts: tuple[_Path, ...]) -> _Path:
        """Return the alternative of some paths."""
        if len(parts) == 1:
            return parts[0]
        text = "(" + "|".join(part.text for part in parts) + ")"
        return cls(text, tuple(step for part in parts for step in part.steps), parts, "|")

    def often(self, sign: str) -> _Path:
        """Return the path taken as often as `sign`, `*`, `+` or `?`, tells."""
        text = f"({self.text}){sign}"
        before = f"({self.text})*" if sign in "*+" else ""
        steps = tuple(Step(_joined(before, step.path), *step[1:]) for step in self.steps)
        return _Path(text, steps, (self,), sign)

    @property
    def backwards(self) -> _Path:
        """The path from its end to its beginning."""
        if self.sign == "|":
            return _Path.of_any(tuple(part.backwards for part in self.parts))
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

    Raises ValueError for a pattern with a triple that `?thing` does not lead to,
    and for one that is not read to its end.
    """
    waiting = _Pattern(pattern).triples()
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
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class _Token(NamedTuple):
    kind: str
    text: str


class _Pattern:
    """Reads a pattern from its beginning to its end (SPARQL 1.1, section 19.8, in part)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [
            _Token(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)
        ]
        self._place = 0
        self._found: list[tuple[str, _Path, str]] = []

    def triples(self) -> list[tuple[str, _Path, str]]:
        """Return subject, path and object of each triple, wherever it stands."""
        self._parts(end="")
        return self._found

    def _refuse(self) -> NoReturn:
        found = " ".join(each.text for each in self._tokens[self._place : self._place + 5])
        raise ValueError(f"{found!r} is not read in a pattern of a list: {self._text!r}.")

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else _Token("end", "")

    def _take(self, *texts: str) -> str:
        """Go past the next token, which has to be one of `texts`; any if there are none."""
        token = self._next
        if token.kind == "end" or (texts and token.text not in texts):
            self._refuse()
        self._place += 1
        return token.text

    def _taken(self, *texts: str) -> bool:
        """Go past the next token if it is one of `texts`."""
        if self._next.kind != "end" and self._next.text in texts:
            self._place += 1
            return True
        return False

    def _group(self) -> None:
        self._take("{")
        if self._taken("SELECT"):
            while not self._taken("WHERE") and self._next.text != "{":
                self._expression() if self._next.text == "(" else self._take()
            self._group()
            while self._next.text != "}":  # GROUP BY, and variables
                self._take("GROUP", "BY", "?thing")
        else:
            self._parts(end="}")
        self._take("}")

    def _parts(self, *, end: str) -> None:
        while self._next.text != end:
            match self._next.text:
                case "." | "UNION":
                    self._take()
                case "{":
                    self._group()
                case "OPTIONAL":
                    self._take()
                    self._group()
                case "FILTER":
                    self._take()
                    self._condition()
                case "BIND":
                    self._take()
                    self._expression()
                case "VALUES":
                    self._data()
                case _:
                    self._block()

    def _condition(self) -> None:
        """Go past what FILTER asks: a group that is there or not, or an expression."""
        if self._taken("NOT") or self._next.text == "EXISTS":
            self._take("EXISTS")
            self._group()
            return
        if self._next.kind == "word":
            self._take()
        self._expression()

    def _expression(self) -> None:
        """Go past an expression in brackets; the groups in it are read."""
        self._take("(")
        while not self._taken(")"):
            if self._next.text == "(":
                self._expression()
            elif self._taken("EXISTS"):
                self._group()
            elif self._next.text in {"{", "}"}:
                self._refuse()
            else:
                self._take()

    def _data(self) -> None:
        self._take("VALUES")
        self._variable()
        self._take("{")
        while not self._taken("}"):
            if self._next.text == "{":
                self._refuse()
            self._take()

    def _variable(self) -> str:
        if self._next.kind != "variable":
            self._refuse()
        return self._take()

    def _block(self) -> None:
        """Read the triples of one subject."""
        subject = self._variable()
        while True:
            path = self._alternative()
            self._found.append((subject, path, self._term()))
            while self._taken(","):
                self._found.append((subject, path, self._term()))
            if not self._taken(";"):
                return

    def _term(self) -> str:
        if self._next.kind not in {"variable", "iri", "name", "string", "word"}:
            self._refuse()
        return self._take()

    def _alternative(self) -> _Path:
        parts = [self._sequence()]
        while self._taken("|"):
            parts.append(self._sequence())
        return _Path.of_any(tuple(parts))

    def _sequence(self) -> _Path:
        parts = [self._element()]
        while self._taken("/"):
            parts.append(self._element())
        return _Path.of_all(tuple(parts))

    def _element(self) -> _Path:
        if self._taken("^"):
            return self._element().backwards
        if self._taken("("):
            path = self._alternative()
            self._take(")")
        elif self._next.kind in {"name", "iri"}:
            path = _Path.of_one(self._take())
        else:
            self._refuse()
        return path.often(self._take()) if self._next.text in {"*", "+", "?"} else path
