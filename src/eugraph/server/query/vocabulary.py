"""What the editor offers while one writes: terms of the ontology and the data, with counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from eugraph.editions import Edition
from eugraph.server.source import Source
from eugraph.server.vocabularies import described
from eugraph.vocabulary import PREFIXES, PROLOGUE

_PROPERTIES: Final = "SELECT ?term (COUNT(*) AS ?count) { ?s ?term ?o } GROUP BY ?term"
_CLASSES: Final = "SELECT ?term (COUNT(*) AS ?count) { ?s a ?term } GROUP BY ?term"
_CONCEPTS: Final = """SELECT ?term (COUNT(?s) AS ?count) {
  ?term a skos:Concept OPTIONAL { ?s ?p ?term } } GROUP BY ?term"""
_KINDS: Final = (("class", _CLASSES), ("property", _PROPERTIES), ("constant", _CONCEPTS))


@lru_cache(maxsize=8)
def vocabulary(source: Source, edition: Edition, language: str) -> bytes:
    """Return prefixes and terms as JSON, the terms used most first."""
    texts = described(language)
    counts = {kind: dict(_counts(source, edition, query)) for kind, query in _KINDS}
    terms = [term for kind, counted in counts.items() for term in _terms(kind, counted, texts)]
    terms.sort(key=lambda term: (-int(str(term["count"])), str(term["name"])))
    return json.dumps({"prefixes": PREFIXES, "terms": terms}, ensure_ascii=False).encode()


def _counts(source: Source, edition: Edition, query: str) -> Iterator[tuple[str, int]]:
    for row in source.rows(edition, PROLOGUE + query):
        if "term" in row:
            yield row["term"]["value"], int(row["count"]["value"])


def _terms(
    kind: str, counts: Mapping[str, int], texts: Mapping[str, tuple[str, str, str]]
) -> Iterator[dict[str, object]]:
    own = (iri for iri, (of, _, _) in texts.items() if of == kind)
    for iri in dict.fromkeys([*counts, *own]):
        if name := shortened(iri):
            _, label, text = texts.get(iri, ("", "", ""))
            yield {
                "name": name,
                "kind": kind,
                "label": label,
                "text": text,
                "count": counts.get(iri, 0),
            }


def shortened(iri: str, prefixes: Iterable[tuple[str, str]] = tuple(PREFIXES.items())) -> str:
    """Return `iri` as a prefixed name, empty if it has none that is short."""
    fitting = [(start, name) for name, start in prefixes if iri.startswith(start)]
    if not fitting:
        return ""
    start, name = max(fitting, key=lambda each: len(each[0]))
    local = iri.removeprefix(start)
    return f"{name}:{local}" if local.replace("-", "").replace("_", "").isalnum() else ""
