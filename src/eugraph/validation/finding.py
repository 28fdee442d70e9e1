"""What the gate finds: one result of one shape, with the release and the words that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rdflib import URIRef
from rdflib.term import Node

from eugraph.vocabulary import IRI_BASE

_SPAN = re.compile(r"#char=([0-9]+),([0-9]+)$")


class Severity(StrEnum):
    """How bad a finding is (SHACL 1.0, section 2.1.4); only a violation refuses an edition."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Result:
    """What one check says of one focus node, before it is put into words.

    `bindings` are what the messages of the shape name. `graph` is the release
    graph that was looked at, None where all releases were.
    """

    shape: str
    severity: Severity
    focus: Node
    component: URIRef
    path: URIRef | None = None
    value: Node | None = None
    bindings: tuple[tuple[str, Node], ...] = ()
    graph: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a release, as its evidence gives them; `language` by the EU's table (`LAV`).

    `sentence` is the one they stand in, at the character `offset`; empty where
    the text was not at hand. `slot` and `old` are what a correction calls what
    was read in them, `old` empty where the words alone tell it.
    """

    evidence: str
    release: str
    language: str
    text: str
    sentence: str = ""
    offset: int = 0
    slot: str = ""
    old: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The sentence before the words, the words, and the sentence after them."""
        end = self.offset + len(self.text)
        return self.sentence[: self.offset], self.text, self.sentence[end:]

    @property
    def span(self) -> tuple[int, int] | tuple[None, None]:
        """Where the words stand, in characters, the end excluded; as the evidence's IRI has it."""
        match = _SPAN.search(self.evidence)
        return (int(match[1]), int(match[2])) if match else (None, None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding for a person: what, in which release, in which words, and what to do.

    `shape` is the id of the shape (`S05`). `about` names the focus, an assertion
    by what it says; `about`, `messages` and `advice` are by language (`en`,
    `lv`). `releases` are the ids of the releases it concerns, `quotes` the words
    that bear on it, those of each differing value first; both may be empty.
    """

    shape: str
    severity: Severity
    focus: Node
    component: URIRef
    path: URIRef | None
    value: Node | None
    about: Mapping[str, str]
    messages: Mapping[str, str]
    advice: Mapping[str, str]
    releases: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    bindings: tuple[tuple[str, Node], ...] = ()
    graph: str | None = None

    @property
    def result(self) -> Result:
        """The result that was put into words."""
        return Result(
            self.shape,
            self.severity,
            self.focus,
            self.component,
            self.path,
            self.value,
            self.bindings,
            self.graph,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says: the findings, worst first, then by release, shape and focus."""

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Verdict:
        """Return the verdict of `findings` in their order."""
        return cls(tuple(sorted(findings, key=_order)))

    @property
    def conforms(self) -> bool:
        """Whether nothing is a violation."""
        return all(finding.severity is not Severity.VIOLATION for finding in self.findings)


def describe_finding(finding: Finding, language: str = "en") -> tuple[str, ...]:
    """Return a finding as lines of text: the message with its release, the words, what to do."""
    where = ", ".join(finding.releases) or "all releases"
    return (
        f"{finding.severity} {finding.shape} [{where}] {finding.messages[language]}",
        finding.about[language],
        *(
            f"“{quote.sentence or quote.text}” ({quote.release}, {quote.language})"
            for quote in finding.quotes
        ),
        finding.advice[language],
    )


def brief(node: Node) -> str:
    """Return a node as a person would name it: our IRIs without their base, literals as text."""
    return str(node).removeprefix(IRI_BASE + "id/").removeprefix(IRI_BASE)


def _order(finding: Finding) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    severity = tuple(Severity).index(finding.severity)
    about = (finding.focus, finding.path, finding.value, finding.component)
    content = (finding.shape, *map(str, about), *sorted(finding.messages.values()))
    return severity, finding.releases, content
