"""What the desk's forms begin with is found again by a build: for all that was read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from eugraph.cli.records import reading_record
from eugraph.facts.corrections.correction import Outcome
from eugraph.facts.corrections.overrides import correct
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.statements.find import Findings, find_facts
from eugraph.releases.read import read_release
from eugraph.server.desk.corrections import add, written
from eugraph.server.desk.desk import Record
from eugraph.server.desk.facts import discrepancies, groups

RELEASES = sorted((Path(__file__).parents[3] / "data" / "releases").glob("*.txt"))
SIGNED = {"why": "w", "who": "Anna", "when": "2020-01-01"}


@cache
def found(path: Path) -> tuple[Findings, Record]:
    """Return what is found in a release, and the record of it."""
    findings = find_facts(read_release(path), load_knowledge())
    reading, _ = correct(findings, ())
    return findings, reading_record(findings.release, reading)


def outcomes(path: Path, folder: Path, forms: list[dict[str, str]]) -> dict[str, Outcome]:
    """Return what becomes of each form, kept as a correction and applied alone."""
    findings, record = found(path)
    for form in forms:
        add(folder, {**SIGNED, "release": str(record["release"]), **form})
    return {
        str(form): told[0].outcome
        for form, each in zip(forms, written(folder), strict=True)
        for _, told in [correct(findings, [each])]
    }


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem[:3])
def test_every_published_fact_can_be_rejected_as_its_form_says_it(
    path: Path, tmp_path: Path
) -> None:
    forms = [
        {"action": "reject", "slot": fact.slot, "of": fact.of, "organisation": fact.organisation,
         "old": fact.old}
        for group in groups(found(path)[1], "en")
        for fact in group.facts
        if fact.published
    ]  # fmt: skip
    told = outcomes(path, tmp_path, forms)

    assert len(forms) > 40
    assert [form for form, outcome in told.items() if outcome is not Outcome.APPLIED] == []


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem[:3])
def test_every_open_discrepancy_can_be_accepted_as_its_form_says_it(
    path: Path, tmp_path: Path
) -> None:
    forms = [
        {"action": "accept", "discrepancy": each.type, "slot": each.slot, "of": each.of}
        for each in discrepancies(found(path)[1], "lv")
        if each.open
    ]
    told = outcomes(path, tmp_path, forms)

    assert forms
    assert [form for form, outcome in told.items() if outcome is not Outcome.APPLIED] == []


@pytest.mark.parametrize("language", ["en", "lv"])
def test_facts_are_spoken_of_in_the_readers_words(language: str) -> None:
    """Projects go first; countries, concepts and properties have names."""
    path = next(path for path in RELEASES if path.stem.startswith("002"))
    first, *others = groups(found(path)[1], language)
    said = {fact.value for fact in first.facts}

    assert first.subject == "EUCIDIN"
    assert {"en": "Latvia", "lv": "Latvija"}[language] in said
    assert {"en": "asylum seekers", "lv": "patvēruma meklētāji"}[language] in said
    assert any({"en": "meeting", "lv": "tikšanās"}[language] in each.subject for each in others)
