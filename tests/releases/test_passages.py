"""A text falls into passages whose places, languages and layouts hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.releases.passages import passages_of
from eugraph.releases.release import Layout

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))[
    "sentences"
]
LV, EN, DE = (" ".join(SENTENCES[language]) for language in ("lv", "en", "de"))
DISCLAIMER = (
    "Funded by the European Union. Views and opinions expressed are however those of the author(s) "
    "only and do not necessarily reflect those of the European Union or the granting authority. "
    "Neither the European Union nor the granting authority can be held responsible for them."
)
HEADING, PARAGRAPH, ITEM = Layout.HEADING, Layout.PARAGRAPH, Layout.ITEM


def languages(text: str) -> list[str]:
    return [passage.language for passage in passages_of("x", text)]


def layouts(text: str) -> list[Layout]:
    return [passage.layout for passage in passages_of("x", text)]


@given(
    st.text(
        st.one_of(
            st.characters(codec="utf-8"),
            st.sampled_from("\n\r\t\v\f\x1c\x85\u2028 \xa0.•-1aā"),
        ),
        max_size=200,
    )
)
@settings(max_examples=300, deadline=None)
def test_each_passage_is_the_text_at_its_place_and_together_they_are_all_words(text: str) -> None:
    passages = passages_of("x", text)
    last = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text == passage.text.strip() != ""
        assert not text[last : passage.start].strip()
        last = passage.end
    assert not text[last:].strip()


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_a_text_of_one_language_is_in_that_language_throughout(language: str) -> None:
    assert set(languages("\n".join(SENTENCES[language]))) == {language}


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        (f"{LV}\n{EN}", ["lv", "en"], "two versions"),
        (f"{LV}\n\n{DE}\n\n{EN}", ["lv", "de", "en"], "three versions"),
        (f"Virsraksts\n{LV}\nTitle\n{EN}", ["lv", "lv", "en", "en"], "headings too short to tell"),
        (f"{LV}\n16.10.2017. – 15.10.2019.\n{LV}", ["lv"] * 3, "a date alone"),
        (f"{LV}\nLead partner: Vänersborgs kommun\n{LV}", ["lv"] * 3, "a line that looks Swedish"),
        (f"{LV}\n" * 5 + DISCLAIMER, ["lv"] * 6, "the disclaimer makes no English version"),
        (
            f"{LV}\nComune di Reggio nell’Emilia\nAyuntamiento de Las Palmas\nStadt Neu-Ulm\n{LV}",
            ["lv"] * 5,
            "names of partners in their own languages",
        ),
        (
            "Projekta “Democratic engagement and civic participation in Europe” partneri tikās.",
            ["lv"],
            "more English than Latvian, but in a quoted title",
        ),
        (
            f"{LV}\n„The town carries out the project with its partners. They meet.”\n{LV}",
            ["lv"] * 3,
            "one quoted sentence is no version",
        ),
        (
            f"{LV}\n{EN}\nVairāk: www.example.org",
            ["lv", "en", "en"],
            "a line without letters to go by",
        ),
        (
            f"{LV}\n" + "Comune di Reggio nell’Emilia (Emilia-Romagna)\n" * 9,
            ["lv"] * 10,
            "more names than sentences",
        ),
        (
            "Projekt traje dvije godine, a partneri su gradovi i udruge iz pet zemalja.\n"
            "Sudionici su razgovarali o suradnji gradova i o tome kako mladi sudjeluju u njoj.\n"
            "Svi su se složili da je ovaj susret bio veoma koristan za sve partnere.",
            ["hr"] * 3,
            "the last line is rather Serbian than Croatian, but not beyond doubt",
        ),
        ("Vairāk", ["und"], "nothing to go by at all"),
        (
            "פגישת השותפים השנייה התקיימה באפריל בעיר.",
            ["und"],
            "a script of none of the languages told apart",
        ),
    ],
)
def test_a_language_counts_only_where_running_text_carries_it(
    text: str, expected: list[str], remark: str
) -> None:
    assert languages(text) == expected, remark


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        (f"A title\n{EN}\n{EN}", [HEADING, PARAGRAPH, PARAGRAPH], "the first line"),
        (f"{EN}\nThe partners\n{EN}", [PARAGRAPH, HEADING, PARAGRAPH], "between paragraphs"),
        (f"{EN}\nThe press office", [PARAGRAPH, PARAGRAPH], "a signature heads nothing"),
        (f"{EN}\nPartners:\n- Turku\n- Ghent", [PARAGRAPH, HEADING, ITEM, ITEM], "bullets"),
        (
            f"{EN}\nPartners:\nTurku (Finland)\nGhent (Belgium)\nGraz (Austria)\n{EN}",
            [PARAGRAPH, HEADING, ITEM, ITEM, ITEM, PARAGRAPH],
            "a list without bullets",
        ),
        (
            f"{EN}\n\nTurku\nGhent\nGraz\n\nThe meeting\n\n{EN}",
            [PARAGRAPH, ITEM, ITEM, ITEM, HEADING, PARAGRAPH],
            "a blank line ends the list",
        ),
        (f"{EN}\nTurku\tFinland\nGhent\tBelgium", [PARAGRAPH, ITEM, ITEM], "rows of a table"),
        (f"{EN}\n1. Turku.\n2. Ghent.", [PARAGRAPH, ITEM, ITEM], "numbered"),
        (f"{LV}\n17. aprīlī partneri tikās.", [PARAGRAPH, PARAGRAPH], "a date is no number"),
    ],
)
def test_layout_is_seen_from_the_lines(text: str, expected: list[Layout], remark: str) -> None:
    assert layouts(text) == expected, remark


WRAPPED = """The town carries out the project together with its partners from
five countries, and the second meeting of the partners took place
in April. Pupils took part as well.
Families will be offered free courses; the jury, which meets once
a year, chooses the most beautiful work on the first day, the 17.
April.
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_wrapped_at_a_width_are_one_paragraph(line_end: str) -> None:
    text = WRAPPED.replace("\n", line_end)
    passages = passages_of("x", text)
    assert [passage.text.split()[0] for passage in passages] == ["The", "Families"]
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)


def test_short_lines_that_were_not_wrapped_stay_apart() -> None:
    names = (
        "Comune di Reggio nell’Emilia (Italy), the lead partner of all\nTurku\nGhent\nGraz\nBrno"
    )
    assert len(passages_of("x", names)) == 5


def test_sentences_on_lines_of_one_length_stay_apart() -> None:
    assert len(passages_of("x", f"{SENTENCES['en'][1]}\n" * 8)) == 8


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "„" * 500_000,
        "(" * 500_000 + ")" * 500_000,
        "1" * 1_000_000,
        "a.b@" * 250_000,
        "[a" * 500_000,
        "http://" * 140_000,
        "12.05.2018. " * 80_000,
        "š\n" * 20_000,
        "\u202e" + "مرحبا " * 100_000,
        "😀" * 300_000,
    ],
    ids=lambda text: f"{text[:4]!r}",
)
def test_hostile_text_is_split_all_the_same(text: str) -> None:
    passages = passages_of("x", text)
    assert passages
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
