"""What a person says stands, and what follows, follows from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from eugraph.facts.corrections.correction import Corrected, Correction, Outcome, load_corrections
from eugraph.facts.corrections.given import Known
from eugraph.facts.corrections.overrides import read_corrected
from eugraph.facts.fact import (
    Certainty,
    Concept,
    Country,
    Edtf,
    Fact,
    Id,
    Organisation,
    Place,
    Reading,
    ReleaseSubject,
    Scheme,
    Slot,
    Status,
    Text,
)
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release
from eugraph.releases.release import Release
from eugraph.triples.wording import concept_names

RELEASES = Path(__file__).parents[3] / "data" / "releases"
WHO = 'who = "Anna Bērziņa"\nwhen = 2019-05-31\nwhy = "Seen in the contract."\n'
WIR_TITLE = "Demokrātiskās iesaistīšanās un sabiedriskās līdzdalības veicināšana"
MEETING = "From 27th till 29th of September"
P, E = Id("project-1"), Id("event-1")

Correct = Callable[..., tuple[Reading, tuple[Corrected, ...]]]


@cache
def release(name: str) -> Release:
    stem = {"WIR": "000_24ffadc2e9eef197", "EUCIDIN": "002_689f9d673cc17196"}[name]
    return read_release(RELEASES / f"{stem}.txt")


@pytest.fixture
def correct(tmp_path: Path) -> Correct:
    """Return a way to read a release under corrections, each an action and its fields."""

    def correct(name: str, *entries: str) -> tuple[Reading, tuple[Corrected, ...]]:
        return read_corrected(release(name), corrections(tmp_path, name, *entries))

    return correct


def corrections(folder: Path, name: str, *entries: str) -> tuple[Correction, ...]:
    tables = (
        f'[[correction]]\nproject = "{name}"\n{WHO}action = "{action}"\n{fields}\n'
        for action, _, fields in (entry.partition("\n") for entry in entries)
    )
    (folder / "a.toml").write_text("".join(tables), encoding="utf-8")
    return load_corrections(folder, Known(load_knowledge().gazetteer, concept_names()))


def facts(reading: Reading, slot: Slot, subject: object = None) -> list[Fact]:
    """Return the accepted facts of a slot."""
    return [
        fact
        for fact in reading.facts
        if fact.statement.slot is slot
        and fact.status in {Status.STATED, Status.INFERRED}
        and subject in {None, fact.statement.subject}
    ]


def values(reading: Reading, slot: Slot, subject: object = None) -> list[object]:
    return [fact.statement.value for fact in facts(reading, slot, subject)]


def types(reading: Reading) -> list[str]:
    return [each.type for each in reading.discrepancies]


def told(corrected: tuple[Corrected, ...]) -> list[Outcome]:
    return [each.outcome for each in corrected]


@pytest.mark.parametrize("name", ["WIR", "EUCIDIN"])
def test_without_corrections_a_reading_is_as_read(name: str) -> None:
    assert read_corrected(release(name), ()) == (read_facts(release(name)), ())


def test_a_disputed_title_that_is_set_is_stated_by_the_person(correct: Correct) -> None:
    assert values(read_facts(release("WIR")), Slot.TITLE) == []

    reading, corrected = correct(
        "WIR", f'set\nslot = "title"\nvalue = "{WIR_TITLE}"\nquote = "“{WIR_TITLE}”"'
    )

    (title,) = facts(reading, Slot.TITLE)
    assert title.statement.value == Text(WIR_TITLE, "lv")
    assert (title.status, title.certainty) == (Status.STATED, Certainty.CERTAIN)
    assert title.by is not None
    assert title.by.who == "Anna Bērziņa"
    assert "name-role-conflict" not in types(reading)
    assert told(corrected) == [Outcome.APPLIED]


def test_a_value_that_is_set_replaces_what_it_excludes_and_rests_on_its_quote(
    correct: Correct,
) -> None:
    reading, _ = correct(
        "WIR", 'set\nslot = "partner-count"\nvalue = 7\nquote = "10 partners from 7 countries"'
    )

    (count,) = facts(reading, Slot.PARTNER_COUNT)
    assert count.statement.value == 7
    assert [e.quote for e in count.evidence] == ["10 partners from 7 countries"]
    (old,) = [f for f in reading.facts if f.statement.value == 10]
    assert old.status is Status.DISPUTED
    (record,) = [d for d in reading.discrepancies if old.statement in d.concerns]
    assert (record.type, record.resolution) == ("rejected-reading", "explained")
    assert record.preferred == count.statement
    assert record.by == count.by


def test_a_country_that_is_added_goes_beside_the_others(correct: Correct) -> None:
    reading, _ = correct(
        "EUCIDIN", 'set\nslot = "involves-country"\nvalue = "GR"\nquote = "municipality in Greece"'
    )

    assert len(values(reading, Slot.INVOLVES_COUNTRY)) == 8
    (greece,) = [f for f in reading.facts if f.statement.value == Country("GR") and f.by]
    assert (greece.statement.slot, greece.status) == (Slot.INVOLVES_COUNTRY, Status.STATED)


def test_a_rejected_reading_stays_as_disputed_with_its_author(correct: Correct) -> None:
    reading, corrected = correct(
        "WIR", 'reject\nslot = "involves-country"\nold = "ES"\nquote = "Spānijas"'
    )

    assert Country("ES") not in values(reading, Slot.INVOLVES_COUNTRY)
    (spain,) = [f for f in reading.facts if f.statement.value == Country("ES")]
    assert (spain.status, spain.by) == (Status.DISPUTED, None)
    assert "rejected-reading" in types(reading)
    assert told(corrected) == [Outcome.APPLIED]


def test_disagreements_are_told_of_the_corrected_facts(correct: Correct) -> None:
    """Without Spain both versions list six of seven, and nothing explains it."""
    reading, _ = correct("WIR", 'reject\nslot = "involves-country"\nold = "ES"')

    assert "list-differs-between-languages" not in types(reading)
    (counted,) = [d for d in reading.discrepancies if d.type == "count-vs-list"]
    assert (counted.stated, counted.observed, counted.resolution) == (7, 6, "open")
    assert counted.languages == ("lv", "en")


def test_what_followed_from_a_rejected_reading_goes(correct: Correct) -> None:
    reading, _ = correct(
        "EUCIDIN",
        'reject\nslot = "role"\nold = "lead-partner"\norganisation = "Korydalla municipality"',
    )

    assert Country("GR") not in values(reading, Slot.INVOLVES_COUNTRY)
    assert Concept("role", "host") not in values(reading, Slot.ROLE)
    assert "lead-country-not-listed" not in types(reading)
    (counted,) = [d for d in reading.discrepancies if d.type == "count-vs-list"]
    assert counted.resolution == "open"


def test_what_follows_follows_from_the_corrected_value(correct: Correct) -> None:
    """The project would have begun under the programme of before; the second year is gone, too."""
    reading, _ = correct(
        "EUCIDIN",
        'set\nslot = "start"\nvalue = 2018-07-10\nquote = "10.07.2017"',
    )
    assert values(reading, Slot.START, P) == [date(2017, 7, 10)]

    reading, corrected = correct(
        "EUCIDIN", 'reject\nslot = "start"\nold = 2017-07-10\nof = "EUCIDIN"'
    )
    assert told(corrected) == [Outcome.APPLIED]
    assert Scheme("europe-for-citizens-2014-2020") not in [
        f.statement.value for f in facts(reading, Slot.FUNDED_UNDER) if f.status is Status.INFERRED
    ]


def test_a_year_may_be_chosen_among_the_possible_ones(correct: Correct) -> None:
    chosen = [
        f'set\nslot = "{slot}"\nof = "meeting"\nvalue = {day}\nquote = "{MEETING}"'
        for slot, day in (("start", "2018-09-27"), ("end", "2018-09-29"))
    ]

    reading, corrected = correct("EUCIDIN", *chosen)

    (start,) = facts(reading, Slot.START, E)
    assert start.statement.value == date(2018, 9, 27)
    assert (start.status, start.certainty) == (Status.INFERRED, Certainty.CERTAIN)
    assert start.inference == "first-meeting-earliest-year"
    assert values(reading, Slot.ISSUED) == [Edtf("[2018-09-29..2018-12-31]")]
    assert told(corrected) == [Outcome.APPLIED] * 2


def test_a_year_that_is_vouched_for_is_certain_and_the_others_are_possible_no_more(
    correct: Correct,
) -> None:
    reading, corrected = correct(
        "EUCIDIN", f'set\nslot = "start"\nof = "meeting"\nvalue = 2017-09-27\nquote = "{MEETING}"'
    )

    starts = [
        f for f in reading.facts if f.statement.slot is Slot.START and f.statement.subject == E
    ]
    assert [(f.statement.value, f.certainty) for f in starts] == [
        (date(2017, 9, 27), Certainty.CERTAIN)
    ]
    assert told(corrected) == [Outcome.APPLIED]


def test_a_year_that_is_neither_written_nor_possible_is_not_taken(correct: Correct) -> None:
    """What a person knows from elsewhere is not said by the release."""
    reading, (only,) = correct(
        "EUCIDIN", f'set\nslot = "start"\nof = "meeting"\nvalue = 2021-09-27\nquote = "{MEETING}"'
    )

    assert values(reading, Slot.START, E) == [date(2017, 9, 27)]
    assert only.outcome is Outcome.STALE
    assert "2021-09-27" in only.reason


def test_an_inferred_reading_can_be_rejected_with_what_followed_from_it(correct: Correct) -> None:
    reading, _ = correct("EUCIDIN", 'reject\nslot = "start"\nof = "meeting"\nold = 2017-09-27')

    assert values(reading, Slot.START, E) == []
    assert values(reading, Slot.ISSUED) == []


GREEN = """Partners of the project “Green Corners” (GREENCOR) met in Ogre
The project “Green Corners” (GREENCOR) involves 2 partners from 2 countries, Latvia and Sweden.
Its lead partner is the Foundation of Meadows (Sweden).
Term of implementation: 01.09.2018. – 31.08.2020.
The first partner meeting of the project was held in Ogre, Latvia, on 4 May 2019.
"""


def corrected_text(folder: Path, entry: str) -> tuple[Reading, Reading]:
    """Return what a small release says as it is read, and as corrected."""
    (folder / "green.txt").write_text(GREEN, encoding="utf-8")
    green = read_release(folder / "green.txt")
    return read_facts(green), read_corrected(green, corrections(folder, "GREENCOR", entry))[0]


def test_days_go_with_the_words_of_the_date_they_were_read_from(tmp_path: Path) -> None:
    before, after = corrected_text(tmp_path, 'reject\nslot = "stated-date"\nquote = "4 May 2019"')

    assert values(before, Slot.START, E) == values(before, Slot.END, E) == [date(2019, 5, 4)]
    assert values(after, Slot.START, E) == values(after, Slot.END, E) == []
    assert values(after, Slot.START, P) == [date(2018, 9, 1)]


def test_what_was_said_of_an_organisation_goes_with_its_only_part(tmp_path: Path) -> None:
    before, after = corrected_text(tmp_path, 'reject\nslot = "role"\nold = "lead-partner"')

    (lead,) = [
        f.statement.things - {P}
        for f in facts(before, Slot.ROLE, None)
        if f.statement.value == Concept("role", "lead-partner")
    ]
    about = [f for f in before.facts if lead & f.statement.things]
    assert {f.statement.slot for f in about} >= {Slot.ROLE, Slot.ORGANISATION_COUNTRY}
    left = [f for f in after.facts if lead & f.statement.things]
    assert [(f.statement.slot, f.status) for f in left] == [(Slot.ROLE, Status.DISPUTED)]


def test_a_day_goes_with_the_date_it_was_read_from(correct: Correct) -> None:
    reading, _ = correct("WIR", 'reject\nslot = "stated-date"\nquote = "From April 17th till 20th"')

    assert values(reading, Slot.START, E) == values(reading, Slot.ISSUED) == []


def test_what_is_no_event_goes_with_all_that_was_said_of_it(correct: Correct) -> None:
    """Without the planned meeting of March 2019 nothing says that April was not in 2019."""
    before = read_facts(release("WIR"))
    reading, _ = correct("WIR", 'reject\nslot = "event-of"\nof = "Daugavpils"\nold = "WIR"')

    gone = Id("event-2")
    assert [f.statement.slot for f in before.facts if gone in f.statement.things] != []
    left = [f for f in reading.facts if gone in f.statement.things]
    assert [(f.statement.slot, f.status) for f in left] == [(Slot.EVENT_OF, Status.DISPUTED)]
    years = [
        f.statement.value
        for f in reading.facts
        if f.statement.slot is Slot.START and f.statement.subject == E
    ]
    assert set(years) == {date(2018, 4, 17), date(2019, 4, 17)}


def test_a_date_that_is_rejected_limits_no_other(correct: Correct) -> None:
    reading, _ = correct("WIR", 'reject\nslot = "stated-date"\nof = "Daugavpils"\nold = "2019-03"')

    years = [
        f.statement.value
        for f in reading.facts
        if f.statement.slot is Slot.START and f.statement.subject == E
    ]
    assert set(years) == {date(2018, 4, 17), date(2019, 4, 17)}


def test_what_is_no_project_goes_with_its_events(correct: Correct) -> None:
    reading, _ = correct("WIR", 'reject\nslot = "about-project"\nold = "WIR"')

    about_p = [f for f in reading.facts if P in f.statement.things]
    assert [f.status for f in about_p] == [Status.DISPUTED]
    assert [d.about for d in reading.discrepancies] == [ReleaseSubject()]


def test_an_organisation_without_a_part_is_spoken_of_no_more(correct: Correct) -> None:
    reading, _ = correct(
        "EUCIDIN",
        'reject\nslot = "role"\norganisation = "UNICEF"\nold = "represented-organisation"',
    )

    accepted = [f for f in reading.facts if f.status in {Status.STATED, Status.INFERRED}]
    unicef = next(
        t.id for t in reading.things if isinstance(t, Organisation) and t.known == "unicef"
    )
    assert not any(unicef in f.statement.things for f in accepted)


def test_a_partner_that_was_not_read_comes_in_by_its_words(correct: Correct) -> None:
    reading, _ = correct(
        "EUCIDIN",
        'set\nslot = "role"\nvalue = "partner"\norganisation = "Eleonas Refugee Camp"\n'
        'country = "GR"\nquote = "visit Eleonas Refugee Camp"',
    )

    new = reading.things[-1]
    assert isinstance(new, Organisation)
    assert (new.names, new.country) == ((Text("Eleonas Refugee Camp", "en"),), "GR")
    (role,) = [f for f in facts(reading, Slot.ROLE) if new.id in f.statement.things]
    assert role.statement.value == Concept("role", "partner")


def test_a_place_that_was_not_read_comes_in_by_the_gazetteer_or_its_words(
    correct: Correct,
) -> None:
    there = 'set\nslot = "place"\nof = "conference"\nquote = "every partner presented situation in"'
    reading, _ = correct("WIR", f'{there}\nvalue = "gr-athens"')
    strange, _ = correct("WIR", f'{there}\nvalue = "Situation"\ncountry = "SE"')
    _, (unknown,) = correct("WIR", f'{there}\nvalue = "Ogre-on-Sea"')

    assert _place(reading).known == "gr-athens"
    assert _place(strange).names == (Text("Situation", "en"),)
    assert unknown.outcome is Outcome.STALE
    event = next(t for t in strange.things if t.id == E)
    assert getattr(event, "place", None) == _place(strange).id


def _place(reading: Reading) -> Place:
    (place_id,) = values(reading, Slot.PLACE, E)
    return next(t for t in reading.things if isinstance(t, Place) and t.id == place_id)


def test_an_alias_is_a_further_name_by_its_words(correct: Correct) -> None:
    reading, corrected = correct(
        "EUCIDIN",
        'alias\nof = "Korydallos"\nvalue = "Koridalas"\nquote = "Koridalas pašvaldībā Grieķijā"',
        'alias\nof = "Korydallos"\nvalue = "Koridalas"\nquote = "Koridalas pašvaldībā Grieķijā"',
        'alias\nof = "Atlantis"\nvalue = "Koridalas"\nquote = "Koridalas pašvaldībā Grieķijā"',
    )

    assert values(reading, Slot.ALIAS) == [Text("Koridalas", "lv")]
    assert told(corrected)[0] is Outcome.APPLIED
    assert told(corrected)[2] is Outcome.STALE


def test_an_accepted_disagreement_is_explained_by_the_person(correct: Correct) -> None:
    before = [d for d in read_facts(release("EUCIDIN")).discrepancies if d.slot is Slot.EVENT_TYPE]
    assert [d.resolution for d in before] == ["open"]

    reading, corrected = correct(
        "EUCIDIN",
        'accept\ndiscrepancy = "stated-in-one-language-only"\nslot = "event-type"\nquote = "kick-off"',
        'accept\ndiscrepancy = "lead-country-not-listed"',
        'accept\ndiscrepancy = "damaged-text"',
    )

    (after,) = [d for d in reading.discrepancies if d.slot is Slot.EVENT_TYPE]
    assert after.resolution == "explained"
    assert after.by is not None
    assert after.by.why == "Seen in the contract."
    others = [d for d in reading.discrepancies if d.type == "stated-in-one-language-only"]
    assert [d.by for d in others if d is not after] == [None] * (len(others) - 1)
    assert told(corrected) == [Outcome.APPLIED, Outcome.REDUNDANT, Outcome.STALE]


CHANGES_NOTHING = [
    # correction, what becomes of it, words of the reason
    ('set\nslot = "acronym"\nvalue = "WIR"\nquote = "WIR"', Outcome.REDUNDANT, "read so already"),
    ('set\nslot = "acronym"\nvalue = "WEIR"\nquote = "WEIR"', Outcome.STALE, "not in the release"),
    ('set\nslot = "ordinal"\nvalue = 3\nold = 5\nof = "Daugavpils"\nquote = "Meeting in"', Outcome.STALE, "5 is not read there"),
    ('set\nslot = "ordinal"\nvalue = 2\nquote = "second"', Outcome.STALE, "several are"),
    ('reject\nslot = "acronym"\nold = "WEIR"', Outcome.STALE, "not read there"),
    ('reject\nslot = "acronym"\nquote = "10 partners"', Outcome.STALE, "not read there"),
    (f'reject\nslot = "title"\nold = "{WIR_TITLE}"', Outcome.REDUNDANT, "not published"),
    ('alias\nof = "WIR"\nvalue = "WIR"\nquote = "WIR"', Outcome.REDUNDANT, "called so already"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "outcome", "reason"), CHANGES_NOTHING)
def test_a_correction_that_changes_nothing_says_why(
    correct: Correct, entry: str, outcome: Outcome, reason: str
) -> None:
    reading, (only,) = correct("WIR", entry)

    assert only.outcome is outcome
    assert reason in only.reason
    assert reading == read_facts(release("WIR"))


def test_a_correction_of_another_release_is_left_alone(tmp_path: Path) -> None:
    others = corrections(tmp_path, "EUCIDIN", 'reject\nslot = "acronym"\nold = "WIR"')

    assert read_corrected(release("WIR"), others) == (read_facts(release("WIR")), ())


@pytest.mark.parametrize("by", ["id", "sha256"])
def test_a_release_is_addressed_by_its_id_or_its_digest(tmp_path: Path, by: str) -> None:
    address = f'release = "{getattr(release("WIR"), by)}"'
    text = f'[[correction]]\n{address}\n{WHO}action = "reject"\nslot = "acronym"\nold = "WIR"\n'
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    read = load_corrections(tmp_path, Known(load_knowledge().gazetteer, concept_names()))

    reading, _ = read_corrected(release("WIR"), read)

    assert values(reading, Slot.ACRONYM) == []


def test_the_later_of_two_corrections_stands(correct: Correct) -> None:
    seven = 'set\nslot = "partner-count"\nvalue = 7\nquote = "10 partners from 7 countries"'
    ten = 'set\nslot = "partner-count"\nvalue = 10\nquote = "10 partners"'

    reading, _ = correct("WIR", seven, ten)

    assert values(reading, Slot.PARTNER_COUNT) == [10]
    assert len({f.statement for f in reading.facts}) == len(reading.facts)


def test_every_quote_stands_in_the_text_and_every_premise_in_the_reading(correct: Correct) -> None:
    reading, _ = correct(
        "EUCIDIN",
        'reject\nslot = "role"\nold = "lead-partner"',
        'set\nslot = "partner-count"\nvalue = 8\nquote = "8   countries"',
        'reject\nslot = "start"\nold = 2017-07-10',
    )

    text, there = release("EUCIDIN").text, {fact.statement for fact in reading.facts}
    assert all(text[e.start : e.end] == e.quote for f in reading.facts for e in f.evidence)
    assert all(premise in there for fact in reading.facts for premise in fact.premises)
    assert all(set(each.concerns) <= there for each in reading.discrepancies)
    used = {thing for fact in reading.facts for thing in fact.statement.things}
    assert used <= {thing.id for thing in reading.things}
