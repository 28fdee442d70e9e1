"""A claim comes to what the text says at its words, or to nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from eugraph.facts.claim import Claim, Claims
from eugraph.facts.derive import CLAIMABLE, READER, with_claims
from eugraph.facts.fact import (
    Certainty,
    Concept,
    Country,
    Fact,
    Organisation,
    Participation,
    Reading,
    Slot,
    Status,
    Text,
    Value,
)
from eugraph.facts.reconcile import reconcile
from eugraph.facts.statements.find import find_facts
from eugraph.releases.read import read_release

RELEASE = (
    "New ways for old boats\n\n"
    "The project “Harbour Memory” HARMEM is carried out by Kerava Municipality. "
    "Ahead of it lie the years, dated 01.05.2018–30.04.2020 on the poster. "
    "A poster of Erasmus+ hangs in the hall, with the words Boats Build Bridges below. "
    "On the wall are flags: one of Malta, one of Estonia, nine friends and eleven lands. "
    "It wants that young people learn how boats were once built by hand.\n\n"
    "The second meeting was held in Kerava; posters said 3–5 May.\n"
)  # every value claimed below stands here in words that no rule reads


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("releases") / "boats.txt"
    path.write_text(RELEASE, encoding="utf-8")
    return path


def claimed(path: Path, *claims: Claim) -> tuple[Reading, list[Fact]]:
    """Return the reading with `claims`, and what they added to it."""
    findings = find_facts(read_release(path))
    plain = reconcile(findings)
    reading = with_claims(findings, plain, Claims(claims))
    return reading, [fact for fact in reading.facts if fact not in plain.facts]


CASES: list[tuple[Claim, list[tuple[Slot, Value]]]] = [
    (
        Claim("title", "Boats Build Bridges", "Boats Build Bridges", 1),
        [(Slot.TITLE, Text("Boats Build Bridges", "en"))],
    ),
    (Claim("programme", "Erasmus+", "Erasmus+", 1), []),  # a rule reads it
    (Claim("partner-count", "9", "nine friends", 1), [(Slot.PARTNER_COUNT, 9)]),
    (Claim("country-count", "11", "eleven lands", 1), [(Slot.COUNTRY_COUNT, 11)]),
    (Claim("country", "MT", "Malta", 1), [(Slot.INVOLVES_COUNTRY, Country("MT"))]),
    (
        Claim(
            "objective",
            "young people learn how boats were once built by hand",
            "young people learn how boats were once built by hand",
            1,
        ),
        [(Slot.OBJECTIVE, Text("young people learn how boats were once built by hand", "en"))],
    ),
    (Claim("event-date", "XXXX-05-03/XXXX-05-05", "3–5 May", 2), []),  # a rule reads it
    (Claim("acronym", "HARMEM", "HARMEM", 1), []),  # a rule reads it
]


@pytest.mark.parametrize(
    ("claim", "expected"), CASES, ids=lambda x: x.slot if isinstance(x, Claim) else ""
)
def test_a_claim_adds_what_no_rule_reads(
    read: Path, claim: Claim, expected: list[tuple[Slot, Value]]
) -> None:
    _, added = claimed(read, claim)

    assert [(f.statement.slot, f.statement.value) for f in added] == expected


def test_what_is_added_is_a_candidate_that_rests_on_its_words(read: Path) -> None:
    reading, added = claimed(read, *(claim for claim, _ in CASES))

    assert len(added) == sum(len(expected) for _, expected in CASES)
    for fact in added:
        assert (fact.status, fact.certainty) == (Status.CANDIDATE, Certainty.POSSIBLE)
        assert fact.inference == READER
        assert set(fact.premises) <= {other.statement for other in reading.facts}
        (words,) = fact.evidence
        assert RELEASE[words.start : words.end] == words.quote
        assert words.rule.startswith(f"{READER}:")
    starts = [fact.evidence[0].start for fact in reading.facts if fact.evidence]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(Claim("partner-count", "8", "nine friends", 1), id="another value"),
        pytest.param(Claim("partner-count", "9", "nine partners", 1), id="invented words"),
        pytest.param(Claim("partner-count", "9", "nine friends and eleven lands", 1), id="two numbers"),
        pytest.param(Claim("country", "ES", "Malta", 1), id="another country"),
        pytest.param(Claim("country", "MT", "one of Malta, one of Estonia", 1), id="two countries"),
        pytest.param(Claim("country", "SE", "Sweden", 1), id="a country not there"),
        pytest.param(Claim("term", "2018-05-01/2021-04-30", "01.05.2018–30.04.2020", 1), id="another term"),
        pytest.param(Claim("event-date", "2018-05-03/2018-05-05", "3–5 May", 2), id="an invented year"),
        pytest.param(Claim("title", "Boats and Bridges", "Boats Build Bridges", 1), id="a title mended"),
        pytest.param(Claim("acronym", "BBB", "Boats Build Bridges", 1), id="an invented acronym"),
        pytest.param(Claim("programme", "LIFE", "Erasmus+", 1), id="another programme"),
        pytest.param(Claim("lead-partner", "Kerava", "posters said", 2), id="no organisation"),
        pytest.param(Claim("no-such-slot", "9", "nine friends", 1), id="no such slot"),
    ],
)  # fmt: skip
def test_a_claim_that_the_text_does_not_bear_out_comes_to_nothing(read: Path, claim: Claim) -> None:
    reading, added = claimed(read, claim)

    assert added == []
    assert reading.notes == ("language model: 1 of 1 claims are not in the text so",)


@pytest.mark.parametrize("passage", [1, 0, -1, 99])
def test_words_that_stand_in_one_passage_only_need_no_right_number(
    read: Path, passage: int
) -> None:
    _, added = claimed(read, Claim("country", "MT", "Malta", passage))

    assert [fact.statement.value for fact in added] == [Country("MT")]


def test_words_in_two_passages_need_the_right_number(tmp_path: Path) -> None:
    path = tmp_path / "twice.txt"
    path.write_text(f"{RELEASE}\nIn Malta it rained.\n", encoding="utf-8")

    assert claimed(path, Claim("country", "MT", "Malta", 0))[1] == []
    (fact,) = claimed(path, Claim("country", "MT", "Malta", 1))[1]
    assert fact.evidence[0].start == RELEASE.index("Malta")


def test_a_term_is_read_to_the_day(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    text = "The project “Harbour Memory” HARMEM: posters with 01.05.2018–12.06.2018 on them.\n"
    path.write_text(text, encoding="utf-8")

    _, added = claimed(path, Claim("term", "2018-05-01/2018-06-12", "01.05.2018–12.06.2018", 0))

    told = {fact.statement.slot: fact.statement.value for fact in added}
    assert told == {Slot.START: date(2018, 5, 1), Slot.END: date(2018, 6, 12)}


@pytest.mark.parametrize("role", ["lead-partner", "partner"])
def test_a_role_is_claimed_of_an_organisation_that_rules_found(read: Path, role: str) -> None:
    reading, added = claimed(read, Claim(role, "Kerava Municipality", "Kerava Municipality", 1))

    (kerava,) = [t for t in reading.things if isinstance(t, Organisation)]
    assert [fact.statement.value for fact in added] == [Concept("role", role)]
    subject = added[0].statement.subject
    assert isinstance(subject, Participation)
    assert subject.organisation == kerava.id


def test_without_a_project_nothing_is_claimed(tmp_path: Path) -> None:
    path = tmp_path / "fair.txt"
    path.write_text("The fair had guests from Malta and nine friends.\n", encoding="utf-8")

    _, added = claimed(
        path, Claim("country", "MT", "Malta", 0), Claim("partner-count", "9", "nine friends", 0)
    )

    assert added == []


def test_no_claims_change_nothing(read: Path) -> None:
    reading, added = claimed(read)

    assert added == []
    assert replace(reading, notes=()) == reading


def test_every_kind_of_claim_is_tried_here() -> None:
    tried = {claim.slot for claim, _ in CASES} | {"term", "lead-partner", "partner"}

    assert tried == CLAIMABLE.keys()
