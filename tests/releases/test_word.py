"""A Word file gives its paragraphs, list items and rows in order; a bomb gives one line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.errors import ReleaseError
from eugraph.releases import Limits, Release, read_release

TITLE = "Otrā partneru tikšanās"
LATVIAN = "Pašvaldība kopā ar septiņām ārvalstu pilsētām īsteno projektu „Mūsu  upe” & citus."
ENGLISH = "The second meeting of the partners took place in April, and pupils took part as well."

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org'
    '/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def item(text: str) -> str:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return paragraph(text, f"<w:pPr>{number}</w:pPr>")


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def word(body: str, prologue: str = "", **parts: str) -> bytes:
    document = f'{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("word/document.xml", document)
        file.writestr("word/numbering.xml", NUMBERING)
        for name, content in parts.items():
            file.writestr(name, content)
    return archive.getvalue()


def read(folder: Path, data: bytes, limits: Limits | None = None) -> Release:
    path = folder / "release.docx"
    path.write_bytes(data)
    return read_release(path, limits or Limits())


def test_paragraphs_items_and_rows_come_in_order(tmp_path: Path) -> None:
    cells = [paragraph(text) for text in ("Partneris", "Valsts", "Turku", "Somija")]
    table = f"<w:tbl>{row(*cells[:2])}{row(*cells[2:])}</w:tbl>"
    body = paragraph(TITLE) + paragraph(LATVIAN) + item("Turku") + item("Ghent") + table
    release = read(tmp_path, word(body + paragraph(ENGLISH)))
    assert release.text == (
        f"{TITLE}\n\n{LATVIAN.replace('  ', ' ')}\n\n- Turku\n- Ghent\n\n"
        f"Partneris\tValsts\nTurku\tSomija\n\n{ENGLISH}"
    )
    assert [passage.language for passage in release.passages] == ["lv"] * 6 + ["en"]


def test_a_letterhead_laid_out_as_a_table_keeps_its_paragraphs(tmp_path: Path) -> None:
    table = f"<w:tbl>{row(paragraph(TITLE) + paragraph(LATVIAN), paragraph(ENGLISH))}</w:tbl>"
    release = read(tmp_path, word(table))
    assert [passage.text for passage in release.passages][0::2] == [TITLE, ENGLISH]


LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "ha" * 20}">' for n in range(9))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no Word file"),
        (b"PK\x03\x04 and nothing more", "is no Word file"),
        (word(paragraph(TITLE))[:-40], "is no Word file"),
        (word(""), "no words in it"),
        (word(" " * 5_000_000), "unpacks to 4 parts of 5,000,"),
        (word("<w:p/>" * 50_001), "more than 50,000 tags"),
        (word("<w:tbl><w:tr><w:tc>" * 3_000), "damaged Word file"),
        (word("<w:p>"), "damaged Word file"),
        (word(paragraph("&e8;").replace("&amp;", "&"), f"<!DOCTYPE w [{LAUGHS}]>"), "damaged Word"),
        (
            word(TITLE, **{f"word/part{n}.xml": "<a/>" for n in range(2_100)}),
            "unpacks to 2,104 parts",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_told(data: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=reason) as caught:
        read(tmp_path, data)
    assert "\n" not in str(caught.value)


def test_pictures_are_never_unpacked(tmp_path: Path) -> None:
    """A picture may be large, and one that is a bomb stays packed."""
    data = word(paragraph(LATVIAN), **{"word/media/image1.png": "\0" * 30_000_000})
    assert read(tmp_path, data).languages == ("lv",)


def test_a_protected_part_is_told(tmp_path: Path) -> None:
    data = bytearray(word(paragraph(LATVIAN)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + flags] |= 1  # the flag of an encrypted part (APPNOTE, section 4.4.4)
    with pytest.raises(ReleaseError, match="no Word file that can be read"):
        read(tmp_path, bytes(data))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_gives_a_release_or_a_release_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    given = bytearray(word(paragraph(LATVIAN) + item(ENGLISH)))
    for _ in range(data.draw(st.integers(1, 8))):
        given[data.draw(st.integers(0, len(given) - 1))] = data.draw(st.integers(0, 255))
    try:
        release = read(tmp_path_factory.getbasetemp(), bytes(given))
    except ReleaseError:
        return
    for passage in release.passages:
        assert release.text[passage.start : passage.end] == passage.text
