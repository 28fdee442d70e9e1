"""The numbers of an edition made of those of the one before and of what changed.

The outcome is that of counting again (`statistics`), without reading every
triple: numbers of triples follow from those that came and went, numbers of
terms from whether a term is told of before and after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import TypeVar

import pyoxigraph as ox

from eugraph.store.statistics import (
    COUNTRIES,
    DAYS,
    LANGUAGES,
    Statistics,
    days_of,
    first_instance,
    labelled,
)
from eugraph.store.store import Store, Term
from eugraph.store.update import Delta
from eugraph.vocabulary import PREFIXES

T = TypeVar("T")

Labels = Mapping[str, Mapping[str, str]]
"""Concepts with their labels by language."""

_DATED = {PREFIXES["eug"] + kind for kind in ("Project", "Event")}
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def recount(before: Statistics, base: Store, store: Store, delta: Delta) -> Statistics:
    """Return the numbers of `store`, which is `base`, of which they were `before`, and `delta`."""
    classes = _counted(before.classes, *map(_types, (delta.came, delta.gone)))
    properties = _counted(before.properties, *map(_predicates, (delta.came, delta.gone)))
    touched = delta.came | delta.gone
    days = before.first_day, before.last_day
    dated = _names(touched, DAYS) or not _DATED.isdisjoint(_types(touched))
    first_day, last_day = days_of(store) if dated else days
    has_subject = base.has, store.has
    has_object = partial(_has_object, base), partial(_has_object, store)
    return Statistics(
        triples=before.triples + len(delta.came) - len(delta.gone),
        subjects=before.subjects
        + _more({t.subject for t in delta.came}, {t.subject for t in delta.gone}, *has_subject),
        objects=before.objects
        + _more({t.object for t in delta.came}, {t.object for t in delta.gone}, *has_object),
        classes=classes,
        properties=properties,
        examples={each: _example(each, before, store, delta) for each in classes},
        countries=_labelled(store, COUNTRIES, before.countries, touched),
        languages=_labelled(store, LANGUAGES, before.languages, touched),
        first_day=first_day,
        last_day=last_day,
    )


def _more(came: set[T], gone: set[T], was: Callable[[T], bool], stays: Callable[[T], bool]) -> int:
    """Return by how many terms there are more, of those in triples that came, or that are gone."""
    return sum(not was(each) for each in came - gone) - sum(not stays(each) for each in gone - came)


def _has_object(store: Store, term: Term) -> bool:
    return store.has(value=term)


def _labelled(store: Store, path: str, before: Labels, touched: Collection[ox.Triple]) -> Labels:
    """Return the concepts that `path` leads to with their labels: as before, but those touched."""
    again = {_iri(triple.subject) for triple in touched} & before.keys()
    again |= {_iri(each.object) for each in touched if _names([each], path)} - {""}
    if not again:
        return before
    kept = {concept: labels for concept, labels in before.items() if concept not in again}
    return dict(sorted({**kept, **labelled(store, path, among=again)}.items()))


def _names(triples: Iterable[ox.Triple], path: str) -> bool:
    """Tell whether a triple has a predicate that `path` names."""
    named = (name.partition(":") for name in re.findall(r"\w+:\w+", path))
    predicates = {PREFIXES[prefix] + local for prefix, _, local in named}
    return any(triple.predicate.value in predicates for triple in triples)


def _types(triples: Iterable[ox.Triple]) -> list[str]:
    return [_iri(triple.object) for triple in triples if triple.predicate == _TYPE]


def _predicates(triples: Iterable[ox.Triple]) -> list[str]:
    return [triple.predicate.value for triple in triples]


def _iri(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _counted(before: Mapping[str, int], came: Iterable[str], gone: Iterable[str]) -> dict[str, int]:
    numbers = Counter(before)
    numbers.update(came)
    numbers.subtract(gone)
    return {key: number for key, number in sorted(numbers.items()) if number}


def _example(class_: str, before: Statistics, store: Store, delta: Delta) -> str:
    """Return the first instance of a class: one that came, if it is before that of before."""
    known, kind = before.examples.get(class_), ox.NamedNode(class_)
    if known is not None and not store.has(ox.NamedNode(known), _TYPE, kind):
        return first_instance(store, class_)
    new = (t.subject for t in delta.came if t.predicate == _TYPE and t.object == kind)
    return min([*map(_iri, new), *([known] if known else [])])
