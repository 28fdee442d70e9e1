"""Why the engine takes a query not: told with the place in the query, and what to do."""

from __future__ import annotations

import re
from typing import Final

from eugraph.errors import MalformedQueryError, QueryError, SiteError
from eugraph.store.mistakes import mistake_in, place
from eugraph.store.outline import calls, undeclared
from eugraph.vocabulary import PREFIXES

_CHARACTERS = re.compile(r"\['(?:\\.[^']*|[^'])'[^\]]*\]|\[_\]")
_SENTENCE = re.compile(r"[A-Z][A-Za-z]+ [a-z]|.* [a-z]+ ")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_FUNCTION = re.compile(r"The custom function <(.*)> (is not supported|requires .*)", re.DOTALL)
_OF_THE_STORE = re.compile(r"Corruption|IO error|RocksDB|(?:^|\s)/\w|storage", re.IGNORECASE)
_ARGUMENTS = re.compile(r"requires between (\d+) and (\d+) arguments?, but (\d+)")

CASTS: Final = (
    "boolean", "date", "dateTime", "dayTimeDuration", "decimal", "double", "duration", "float",
    "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth", "integer", "string", "time",
    "yearMonthDuration",
)  # fmt: skip
"""The functions of the engine named by an IRI: casts to these datatypes of XML Schema."""


def malformed(error: SyntaxError, text: str) -> MalformedQueryError:
    """Return what is wrong with the query `text`, by what the engine's parser says of it.

    Of a prefix that is not declared the parser says something else.
    """
    found = _POSITION.match(str(error))
    sentence = _sentence(found.group(3)) if found else ""
    unknown = undeclared(text)
    if unknown is not None:
        prefix, start = unknown
        if prefix in {"http:", "https:"}:
            return _at(text, start, "an address stands in < >")
        known = PREFIXES.get(prefix[:-1])
        begin = f"PREFIX {prefix} <{known}>" if known else f"PREFIX {prefix} and its IRI"
        return _at(text, start, f"the prefix {prefix} is not declared; begin with {begin}")
    mistake = None if sentence else mistake_in(text)
    if mistake is not None:
        return _at(text, mistake.start, mistake.message)
    if found is None:
        return MalformedQueryError(f"The query is not SPARQL 1.1: {error}")
    line, column, _ = found.groups()
    message = sentence or "the query is not SPARQL 1.1 here, or shortly before"
    return MalformedQueryError(f"Line {line}, column {column}: {message}.", int(line), int(column))


def formless(error: MalformedQueryError, text: str) -> MalformedQueryError:
    """Return what is wrong with `text`, which is no query: the likely mistake, else `error`."""
    mistake = mistake_in(text)
    return _at(text, mistake.start, mistake.message) if mistake else error


def unanswerable(error: Exception, text: str, base: str) -> QueryError | SiteError:
    """Return why the engine does not evaluate the well-formed query `text`.

    What it calls and there is not is the query's fault. A store that cannot be
    read is the publisher's: what is told of that names files.
    """
    found = _FUNCTION.search(str(error))
    if found is None:
        if isinstance(error, OSError) or _OF_THE_STORE.search(str(error)):
            return SiteError(f"The store of the edition cannot be read ({error}); build again.")
        return QueryError(f"The query cannot be evaluated: {error}")
    iri, reason = found.groups()
    start = next((start for called, start in calls(text, base) if called == iri), None)
    message = _called(iri, reason)
    return MalformedQueryError(f"{message}.") if start is None else _at(text, start, message)


def _called(iri: str, reason: str) -> str:
    arguments = _ARGUMENTS.match(reason)
    if arguments:
        least, most, given = arguments.groups()
        takes = least if least == most else f"{least} to {most}"
        return f"the function <{iri}> takes {takes} arguments, not {given}"
    return (
        f"unknown function <{iri}>; there are those of SPARQL 1.1, of GeoSPARQL and, as "
        f"casts, xsd: {' '.join(CASTS)}"
    )


def _at(text: str, start: int, message: str) -> MalformedQueryError:
    line, column = place(text, start)
    end = "" if message.endswith("?") else "."
    return MalformedQueryError(f"Line {line}, column {column}: {message}{end}", line, column)


def _sentence(reason: str) -> str:
    """Return what the engine says in sentences, less the signs and words that it lists besides."""
    words = _CHARACTERS.sub("", re.sub(r"\s+", " ", reason)).removeprefix("expected ")
    expected = [word for word in words.removeprefix("one of ").split(", ") if word.strip(" ,")]
    return "; ".join(word for word in expected if _SENTENCE.match(word))
