"""What things are called, for a reader: the label in their language, else in another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from eugraph.editions import Edition
from eugraph.server.source import Source
from eugraph.vocabulary import PROLOGUE

_NAMED: Final = """SELECT ?iri ?name (LANG(?name) AS ?tag) ?rank {
  VALUES ?iri { %s }
  VALUES (?property ?rank) {
    (skos:prefLabel 1) (rdfs:label 2) (dcterms:title 3) (eug:acronym 4) (oa:exact 5) }
  ?iri ?property ?name }"""
_LOCATED: Final = """SELECT ?iri ?same {
  VALUES ?iri { %s } ?iri owl:sameAs ?same
  FILTER(STRSTARTS(STR(?same), "https://sws.geonames.org/")) }"""
_SAFE: Final = re.compile(r"[^\s<>\"{}|^`\\]+")
_BATCH: Final = 200


def names_of(
    source: Source, edition: Edition, iris: Iterable[str], language: str
) -> Mapping[str, tuple[str, str]]:
    """Return what `iris` are called and in which language, as far as they have a name.

    The reader's `language` goes first, then English, then any.
    """
    best: dict[str, tuple[tuple[bool, bool, int, str], tuple[str, str]]] = {}
    for row in _about(source, edition, iris, _NAMED):
        name, tag = row["name"]["value"], row["tag"]["value"]
        order = (tag != language, tag not in {"en", ""}, int(row["rank"]["value"]), name)
        iri = row["iri"]["value"]
        if iri not in best or order < best[iri][0]:
            best[iri] = order, (name, tag)
    return {iri: named for iri, (_, named) in best.items()}


def geonames_of(source: Source, edition: Edition, iris: Iterable[str]) -> Mapping[str, str]:
    """Return the GeoNames number of those of `iris` that are linked there."""
    rows = _about(source, edition, iris, _LOCATED)
    return {
        row["iri"]["value"]: row["same"]["value"].rstrip("/").rpartition("/")[2] for row in rows
    }


def _about(
    source: Source, edition: Edition, iris: Iterable[str], query: str
) -> list[dict[str, Mapping[str, str]]]:
    safe: Sequence[str] = sorted({iri for iri in iris if _SAFE.fullmatch(iri)})
    return [
        row
        for start in range(0, len(safe), _BATCH)
        for row in source.rows(
            edition,
            PROLOGUE + query % " ".join(f"<{iri}>" for iri in safe[start : start + _BATCH]),
        )
    ]
