"""A correction that is malformed is refused with its file, its number and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.errors import DataError
from eugraph.facts.corrections.correction import (
    Action,
    Corrected,
    Correction,
    Outcome,
    load_corrections,
    outcomes,
)
from eugraph.facts.corrections.given import Known, check_words
from eugraph.facts.fact import Slot
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.triples.wording import concept_names

WHO = 'who = "Anna"\nwhen = 2019-05-31\nwhy = "Seen in the contract."\n'
AT = 'release = "r"\n'


def known() -> Known:
    return Known(load_knowledge().gazetteer, concept_names())


def load(folder: Path, text: str) -> tuple[Correction, ...]:
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return load_corrections(folder, known())


def entry(action: str, fields: str, at: str = AT, who: str = WHO) -> str:
    return f'[[correction]]\naction = "{action}"\n{at}{who}{fields}\n'


SET = 'slot = "{}"\nvalue = {}\nquote = "{}"'

WRONG = [
    # what stands in the entry, words of the complaint
    (entry("change", ""), "no action 'change'; known are set, reject, alias, same-as, split"),
    ('[[correction]]\nrelease = "r"\n' + WHO, "action is missing"),
    (entry("reject", 'slot = "colour"\nold = "red"'), "no slot 'colour'"),
    (entry("reject", 'slot = "acronym"'), "needs old, the value that is wrong, or quote"),
    (entry("reject", 'slot = "acronym"\nold = "X"', who=WHO.replace("who", "#")), "who is missing"),
    (entry("reject", 'slot = "acronym"\nold = "X"', who=WHO.replace("when", "#")), "when is missing"),
    (entry("reject", 'slot = "acronym"\nold = "X"', who=WHO.replace("why", "#")), "why is missing"),
    (entry("reject", 'slot = "acronym"\nold = "X"', who=WHO.replace("2019-05-31", '"May"')), "when has to be a date like"),
    (entry("reject", 'slot = "acronym"\nold = "X"', who=WHO.replace("Anna", " ")), "who has to be a text"),
    (entry("reject", 'slot = "acronym"\nold = "X"', at=""), "say either release"),
    (entry("reject", 'slot = "acronym"\nold = "X"', at=AT + 'project = "P"\n'), "say either release"),
    (entry("reject", 'slot = "acronym"\nold = "X"\nvalue = "Y"'), "reject knows no field 'value'"),
    # a value without words is what a person knows from elsewhere
    (entry("set", 'slot = "acronym"\nvalue = "WIR"'), "set needs quote, words of the release that say so"),
    (entry("alias", 'of = "Riga"\nvalue = "Rīga"'), "alias needs quote"),
    # values of the wrong kind
    (entry("set", SET.format("partner-count", '"10"', "10 partners")), "value has to be a number"),
    (entry("set", SET.format("partner-count", "true", "10 partners")), "value has to be a text"),
    (entry("set", SET.format("start", '"2019"', "2019")), "value has to be a date like"),
    (entry("set", SET.format("acronym", "10", "10")), "value has to be a text in quotes"),
    (entry("set", SET.format("stated-date", '"May 2019"', "May 2019")), "has to be a date in EDTF"),
    (entry("set", SET.format("involves-country", '"Latvia"', "Latvia")), "'Latvia' is no country"),
    (entry("set", SET.format("funded-under", '"Nothing"', "Nothing")), "no funding scheme"),
    (entry("set", SET.format("role", '"boss"', "boss")), "'boss' is none of"),
    (entry("set", SET.format("place", '"Ogre"', "in Ogre") + '\ncountry = "Latvia"'), "'Latvia' is no country"),
    (entry("reject", 'slot = "involves-country"\nold = "Spain"'), "old 'Spain' is no country"),
    # what cannot be set says what to do instead
    (entry("set", SET.format("issued", '"2019"', "2019")), "write `published`"),
    (entry("set", SET.format("event-of", '"WIR"', "WIR")), "only rejected"),
    # values whose words are not in the quote
    (entry("set", SET.format("acronym", '"WIR"', "the project Bridge")), "letter by letter"),
    (entry("set", SET.format("partner-count", "10", "7 partners")), "does not have 10"),
    (entry("set", SET.format("start", "2019-05-04", "on 5 May 2019")), "does not have 4"),
    (entry("alias", 'of = "Riga"\nvalue = "Lielpilsēta"\nquote = "Rīgas dome"'), "“lielpilseta” of the value"),
    (entry("accept", 'discrepancy = "mess"'), "no discrepancy 'mess'"),
    (entry("same-as", ""), "same-as needs other"),
    (entry("split", 'other = "b"'), "other has to be a table"),
    (entry("split", 'other = { release = "b", name = "x" }'), "other has to be a table"),
    ("[correction]\n", "has to begin with the line"),
    ("title = 'x'\n", "has to begin with the line"),
    ("[[correction]\n", "not TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "complaint"), WRONG)
def test_a_malformed_correction_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(DataError, match=r"a\.toml") as refused:
        load(tmp_path, text)

    assert complaint in str(refused.value)


def test_the_complaint_names_the_entry(tmp_path: Path) -> None:
    right = entry("reject", 'slot = "acronym"\nold = "X"')

    with pytest.raises(DataError, match="correction 3: reject needs slot"):
        load(tmp_path, right + right + entry("reject", ""))


def test_a_well_formed_correction_says_what_stands_there(tmp_path: Path) -> None:
    fields = (
        'slot = "start"\nof = "WIR"\nold = 2017-10-15\nvalue = 2017-10-16\nquote = "16.10.2017."'
    )

    (read,) = load(tmp_path, entry("set", fields))

    assert (read.action, read.slot, read.at.of) == (Action.SET, Slot.START, "WIR")
    assert (read.old, read.value) == (date(2017, 10, 15), date(2017, 10, 16))
    assert (read.by.who, read.by.when) == ("Anna", date(2019, 5, 31))
    assert read.name == "a.toml, correction 1"


def test_the_second_thing_is_of_the_same_release_unless_it_says_so(tmp_path: Path) -> None:
    fields = 'of = "a"\nother = { of = "b" }\n'
    far = 'of = "a"\nother = { project = "P" }\n'

    near, away = load(tmp_path, entry("same-as", fields) + entry("split", far))

    assert near.other is not None
    assert (near.other.release, near.other.of) == ("r", "b")
    assert away.other is not None
    assert (away.other.release, away.other.project) == (None, "P")


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    text = entry("reject", 'slot = "acronym"\nold = "X"')
    for name in ("b.toml", "a.toml", "notes.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert [c.file for c in load_corrections(tmp_path, known())] == ["a.toml", "b.toml"]


@pytest.mark.parametrize(
    ("slot", "value", "quote", "said"),
    [
        (Slot.PARTNER_COUNT, 10, "desmit partneri", True),  # in words: the person vouches
        (Slot.PARTNER_COUNT, 10, "010 partners", True),
        (Slot.ORDINAL, 2, "second meeting", True),
        (Slot.END, date(2018, 4, 20), "no 17. līdz 20. aprīlim", True),
        (Slot.END, date(2018, 4, 21), "no 17. līdz 20. aprīlim", False),
        (Slot.TITLE, "Building  Bridges", "“Building\nBridges”", True),  # blanks do not matter
        (Slot.TITLE, "building bridges", "“Building Bridges”", False),
        (Slot.ORGANISATION_NAME, "Rīgas pašvaldība", "Rīgas pašvaldību", True),  # inflected
        (Slot.INVOLVES_COUNTRY, "RO", "Rumania", True),  # what words mean, the person says
    ],
)
def test_the_words_of_a_value_are_in_the_quote(
    slot: Slot, value: str | int | date, quote: str, *, said: bool
) -> None:
    assert (check_words(slot, value, quote) is None) is said


def test_what_changed_one_release_is_applied_whatever_it_was_for_others(tmp_path: Path) -> None:
    one, other = load(tmp_path, 2 * entry("reject", 'slot = "acronym"\nold = "X"'))
    told = [
        Corrected(one, Outcome.STALE, "gone"),
        Corrected(one, Outcome.APPLIED),
        Corrected(one, Outcome.REDUNDANT, "so"),
    ]

    assert [each.outcome for each in outcomes((one, other), told)] == [
        Outcome.APPLIED,
        Outcome.STALE,
    ]


@given(st.dictionaries(st.sampled_from(["action", "slot", "value", "quote", "who", "when", "why", "release", "old", "other"]), st.one_of(st.integers(), st.booleans(), st.text("ab\"'\\ \n", max_size=5), st.just("set"), st.dates())))  # fmt: skip
def test_whatever_an_entry_holds_it_is_read_or_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    lines = "".join(f"{key} = {_toml(value)}\n" for key, value in fields.items())

    complaint = ""
    try:
        load(folder, "[[correction]]\n" + lines)
    except DataError as error:
        complaint = str(error)

    assert not complaint or complaint.startswith("a.toml: correction 1: ")


def _toml(value: object) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
