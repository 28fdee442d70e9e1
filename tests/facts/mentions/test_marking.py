"""Mentions are typed pieces of a passage; sentences end where sentences end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked

Make = Callable[[list[tuple[str, str]]], Document]


def marked(document_of: Make, language: str, text: str) -> Marked:
    return document_of([(language, text)]).passages[0]


SENTENCES = [
    ("lv", "Tikšanās notika no šī gada 17. līdz 20. aprīlim. Partneri tikās.", 2, "ordinals"),
    ("lv", "Termiņš: 16.10.2017. – 15.10.2019. Pasākums notiks martā.", 2, "a date ends one"),
    ("lv", "Projekts Nr. LLI-499 beidzas.", 1, "an abbreviation"),
    ("lv", "Eiropas Savienības programmas 2.darbības ietvaros.", 1, "an ordinal without a blank"),
    ("en", "Prof. J. Smith spoke. He left.", 2, "a title and an initial"),
    ("en", "The project “A. B. and C. Together” began. It ended.", 2, "stops inside a title"),
    ("en", "We met on 3 May. 12 partners came.", 2, "a number begins a sentence"),
    ("lv", "Partneri tikās Rumānijā.Projekts turpinās.", 2, "no blank after the full stop"),
    ("en", "They met in Romania .The project goes on.", 2, "the blank before the full stop"),
    ("en", "The node.JS library and Vecmamma.LV met.", 1, "a full stop inside a name"),
]


@pytest.mark.parametrize(("language", "text", "count", "remark"), SENTENCES)
def test_sentences_end_at_their_ends(
    document_of: Make, language: str, text: str, count: int, remark: str
) -> None:
    assert len(marked(document_of, language, text).sentences) == count, remark


SHORT = [
    ("The WIR project met.", ["WIR"], "capitals"),
    ("The GoGetAward project met.", ["GoGetAward"], "capitals inside"),
    ("The EU project of UNESCO met.", [], "what is written so but names no project"),
    ("CLOSING CONFERENCE OF THE PROJECT", [], "a line of capitals"),
    ("In the XIX century and the XX.", [], "Roman numerals"),
    ("Project No. LLI-499 and 2019-1-EE01-KA204-051234.", [], "numbers of grants"),
    ("Funded by the Horizon2020 and KA229.", [], "funding schemes"),
]


@pytest.mark.parametrize(("text", "shorts", "remark"), SHORT)
def test_a_short_form_is_capitals_that_are_nothing_else(
    document_of: Make, text: str, shorts: list[str], remark: str
) -> None:
    found = marked(document_of, "en", text).of("short")

    assert [mention.value for mention in found] == shorts, remark


def test_a_longer_phrase_hides_the_shorter_inside_it(document_of: Make) -> None:
    passage = marked(document_of, "en", "The lead partner is Riga.")

    assert len(passage.of("lead")) == 1
    assert passage.of("partner") == []


def test_a_quoted_title_hides_the_cues_in_it(document_of: Make) -> None:
    passage = marked(document_of, "en", "The project “Ten partners from Latvia” met in Spain.")

    assert [m.value for m in passage.of("country")] == ["ES"]
    assert passage.of("partner") == []


def test_speech_in_quotation_marks_is_no_title(document_of: Make) -> None:
    passage = marked(document_of, "en", "“The project involves Latvia,” she said.")

    assert passage.of("quoted") == []
    assert [m.value for m in passage.of("country")] == ["LV"]


@pytest.mark.parametrize("quotes", ["„{}”", "“{}”", '"{}"', "«{}»", "‘{}’", "„{}“", "”{}”"])
def test_every_pair_of_quotation_marks_makes_a_quotation(document_of: Make, quotes: str) -> None:
    passage = marked(document_of, "en", f"The project {quotes.format('Let’s go to Europe')} began.")

    (quote,) = passage.of("quoted")
    assert passage.text(quote.first + 1, quote.last - 1) == "Let’s go to Europe"


def test_a_country_is_found_in_every_case_and_when_misspelt(document_of: Make) -> None:
    latvian = marked(document_of, "lv", "no Zviedrijas, Itālijā, Vāciju un Nīderlandēm")
    english = marked(document_of, "en", "Rumania, Holland and the UK")

    assert [m.value for m in latvian.of("country")] == ["SE", "IT", "DE", "NL"]
    assert [m.value for m in english.of("country")] == ["RO", "NL", "GB"]


def test_a_language_without_a_lexicon_still_yields_what_needs_no_words(document_of: Make) -> None:
    passage = marked(document_of, "cs", "Projekt ABCD: 16.10.2017 – 15.10.2019, Itálie")

    assert [m.value for m in passage.of("country")] == ["IT"]
    assert [m.value for m in passage.of("short")] == ["ABCD"]
    assert [d.edtf() for d in passage.dates] == ["2017-10-16/2019-10-15"]


def test_within_returns_only_what_lies_inside_in_order(document_of: Make) -> None:
    passage = marked(document_of, "en", "partners from Latvia, Spain and Italy met partners")

    inside = passage.within(1, 7, "country", "partner")
    assert [m.value for m in inside] == ["LV", "ES", "IT"]
