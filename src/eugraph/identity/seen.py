"""What deciding on identity sees of one reading: while that stays, no key can change.

`eugraph.identity.resolve` compares things by their marks and nothing else, so
two readings with the same marks, in the same order, are the same to it.
"""

from __future__ import annotations

from collections.abc import Mapping

from eugraph.facts.fact import Id, Participation, Reading
from eugraph.identity.marks import (
    Mention,
    ReadingIndex,
    mentioned_events,
    mentioned_organisations,
    mentioned_parts,
    mentioned_places,
    mentioned_projects,
)
from eugraph.identity.resolve import thing_kind

_MENTIONED = (
    mentioned_places,
    mentioned_organisations,
    mentioned_projects,
    mentioned_events,
    mentioned_parts,
)

Seen = tuple[tuple[tuple[Id, Mention], ...], frozenset[tuple[Id, Id]]]
"""The mentions of the things of a reading, and who takes part in what."""


def seen(reading: Reading, keys: Mapping[Id, str]) -> Seen:
    """Return what is seen of `reading` if its things have these `keys`.

    Raises KeyError for a thing that has none.
    """
    index = ReadingIndex.of(reading)
    paths = {
        (reading.release_id, thing.id): f"{thing_kind(thing)}/{keys[thing.id]}"
        for thing in reading.things
    }
    mentions = tuple(pair for mentioned in _MENTIONED for pair in mentioned(index, paths))
    subjects = (fact.statement.subject for fact in reading.facts)
    parts = frozenset(
        (each.context, each.organisation) for each in subjects if isinstance(each, Participation)
    )
    return mentions, parts
