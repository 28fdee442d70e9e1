"""A reading rests on the words of its release."""

from pathlib import Path

import pytest

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
