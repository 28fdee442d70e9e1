"""The rules by which two things are one: a row of `RULES` each, the strongest of a kind first.

Never on a name alone: every rule that compares names asks for another mark
besides. What cannot be one (`apart`) is never joined by a rule, whatever else
speaks for it; a person may. The names of the rules are the concepts of
`ontology/vocab/identity-rule`.

The rules only ask whether marks meet, so what is one stays one when it has
more marks, and the order in which releases are joined does not matter unless
something is apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from eugraph.identity.keys import TERRITORIAL_KINDS
from eugraph.identity.marks import Marks


class Kind(StrEnum):
    """A kind of thing, in the order they are resolved; a part is an event, too."""

    PLACE = "place"
    ORGANISATION = "org"
    PROJECT = "project"
    EVENT = "event"
    PART = "part"


BY_A_PERSON = "said-by-a-person"
"""A correction says that the two are one."""

FROM_BEFORE = "earlier-edition"
"""An earlier edition joined them, and what it went by is no longer told."""

_NOT_DIGIT = re.compile(r"[^0-9]+")
_WORTH_A_SLIP = 5
"""From how many letters on two acronyms that differ in one may be the same: `LIBROAD`, `LIBROD`."""

Test = Callable[[Marks, Marks], bool]


def same(kind: Kind, one: Marks, other: Marks) -> str | None:
    """Return the first rule by which two things of a kind are one, if there is any."""
    return next((name for name, test in RULES[kind].items() if test(one, other)), None)


def apart(kind: Kind, one: Marks, other: Marks) -> bool:
    """Tell whether two things of a kind cannot be one."""
    return any(test(one, other) for test in _APART[kind])


def joining(kind: Kind, one: Marks, other: Marks) -> str | None:
    """Return the rule that joins two things of a kind; none where they cannot be one."""
    return None if apart(kind, one, other) else same(kind, one, other)


def again(kind: Kind, old: Marks, new: Marks) -> bool:
    """Tell whether a release that changed still speaks of the same thing.

    An event is known again where it is told as that of another project, too:
    the project may have become one with another.
    """
    if _differ(old.known, new.known):
        return False
    if kind in {Kind.EVENT, Kind.PART}:
        return bool(old.kinds & new.kinds) and not _differ(old.places, new.places)
    return bool(old.names & new.names)


HANDLES: Mapping[Kind, tuple[str, ...]] = {
    Kind.PLACE: ("names", "known", "places"),
    Kind.ORGANISATION: ("names", "known", "places"),
    Kind.PROJECT: ("names",),
    Kind.EVENT: ("wholes",),
    Kind.PART: ("wholes",),
}
"""The marks of which two things of a kind must have one in common for any rule to join them."""


def handles(kind: Kind, marks: Marks) -> Iterator[tuple[str, str]]:
    """Yield what two things must have one of in common for any rule to join them."""
    return ((name, mark) for name in HANDLES[kind] for mark in getattr(marks, name))


def _known(one: Marks, other: Marks) -> bool:
    return bool(one.known & other.known)


def _named(one: Marks, other: Marks) -> bool:
    return bool(one.names & other.names)


def _name_and_country(one: Marks, other: Marks) -> bool:
    return _named(one, other) and bool(one.countries & other.countries)


def _name_and_place(one: Marks, other: Marks) -> bool:
    return _named(one, other) and bool(one.places & other.places)


def _name_and_project(one: Marks, other: Marks) -> bool:
    return _named(one, other) and bool(one.shared & other.shared)


def _place_and_kind(one: Marks, other: Marks) -> bool:
    return bool(one.places & other.places and one.kinds & other.kinds & TERRITORIAL_KINDS)


def _name_and_start(one: Marks, other: Marks) -> bool:
    return _named(one, other) and bool(one.starts & other.starts)


def _two_names(one: Marks, other: Marks) -> bool:
    return len(one.names & other.names) > 1


def _name_and_partner(one: Marks, other: Marks) -> bool:
    return _named(one, other) and any(p.startswith("org/") for p in one.shared & other.shared)


def _in_one_place(one: Marks, other: Marks) -> bool:
    return bool(one.wholes & other.wholes and one.places & other.places)


def _dated(marks: Marks) -> bool:
    return bool(marks.starts or marks.first or marks.last)


def _place_and_dates(one: Marks, other: Marks) -> bool:
    return _in_one_place(one, other) and _dated(one) and _dated(other) and not _dates(one, other)


def _place_and_noun(one: Marks, other: Marks) -> bool:
    return _in_one_place(one, other) and bool(one.kinds & other.kinds)


def _noun_and_day(one: Marks, other: Marks) -> bool:
    shared = one.wholes & other.wholes and one.kinds & other.kinds and one.starts & other.starts
    return bool(shared) and bool(one.first) == bool(other.first)


def _event_and_type(one: Marks, other: Marks) -> bool:
    return bool(one.wholes & other.wholes and one.kinds & other.kinds)


RULES: Mapping[Kind, Mapping[str, Test]] = {
    Kind.PLACE: {
        "known-by-gazetteer": _known,
        "same-name-and-country": _name_and_country,
        "same-name-and-project": _name_and_project,
    },
    Kind.ORGANISATION: {
        "known-by-gazetteer": _known,
        "same-place-and-kind": _place_and_kind,
        "same-name-and-place": _name_and_place,
        "same-name-and-country": _name_and_country,
        "same-name-and-project": _name_and_project,
    },
    Kind.PROJECT: {
        "same-name-and-start": _name_and_start,
        "two-names-in-common": _two_names,
        "same-name-and-partner": _name_and_partner,
        "same-name-and-event-place": _name_and_project,
    },
    Kind.EVENT: {
        "same-place-and-dates": _place_and_dates,
        "same-place-and-noun": _place_and_noun,
        "same-noun-and-day": _noun_and_day,
    },
    Kind.PART: {"same-event-and-type": _event_and_type},
}
"""What joins two things of a kind, by the name of the rule."""


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and one.isdisjoint(other))


def _known_as_others(one: Marks, other: Marks) -> bool:
    return _differ(one.known, other.known)


def _countries(one: Marks, other: Marks) -> bool:
    return _differ(one.countries, other.countries)


def _places(one: Marks, other: Marks) -> bool:
    return _differ(one.places, other.places)


def _wholes(one: Marks, other: Marks) -> bool:
    return _differ(one.wholes, other.wholes)


def _years(one: Marks, other: Marks) -> bool:
    return _differ(
        frozenset(day[:4] for day in one.starts), frozenset(day[:4] for day in other.starts)
    )


def _acronyms(one: Marks, other: Marks) -> bool:
    """Tell whether two projects have different acronyms, but for a slip of one letter.

    A digit is no slip: it counts the projects of a series. What the other is
    called otherwise is no other acronym.
    """
    if not (one.acronyms and other.acronyms) or _called(one, other) or _called(other, one):
        return False
    return not any(_is_slip(ours, theirs) for ours in one.acronyms for theirs in other.acronyms)


def _called(one: Marks, other: Marks) -> bool:
    return not one.acronyms.isdisjoint(name.replace("-", "") for name in other.names)


def _is_slip(ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    numbers, others = (_NOT_DIGIT.sub("", each) for each in (ours, theirs))
    long = min(len(ours), len(theirs)) >= _WORTH_A_SLIP
    return long and numbers == others and Levenshtein.distance(ours, theirs) == 1


def _dates(one: Marks, other: Marks) -> bool:
    """Tell whether two dates have no day in common.

    Where a year is not told, or only inferred, month and day decide.
    """
    if not ((one.first or one.last) and (other.first or other.last)):
        return _differ(one.starts, other.starts)
    if (one.guessed | other.guessed) & one.starts & other.starts:
        return False
    return one.no_day_in_common(other)


_APART: Mapping[Kind, tuple[Test, ...]] = {
    Kind.PLACE: (_known_as_others, _countries),
    Kind.ORGANISATION: (_known_as_others, _countries, _places),
    Kind.PROJECT: (_years, _acronyms),
    Kind.EVENT: (_wholes, _places, _dates),
    Kind.PART: (_wholes,),
}
