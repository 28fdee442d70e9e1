"""RDF terms as the workers write them: SPARQL 1.1 TSV results and N-Triples.

https://www.w3.org/TR/sparql11-results-csv-tsv/ section 4,
https://www.w3.org/TR/n-triples/ section 7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

XSD: Final = "http://www.w3.org/2001/XMLSchema#"

_TERM: Final = re.compile(
    r"""(?P<iri><[^<>]*>)
      | "(?P<text>(?:[^"\\]++|\\.)*+)"(?:@(?P<language>[\w-]+)|\^\^<(?P<datatype>[^<>]*)>)?
      | (?P<blank>_:[^\s]+)
      | (?P<plain>[^\s<>"]+)""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_PLAIN: Final = (
    (re.compile(r"[+-]?\d+"), "integer"),
    (re.compile(r"[+-]?\d*\.\d+"), "decimal"),
    (re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+"), "double"),
    (re.compile(r"true|false"), "boolean"),
)
_NUMBERS: Final = frozenset(
    XSD + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI (`kind` is `iri`), a literal or a blank node; `datatype` is a full IRI or empty."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""

    @property
    def number(self) -> float | None:
        """Its value if it is a number that can be drawn."""
        if self.datatype not in _NUMBERS:
            return None
        try:
            number = float(self.value)
        except ValueError:
            return None
        return number if abs(number) < float("inf") else None


def read_terms(line: str) -> list[Term | None]:
    """Return the terms of one line of TSV results, None where a variable is unbound."""
    return [_term(cell) for cell in line.split("\t")]


def read_triple(line: str) -> list[Term]:
    """Return the three terms of one line of N-Triples."""
    return [_matched(found) for found in _TERM.finditer(line.rstrip().removesuffix("."))][:3]


def _term(cell: str) -> Term | None:
    found = _TERM.fullmatch(cell.strip())
    return _matched(found) if found else (Term("literal", cell) if cell.strip() else None)


def _matched(found: re.Match[str]) -> Term:
    if iri := found["iri"]:
        return Term("iri", _unescaped(iri[1:-1]))
    if blank := found["blank"]:
        return Term("blank", blank)
    if (plain := found["plain"]) is not None:
        kind = next((name for form, name in _PLAIN if form.fullmatch(plain)), "")
        return Term("literal", plain, datatype=XSD + kind if kind else "")
    text = _unescaped(found["text"])
    return Term("literal", text, found["language"] or "", found["datatype"] or "")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code is None:
        return _LETTERS.get(found[3], found[3])
    try:
        return chr(int(code, 16)).encode("utf-8", "replace").decode()
    except ValueError:
        return "\ufffd"
