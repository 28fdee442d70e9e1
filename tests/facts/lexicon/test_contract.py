"""Every lexicon keeps the contract: its words are found again, and none stands for two things."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from babel import Locale

from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.language.dates import Point
from eugraph.facts.language.lexicon import load_lexicon
from eugraph.facts.language.words import split_words
from eugraph.facts.mentions.marked import Marked
from eugraph.facts.mentions.marking import mark
from eugraph.releases.release import Layout, Passage
from eugraph.shipped import shipped

FOLDER = shipped("data/lexicon")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("??.toml"))

# The words of a date in each language: a day in running text, and two days of one month, with
# `{month}` as CLDR has it in running text.
DATES = {
    "bg": ("на 4 {month} 2019 г.", "от 4 до 6 {month} 2019 г."),
    "cs": ("dne 4. {month} 2019", "od 4. do 6. {month} 2019"),
    "da": ("den 4. {month} 2019", "fra den 4. til den 6. {month} 2019"),
    "de": ("am 4. {month} 2019", "vom 4. bis 6. {month} 2019"),
    "el": ("στις 4 {month} 2019", "από τις 4 έως τις 6 {month} 2019"),
    "en": ("on 4 {month} 2019", "from 4 to 6 {month} 2019"),
    "es": ("el 4 de {month} de 2019", "del 4 al 6 de {month} de 2019"),
    "et": ("4. {month} 2019", "4.–6. {month} 2019"),
    "fi": ("4. {month} 2019", "4.–6. {month} 2019"),
    "fr": ("le 4 {month} 2019", "du 4 au 6 {month} 2019"),
    "hr": ("4. {month} 2019.", "od 4. do 6. {month} 2019."),
    "hu": ("2019. {month} 4.", "2019. {month} 4–6."),
    "it": ("il 4 {month} 2019", "dal 4 al 6 {month} 2019"),
    "lt": ("2019 m. {month} 4 d.", "2019 m. {month} 4–6 d."),
    "lv": ("2019. gada 4. {month}", "no 2019. gada 4. līdz 6. {month}"),
    "nl": ("op 4 {month} 2019", "van 4 tot en met 6 {month} 2019"),
    "no": ("den 4. {month} 2019", "fra 4. til 6. {month} 2019"),
    "pl": ("4 {month} 2019 r.", "w dniach 4–6 {month} 2019 r."),
    "pt": ("em 4 de {month} de 2019", "de 4 a 6 de {month} de 2019"),
    "ro": ("4 {month} 2019", "în perioada 4-6 {month} 2019"),
    "sk": ("dňa 4. {month} 2019", "od 4. do 6. {month} 2019"),
    "sl": ("4. {month} 2019", "od 4. do 6. {month} 2019"),
    "sv": ("den 4 {month} 2019", "från den 4 till den 6 {month} 2019"),
}


def marked(language: str, text: str) -> Marked:
    passage = Passage("made-up", language, 0, len(text), text, Layout.PARAGRAPH)
    return mark(passage, 0, load_knowledge().split(passage), load_knowledge(), month_first=False)


def test_every_lexicon_has_its_dates_in_this_table() -> None:
    assert sorted(DATES) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_a_lexicon_is_found_where_it_stands(language: str) -> None:
    lexicon = load_lexicon(language, FOLDER)
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    lost = []
    for section, key, phrase in _phrases(data):
        wording = " ".join(word.lstrip("=?") for word in phrase.split())
        words = split_words(wording, lexicon.stemmer)
        whole = [f for f in lexicon.table.find(words) if (f.first, f.last) == (0, len(words))]
        if not whole:
            lost.append((section, key, phrase))
    assert lost == []


def _phrases(data: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    for section, listed in data.items():
        if isinstance(listed, dict) and section != "nominative":
            for key, phrases in listed.items():
                for phrase in phrases:
                    yield section, key, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_both_an_ordinal_and_a_number(language: str) -> None:
    lexicon = load_lexicon(language, FOLDER)
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    for section, other in (("ordinals", "number"), ("numbers", "ordinal")):
        listed = data[section]
        assert isinstance(listed, dict)
        for phrases in listed.values():
            for phrase in phrases:
                words = split_words(phrase.replace("=", ""), lexicon.stemmer)
                found = lexicon.table.find(words)
                kinds = {f.value.kind for f in found if (f.first, f.last) == (0, len(words))}
                assert other not in kinds, phrase


@pytest.mark.parametrize(("language", "month"), list(product(LANGUAGES, range(1, 13))))
def test_every_month_is_found_in_a_day_and_in_a_range(language: str, month: int) -> None:
    name = Locale.parse(language).months["format"]["wide"][month]
    day, days = (shape.format(month=name) for shape in DATES[language])
    (one,) = marked(language, f"{day},").dates
    (range_,) = marked(language, f"{days},").dates
    assert (one.begin, one.finish) == (Point(2019, month, 4), None)
    assert (range_.begin, range_.finish) == (Point(2019, month, 4), Point(2019, month, 6))


# Where CLDR has a month only in the nominative, these are its other cases.
CASES = [
    ("sl", "12. in 13. marca 2024", "2024-03-12/2024-03-13"),
    ("sl", "septembra 2024", "2024-09"),
    ("hu", "2024. 03. 12. – 2025.08.31.", "2024-03-12/2025-08-31"),
    ("hu", "2024. február 12–14. között", "2024-02-12/2024-02-14"),
    ("cs", "ve dnech 16.–18. října 2023", "2023-10-16/2023-10-18"),
    ("cs", "od 1. 9. 2022 do 31. 8. 2025", "2022-09-01/2025-08-31"),
    ("hr", "7. i 8. ožujka 2024.", "2024-03-07/2024-03-08"),
    ("hr", "u rujnu 2024.", "2024-09"),
    ("sk", "v máji 2024", "2024-05"),
    ("bg", "на 21 и 22 май 2024 г.", "2024-05-21/2024-05-22"),
    ("et", "4.–6. septembrini 2019", "2019-09-04/2019-09-06"),
    ("et", "1. jaanuarist kuni 31. augustini 2020", "2020-01-01/2020-08-31"),
    ("et", "3.-5.05.2019", "2019-05-03/2019-05-05"),
    ("et", "2019. aasta 3.–5. mail", "2019-05-03/2019-05-05"),
    ("fi", "3.5.–6.5.2019", "2019-05-03/2019-05-06"),
    ("fi", "3.–5.5.2019", "2019-05-03/2019-05-05"),
    ("fi", "toukokuussa 2019", "2019-05"),
    ("fi", "1. syyskuuta 2018 – 31. elokuuta 2020", "2018-09-01/2020-08-31"),
    ("pl", "w maju 2019 r.", "2019-05"),
    ("pl", "we wrześniu 2019 roku", "2019-09"),
    ("pl", "od 1 września 2018 r. do 31 sierpnia 2020 r.", "2018-09-01/2020-08-31"),
    ("pl", "od 1 do 3 lutego 2019 roku", "2019-02-01/2019-02-03"),
    ("pl", "1.09.2018 – 31.08.2020", "2018-09-01/2020-08-31"),
    ("lt", "2019 metų gegužės 3–5 dienomis", "2019-05-03/2019-05-05"),
    ("lt", "2018 m. lapkričio 1 d. – 2020 m. spalio 31 d.", "2018-11-01/2020-10-31"),
    ("lt", "2019 m. gegužės mėn. 3 d.", "2019-05-03"),
    ("lt", "2019 m. gegužės 30 d. – birželio 2 d.", "2019-05-30/2019-06-02"),
    ("lt", "2019 m. gegužę", "2019-05"),
    ("sv", "3–5 maj 2019", "2019-05-03/2019-05-05"),
    (
        "sv",
        "från och med den 1 januari 2018 till och med den 30 juni 2020",
        "2018-01-01/2020-06-30",
    ),
    ("fr", "les 3 et 4 mai 2019", "2019-05-03/2019-05-04"),
    ("fr", "du 30 mai au 2 juin 2019", "2019-05-30/2019-06-02"),
    ("fr", "de septembre 2018 à août 2020", "2018-09/2020-08"),
    ("fr", "du 1er septembre 2018 au 31 août 2020", "2018-09-01/2020-08-31"),
    ("nl", "op 30 en 31 mei 2019", "2019-05-30/2019-05-31"),
    ("nl", "van september 2021 tot augustus 2023", "2021-09/2023-08"),
    ("pt", "nos dias 3 e 4 de maio de 2019", "2019-05-03/2019-05-04"),
    ("da", "3.-5. maj 2019", "2019-05-03/2019-05-05"),
    ("no", "3.–5. mai 2019", "2019-05-03/2019-05-05"),
    ("it", "dall'8 all'11 maggio 2019", "2019-05-08/2019-05-11"),
    ("es", "los días 3 y 4 de mayo de 2019", "2019-05-03/2019-05-04"),
    ("el", "3–5 Μαΐου 2019", "2019-05-03/2019-05-05"),
    ("el", "8 και 9 Οκτωβρίου 2019", "2019-10-08/2019-10-09"),
    ("el", "τον Μάιο του 2019", "2019-05"),
    ("el", "1η Σεπτεμβρίου 2018 – 31η Αυγούστου 2020", "2018-09-01/2020-08-31"),
]


@pytest.mark.parametrize(("language", "text", "edtf"), CASES)
def test_a_date_is_read_as_people_write_it(language: str, text: str, edtf: str) -> None:
    assert [found.edtf() for found in marked(language, f"{text},").dates] == [edtf]


def test_the_file_of_every_language_says_which_it_is() -> None:
    for path in sorted(Path(FOLDER).glob("??.toml")):
        assert tomllib.loads(path.read_text("utf-8"))["language"] == path.stem
