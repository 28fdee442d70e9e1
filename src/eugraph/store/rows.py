"""How many rows a result has, counted in its bytes as they pass.

The engine writes solutions natively, some ten times faster than Python could
take them one by one; so the rows are counted in what it writes, by what parts
them there. (CSV is written row by row: see `answer`.)
"""

from __future__ import annotations

from collections.abc import Callable

RowMarks = Callable[[bytes], int]
"""Takes the next bytes of a result and returns how many row marks they hold."""


_MARK = b'"}},{"'

_MANY = 2_000_000
"""A bound on rows that no query reaches in the time that it commonly has."""


def json_marks(rows: int) -> RowMarks:
    """Return what counts the marks of a JSON result that may have so many `rows`.

    Exactly, if that bound is one to be reached. To count exactly takes a tenth
    of the time of evaluating the rows; where the bound is far, what is quick
    and counts those in texts, too, does as well.
    """
    return JsonMarks() if rows < _MANY else quick_json_marks()


def quick_json_marks() -> RowMarks:
    """Count `},{`, those in texts as well: there may be fewer rows, never more."""
    tail = b""

    def count(block: bytes) -> int:
        nonlocal tail
        across = (tail + block[:2]).count(b"},{")
        tail = block[-2:] if len(block) > 1 else (tail + block)[-2:]
        return across + block.count(b"},{")

    return count


class JsonMarks:
    """Counts `},{`, which parts one solution from the next: one less than rows.

    Texts may hold it, too, but with a `"` on either side only if it is all of
    a text, as texts escape their own. A block that has others is
    looked at text by text, which takes some ten times as long.
    """

    def __init__(self) -> None:
        """Begin outside of texts."""
        self._kept = b""
        self._in_text = False

    def __call__(self, block: bytes) -> int:
        """Return how many marks `block` adds."""
        data = self._kept + block
        end = data.rfind(b'"') + 1
        return self._to_a_quote(data[:end]) + self._without_quotes(data[end:])

    def _to_a_quote(self, data: bytes) -> int:
        if b"\\" in data:
            data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
        marks = data.count(b"},{")
        if marks and marks == data.count(_MARK) and b":" + _MARK not in data:
            self._in_text = data.count(b'"', data.rfind(_MARK) + 1) % 2 == 1
            return marks
        if marks:
            pieces = data.split(b'"')
            marks = sum(piece.count(b"},{") for piece in pieces[int(self._in_text) :: 2])
        self._in_text ^= data.count(b'"') % 2 == 1
        return marks

    def _without_quotes(self, data: bytes) -> int:
        if self._in_text:
            self._kept = b"\\" * ((len(data) - len(data.rstrip(b"\\"))) % 2)
            return 0
        self._kept = data[-2:]
        return data.count(b"},{")


def xml_marks() -> RowMarks:
    """Count `<result>`; a value writes its `<` as `&lt;`."""
    tail = b""

    def count(block: bytes) -> int:
        nonlocal tail
        text = tail + block
        tail = text[-7:]
        return text.count(b"<result>")

    return count


def tsv_marks() -> RowMarks:
    r"""Count line ends; a value writes its own as `\n`."""
    return lambda block: block.count(b"\n")


def is_empty(result: bytes, media_type: str) -> bool:
    """Tell whether a whole SELECT result has no rows."""
    match media_type:
        case "application/sparql-results+json":
            return result.endswith(b'"bindings":[]}}')
        case "application/sparql-results+xml":
            return b"<results></results>" in result or b"<results/>" in result
    return result.rstrip().count(b"\n") == 0
