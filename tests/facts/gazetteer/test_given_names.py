"""The shipped list of given names keeps people out, and no body whose name begins with a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from eugraph.errors import DataError
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.gazetteer.known import load_gazetteer
from eugraph.facts.language.words import fold
from eugraph.shipped import shipped


def test_names_of_many_countries_are_known() -> None:
    known = load_knowledge().gazetteer.given_names
    for name in ("Jānis", "Małgorzata", "Giuseppe", "Søren", "Νίκος", "Георги", "Zsuzsanna"):
        assert fold(name) in known, name


def test_words_that_open_names_of_bodies_are_no_given_names() -> None:
    known = load_knowledge().gazetteer.given_names
    for word in ("Santa", "Europa", "Sofia", "Florence", "Rada", "Linn", "Aurora", "Grant"):
        assert fold(word) not in known, word


def test_a_missing_list_is_told_by_name(tmp_path: Path) -> None:
    for file in shipped("data/gazetteer").iterdir():
        if file.name != "given-names.txt":
            (tmp_path / file.name).symlink_to(file)
    with pytest.raises(DataError, match="given-names"):
        load_gazetteer(tmp_path)
