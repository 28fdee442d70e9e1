# ruff: noqa: SLF001 -- pypdf has no public way to add an object to a file
"""A PDF gives its paragraphs back, however its lines were set; a hostile one gives one line."""

from __future__ import annotations

import io
import textwrap
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from eugraph.errors import ReleaseError
from eugraph.releases import Limits, Release, read_release

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))[
    "sentences"
]
LATVIAN = " ".join(SENTENCES["lv"])
ENGLISH = " ".join(SENTENCES["en"])
TITLE = "Otrā partneru tikšanās"

# A line of a page: from the left, from below, size of the letters, words.
Line = tuple[float, float, float, str]


def pdf(pages: Iterable[Sequence[Line]]) -> bytes:
    """Return a PDF of `pages` in one font that maps its codes to Unicode, as real ones do."""
    pages = list(pages)
    characters = sorted({character for page in pages for line in page for character in line[3]})
    codes = {character: index + 1 for index, character in enumerate(characters)}
    writer = PdfWriter()
    font = writer._add_object(font_of(codes, writer))
    for page in pages:
        content = StreamObject()
        content.set_data("\n".join(shown(line, codes) for line in page).encode("ascii"))
        sheet = writer.add_blank_page(595, 842)
        sheet[NameObject("/Contents")] = writer._add_object(content.flate_encode())
        fonts = DictionaryObject({NameObject("/F"): font})
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def shown(line: Line, codes: dict[str, int]) -> str:
    left, height, size, words = line
    text = "".join(f"{codes[character]:02x}" for character in words)
    return f"BT /F {size} Tf 1 0 0 1 {left} {height} Tm <{text}> Tj ET"


def font_of(codes: dict[str, int], writer: PdfWriter) -> DictionaryObject:
    pairs = "\n".join(
        f"<{code:02x}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items()
    )
    unicode_map = StreamObject()
    unicode_map.set_data(
        "begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap".encode()
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/FirstChar"): NumberObject(0),
            NameObject("/LastChar"): NumberObject(255),
            NameObject("/Widths"): ArrayObject([NumberObject(500)] * 256),
            NameObject("/ToUnicode"): writer._add_object(unicode_map),
        }
    )


def set_in_lines(
    paragraphs: Iterable[tuple[float, str]], *, width: int, gap: float, indent: float = 0
) -> list[list[Line]]:
    """Return the pages of `paragraphs` (size, text), as a word processor would set them."""
    pages: list[list[Line]] = [[]]
    height = 780.0
    for size, text in paragraphs:
        for number, words in enumerate(textwrap.wrap(text, width, break_long_words=False)):
            if height < 60:
                pages[-1].append((290, 30, 9, str(len(pages))))
                pages.append([])
                height = 780.0
            pages[-1].append((60 + (indent if number == 0 else 0), height, size, words))
            height -= 1.3 * size
        height -= gap
    return pages


def read(folder: Path, data: bytes, limits: Limits | None = None) -> Release:
    path = folder / "release.pdf"
    path.write_bytes(data)
    return read_release(path, limits or Limits())


def lines(release: Release) -> list[str]:
    return [passage.text for passage in release.passages]


@pytest.mark.parametrize(
    ("gap", "indent", "remark"),
    [
        (8, 0, "paragraphs apart by white space"),
        (0, 20, "paragraphs indented"),
        (0, 0, "paragraphs that end in a line with room"),
    ],
)
def test_paragraphs_are_rebuilt_from_lines(
    gap: float, indent: float, remark: str, tmp_path: Path
) -> None:
    paragraphs = [(16.0, TITLE), (11.0, LATVIAN), (11.0, ENGLISH)]
    release = read(tmp_path, pdf(set_in_lines(paragraphs, width=70, gap=gap, indent=indent)))
    assert lines(release) == [TITLE, LATVIAN, ENGLISH], remark
    assert release.languages == ("lv", "en")
    assert release.media_type == "application/pdf"


FULL = (
    (
        "It is a project of seven towns in seven countries, and this is",
        "the first of its paragraphs, whose last line is full to the end.",
    ),
    (
        "The second of its paragraphs goes on like the first, for it has",
        "two lines as well, and the last of them is as full as the first.",
    ),
)


def test_an_indent_alone_begins_a_paragraph(tmp_path: Path) -> None:
    set_lines = [(80.0 - 20 * index, line) for pair in FULL for index, line in enumerate(pair)]
    page = [(left, 700 - 14.0 * row, 11.0, line) for row, (left, line) in enumerate(set_lines)]
    assert lines(read(tmp_path, pdf([page]))) == [" ".join(pair) for pair in FULL]


def test_a_narrow_column_is_full_at_its_own_width(tmp_path: Path) -> None:
    column = textwrap.wrap("The partners are „Ogre“, „Turku“ and „Ghent“ " * 6, 44)
    page = [(200.0, 700 - 14.0 * row, 11.0, line) for row, line in enumerate(column)]
    footer = [(60.0, 60.0, 11.0, " ".join(FULL[0]))]
    assert lines(read(tmp_path, pdf([[*page, *footer]]))) == [" ".join(column), footer[0][3]]


@given(
    texts=st.lists(st.sampled_from([LATVIAN, ENGLISH, *SENTENCES["de"]]), min_size=3, max_size=30),
    width=st.integers(50, 100),
    gap=st.floats(6, 20),
)
@settings(max_examples=40, deadline=None)
def test_paragraphs_of_any_width_and_on_any_page_hold_their_words(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], width: int, gap: float
) -> None:
    pages = set_in_lines([(11.0, text) for text in texts], width=width, gap=gap)
    release = read(tmp_path_factory.getbasetemp(), pdf(pages))
    joined = " ".join(lines(release))
    assert joined == " ".join(texts)
    if len(pages) == 1:
        assert lines(release) == texts
    for passage in release.passages:
        assert release.text[passage.start : passage.end] == passage.text


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    words = textwrap.wrap(" ".join([ENGLISH] * 4), 44)
    columns = [(60.0, words[:9]), (320.0, words[9:])]
    page = [
        (left, 700 - 14.0 * number, 11.0, line)
        for left, column in columns
        for number, line in enumerate(column)
    ]
    assert lines(read(tmp_path, pdf([page[:12], page[12:]]))) == [" ".join(words)]


@pytest.mark.parametrize(
    ("set_lines", "expected", "remark"),
    [
        (
            ["The partners discussed how immi-", "grants take part in the life of towns."],
            ["The partners discussed how immigrants take part in the life of towns."],
            "a word divided at the end of a line",
        ),
        (
            ["The partners met in the spring in the twin-town of Neu-", "Ulm on the Danube."],
            ["The partners met in the spring in the twin-town of Neu-Ulm on the Danube."],
            "a hyphen before a capital is its own",
        ),
        (
            ["The  partners   discussed their  plans", "for the second  year of the project."],
            ["The partners discussed their plans for the second year of the project."],
            "justified text",
        ),
        (
            [
                "The project runs for two years, from 16.10.2017.",
                "– 15.10.2019. in seven countries.",
            ],
            ["The project runs for two years, from 16.10.2017. – 15.10.2019. in seven countries."],
            "a dash before a date is no bullet",
        ),
        (
            ["The partners of the project, which all of them own:", "• Turku", "• Ghent", "• Graz"],
            ["The partners of the project, which all of them own:", "• Turku", "• Ghent", "• Graz"],
            "bullets",
        ),
        (
            [
                "The project is co-ﬁnanced by the programme of",
                "the European Union for its citizens.",
            ],
            ["The project is co-financed by the programme of the European Union for its citizens."],
            "a ligature",
        ),
    ],
)
def test_lines_are_joined_as_they_are_read(
    set_lines: list[str], expected: list[str], remark: str, tmp_path: Path
) -> None:
    before = [
        "The second meeting of the partners took place in the spring, when",
        "all of them came.",
    ]
    page = [
        (60.0, 700 - 14.0 * number, 11.0, line)
        for number, line in enumerate([*before, "", *set_lines])
        if line
    ]
    assert lines(read(tmp_path, pdf([page]))) == [" ".join(before), *expected], remark


def test_the_cells_of_a_row_are_apart(tmp_path: Path) -> None:
    rows = [("Partner", "Country"), ("Turku", "Finland"), ("Ghent", "Belgium")]
    page = [
        (left, 700 - 16.0 * number, 11.0, cell)
        for number, row in enumerate(rows)
        for left, cell in zip((60.0, 260.0), row, strict=True)
    ]
    assert lines(read(tmp_path, pdf([page]))) == [
        "Partner\tCountry",
        "Turku\tFinland",
        "Ghent\tBelgium",
    ]


ONE_PAGE = pdf(set_in_lines([(11.0, LATVIAN)], width=80, gap=8))


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (b"", Limits(), "damaged PDF"),
        (b"%PDF-1.7", Limits(), "damaged PDF"),
        (ONE_PAGE[:300], Limits(), "damaged PDF"),
        (pdf([[]]), Limits(), "no text in it, as if scanned"),
        (pdf([[]] * 5_000), Limits(), "has 5,000 pages; a release may have 60"),
        (ONE_PAGE, Limits(operations=10), "damaged|too much"),
        (ONE_PAGE, Limits(unpacked_bytes=100), "damaged|too much|no text"),
        (ONE_PAGE, Limits(text_length=100), "more than 100 characters"),
        (ONE_PAGE, Limits(seconds=0), "takes more than 0 s"),
        (ONE_PAGE, Limits(file_bytes=100), "a release may have 100"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    data: bytes, limits: Limits, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(ReleaseError, match=reason) as caught:
        read(tmp_path, data, limits)
    assert "\n" not in str(caught.value)


def test_a_pdf_with_a_password_is_told(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(ONE_PAGE))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(ReleaseError, match="protected by a password"):
        read(tmp_path, file.getvalue())


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_damage_gives_a_release_or_a_release_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    given = bytearray(ONE_PAGE)
    for _ in range(data.draw(st.integers(1, 8))):
        given[data.draw(st.integers(0, len(given) - 1))] = data.draw(st.integers(0, 255))
    try:
        release = read(tmp_path_factory.getbasetemp(), bytes(given))
    except ReleaseError:
        return
    for passage in release.passages:
        assert release.text[passage.start : passage.end] == passage.text
