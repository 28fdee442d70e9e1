"""What is likely meant where a query is not SPARQL: told by its tokens, with the place.

The engine's parser tells what it would have taken at the place that it came
furthest to, and as it looks ahead for keywords, that may be a word that has
nothing to do with the mistake. These are the mistakes that people make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from eugraph.store.outline import Token, tokens_of

KEYWORDS: Final = frozenset(
    """
    ADD ALL AS ASC ASK BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP
    HAVING IN LIMIT MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE
    SILENT UNDEF UNION VALUES WHERE LATERAL TRUE FALSE A
    """.split()  # noqa: SIM905  # as a table it would be a page long
)
"""The words of the grammar (SPARQL 1.1 Query, section 19.8)."""

FUNCTIONS: Final = frozenset(
    """
    ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR
    GROUP_CONCAT HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5
    MIN MINUTES MONTH NOW OBJECT PREDICATE RAND REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SHA1
    SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID
    SUBJECT SUBSTR SUM TIMEZONE TRIPLE ISTRIPLE TZ UCASE URI UUID YEAR HASLANG HASLANGDIR STRLANGDIR
    LANGDIR ADJUST
    """.split()  # noqa: SIM905
)
"""The functions and aggregates that are named by a word."""

_KNOWN: Final = KEYWORDS | FUNCTIONS
_SHOWN: Final = 40
"""How many letters of a word are told, at most."""

_OPERATORS: Final = {"AND": "&&", "OR": "||"}
_COMPARING: Final = frozenset("=<>&|")
_QUOTES: Final = "“”„‟‘’‚‛«»‹›`´"
_TERMS: Final = frozenset(["variable", "iri", "name", "string"])
_TRIPLE: Final = 3
_NUMBER: Final = re.compile(r"[0-9.]")
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}


class Mistake(NamedTuple):
    """What is likely wrong, and where in the query it begins."""

    start: int
    message: str


def mistake_in(text: str) -> Mistake | None:
    """Return the first mistake that is found in `text`, a query that no parser takes."""
    tokens = tokens_of(text)
    for find in (_quotes, _words, _signs, _brackets, _clauses, _triples):
        found = next(find(tokens, text), None)
        if found is not None:
            return found
    return None


def place(text: str, start: int) -> tuple[int, int]:
    """Return the line and the column of what begins at `start`, both from 1."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _quotes(tokens: Sequence[Token], _: str) -> Iterator[Mistake]:
    for token in tokens:
        if token.text[:1] in _QUOTES:
            yield Mistake(
                token.start, f"{token.text[:1]} encloses no text in SPARQL; write \" or '"
            )
        elif token.text in {'"', "'"}:
            yield Mistake(token.start, f"the text that begins with this {token.text} does not end")


def _words(tokens: Sequence[Token], _: str) -> Iterator[Mistake]:
    for token, after in zip(tokens, [*tokens[1:], _NONE], strict=False):
        word = token.upper
        if token.kind != "word" or word in _KNOWN or _NUMBER.match(word):
            continue
        if word in _OPERATORS:
            yield Mistake(token.start, f"{token.text} is no operator; write {_OPERATORS[word]}")
        else:
            meant = _meant(word[:_SHOWN], called=after.text == "(")
            yield Mistake(token.start, f"{token.text[:_SHOWN]} is no word of SPARQL{meant}")


def _meant(word: str, *, called: bool) -> str:
    keywords = get_close_matches(word, sorted(KEYWORDS), n=1, cutoff=0.75)
    functions = get_close_matches(word, sorted(FUNCTIONS), n=1, cutoff=0.8) if called else []
    for close in (*functions, *keywords):
        return f"; is {close} meant?"
    return ': a name has a prefix or stands in < >, a text in " ", a variable begins with a ?'


def _signs(tokens: Sequence[Token], _: str) -> Iterator[Mistake]:
    selected, depth = False, 0
    for before, token, after in zip([_NONE, *tokens], tokens, [*tokens[1:], _NONE], strict=False):
        depth += (token.text == "(") - (token.text == ")")
        selected = (selected or token.upper == "SELECT") and token.text != "{"
        if token.text == after.text == "=":
            yield Mistake(token.start, "== is no operator; write =")
        if selected and not depth and token.text == ",":
            yield Mistake(token.start, "variables stand one after the other, without commas")
        if token.text in _COMPARING and after.text in _BRACKETS and before.text != ">":
            yield Mistake(token.start, f"a value is missing after {token.text}")
        if before.text == after.text == ")" and token.kind == "variable":
            yield Mistake(token.start, f"AS is missing before {token.text[:_SHOWN]}")
        if token.upper == "PREFIX" and after.kind == "word":
            name = after.text[:_SHOWN]
            yield Mistake(after.start, f"a prefix ends with a colon: PREFIX {name}: <…>")


def _brackets(tokens: Sequence[Token], text: str) -> Iterator[Mistake]:
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close" and not opened:
            yield Mistake(token.start, f"this {token.text} closes nothing")
            return
        elif token.kind == "close" and opened.pop().text != _BRACKETS[token.text]:
            yield Mistake(token.start, f"this {token.text} closes a bracket of another kind")
            return
    if opened:
        at = "line {}, column {}".format(*place(text, opened[-1].start))
        yield Mistake(len(text), f"the query ends, and the {opened[-1].text} of {at} is not closed")


def _clauses(tokens: Sequence[Token], _: str) -> Iterator[Mistake]:
    for before, token, after in zip([_NONE, *tokens], tokens, [*tokens[1:], _NONE], strict=False):
        word = token.upper
        if word in {"ORDER", "GROUP"} and after.upper != "BY":
            yield Mistake(token.start, f"{token.text} is followed by BY")
        if word in {"LIMIT", "OFFSET"} and not after.text.isdecimal():
            yield Mistake(token.start, f"{token.text} is followed by a number")
        if word in {"OPTIONAL", "MINUS", "UNION", "EXISTS", "WHERE"} and after.text != "{":
            yield Mistake(token.start, f"{token.text} is followed by a group: {{ … }}")
        if word == "GRAPH" and after.kind not in {"iri", "name", "variable"}:
            yield Mistake(token.start, "GRAPH is followed by a variable or the IRI of a graph")
        if word == "FILTER" and after.kind in {"variable", "string"}:
            yield Mistake(token.start, "what FILTER tests stands in brackets: FILTER( … )")
        if word in FUNCTIONS and token.kind == "word" and after.text != "(":
            yield Mistake(token.start, f"{token.text} is followed by what it takes: {word}( … )")
        if word in FUNCTIONS and before.upper in {"SELECT", "DISTINCT"}:
            yield Mistake(token.start, f"an expression is selected as ({token.text}( … ) AS ?name)")
        if before.text == "(" and word == "AS":
            yield Mistake(token.start, "before AS stands an expression")


def _triples(tokens: Sequence[Token], _: str) -> Iterator[Mistake]:
    """Yield where a fourth term follows the three of a triple."""
    terms = 0
    begun = False
    for token in tokens:
        if token.text in {"{", "."}:
            terms, begun = 0, True
        elif token.kind in _TERMS or token.text == "a":
            terms += 1
            if begun and terms > _TRIPLE:
                yield Mistake(token.start, "a dot is likely missing before this, after a triple")
                return
        elif token.kind != "language":
            begun = False


_NONE: Final = Token("", "", 0)
