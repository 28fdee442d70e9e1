"""A name in quotation marks is found whatever marks the writer had at hand; speech is no name."""

from __future__ import annotations

import pytest

from eugraph.facts.language.quoted import find_quoted
from eugraph.facts.language.words import Stemmer, odd_words, split_words

QUOTED = [
    ("The project “Green Roofs” began.", ["“Green Roofs”"], "curled"),
    ("Projektas „Žali stogai“ prasidėjo.", ["„Žali stogai“"], "low and high"),
    ("Projektet »Grønne tage« begyndte.", ["»Grønne tage«"], "inward guillemets"),
    ("Hanke »Vihreät katot» alkoi.", ["»Vihreät katot»"], "the same guillemet twice"),
    ("Le projet « Toits verts » commence.", ["« Toits verts »"], "guillemets with blanks"),
    ("Projekts ,,Zaļie jumti'' sākās.", [",,Zaļie jumti''"], "commas and apostrophes"),
    ("Projekts ,,Zaļie jumti” sākās.", [",,Zaļie jumti”"], "commas and a curled mark"),
    ("The project <<Green Roofs>> began.", ["<<Green Roofs>>"], "less and greater"),
    ("The project 'Green Roofs' began.", ["'Green Roofs'"], "single straight"),
    ('The project "Green Roofs” began.', ['"Green Roofs”'], "straight and curled"),
    ('The "Roofs of “Green” Towns" project.', ['"Roofs of “Green” Towns"'], "one within another"),
    ("The pupils' work and the teachers' day.", [], "apostrophes"),
    ("“We are glad,” she said.", [], "speech"),
    ("The towns, Riga,, and Turku.", [], "a slip of the comma"),
    ("An “opening without an end.", [], "no closing mark"),
]


@pytest.mark.parametrize(("text", "expected", "remark"), QUOTED)
def test_a_quotation_runs_from_its_opening_to_its_closing_mark(
    text: str, expected: list[str], remark: str
) -> None:
    words = split_words(text, Stemmer.of(()))

    found = [
        text[words[f].start : words[last - 1].end]
        for f, last in find_quoted(words, odd_words(words))
    ]
    assert found == expected, remark
