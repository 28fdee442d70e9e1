"""What follows for the graph alone: the country of an organisation is that of its place.

A release says “Stadt Graz” and not in which country that is; the place is
known. As facts are what a release says, this is none of them: it is asserted
beside them, as inferred, with the words that name the organisation as its premise.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from eugraph.facts.fact import (
    Certainty,
    Country,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Reading,
    Slot,
    Statement,
    Status,
)
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.keys import TERRITORIAL_KINDS

RULE = "country-of-its-place"
"""The concept of the scheme `inference-rule`."""


def with_countries(reading: Reading, gazetteer: Gazetteer) -> Reading:
    """Return a reading that tells the country of each organisation whose place tells it.

    Where a country is told of, accepted or not, or the gazetteer knows one, nothing is added.
    """
    added = tuple(_countries(reading, gazetteer))
    return replace(reading, facts=(*reading.facts, *added)) if added else reading


def _countries(reading: Reading, gazetteer: Gazetteer) -> Iterator[Fact]:
    places = {each.id: each for each in reading.things if isinstance(each, Place)}
    stated = {f.statement.subject for f in reading.facts if f.statement.slot is _SLOT}
    for each in reading.things:
        if not isinstance(each, Organisation) or each.place is None or each.id in stated:
            continue
        country, known = places[each.place].country, gazetteer.organisations.get(each.known or "")
        if country is None or (known and known.country) or each.country not in {None, country}:
            continue
        if premise := _named(reading, each.id):
            yield Fact(
                Statement(each.id, _SLOT, Country(country)), (), Status.INFERRED,
                Certainty.CERTAIN if each.kind in TERRITORIAL_KINDS else Certainty.PROBABLE,
                RULE, (premise,),
            )  # fmt: skip


_SLOT = Slot.ORGANISATION_COUNTRY


def _named(reading: Reading, organisation: Id) -> Statement | None:
    """Return the first accepted statement whose words name an organisation, its name if told."""
    statements = [
        fact.statement
        for fact in reading.facts
        if fact.status is Status.STATED and organisation in _about(fact.statement)
    ]
    names = (each for each in statements if each.slot is Slot.ORGANISATION_NAME)
    return next(names, next(iter(statements), None))


def _about(statement: Statement) -> tuple[Id, ...]:
    match statement.subject:
        case Participation(organisation, _):
            return (organisation,)
        case Id() as subject:
            return (subject,)
        case _:
            return ()
