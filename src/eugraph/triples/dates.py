"""The best known date of a project or an event, and its bounds.

`eug:edtf`, `eug:notBefore` and `eug:notAfter` are computed from the accepted
facts, so that a query can filter by bounds without knowing EDTF. A start or
end that is inferred but not certain carries EDTF's `?` behind its year
(`2017?-09-27`); a date without a known year stays as stated and has no bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from eugraph.facts.edtf import edtf_bounds
from eugraph.facts.fact import Certainty, Edtf, Fact, Slot, Status
from eugraph.triples.ntriples import Triple
from eugraph.vocabulary import EDTF, EUG


def describe_dates(node: URIRef, facts: Sequence[Fact]) -> Iterator[Triple]:
    """Yield the normalised date of `node` and its bounds, from the accepted facts about it."""
    text = best_date(facts)
    if text is None:
        return
    yield node, EUG.edtf, Literal(text, datatype=EDTF.EDTF)
    yield from describe_bounds(node, text)


def describe_bounds(node: URIRef, edtf: str) -> Iterator[Triple]:
    """Yield the earliest and the latest day that `edtf` allows, as far as they are known."""
    for predicate, day in zip((EUG.notBefore, EUG.notAfter), edtf_bounds(edtf), strict=True):
        if day:
            yield node, predicate, Literal(day.isoformat(), datatype=XSD.date)


def best_date(facts: Sequence[Fact]) -> str | None:
    """Return the best known date in EDTF: start and end if known to the day, else as stated.

    A date stated without its year gives way to a start or an end that is known.
    """
    start, end = _day(facts, Slot.START), _day(facts, Slot.END)
    if start and end:
        return start if start == end else f"{start}/{end}"
    if (normalised := _stated(facts, Slot.NORMALISED_DATE)) is not None:
        return normalised
    stated = _stated(facts, Slot.STATED_DATE)
    if stated and not ((start or end) and "X" in stated):
        return stated
    return f"{start or '..'}/{end or '..'}" if start or end else None


def _stated(facts: Sequence[Fact], slot: Slot) -> str | None:
    values = [fact.statement.value for fact in _accepted(facts, slot)]
    texts = [value.text for value in values if isinstance(value, Edtf)]
    return min(texts, key=lambda text: "X" in text, default=None)


def _day(facts: Sequence[Fact], slot: Slot) -> str | None:
    for fact in _accepted(facts, slot):
        if isinstance(fact.statement.value, date):
            text = fact.statement.value.isoformat()
            sure = fact.status is Status.STATED or fact.certainty is Certainty.CERTAIN
            return text if sure else f"{text[:4]}?{text[4:]}"
    return None


def _accepted(facts: Sequence[Fact], slot: Slot) -> list[Fact]:
    accepted = {Status.STATED, Status.INFERRED}
    return [f for f in facts if f.statement.slot is slot and f.status in accepted]
