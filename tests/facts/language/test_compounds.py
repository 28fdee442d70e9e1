"""A compound that ends in a noun for the project is one; what precedes its hyphen describes it."""

from __future__ import annotations

import pytest

from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.language.compounds import find_compounds
from eugraph.facts.language.words import odd_words, split_words

COMPOUNDS = [
    # language, word, description, schemes, remark
    ("de", "CareLink-Projekts", "CareLink", [], "a name"),
    ("de", "Schul-Umwelt-Projekt", "Schul-Umwelt", [], "nouns"),
    ("de", "Interreg-Projekt", "", ["interreg"], "a programme"),
    ("de", "Modellprojekten", "", [], "joined without a hyphen"),
    ("sv", "samverkansprojektet", "", [], "Swedish, with its article"),
    ("fi", "CareLink-hankkeen", "CareLink", [], "in a case listed by form"),
]


@pytest.mark.parametrize(("language", "word", "description", "schemes", "remark"), COMPOUNDS)
def test_the_noun_that_ends_a_compound_is_found(
    language: str, word: str, description: str, schemes: list[str], remark: str
) -> None:
    lexicon = load_knowledge().lexicon(language)
    words = split_words(word, lexicon.stemmer)
    (compound,) = find_compounds(words, odd_words(words), lexicon)

    found = (compound.noun.kind, compound.description, [s.value for s in compound.schemes])
    assert found == ("project", description, schemes), remark


NONE = [
    ("de", "Projekt", "the noun alone"),
    ("de", "Projekt-Mappe", "another noun ends it"),
    ("en", "subproject", "a language that joins no words"),
]


@pytest.mark.parametrize(("language", "word", "remark"), NONE)
def test_other_words_are_none(language: str, word: str, remark: str) -> None:
    lexicon = load_knowledge().lexicon(language)
    words = split_words(word, lexicon.stemmer)

    assert find_compounds(words, odd_words(words), lexicon) == (), remark


def test_a_scheme_may_begin_before_the_compound() -> None:
    lexicon = load_knowledge().lexicon("sv")
    words = split_words("ett Horisont Europa-projekt om hav", lexicon.stemmer)
    (compound,) = find_compounds(words, odd_words(words), lexicon)

    noun, scheme = compound.found
    assert (noun.first, noun.last, noun.value.kind) == (2, 3, "project")
    assert (scheme.first, scheme.last, scheme.value.value) == (1, 3, "horizon-europe")
