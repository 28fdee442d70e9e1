"""The two releases yield what their expectations say: every fact with its words, nothing besides.

`tests/gold/<release>.facts.toml` lists facts and discrepancies as a person reads
them. They were checked against the releases, and are changed only with a reason.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from eugraph.facts.fact import (
    Concept,
    Country,
    Discrepancy,
    Edtf,
    Fact,
    Id,
    Participation,
    Reading,
    ReleaseSubject,
    Scheme,
    Status,
    Subject,
    Text,
    Value,
)
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release

ROOT = Path(__file__).parents[2]
RELEASES = sorted((ROOT / "data" / "releases").glob("*.txt"))


def plain(value: Subject | Value) -> str:
    match value:
        case Id(name=name):
            return name
        case Text(text=text, language=language):
            return f"{text}@{language}"
        case Concept(name=name):
            return name
        case Country(code=code):
            return code
        case Scheme(key=key):
            return key
        case Edtf(text=text):
            return text
        case Participation(organisation=organisation, context=context):
            return f"{organisation.name} in {context.name}"
        case ReleaseSubject(language=language):
            return f"release {language or ''}".strip()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def fact_line(fact: Fact) -> str:
    statement = fact.statement
    line = f"{plain(statement.subject)} | {statement.slot} | {plain(statement.value)}"
    if fact.status is not Status.STATED:
        line += f" | {fact.status} {fact.certainty}"
    if fact.inference:
        line += f" by {fact.inference} from {', '.join(p.slot for p in fact.premises)}"
    quotes = [f"{piece.language}: {piece.quote}" for piece in fact.evidence]
    return " | ".join([line, *quotes])


def discrepancy_line(found: Discrepancy) -> str:
    slot = found.slot or "-"
    line = f"{found.type} | {plain(found.about)} | {slot} | {' '.join(found.languages)}"
    if found.stated is not None and found.observed is not None:
        line += f" | {plain(found.stated)}, not {plain(found.observed)}"
    return f"{line} | {found.resolution}"


def told(reading: Reading) -> dict[str, list[str]]:
    return {
        "facts": [fact_line(fact) for fact in reading.facts],
        "discrepancies": [discrepancy_line(found) for found in reading.discrepancies],
    }


def test_both_releases_have_an_expectation() -> None:
    assert [path.stem for path in RELEASES] == [
        path.name.removesuffix(".facts.toml")
        for path in sorted((ROOT / "tests" / "gold").glob("*.facts.toml"))
    ]


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_release_yields_its_facts_and_no_others(path: Path) -> None:
    text = (ROOT / "tests" / "gold" / f"{path.stem}.facts.toml").read_text("utf-8")
    expected = tomllib.loads(text)

    found = told(read_facts(read_release(path)))
    assert found["facts"] == expected["facts"]
    assert found["discrepancies"] == expected["discrepancies"]


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_reading_keeps_the_contract_of_its_types(path: Path) -> None:
    reading = read_facts(read_release(path))

    statements = {fact.statement for fact in reading.facts}
    things = {thing.id for thing in reading.things}
    for fact in reading.facts:
        if fact.status is Status.STATED:
            assert fact.evidence
        if fact.status in {Status.INFERRED, Status.CANDIDATE}:
            assert fact.inference
            assert fact.premises
        assert set(fact.premises) <= statements
    concerned = {s for found in reading.discrepancies for s in found.concerns}
    assert concerned <= statements
    assert {f.statement for f in reading.facts if f.status is Status.DISPUTED} <= concerned
    assert {f.about for f in reading.discrepancies if isinstance(f.about, Id)} <= things
    assert len(statements) == len(reading.facts)


def test_equal_input_gives_an_equal_reading() -> None:
    release = read_release(RELEASES[0])

    assert read_facts(release) == read_facts(release)
