"""Accept → one of the media types offered: RFC 9110, section 12.5.1.

Our own, because Werkzeug's takes a media type with a parameter, such as
`text/csv; charset=utf-8`, for another type and finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from werkzeug.exceptions import NotAcceptable

ALIASES: Final[Mapping[str, str]] = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
"""Other names by which clients ask for results."""

GRAPH_ALIASES: Final[Mapping[str, str]] = {
    "application/json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",  # Turtle is N3
    "text/rdf+n3": "text/turtle",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
}
"""Other names by which clients ask for graphs."""

EXTENSIONS: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
"""The media type of a document by the extension of its address."""

_FORMATS: Final[Mapping[str, str]] = {
    **EXTENSIONS,
    "turtle": "text/turtle",
    "json-ld": "application/ld+json",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "nquads": "application/n-quads",
}

_GRAPH_FORMATS: Final[Mapping[str, str]] = {
    "json": "application/ld+json",
    "xml": "application/rdf+xml",
    "n3": "text/turtle",
}
"""What such a name means of a graph; portals know the last two from CKAN's catalogues."""

# A quotation mark that nothing closes quotes the rest: nothing is ever read twice.
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_ITEM: Final = re.compile(rf'((?:[^,"]|{_QUOTED.pattern})++)', re.DOTALL)
_RANGE: Final = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*", re.ASCII)
_QUALITY: Final = re.compile(r";\s*q\s*=\s*([^;\s]*)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")


class _Accepted(NamedTuple):
    type: str
    subtype: str
    quality: float


def negotiate(
    accept: str | None, offered: Iterable[str], aliases: Mapping[str, str] | None = None
) -> str | None:
    """Return the best of `offered`, None if the client takes none of them.

    Between equals the one that is named wins over one that a wildcard takes,
    then our order of preference, which is that of `offered`. `aliases` maps
    further names of them. Without an Accept header, or with
    one that says nothing readable, the first is the best. Parameters other
    than `q` do not matter.
    """
    return _best(accept or "", tuple(offered), tuple((aliases or {}).items()))


@lru_cache(maxsize=1024)
def _best(
    accept: str, offered: tuple[str, ...], alias_pairs: tuple[tuple[str, str], ...]
) -> str | None:
    aliases = dict(alias_pairs)
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    ranges += _by_alias(ranges, aliases)
    ranked = [(_quality(name, ranges), name) for name in offered]
    (quality, _), name = max(ranked, key=lambda pair: pair[0])
    return name if quality > 0 else None


def of_format(name: str | None, offered: Collection[str]) -> str | None:
    """Return the media type that a `format` parameter means, None if it means none of `offered`."""
    plain = (name or "").lower()
    meant = (_FORMATS.get(plain, name), _GRAPH_FORMATS.get(plain))
    return next((each for each in meant if each and each in offered), None)


def check_format(name: str | None, accept: str | None, offered: Iterable[str]) -> None:
    """Raise NotAcceptable if `name` is the only wish of the client, and no format at all.

    A header that names a type is worth more than a parameter that means nothing:
    some clients send one for another service along.
    """
    if not name or name.lower() in {*_FORMATS, *_GRAPH_FORMATS} or name in offered:
        return
    if any("*" not in (each.type, each.subtype) for each in _ranges(accept or "")):
        return
    named = ", ".join(sorted({*_FORMATS, *_GRAPH_FORMATS}))
    raise NotAcceptable(f"There is no format {name[:40]}; there are {named}.")


def _ranges(accept: str) -> list[_Accepted]:
    """Return the readable media ranges of an Accept header."""
    found = []
    for item in _ITEM.findall(accept):
        media_range = _RANGE.match(item)
        parameters = _QUOTED.sub('""', item[media_range.end() :]) if media_range else ""
        quality = _QUALITY.search(parameters)
        if media_range is None or (parameters and not parameters.startswith(";")):
            continue
        if quality and not _NUMBER.fullmatch(quality.group(1)):
            continue
        type_, subtype = media_range.group(1).lower(), media_range.group(2).lower()
        found.append(_Accepted(type_, subtype, float(quality.group(1)) if quality else 1.0))
    return found


def _by_alias(ranges: Sequence[_Accepted], aliases: Mapping[str, str]) -> list[_Accepted]:
    """Return the ranges that name one of `aliases`, under the name it stands for."""
    named = {f"{r.type}/{r.subtype}": r.quality for r in ranges}
    meant = {
        aliases[name]: quality
        for name, quality in named.items()
        if name in aliases and aliases[name] not in named
    }
    return [_Accepted(*name.partition("/")[::2], quality) for name, quality in meant.items()]


def _quality(media_type: str, ranges: Sequence[_Accepted]) -> tuple[float, int]:
    """Return the quality that the most specific range gives to `media_type`, and how specific."""
    type_, _, subtype = media_type.partition("/")
    for specificity, wanted in ((2, (type_, subtype)), (1, (type_, "*")), (0, ("*", "*"))):
        qualities = [r.quality for r in ranges if (r.type, r.subtype) == wanted]
        if qualities:
            return max(qualities), specificity
    return 0.0, 0
