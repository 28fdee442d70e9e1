"""Bytes become the text that was typed, whatever European code page it was typed in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.errors import ReleaseError
from eugraph.releases.decode import decode

SAMPLES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
TYPED = [
    (language, encoding)
    for encoding, languages in SAMPLES["encodings"].items()
    for language in languages
]
# What a typist puts where a code page has no such sign.
TYPEWRITER = str.maketrans({"„": '"', "“": '"', "”": '"', "’": "'", "–": "-", "œ": "oe"})


def typed(language: str, encoding: str) -> list[str]:
    return [
        sentence if fits(sentence, encoding) else sentence.translate(TYPEWRITER)
        for sentence in SAMPLES["sentences"][language]
    ]


def fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def test_every_language_is_tried_in_some_encoding() -> None:
    assert len(TYPED) == 43
    assert {language for language, _ in TYPED} == set(SAMPLES["sentences"])


@pytest.mark.parametrize(("language", "encoding"), TYPED)
def test_a_single_sentence_decodes_to_itself(language: str, encoding: str) -> None:
    for sentence in typed(language, encoding):
        assert decode(sentence.encode(encoding), "release.txt") == sentence


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_release_of_one_language_decodes_to_itself(data: st.DataObject) -> None:
    language, encoding = data.draw(st.sampled_from(TYPED))
    lines = data.draw(st.lists(st.sampled_from(typed(language, encoding)), min_size=1, max_size=6))
    text = data.draw(st.sampled_from(["\n", "\r\n", "\n\n", " "])).join(lines)
    assert decode(text.encode(encoding), "release.txt") == text


@given(
    halves=st.permutations(["lv", "en"]),
    encoding=st.sampled_from(["windows-1257", "iso8859-13", "utf-8", "utf-16"]),
    plain=st.booleans(),
)
@settings(max_examples=20, deadline=None)
def test_a_release_in_two_languages_decodes_to_itself(
    halves: list[str], encoding: str, plain: bool
) -> None:
    text = "\n".join(sentence for half in halves for sentence in SAMPLES["sentences"][half])
    text = text.translate(TYPEWRITER) if plain or not fits(text, encoding) else text
    assert decode(text.encode(encoding), "release.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding", "remark"),
    [
        ("Otrā tikšanās notika aprīlī.", "windows-1257", "windows-1250 would read tikđanâs"),
        ("Vänersborgs kommun is the lead partner.", "windows-1257", "a foreign name, the only one"),
        (
            "Tikšanās Rēzeknē notika maijā.\nThe meeting in Rēzekne took place in May.",
            "windows-1257",
            "a name with a letter that English takes from French, not from Latvian",
        ),
        (
            "Partneri tikās Ķegumā.\nThe partners met in Ķegums with Ģirts Ļaudams, Ieviņa and Ķēniņš.",
            "windows-1257",
            "most of the letters are names in the other language of the text",
        ),
        ("The meeting – in April – was the second.", "windows-1252", "a dash and nothing else"),
        ("PAŠVALDĪBA ĪSTENO ŽURNĀLISTU PROJEKTU", "windows-1257", "capitals throughout"),
        ("plain ASCII\r\nwith the line ends of Windows\r\n", "ascii", "nothing to decide"),
        (
            "Zażółć gęślą jaźń: gmina zaprasza.",
            "windows-1250",
            "Baltic windows-1257 has ż and ł too",
        ),
        (
            "a\x0bsoft line end of a word processor\x0c",
            "utf-8",
            "white space, no control character",
        ),
    ],
)
def test_hard_cases_decode_to_themselves(text: str, encoding: str, remark: str) -> None:
    assert decode(text.encode(encoding), "release.txt") == text, remark


@pytest.mark.parametrize(
    "mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff"]
)
def test_a_byte_order_mark_is_no_part_of_the_text(mark: bytes) -> None:
    encodings = {3: "utf-8", 2: "utf-16", 4: "utf-32"}
    order = "" if len(mark) == 3 else "-le" if mark[0] == 0xFF else "-be"
    data = mark + "Ziņa.\r\n".encode(encodings[len(mark)] + order)
    assert decode(data, "release.txt") == "Ziņa.\r\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"{\\rtf1\\ansi Zi\\'f2a}", "rich text"),
        (b"text with a \0 in it, zero bytes that no text has", "zero bytes"),
        (b"\0\0\0\3\4\5" * 50, "zero bytes"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (b"\xff\xfeA", "broken"),
        (
            "Tikšanās notika aprīlī, piedalījās skolēni.".encode()[:-9] + b"\xc4.",
            "damaged in line 1",
        ),
        (("Ziņa\nmūsu " * 20).encode() + b"\xff", "damaged in line 21"),
        ("本次会议在四月举行，十个合作伙伴参加了会议。".encode("gb18030"), "no known encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name_and_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReleaseError) as caught:
        decode(data, "some.txt")
    assert caught.value.name == "some.txt"
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_random_bytes_give_text_or_a_release_error(data: bytes) -> None:
    try:
        text = decode(data, "random.txt")
    except ReleaseError:
        return
    assert text.strip()
    assert "\0" not in text


# Zero bytes tell of UTF-16: `0` in it is the bytes of `0` and a zero in UTF-8.
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
@settings(max_examples=200, deadline=None)
def test_utf_8_is_never_altered(text: str) -> None:
    try:
        decoded = decode(text.encode(), "release.txt")
    except ReleaseError:
        return
    assert decoded == text.removeprefix("\ufeff")
