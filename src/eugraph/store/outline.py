r"""What can be told of a query's text before an engine sees it: the guard.

A token scan that knows strings, IRIs, comments and variables, and nothing of
the grammar. It refuses what must never reach the engine: nesting so deep that
the parser overflows its stack and takes the process along (measured: 5,000
nested groups), `SERVICE`, which would let a stranger send requests from the
publisher's network, updates, and a `FROM` that names a graph not published
here. Whatever else it misjudges, the engine's own parser judges again.

The engine's parser knows no word boundaries: it reads `trueSERVICE<u>{}` and
`SERVICE:x{}`, so the word is looked for inside words and before a colon too.
It also reads `FILTER(?a<?b)SERVICE:x#>` up to the comment where a lexer sees
one IRI, and behind `FILTER(?a<?b#>'''` a comment where a lexer sees a string
begin. A long string with an escape that there is not is to it an empty string
and whatever follows. Outside of strings and IRIs it takes no `\u` escapes, so
a keyword cannot hide in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urljoin

from eugraph.errors import MalformedQueryError, QueryLimitError, RefusedQueryError
from eugraph.store.dataset import Dataset


class Form(StrEnum):
    """The four query forms of SPARQL 1.1 Query, section 16."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


@dataclass(frozen=True, slots=True)
class Outline:
    """A query's form, the prefixes it declares and the graphs its FROM clauses choose."""

    form: Form
    prefixes: Mapping[str, str] = field(default_factory=dict)
    dataset: Dataset = field(default_factory=Dataset)


class Mention(NamedTuple):
    """A term that a query names: `kind` is `iri` or `literal`."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""


_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_CLOSING = {")": "(", "]": "[", "}": "{"}

_STRING_ESCAPE = r"""\\(?:[tbnrf"'\\]|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}
    |U000(?!0[Dd][89A-Fa-f])[0-9A-Fa-f]{5}|U0010[0-9A-Fa-f]{4})"""
"""What may follow a backslash in a string: section 19.7, and characters that there are."""

# SPARQL 1.1 Query, section 19.8; possessive repetition keeps it linear on hostile text.
_TOKEN = re.compile(
    rf"""
    [ \t\r\n]++ | \#[^\r\n]*+
  | (?P<string>   \"{{3}}(?:[^"\\]|{_STRING_ESCAPE}|\"{{1,2}}(?!\"))*+\"{{3}}
                | '{{3}}(?:[^'\\]|{_STRING_ESCAPE}|'{{1,2}}(?!'))*+'{{3}}
                | \"(?:[^"\\\r\n]|{_STRING_ESCAPE})*+\"
                | '(?:[^'\\\r\n]|{_STRING_ESCAPE})*+' )
"""
    r"""
  | (?P<iri>      <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+> )
  | (?P<variable> [?$]\w++ )
  | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
  | (?P<name>     (?:\w[\w.-]*+)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)
                  (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*+)? )
  | (?P<word>     \w[\w.-]*+ )
  | (?P<open>     [({[] )
  | (?P<close>    [)}\]] )
  | (?P<other>    . )
    """,
    re.VERBOSE | re.DOTALL,
)

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")

_DECLARED = re.compile(
    r"""
    (?: (?:BASE | PREFIX[ \t\r\n]++(?:\w[\w.-]*+)?:)[ \t\r\n]*+
        <[^<>"{}|^`\\\x00-\x20]*+>[ \t\r\n]*+ )*+
    (?: SELECT | ASK | CONSTRUCT | DESCRIBE )(?![\w.:-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Declarations and a query form, without comments or escapes."""

_SHORT = 2000

_DOUBTFUL = frozenset("')")
"""Signs by which a `<` may be an operator: a string begins, or an expression ends, behind it."""

_WEB = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
"""How an IRI begins that is no expression behind an operator, as no operand follows `//`."""


def outline(text: str, *, base: str, depth: int) -> Outline:
    """Return the outline of the query `text`, its relative IRIs resolved against `base`.

    Raises MalformedQueryError where no query form is found, RefusedQueryError
    for an update or a SERVICE, QueryLimitError where groups, brackets or
    signs nest deeper than `depth`.
    """
    if not _is_plain(text, depth):
        tokens = tokens_of(text)
        _check_depth(tokens, text, depth)
        _check_service(tokens)
        return _outline(tokens, base)
    declared = _declared_at(text)
    return _plain_outline(declared, base) if declared else _outline(list(_beginning(text)), base)


def _declared_at(text: str) -> str:
    """Return how `text` begins, up to its form, if that is short and as everybody writes it."""
    found = _DECLARED.match(text, _BLANK.match(text).end())  # type: ignore[union-attr]  # always
    return found.group() if found and found.end() - found.start() <= _SHORT else ""


@lru_cache(maxsize=256)
def _plain_outline(declared: str, base: str) -> Outline:
    """Return the outline of a plain query that begins so, as many do."""
    return _outline(tokens_of(declared), base)


def _outline(tokens: list[Token], base: str) -> Outline:
    form = next((token for token in tokens if _is_form(token)), None)
    before = tokens if form is None else tokens[: tokens.index(form)]
    update = next((t for t in before if t.kind == "word" and t.upper in _UPDATES), None)
    if update:
        raise RefusedQueryError(f"This service is read-only: it does not do {update.upper}.")
    if form is None:
        raise MalformedQueryError("This is no query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE.")
    base, prefixes = _prologue(before, base)
    graphs = [(named, _expand(token, base, prefixes)) for named, token in _from_clauses(tokens)]
    default, named = ([iri for kind, iri in graphs if kind is each] for each in (False, True))
    return Outline(Form[form.upper], prefixes, Dataset.of(default, named))


def mentions(text: str, base: str) -> Iterator[Mention]:
    """Yield the IRIs and literals that the pattern of a well-formed query names, in its order."""
    tokens = tokens_of(text)
    start = next(
        i for i, t in enumerate(tokens) if t.kind == "word" and t.upper in Form.__members__
    )
    base, prefixes = _prologue(tokens[:start], base)
    rest = [*tokens[start:], _END, _END, _END]
    typed: set[int] = set()
    for place, token in enumerate(rest[:-3]):
        if token.kind == "string":
            following = rest[place + 1 : place + 4]
            datatype = language = ""
            if following[0].kind == "language":
                language = following[0].text[1:]
            elif following[0].text == following[1].text == "^" and following[2].kind in _IRIS:
                typed.add(place + 3)
                datatype = _expand(following[2], base, prefixes)
            yield Mention("literal", _unquoted(token.text), language, datatype)
        elif token.kind in _IRIS and place not in typed:
            yield Mention("iri", _expand(token, base, prefixes))


def calls(text: str, base: str) -> Iterator[tuple[str, int]]:
    """Yield the IRIs before a `(`, as those of functions are, and where in `text` each begins."""
    tokens = tokens_of(text)
    base, prefixes = _prologue(tokens, base)
    for token, follower in pairwise(tokens):
        if token.kind in _IRIS and follower.text == "(":
            yield _expand(token, base, prefixes), token.start


def undeclared(text: str) -> tuple[str, int] | None:
    """Return the first prefix in `text` that nothing declares, and where it is used."""
    tokens = tokens_of(text)
    _, prefixes = _prologue(tokens, "")
    for token in tokens:
        prefix = token.text.partition(":")[0]
        in_iri = text.startswith("<", token.start - 1)  # of one that the engine does not take
        if token.kind == "name" and prefix not in {"_", *prefixes} and not in_iri:
            return f"{prefix}:", token.start
    return None


def _is_plain(text: str, depth: int) -> bool:
    """Tell whether what comes behind the query form need not be looked at.

    That is so where there are too few brackets and signs to nest too deep, and
    where the words are missing that a refusal or an answer depends on.
    """
    if sum(map(text.count, "([{!-+^")) > depth:
        return False
    upper = text.upper()
    return "SERVICE" not in upper and "FROM" not in upper


def _beginning(text: str) -> Iterator[Token]:
    """Yield the tokens up to the query form."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup:
            token = Token(match.lastgroup, match.group(), match.start())
            yield token
            if _is_form(token):
                return


def _is_form(token: Token) -> bool:
    return token.kind == "word" and token.upper in Form.__members__


def _unquoted(literal: str) -> str:
    """Return the value of a string literal of SPARQL, section 19.7."""
    quotes = 3 if literal[:3] in {'"""', "'''"} else 1
    return _ESCAPE.sub(
        lambda escape: _ESCAPED.get(escape[1]) or chr(int(escape[1][1:], 16)),
        literal[quotes:-quotes],
    )


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of `text`, without spaces and comments; what is none is one sign each."""
    return [
        Token(match.lastgroup, match.group(), match.start())
        for match in _TOKEN.finditer(text)
        if match.lastgroup
    ]


class Token(NamedTuple):
    """A token of SPARQL: what kind it is of, as in the pattern above, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def upper(self) -> str:
        """The text in capitals, as keywords are compared."""
        return self.text.upper()


_END = Token("", "", 0)
_IRIS = frozenset(["iri", "name"])
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def _check_depth(tokens: list[Token], text: str, limit: int) -> None:
    """Refuse deep nesting: of brackets, and of signs such as `!` and `-`, which nest as well."""
    open_brackets: list[str] = []
    signs = 0
    for token in tokens:
        signs = signs + 1 if token.text in "!-+^" else _hidden(token)
        if token.kind == "open":
            open_brackets.append(token.text)
        elif token.kind == "close" and open_brackets[-1:] == [_CLOSING[token.text]]:
            open_brackets.pop()
        if len(open_brackets) > limit or signs > limit:
            line = text.count("\n", 0, token.start) + 1
            raise QueryLimitError(
                f"The query nests deeper than {limit} levels (line {line}).", "query_depth"
            )


def _hidden(token: Token) -> int:
    """Return how deep an IRI nests should the engine read it as an operator and an expression."""
    if token.kind != "iri" or _WEB.match(token.text):
        return 0
    return sum(map(token.text.count, "([!-+^"))


def _check_service(tokens: list[Token]) -> None:
    """Refuse SERVICE wherever the engine might see it; better one innocent query too many.

    A name with the word in it before a `{` may be the keyword and a name glued
    together. A `<` before a quote, a bracket or a comment may be an operator to
    the engine; where the word occurs at all, such a query is refused whole.
    """
    if not any("SERVICE" in token.upper for token in tokens):
        return
    followers = [*tokens[1:], None]
    for token, follower in zip(tokens, followers, strict=True):
        group_follows = follower is not None and follower.text == "{"
        match token.kind:
            case "word":
                found = "SERVICE" in token.upper
            case "name":
                found = "SERVICE" in token.upper and group_follows
            case "iri":
                begins_comment = "#" in token.text and not _WEB.match(token.text)
                found = begins_comment or not _DOUBTFUL.isdisjoint(token.text)
            case _:
                found = False
        if found:
            raise RefusedQueryError("This service asks no other service: SERVICE is switched off.")


def _prologue(tokens: list[Token], base: str) -> tuple[str, dict[str, str]]:
    """Return the base and the prefixes as the last declaration leaves them."""
    prefixes: dict[str, str] = {}
    for keyword, first, second in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        if keyword.upper == "BASE" and first.kind == "iri":
            base = _resolve(base, first.text[1:-1])
        elif keyword.upper == "PREFIX" and second and second.kind == "iri":
            prefixes[first.text[:-1]] = _resolve(base, second.text[1:-1])
    return base, prefixes


def _resolve(base: str, iri: str) -> str:
    """Return `iri` resolved against `base`; unlike `urljoin` it keeps a `#` at the end."""
    return iri if _SCHEME.match(iri) else urljoin(base, iri) + ("#" if iri.endswith("#") else "")


def _from_clauses(tokens: list[Token]) -> Iterator[tuple[bool, Token]]:
    """Yield the graph of each FROM clause, and whether it is FROM NAMED."""
    for keyword, first, second in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        if keyword.kind == "word" and keyword.upper == "FROM":
            named = first.upper == "NAMED" and second is not None
            yield named, second if named and second else first


def _expand(token: Token, base: str, prefixes: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return _resolve(base, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
