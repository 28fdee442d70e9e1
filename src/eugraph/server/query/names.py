"""What things are called, for a reader: the label in their language, else in another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rdflib import DCTERMS, RDFS, SKOS

from eugraph.editions import Edition
from eugraph.server.source import Source
from eugraph.vocabulary import EUG, OA, PROLOGUE

_PROPERTIES: Final = (SKOS.prefLabel, RDFS.label, DCTERMS.title, EUG.acronym, OA.exact)
"""What says how a thing is called, the best first."""

# A FILTER, not VALUES: joined with the properties first, the engine looks through all their values.
_NAMED: Final = f"""SELECT ?iri ?property ?name {{
  VALUES ?iri {{ %s }} ?iri ?property ?name
  FILTER(?property IN ({", ".join(each.n3() for each in _PROPERTIES)})) }}"""
_RANKS: Final = {str(each): rank for rank, each in enumerate(_PROPERTIES)}
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
        name, tag = row["name"]["value"], row["name"].get("xml:lang", "")
        order = (tag != language, tag not in {"en", ""}, _RANKS[row["property"]["value"]], name)
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
