"""A person's corrections as they are written: files of TOML, each entry one correction.

A correction addresses its target by release (or project), slot, and the old
value or the words of the text, never by offset alone, so it survives a better
reading. What it says is checked here as far as it can be without a release: the
action, the slot, the kind of value, who, when and why. A value needs a quote;
what a person knows from elsewhere cannot be published as said by a release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from eugraph.errors import DataError
from eugraph.facts.corrections.given import Given, Known, check, check_words, not_settable
from eugraph.facts.fact import Attribution, Slot
from eugraph.toml_file import read_toml


class Action(StrEnum):
    """What a correction does."""

    SET = "set"
    REJECT = "reject"
    ALIAS = "alias"
    SAME_AS = "same-as"
    SPLIT = "split"
    ACCEPT = "accept"


class Address(Struct, frozen=True):
    """A thing by its name (`of`), in a release by id or SHA-256, or in all that name a project."""

    release: str | None = None
    project: str | None = None
    of: str | None = None


class Correction(Struct, frozen=True):
    """One correction; `file` and `number` say where it stands, counted from 1.

    `at` says which release and which thing, `organisation` whose part in it.
    `country` is that of a place or organisation that was not read.
    `other` is the second thing of same-as and split. `discrepancy` is the type
    of the one that is accepted.
    """

    file: str
    number: int
    action: Action
    by: Attribution
    at: Address
    slot: Slot | None = None
    organisation: str | None = None
    old: Given | None = None
    quote: str | None = None
    value: Given | None = None
    language: str | None = None
    country: str | None = None
    discrepancy: str | None = None
    other: Address | None = None

    @property
    def name(self) -> str:
        """The file and the number in it, for a person."""
        return f"{self.file}, correction {self.number}"


class Outcome(StrEnum):
    """What became of a correction."""

    APPLIED = "applied"
    REDUNDANT = "redundant"
    STALE = "stale"


class Corrected(Struct, frozen=True):
    """What became of a correction, and why if it changed nothing."""

    correction: Correction
    outcome: Outcome
    reason: str = ""


def outcomes(
    corrections: Iterable[Correction], corrected: Iterable[Corrected]
) -> tuple[Corrected, ...]:
    """Return what became of each correction, of all that was told of it by single releases.

    What changed one release is applied, whatever it was for others; what no
    release told of is stale.
    """
    order = (Outcome.APPLIED, Outcome.REDUNDANT, Outcome.STALE)
    best: dict[Correction, Corrected] = {}
    for each in sorted(corrected, key=lambda each: order.index(each.outcome)):
        best.setdefault(each.correction, each)
    gone = "no release that was read is meant by it"
    return tuple(best.get(c, Corrected(c, Outcome.STALE, gone)) for c in corrections)


BETWEEN_RELEASES = frozenset({"value-differs-between-releases", "list-differs-between-releases"})
"""The discrepancies that no release has alone; they are accepted where all are at hand."""

_WHY_NEEDED = {
    "quote": ", words of the release that say so: what is known from elsewhere is not published",
    "other": ', the second thing, such as { release = "…", of = "…" }',
}
_ALWAYS = frozenset({"action", "who", "when", "why", "release", "project", "of"})
_FIELDS: Mapping[Action, tuple[frozenset[str], frozenset[str]]] = {
    Action.SET: (
        frozenset({"slot", "value", "quote"}),
        frozenset({"organisation", "old", "language", "country"}),
    ),
    Action.REJECT: (frozenset({"slot"}), frozenset({"organisation", "old", "quote", "language"})),
    Action.ALIAS: (frozenset({"of", "value", "quote"}), frozenset({"language"})),
    Action.SAME_AS: (frozenset({"other"}), frozenset()),
    Action.SPLIT: (frozenset({"other"}), frozenset()),
    Action.ACCEPT: (frozenset({"discrepancy"}), frozenset({"slot", "old", "quote", "value"})),
}
"""The fields that each action needs, and those it may have besides."""


def load_corrections(folder: Path, known: Known) -> tuple[Correction, ...]:
    """Return the corrections in the `.toml` files of `folder`, by file name and then as written.

    Raises `DataError` naming the file and the correction that is malformed,
    and what to do.
    """
    files = sorted(folder.glob("*.toml"))
    return tuple(correction for path in files for correction in _load(path, known))


def _load(path: Path, known: Known) -> Iterator[Correction]:
    tables = read_toml(path)
    entries = tables.pop("correction", [])
    if tables or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise DataError(path.name, "every correction has to begin with the line [[correction]]")
    for number, entry in enumerate(entries, start=1):
        written = _Entry(path.name, number, entry)
        correction = written.correction()
        if problem := _problem(correction, known):
            raise written.wrong(problem)
        yield correction


def _problem(correction: Correction, known: Known) -> str | None:
    """Return what is wrong with what a correction says, as far as no release is needed to tell."""
    slot = Slot.ALIAS if correction.action is Action.ALIAS else correction.slot
    if correction.action is Action.SET and slot and (reason := not_settable(slot)):
        return f"{slot} cannot be set: {reason}"
    kinds = known.concepts["discrepancy-type"]
    if correction.discrepancy is not None and correction.discrepancy not in kinds:
        return f"there is no discrepancy {correction.discrepancy!r}; known are {', '.join(kinds)}"
    if correction.country not in {None, *known.gazetteer.countries}:
        return f"{correction.country!r} is no country: write its ISO code, such as LV"
    if slot is None:
        return None
    for name, given in (("old", correction.old), ("value", correction.value)):
        if given is not None and (reason := check(slot, given, known)):
            return f"{name} {reason}"
    if correction.action in {Action.SET, Action.ALIAS}:
        return check_words(slot, correction.value, correction.quote or "")
    return None


K = TypeVar("K", bound=StrEnum)


class _Entry(Struct, frozen=True):
    """One table of a file."""

    file: str
    number: int
    data: Mapping[str, object]

    def wrong(self, reason: str) -> DataError:
        return DataError(self.file, f"correction {self.number}: {reason}")

    def correction(self) -> Correction:
        action = self.one_of("action", Action)
        needed, allowed = _FIELDS[action]
        for name in sorted(needed - self.data.keys()):
            raise self.wrong(f"{action} needs {name}{_WHY_NEEDED.get(name, '')}")
        for name in sorted(self.data.keys() - needed - allowed - _ALWAYS):
            raise self.wrong(f"{action} knows no field {name!r}")
        if action is Action.REJECT and not self.data.keys() & {"old", "quote"}:
            raise self.wrong("reject needs old, the value that is wrong, or quote, its words")
        return Correction(
            self.file,
            self.number,
            action,
            Attribution(self.needed("who"), self.day("when"), self.needed("why")),
            self.address(),
            slot=self.one_of("slot", Slot) if "slot" in self.data else None,
            organisation=self.text("organisation"),
            old=self.given("old"),
            quote=self.text("quote"),
            value=self.given("value"),
            language=self.text("language"),
            country=self.text("country"),
            discrepancy=self.text("discrepancy"),
            other=self.other(),
        )

    def text(self, name: str) -> str | None:
        value = self.data.get(name)
        if value is None:
            return None
        if not (isinstance(value, str) and value.strip()):
            raise self.wrong(f"{name} has to be a text in quotes")
        return value

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise self.wrong(f"{name} is missing")
        return value

    def day(self, name: str) -> date:
        value = self.data.get(name)
        if value is None:
            raise self.wrong(f"{name} is missing")
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(f"{name} has to be a date like 2019-05-31, without quotes")
        return value

    def given(self, name: str) -> Given | None:
        value = self.data.get(name)
        if isinstance(value, int | date) and not isinstance(value, bool | datetime):
            return value
        return self.text(name)

    def one_of(self, name: str, kind: type[K]) -> K:
        value = self.needed(name)
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(kind)
            raise self.wrong(f"there is no {name} {value!r}; known are {known}") from None

    def address(self) -> Address:
        if ("release" in self.data) == ("project" in self.data):
            raise self.wrong("say either release (its id or SHA-256) or project (its acronym)")
        return Address(self.text("release"), self.text("project"), self.text("of"))

    def other(self) -> Address | None:
        """Return the second thing; by default in the release or project of the first."""
        value = self.data.get("other")
        if value is None:
            return None
        named = {"release", "project"}
        if not isinstance(value, dict) or not value or value.keys() - named - {"of"}:
            raise self.wrong('other has to be a table such as { release = "…", of = "…" }')
        own = {} if value.keys() & named else {k: self.data[k] for k in named & self.data.keys()}
        return _Entry(self.file, self.number, {**own, **value}).address()
