"""A reading rests on the words of its release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eugraph.facts.fact import Certainty, Reading, Slot
from eugraph.facts.reconcile import read_facts
from eugraph.releases.read import read_release

RELEASES = sorted(Path(__file__).parents[2].glob("data/releases/*.txt"))


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_every_quote_stands_in_the_text_at_its_place(path: Path) -> None:
    release = read_release(path)
    reading = read_facts(release)

    quotes = [evidence for fact in reading.facts for evidence in fact.evidence]
    assert quotes
    assert all(release.text[e.start : e.end] == e.quote for e in quotes)


def certainties(reading: Reading) -> set[Certainty]:
    return {f.certainty for f in reading.facts if f.statement.slot is Slot.ROLE}


def test_what_only_its_place_says_is_probable_until_the_other_version_says_it_too(
    reading_of: Callable[..., Reading],
) -> None:
    latvian = ("lv", "Ogres muzejs piedalās projektā ABCDE.")
    english = ("en", "Ogre Museum (Ogres muzejs) takes part in the project ABCDE.")

    assert certainties(reading_of([latvian])) == {Certainty.PROBABLE}
    assert certainties(reading_of([latvian, english])) == {Certainty.CERTAIN}


def test_what_a_word_for_the_role_says_is_certain_in_one_version(
    reading_of: Callable[..., Reading],
) -> None:
    reading = reading_of([("en", "The lead partner of the project ABCDE is Ogre Museum.")])

    assert certainties(reading) == {Certainty.CERTAIN}
