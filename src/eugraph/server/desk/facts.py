"""The facts and discrepancies of a release as rows for the person at the desk.

The records are those of `eugraph facts --json`. Each row is in words, and has
what a correction of it begins with.
"""

from __future__ import annotations

from dataclasses import dataclass

from eugraph.server.desk.desk import Record
from eugraph.server.desk.labels import Json, RecordLabels


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the release, their language, and the rule that read them."""

    quote: str
    language: str
    rule: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact: in words, and (`slot`, `of`, `organisation`, `old`) as a correction says it.

    What is not `published` as a fact (a candidate, a disputed reading) can be
    set, and needs no rejection.
    """

    slot: str
    name: str
    value: str
    state: str
    doubtful: bool
    published: bool
    words: tuple[Words, ...]
    of: str
    organisation: str
    old: str


@dataclass(frozen=True, slots=True)
class Group:
    """All that is said of one subject."""

    subject: str
    facts: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class DiscrepancyRow:
    """A discrepancy: in words, and as a correction that accepts it says it."""

    kind: str
    type: str
    about: str
    values: tuple[str, ...]
    resolution: str
    open: bool
    languages: str
    of: str
    slot: str


def groups(record: Record, language: str) -> tuple[Group, ...]:
    """Return the facts of a release by subject: projects first, then as they were read."""
    labels = RecordLabels(record, language)
    by_subject: dict[str, list[FactRow]] = {}
    for fact in sorted(record["facts"], key=lambda fact: not labels.is_project(fact["subject"])):
        row = _fact(fact, labels)
        by_subject.setdefault(labels.subject(fact["subject"]), []).append(row)
    return tuple(Group(subject, tuple(rows)) for subject, rows in by_subject.items())


def discrepancies(record: Record, language: str) -> tuple[DiscrepancyRow, ...]:
    """Return the discrepancies of a release, the open ones first."""
    labels = RecordLabels(record, language)
    rows = [_discrepancy(each, labels) for each in record["discrepancies"]]
    return tuple(sorted(rows, key=lambda row: not row.open))


def _fact(fact: Json, labels: RecordLabels) -> FactRow:
    of, organisation = labels.address(fact["subject"])
    state = labels.concept("assertion-status", fact["status"])
    certainty = labels.concept("certainty", fact["certainty"])
    by = fact.get("by")
    return FactRow(
        fact["slot"],
        labels.slot(fact["slot"]),
        labels.value(fact["slot"], fact["value"]),
        f"{state}, {certainty}" + (f", {by['who']}" if by else ""),
        by is not None or (fact["status"], fact["certainty"]) != ("stated", "certain"),
        fact["status"] in {"stated", "inferred"},
        tuple(Words(e["quote"], e["language"], e["rule"]) for e in fact["evidence"]),
        of,
        organisation,
        labels.written(fact["value"]),
    )


def _discrepancy(found: Json, labels: RecordLabels) -> DiscrepancyRow:
    values = dict.fromkeys(
        f"{labels.slot(each['slot'])}: {labels.value(each['slot'], each['value'])}"
        for each in found["concerns"]
    )
    of, _ = labels.address(found["about"])
    return DiscrepancyRow(
        labels.concept("discrepancy-type", found["type"]),
        found["type"],
        labels.subject(found["about"]),
        tuple(values),
        labels.concept("resolution-status", found["resolution"]),
        found["resolution"] == "open",
        ", ".join(found["languages"]),
        of,
        found["slot"] or "",
    )
