"""Dates in running text: what is written is read, what is not written stays open."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.language.dates import Relation, is_month_first
from eugraph.facts.language.words import Stemmer, split_words
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marking import mark
from eugraph.releases.release import Layout, Passage

WRITTEN = [
    ("lv", "no šī gada 17. līdz 20. aprīlim", "XXXX-04-17/XXXX-04-20"),
    ("lv", "no 2019. gada 3. līdz 5. maijam", "2019-05-03/2019-05-05"),
    ("lv", "2018. gada 28. novembra līdz 2. decembrim", "2018-11-28/2018-12-02"),
    ("lv", "no 2018. gada septembra līdz 2020. gada decembrim", "2018-09/2020-12"),
    ("lv", "2019. gada martā", "2019-03"),
    ("lv", "17. aprīlī", "XXXX-04-17"),
    ("en", "From April 17th till 20th of conference", "XXXX-04-17/XXXX-04-20"),
    ("en", "From 27th till 29th of September", "XXXX-09-27/XXXX-09-29"),
    ("en", "from 28th of November to 2nd of December, 2018", "2018-11-28/2018-12-02"),
    ("en", "held in March, 2019", "2019-03"),
    ("en", "17–18 November 2016", "2016-11-17/2016-11-18"),
    ("en", "June 27, 2024", "2024-06-27"),
    ("en", "On Friday 14 June", "XXXX-06-14"),
    ("en", "16.10.2017. – 15.10.2019.", "2017-10-16/2019-10-15"),
    ("en", "07/2020 - 02/2022", "2020-07/2022-02"),
    ("en", "from 1st of November 2019 until the end of October 2022", "2019-11-01/2022-10"),
    ("de", "vom 1. September 2020 bis Ende August 2022", "2020-09-01/2022-08"),
    ("lv", "no 2021. gada 1. oktobra līdz 2023. gada septembrim", "2021-10-01/2023-09"),
    ("en", "on 30 December 2019 to 2 January 2020", "2019-12-30/2020-01-02"),
    ("lv", "No 22.10. līdz 24.10. Kuldīgā", "XXXX-10-22/XXXX-10-24"),
    ("de", "vom 28.9. bis 2.10. in Köln", "XXXX-09-28/XXXX-10-02"),
    ("de", "Am 22.10. – 24.10. in Köln", "XXXX-10-22/XXXX-10-24"),
    ("de", "Von 2.11. – 8.11.2019", "2019-11-02/2019-11-08"),
    ("it", "dal 3 al 5 maggio 2019", "2019-05-03/2019-05-05"),
    ("lt", "2019 m. gegužės 3–5 d.", "2019-05-03/2019-05-05"),
    ("en", "planned for spring 2025", "2025-21"),
    ("en", "in Q3 2025", "2025-35"),
    ("en", "the third quarter of 2025", "2025-35"),
    ("en", "from spring 2024 to autumn 2025", "2024-21/2025-23"),
    ("lv", "2024. gada rudenī", "2024-23"),
    ("lv", "2025. gada 2. ceturksnī", "2025-34"),
    ("de", "im Frühjahr 2025", "2025-21"),
    ("pl", "na II kwartał 2025 r.", "2025-34"),
    ("fr", "à l’automne 2026", "2026-23"),
    ("fi", "keväällä 2025", "2025-21"),
    ("es", "Los días 4, 5 y 6 de junio de 2024", "2024-06-04/2024-06-06"),
    ("lv", "2024. gada 10., 11. un 12. maijā", "2024-05-10/2024-05-12"),
    ("en", "on the 3rd, 4th, and 5th of May", "XXXX-05-03/XXXX-05-05"),
    ("en", "on 2023-10-17 and 2023-10-18", "2023-10-17/2023-10-18"),
    ("fr", "le 30 septembre et le 1er octobre 2023", "2023-09-30/2023-10-01"),
    ("en", "between December 2017 and November 2021", "2017-12/2021-11"),
    ("es", "entre enero de 2024 y diciembre de 2026", "2024-01/2026-12"),
    ("en", "from January 2021 to 2023", "2021-01/2023"),
    ("lv", "no 2021. gada 1. janvāra līdz 2023. gadam", "2021-01-01/2023"),
    ("en", "in March 2021 - 2023 participants", "2021-03"),
    ("xx", "16.10.2017 – 15.10.2019", "2017-10-16/2019-10-15"),  # no lexicon is needed
]

TRAPS = [
    ("lv", "2.darbības ietvaros", "a strand"),
    ("en", "the 2nd activity", "a strand"),
    ("lv", "2.1. un 2.2. pasākums", "numbers of measures"),
    ("lv", "no 2.1. un 2.2. pasākuma", "numbers of measures"),
    ("en", "10 partners from 7 countries", "counts"),
    ("en", "you may 5 times try", "a verb"),
    ("en", "31.02.2018", "no such day"),
    ("en", "from 5 May 2019 till 3 April 2018", "an interval that ends before it begins"),
    ("en", "in autumn, with 2 schools", "a season of no year"),
    ("en", "a quarter of the 2025 budget", "a part of something else"),
    ("en", "from March to autumn 2025", "an interval that EDTF does not have"),
    ("en", "on 3, 10 and 17 May 2024", "days that are no interval"),
    ("en", "on 3, 10 and 11 May 2024", "days that are no interval"),
    ("en", "2014-2020 programming period", "years alone"),
]


def is_edtf(text: str) -> bool:
    """Return whether the reference validator takes `text`; it warns of its own parser's ways."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf_validate.valid_edtf import is_valid

        return bool(is_valid(text))


@pytest.mark.parametrize("text", [edtf for _, _, edtf in WRITTEN if "XXXX" not in edtf])
def test_what_is_written_is_valid_edtf(text: str) -> None:
    assert is_edtf(text)


def dates(language: str, text: str, *, month_first: bool = False) -> list[str]:
    passage = Passage("made-up", language, 0, len(text), text, Layout.PARAGRAPH)
    knowledge = load_knowledge()
    words = knowledge.split(passage)
    marked = mark(passage, 0, words, knowledge, month_first=month_first)
    return [mention.edtf() for mention in marked.dates]


@pytest.mark.parametrize(("language", "text", "edtf"), WRITTEN)
def test_a_date_is_read_as_written(language: str, text: str, edtf: str) -> None:
    assert dates(language, text) == [edtf]


@pytest.mark.parametrize(("language", "text", "remark"), TRAPS)
def test_what_only_looks_like_a_date_is_none(language: str, text: str, remark: str) -> None:
    assert dates(language, text) == [], remark


@settings(deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2040, 12, 31)),
    st.integers(0, 200),
    st.sampled_from(["{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%Y-%m-%d}"]),
)
def test_every_numeric_interval_is_read_and_written_as_valid_edtf(
    first: date, days: int, form: str
) -> None:
    last = date.fromordinal(first.toordinal() + days)

    expected = first.isoformat() if not days else f"{first}/{last}"
    assert dates("en", f"{form.format(first)} - {form.format(last)}") == [expected]
    assert is_edtf(expected)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.–-/ aprīlis,gada17thMay", max_size=60))
def test_whatever_the_text_what_is_found_is_valid_edtf(text: str) -> None:
    assert all(is_edtf(edtf) for edtf in dates("lv", text))


def test_a_year_given_by_a_word_is_kept_as_such(
    document_of: Callable[[list[tuple[str, str]]], Document],
) -> None:
    document = document_of([("lv", "Tikšanās notika šī gada 5. maijā.")])

    (mention,) = document.passages[0].dates
    assert (mention.relation, mention.dated) == (Relation.THIS, False)


def test_one_date_with_a_large_second_number_makes_all_of_a_release_month_first() -> None:
    words = split_words("from 5/3/2018 to 5/20/2018", Stemmer.of(()))

    assert is_month_first(words)
    assert dates("en", "on 5/3/2018.", month_first=True) == ["2018-05-03"]
    assert dates("en", "on 5/3/2018.") == ["2018-03-05"]
