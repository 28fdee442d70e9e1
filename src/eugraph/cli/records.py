"""Readings and verdicts as JSON, for programs.

Names are those of `eugraph.facts.fact`: a slot's, a status's, a thing's id.
Keys are stable; new ones may come, none goes without a new major version.
"""

from __future__ import annotations

from datetime import date

from eugraph.facts.fact import (
    Attribution,
    Concept,
    Country,
    Discrepancy,
    Edtf,
    Event,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    ReleaseSubject,
    Scheme,
    Statement,
    Subject,
    Text,
    Thing,
    Value,
)
from eugraph.releases.release import Release

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def reading_record(release: Release, reading: Reading) -> dict[str, Json]:
    """Return a reading as one JSON object: the release, its things, facts and discrepancies."""
    return {
        "release": release.id,
        "file": release.name,
        "sha256": release.sha256,
        "languages": list(release.languages),
        "uncovered": list(reading.uncovered),
        "things": [_thing(thing) for thing in reading.things],
        "facts": [_fact(fact) for fact in reading.facts],
        "discrepancies": [_discrepancy(each) for each in reading.discrepancies],
    }


def _fact(fact: Fact) -> dict[str, Json]:
    return {
        **_statement(fact.statement),
        "status": str(fact.status),
        "certainty": str(fact.certainty),
        "inference": fact.inference,
        "by": _attribution(fact.by),
        "premises": [_statement(premise) for premise in fact.premises],
        "evidence": [
            {
                "language": e.language,
                "start": e.start,
                "end": e.end,
                "quote": e.quote,
                "rule": e.rule,
            }
            for e in fact.evidence
        ],
    }


def _attribution(by: Attribution | None) -> Json:
    return {"who": by.who, "when": by.when.isoformat(), "why": by.why} if by else None


def _statement(statement: Statement) -> dict[str, Json]:
    return {
        "subject": _subject(statement.subject),
        "slot": str(statement.slot),
        "value": _value(statement.value),
    }


def _discrepancy(found: Discrepancy) -> dict[str, Json]:
    return {
        "type": found.type,
        "about": _subject(found.about),
        "slot": str(found.slot) if found.slot else None,
        "resolution": found.resolution,
        "languages": list(found.languages),
        "stated": None if found.stated is None else _value(found.stated),
        "observed": None if found.observed is None else _value(found.observed),
        "concerns": [_statement(statement) for statement in found.concerns],
        "explained_by": [_statement(statement) for statement in found.explained_by],
        "by": _attribution(found.by),
    }


def _subject(subject: Subject) -> Json:
    match subject:
        case Id(name):
            return name
        case Scheme(key):
            return {"scheme": key}
        case Participation(organisation, context):
            return {"organisation": organisation.name, "in": context.name}
        case ReleaseSubject(None):
            return "release"
        case ReleaseSubject(language):
            return {"release": "version", "language": language}


def _value(value: Value) -> Json:
    match value:
        case Id(name):
            return name
        case Text(text, language):
            return {"text": text, "language": language}
        case Concept(scheme, name):
            return f"{scheme}/{name}"
        case Country(code):
            return code
        case Scheme(key):
            return key
        case Edtf(text):
            return text
        case date():
            return value.isoformat()
        case str() | int():
            return value


def _thing(thing: Thing) -> dict[str, Json]:
    match thing:
        case Project(id=known):
            return {"id": known.name, "kind": "project"}
        case Place():
            return {
                "id": thing.id.name,
                "kind": "place",
                "names": [_value(name) for name in thing.names],
                "country": thing.country,
                "known": thing.known,
            }
        case Organisation():
            return {
                "id": thing.id.name,
                "kind": "organisation",
                "names": [_value(name) for name in thing.names],
                "type": thing.kind,
                "place": thing.place.name if thing.place else None,
                "country": thing.country,
                "known": thing.known,
            }
        case Event():
            return {
                "id": thing.id.name,
                "kind": "event",
                "noun": thing.noun,
                "project": thing.project.name if thing.project else None,
                "place": thing.place.name if thing.place else None,
                "part_of": thing.part_of.name if thing.part_of else None,
            }
