"""What the pages say: the same in every language, numbers and days as each language has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from eugraph.server.interface import LANGUAGES, translator
from eugraph.shipped import shipped
from eugraph.triples import days
from eugraph.triples.wording import locale

Sentence = str | Mapping[str, str]


def sentences(language: str) -> Iterator[tuple[str, Sentence]]:
    told = tomllib.loads(shipped(f"data/interface/{language}.toml").read_text(encoding="utf-8"))
    for section, entries in told.items():
        for key, sentence in entries.items():
            yield f"{section}.{key}", sentence


def filled_in(sentence: Sentence) -> set[str]:
    forms = [sentence] if isinstance(sentence, str) else sentence.values()
    return {name for form in forms for name in re.findall(r"\{\w+\}", form)}


def test_every_language_says_the_same_things() -> None:
    first, *others = ({k: filled_in(s) for k, s in sentences(code)} for code in LANGUAGES)
    assert len(first) > 200
    assert all(other == first for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_with_forms_has_all_that_its_language_needs(language: str) -> None:
    rules = locale(language).plural_form
    needed = {rules(count) for count in range(200)}
    forms = {key: set(told) for key, told in sentences(language) if isinstance(told, Mapping)}
    assert len(forms) > 5
    assert {key: told for key, told in forms.items() if told != needed} == {}


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("en", 0, "0 entries"),
        ("en", 1, "1 entry"),
        ("en", 21, "21 entries"),
        ("en", 1234, "1,234 entries"),
        ("lv", 0, "0 ierakstu"),
        ("lv", 1, "1 ieraksts"),
        ("lv", 2, "2 ieraksti"),
        ("lv", 10, "10 ierakstu"),
        ("lv", 11, "11 ierakstu"),
        ("lv", 21, "21 ieraksts"),
        ("lv", 31, "31 ieraksts"),
        ("lv", 111, "111 ierakstu"),
    ],
)
def test_numbers_take_the_form_of_their_language(language: str, count: int, told: str) -> None:
    assert translator(language)("list.count", count=count) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_number_it_is_told_once(language: str) -> None:
    for count in range(0, 5000, 37):
        told = translator(language)("list.count", count=count)
        assert told.startswith(format_decimal(count, locale=locale(language)))


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("2018-04-20", "2018-12-31", "between 20 April 2018 and 31 December 2018"),
        ("2018-04-20", "2018-04-20", "20 April 2018"),
        ("2018-04-01", "2018-04-30", "April 2018"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("2018-04-20", "", "20 April 2018 or later"),
        ("", "2018-04-20", "20 April 2018 or earlier"),
        ("", "", ""),
    ],
)
def test_the_day_of_something_that_is_not_known_is_no_span(begin: str, end: str, told: str) -> None:
    assert days.between(begin, end, "en") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2018-04-17/2018-04-20", "17–20 Apr 2018"),
        ("2018-04-17", "17 April 2018"),
        ("2019-03", "March 2019"),
        ("2019", "2019"),
        ("2017?-09-27/2017?-09-29", "27–29 Sept 2017 (the year is inferred)"),
        ("XXXX-09-27/XXXX-09-29", "27–29 Sept, the year is not said"),
        ("XXXX-02-29", "29 February, the year is not said"),
        ("[2018-04-20..2018-12-31]", "between 20 April 2018 and 31 December 2018"),
        ("[2018-04-20..]", "20 April 2018 or later"),
        ("2017-06-01/..", "from 1 June 2017"),
        ("../2019-05-31", "until 31 May 2019"),
        ("../2019", "until 2019"),
        ("2021-01/2023-12", "January 2021\N{THIN SPACE}–\N{THIN SPACE}December 2023"),
        ("2021-01-01/2023-12-31", "1 Jan 2021\N{THIN SPACE}–\N{THIN SPACE}31 Dec 2023"),
        ("2021-01/2023", "January 2021 – 2023"),
        ("2021/2023", "2021–2023"),
        ("<script>", "<script>"),
        ("XXXX-02-31", "XXXX-02-31"),
        ("2018-13-45", "2018-13-45"),
    ],
)
def test_dates_are_told_as_a_person_would(text: str, told: str) -> None:
    assert days.edtf(text, "en") == told


@given(st.text(alphabet="0123456789X-/.[]?~{},", max_size=30), st.sampled_from(LANGUAGES))
def test_whatever_stands_for_a_date_something_is_told(text: str, language: str) -> None:
    assert days.edtf(text, language) or not text


@given(st.dates(), st.integers(0, 900), st.sampled_from(LANGUAGES))
def test_days_from_to_name_the_years_they_are_in(begin: date, length: int, language: str) -> None:
    end = begin + timedelta(days=min(length, (date.max - begin).days))
    told = days.days(begin.isoformat(), end.isoformat(), language)
    assert str(begin.year) in told
    assert str(end.year) in told
