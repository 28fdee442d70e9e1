"""A PDF → its text, with the paragraphs rebuilt.

A PDF has no paragraphs, only pieces of text at places. Pypdf gives the pieces
in the order they were written. Those at one height are a line; a paragraph ends
where the distance to the next line, the size of the letters, the margin or a
line that had room for more words says so. White space is collapsed (justified
text has plenty) and words divided at the end of a line are put together.
"""

from __future__ import annotations

import io
import logging
import math
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex
from pypdf import PageObject, PdfReader, apply_configuration, mult
from pypdf.errors import LimitReachedError

from eugraph.errors import ReleaseError
from eugraph.releases.limits import Limits

_SAVE = "save it as plain text"

# In units of the size of the letters.
_SAME_HEIGHT = 0.3
_INDENT = 0.8
# Wider than the usual distance between lines by this, a paragraph ends.
_WIDER = 1.2
_OTHER_SIZE = 1.1
# The letters in a line of a column of running text.
_COLUMN = 40
# Shorter than this part of the longest line, a line had room for another word.
_ROOM = 0.75
_ROOM_WITHIN_SENTENCE = 0.5
# What a letter takes on the average, and what a cell of a table keeps free.
_LETTER_WIDTH = 0.6
_CELL_GAP = 1.5

# Some fonts have these as one letter; no one types or searches them so.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_WHITE_SPACE = regex.compile(r"[ \t\r\f\v\xa0]+")
_PAGE_NUMBER = regex.compile(r"[^\p{L}\p{N}]*\p{N}{1,3}(?:\s*[/|]\s*\p{N}{1,3})?[^\p{L}\p{N}]*")
_BULLET = regex.compile(r"[•·▪●◦■□➢✓►]|\(?\p{N}{1,2}\)\s")
_DASH = regex.compile(r"[-–—]\s\p{L}")
_DIVIDED = regex.compile(r"(?<=\p{Ll})[-\u00ad\u2010]$")

logging.getLogger("pypdf").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: where its first letter stands, from the left and from below."""

    page: int
    left: float
    height: float
    size: float
    text: str


def text_of_pdf(data: bytes, name: str, limits: Limits) -> str:
    """Return the text of the PDF `data`, paragraphs apart by blank lines.

    Raises `ReleaseError` under `name` for a PDF that is damaged, protected,
    scanned, too long, or takes too long to read.
    """
    with apply_configuration(
        zlib_maximum_output_length=limits.unpacked_bytes,
        lzw_maximum_output_length=limits.unpacked_bytes,
        run_length_maximum_output_length=limits.unpacked_bytes,
        array_based_stream_maximum_output_length=limits.unpacked_bytes,
        stream_parsing_work_maximum_count=limits.operations,
    ):
        try:
            lines = list(_lines(data, name, limits))
        except ReleaseError:
            raise
        except LimitReachedError as error:
            raise ReleaseError(name, f"holds too much for a release; {_SAVE}") from error
        except Exception as error:
            # Pypdf has errors of its own, but damage shows anywhere in it, as any error.
            raise ReleaseError(name, f"is a damaged PDF; {_SAVE}") from error
    if not lines:
        raise ReleaseError(name, f"has no text in it, as if scanned; {_SAVE}")
    return "\n\n".join(map(_joined, _paragraphs(lines)))


def _lines(data: bytes, name: str, limits: Limits) -> Iterator[_Line]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReleaseError(name, f"is protected by a password; {_SAVE}")
    count = len(reader.pages)
    if count > limits.pages:
        raise ReleaseError(
            name, f"has {count:,} pages; a release may have {limits.pages}: split it"
        )
    started = time.monotonic()
    length = 0
    for number, page in enumerate(reader.pages):
        lines = _lines_of(page, number)
        ends = {lines[0], lines[-1]} if lines and count > 1 else set()
        yield from (
            line for line in lines if line not in ends or not _PAGE_NUMBER.fullmatch(line.text)
        )
        length += sum(len(line.text) for line in lines)
        if length > limits.text_length:
            reason = f"has more than {limits.text_length:,} characters, too many for a release"
            raise ReleaseError(name, f"{reason}: split it")
        if time.monotonic() - started > limits.seconds:
            raise ReleaseError(name, f"takes more than {limits.seconds:g} s to read; {_SAVE}")


def _lines_of(page: PageObject, number: int) -> list[_Line]:
    """Return the lines of a page: pieces at one height put together, in the order of the file."""
    lines: list[_Line] = []

    def take(
        text: str, outer: list[float], inner: list[float], _font: object, font_size: float
    ) -> None:
        matrix = mult(inner, outer)
        size = abs(font_size) * math.hypot(matrix[2], matrix[3]) or 1.0
        for index, words in enumerate(text.translate(_LIGATURES).strip("\n").split("\n")):
            piece = _Line(number, matrix[4], matrix[5] - index * size, size, words)
            last = lines[-1] if lines else None
            if last and abs(last.height - piece.height) < _SAME_HEIGHT * max(size, last.size):
                lines[-1] = replace(last, text=last.text + _gap(last, piece) + words)
            elif words.strip():
                lines.append(piece)

    page.extract_text(visitor_text=take)
    return [replace(line, text=_WHITE_SPACE.sub(_one, line.text).strip()) for line in lines]


def _gap(line: _Line, piece: _Line) -> str:
    """Return a tab if `piece` stands well to the right of the end of `line`, as a cell does."""
    end = line.left + len(line.text) * line.size * _LETTER_WIDTH
    return "\t" if piece.left - end > _CELL_GAP * line.size and piece.text.strip() else ""


def _one(white_space: regex.Match[str]) -> str:
    return "\t" if "\t" in white_space[0] else " "


def _paragraphs(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    distance = _usual_distance(lines)
    width = _widths(lines)
    first = 0
    for index in range(1, len(lines) + 1):
        line = lines[index - 1]
        if index == len(lines) or _ends(line, lines[index : index + 2], width[line], distance):
            yield lines[first:index]
            first = index


def _widths(lines: Sequence[_Line]) -> Mapping[_Line, int]:
    """Return how many letters each line could hold: as many as the longest below or above it.

    Where a column is of short lines only, it is a list: then as the longest of all.
    """
    of_column: dict[tuple[int, int], int] = {}
    of_size: dict[int, int] = {}
    for line in lines:
        left, size = round(line.left), round(line.size)
        of_column[left, size] = max(of_column.get((left, size), 0), len(line.text))
        of_size[size] = max(of_size.get(size, 0), len(line.text))
    widths = {line: of_column[round(line.left), round(line.size)] for line in lines}
    return {
        line: width if width >= _COLUMN else of_size[round(line.size)]
        for line, width in widths.items()
    }


def _usual_distance(lines: Sequence[_Line]) -> float:
    """Return the distance of the lines of a paragraph, in sizes: of those amid a sentence.

    Where no line breaks off amid a sentence each is a paragraph, at any distance.
    """
    broken = [
        (after.text[0].islower(), _distance(line, after))
        for line, after in pairwise(lines)
        if _is_above(line, after) and not _is_complete(line)
    ]
    surely = [distance for is_lower, distance in broken if is_lower]
    distances = surely or [distance for _, distance in broken]
    return statistics.median_low(distances) if distances else 0.0


def _is_above(line: _Line, after: _Line) -> bool:
    """Tell whether `after` stands below `line` in letters of its size, as in a paragraph."""
    return line.page == after.page and line.height > after.height and _of_one_size(line, after)


def _distance(line: _Line, after: _Line) -> float:
    return (line.height - after.height) / line.size


def _is_complete(line: _Line) -> bool:
    return line.text[-1] in ".!?:;"


def _ends(line: _Line, following: Sequence[_Line], width: int, distance: float) -> bool:
    """Tell whether the paragraph of `line` ends before the `following` lines."""
    after = following[0]
    complete = _is_complete(line)
    room = _ROOM_WITHIN_SENTENCE if not complete and after.text[0].islower() else _ROOM
    filled = len(line.text) + len(after.text.split()[0])
    if filled < room * width or not _of_one_size(line, after):
        return True
    if "\t" in line.text or _BULLET.match(after.text) or (complete and _DASH.match(after.text)):
        return True
    if not _is_above(line, after):
        return complete  # the next page or column goes on with it, or begins anew
    if _distance(line, after) > _WIDER * distance:
        return True
    below = following[-1]
    continued = _is_above(after, below) and _distance(after, below) <= _WIDER * distance
    return continued and (after.left - below.left) / line.size > _INDENT


def _of_one_size(line: _Line, other: _Line) -> bool:
    return max(line.size, other.size) <= _OTHER_SIZE * min(line.size, other.size)


def _joined(lines: Sequence[_Line]) -> str:
    """Return the text of a paragraph on one line, divided words put together.

    A hyphen before a small letter is taken for a division, one before a capital
    for a part of the name.
    """
    text = ""
    for line in lines:
        divided = _DIVIDED.search(text)
        if divided and line.text[0].islower():
            text = text[:-1] + line.text
        else:
            text += line.text if divided or not text else f" {line.text}"
    return text
