"""Bytes → text: the encodings in which European town halls write.

Strict UTF-8 first, for nothing else looks like it by chance; then UTF-16; then
each code page of `data/languages.toml`. Among code pages the letters decide:
each line that is not plain ASCII is decoded, its language identified, and its
letters held against that language's own. So Latvian in windows-1257 does not
become the `tikđanâs` of windows-1250, whatever byte statistics say.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice, pairwise

from eugraph.errors import ReleaseError
from eugraph.releases.language import (
    Alphabet,
    alphabets,
    code_pages,
    distinctive_words,
    likelihoods,
)

# UTF-32 before UTF-16: the marks begin alike.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (as .docx, .odt and .xlsx are)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)

# Tab, line ends and form feed are no control characters here; U+FFFE and U+FFFF come of misreading.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_CONTROL_SHARE = 0.005

_PUNCTUATION = frozenset("„“”‚‘’«»‹›–—…•·°§©®™€£±×²³½¼¾ªº№\xa0\xad")
_SAMPLE_LINES = 80
_SAMPLE_LINE = 400

# More misplaced letters than this, among those beyond ASCII and among all: not this code page.
_MISPLACED = 0.2
_MISPLACED_OF_ALL = 0.02

_NO_ALPHABET = Alphabet(frozenset(), frozenset())
_SAVE = "save it as plain text in UTF-8"


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a code page fits: the worth of the characters beyond ASCII, and the misplaced."""

    worth: float
    beyond_ascii: int
    misplaced: int
    length: int

    @property
    def good(self) -> bool:
        """Tell whether the text can be in this code page at all."""
        return (
            self.misplaced <= _MISPLACED * self.beyond_ascii
            or self.misplaced <= _MISPLACED_OF_ALL * self.length
        )


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Return `data` as text without a byte-order mark, line ends untouched.

    Of two code pages that fit alike, the `declared` one is taken.
    Raises `ReleaseError` under `name` for what is empty, not text, or in no
    encoding known here.
    """
    for start, kind in _KINDS:
        if data.startswith(start):
            raise ReleaseError(name, f"is {kind}; give it the ending of its kind, or {_SAVE}")
    text = _decoded(data, name, declared)
    if not text.strip():
        raise ReleaseError(name, "is empty; put the text of a release into it or remove it")
    control = _CONTROL.findall(text)
    if "\0" in control or len(control) > max(1.0, _CONTROL_SHARE * len(text)):
        raise ReleaseError(name, f"is not text (it holds control characters); {_SAVE}")
    return text


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(encoding)
            except UnicodeDecodeError as error:
                reason = (
                    f"begins as {encoding.upper()} but is broken at byte {error.start}; {_SAVE}"
                )
                raise ReleaseError(name, reason) from error
    if b"\0" in data:
        return _unmarked_utf_16(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _in_code_page(data, error, name, declared)


def _unmarked_utf_16(data: bytes, name: str) -> str:
    """Decode UTF-16 by its zero bytes: every other one in the scripts of Europe's languages."""
    odd, even = data[1::2].count(0), data[::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    european = sum(character < "\u2200" for character in text)  # signs, Greek, Cyrillic, arrows
    if "\0" in text or european <= 0.95 * len(text):
        raise ReleaseError(name, f"is not text (it holds zero bytes); {_SAVE}")
    return text


def _in_code_page(data: bytes, error: UnicodeDecodeError, name: str, declared: str | None) -> str:
    """Decode by the code page in which most letters belong to the language of their line."""
    _refuse_damaged(data, error, name)
    pages = dict.fromkeys([*_declared_first(declared), *code_pages()])
    sample = _sample(data)
    best, chosen = None, ""
    for page in pages:
        try:
            data.decode(page)
            fit = _fit([line.decode(page) for line in sample], code_pages().get(page, frozenset()))
        except UnicodeError:
            continue
        if fit.good and (best is None or fit.worth > best.worth):
            best, chosen = fit, page
    if best is None:
        known = ", ".join(code_pages())
        raise ReleaseError(name, f"is in no known encoding (UTF-8, UTF-16, {known}); {_SAVE}")
    return data.decode(chosen)


def _declared_first(declared: str | None) -> list[str]:
    """Return the declared encoding, if it is one of a text, for a doubt to be settled by it.

    As browsers do, ISO 8859-1 is read as windows-1252 (WHATWG Encoding, section 4.2).
    """
    try:
        codec = codecs.lookup(declared or "utf-8")
    except LookupError:
        return []
    known = {codecs.lookup(page).name: page for page in code_pages()}
    latin = {"ascii": "windows-1252", "iso8859-1": "windows-1252"}
    return [page for page in [latin.get(codec.name) or known.get(codec.name)] if page]


def _refuse_damaged(data: bytes, error: UnicodeDecodeError, name: str) -> None:
    """Raise `ReleaseError` for UTF-8 with a few broken bytes: no code page makes sense of it."""
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    beyond_ascii = len(data.translate(None, delete=bytes(range(128))))
    if 10 * broken < beyond_ascii:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"is UTF-8 but damaged in line {line} (byte {error.start}); mend it or {_SAVE}"
        raise ReleaseError(name, reason)


def _sample(data: bytes) -> list[bytes]:
    """Return the first lines that are not plain ASCII, long ones in pieces."""
    pieces = (
        line[start : start + _SAMPLE_LINE]
        for line in data.splitlines()
        for start in range(0, len(line), _SAMPLE_LINE)
    )
    return list(islice((piece for piece in pieces if not piece.isascii()), _SAMPLE_LINES))


def _fit(lines: Sequence[str], made_for: AbstractSet[str]) -> _Fit:
    whole = _likeliest("\n".join(lines))
    languages = [_likeliest(line) or whole for line in lines]
    neighbours = frozenset[str]().union(*(_alphabet(language).letters for language in languages))
    worths: list[float] = []
    for line, language in zip(lines, languages, strict=True):
        alphabet = _alphabet(language)
        own = 1.0 if language in made_for else 0.9
        worths += [
            own * _worth(before, character, alphabet, neighbours)
            for before, character in pairwise(" " + line)
            if not character.isascii()
        ]
    misplaced = sum(worth < 0 for worth in worths)
    return _Fit(sum(worths), len(worths), misplaced, sum(map(len, lines)))


def _alphabet(language: str) -> Alphabet:
    return alphabets().get(language, _NO_ALPHABET)


def _likeliest(text: str) -> str:
    (weights,) = likelihoods([distinctive_words(text)])
    return max(weights, key=weights.__getitem__) if weights else ""


def _worth(before: str, character: str, alphabet: Alphabet, neighbours: AbstractSet[str]) -> float:
    """Return what a character beyond ASCII says for the code page: from 1 to -3.

    `neighbours` are the letters of all languages in the text: what its names
    are written in, also where a line is in another language.
    """
    if _CONTROL.match(character):
        return -3.0
    if not character.isalpha():
        return 0.1 if character in _PUNCTUATION else -1.0
    letter = character.lower()
    if before.islower() and character.isupper():
        worth = -1.0
    elif letter in alphabet.letters:
        worth = 1.0
    elif letter in neighbours:
        worth = 0.3
    else:
        worth = 0.2 if letter in alphabet.loans else -1.0
    return worth
