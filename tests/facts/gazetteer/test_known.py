"""Shipped names hold together, and a malformed file says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eugraph.errors import DataError
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.gazetteer.known import LEVELS, load_gazetteer
from eugraph.facts.language.words import split_words
from eugraph.shipped import shipped

GAZETTEER = load_knowledge().gazetteer


def test_every_scheme_is_labelled_in_english_and_latvian() -> None:
    lacking = [s.key for s in GAZETTEER.schemes.values() if not {"en", "lv"} <= s.names.keys()]

    assert lacking == []


def test_every_part_of_a_scheme_leads_to_a_programme() -> None:
    assert {GAZETTEER.programme(key).level for key in GAZETTEER.schemes} == {LEVELS[0]}


def test_editions_of_a_programme_do_not_overlap() -> None:
    editions = [s for s in GAZETTEER.schemes.values() if s.level == "edition"]

    for one in editions:
        for other in editions:
            if one is not other and one.parent == other.parent:
                assert one.first is not None
                assert other.last is not None
                assert one.first > other.last or one.first < (other.first or one.first)


def test_no_two_schemes_share_a_published_name() -> None:
    names = [s.names["en"][0] for s in GAZETTEER.schemes.values()]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("code", "authority"),
    [("SE", "SWE"), ("GR", "GRC"), ("GB", "GBR"), ("XK", "1A0"), ("LV", "LVA")],
)
def test_countries_have_the_codes_of_the_authority_table(code: str, authority: str) -> None:
    assert GAZETTEER.countries[code].authority == authority


BROKEN = [
    ("countries.toml", "[ZZ]\nauthority = 5", "authority has to be a text"),
    ("countries.toml", "[ZZ]\nauthority = 'LVA'\ncapital = 'Rīga'", "unknown field 'capital'"),
    ("programmes.toml", "[x]\nlevel = 'fund'\nnames = { en = 'X' }", "level has to be one of"),
    ("programmes.toml", "[x]\nlevel = 'strand'\nparent = 'y'\nnames = { en = 'X' }", "not there"),
    ("programmes.toml", "[x]\nlevel = 'programme'", "names is missing"),
    ("places.toml", "[lv-x]\ncountry = 'QQ'\nnames = { en = 'X' }", "no country 'QQ'"),
    ("organisations.toml", "[o]\nplace = 'lv-x'\nnames = { en = 'X' }", "no place 'lv-x'"),
    ("places.toml", "[lv-x", "not TOML"),
]


@pytest.mark.parametrize(("name", "text", "reason"), BROKEN)
def test_a_malformed_file_names_itself_and_what_to_do(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    for path in shipped("data/gazetteer").iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")

    with pytest.raises(DataError, match=reason) as raised:
        load_gazetteer(tmp_path)
    assert raised.value.name == name


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("lv", "Interreg VI-A Igaunijas–Latvijas programma", "interreg/estonia-latvia"),
        ("lv", "Interreg Igaunijas–Latvijas programmā", "interreg/estonia-latvia"),
        ("en", "Interreg V-A Lithuania–Poland", "interreg/lithuania-poland"),
    ],
)
def test_a_programme_of_neighbours_may_have_the_number_of_its_strand(
    language: str, text: str, key: str
) -> None:
    lexicon = load_knowledge().lexicon(language)

    found = lexicon.table.find(split_words(text, lexicon.stemmer))

    assert [f.value.value for f in found if f.value.kind == "scheme"][:1] == [key]
