"""How many rows a result has, counted in its bytes as they pass.

The engine writes solutions natively, some ten times faster than Python could
take them one by one; so the rows are counted in what it writes. Each format
has one mark per row that cannot occur within a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

RowMarks = Callable[[bytes], int]
"""Takes the next bytes of a result and returns how many row marks they hold."""


def json_marks() -> RowMarks:
    """Count what parts one solution from the next, `},{` outside of strings: one less than rows."""
    state = _Strings()

    def count(block: bytes) -> int:
        escapes_gone = state.whole(block).replace(b"\\\\", b"").replace(b'\\"', b"")
        outside = state.tail + b'"'.join(state.outside(escapes_gone))
        state.tail = outside[-2:]
        return outside.count(b"},{")

    return count


def xml_marks() -> RowMarks:
    """Count `<result>`; a value writes its `<` as `&lt;`."""
    tail = b""

    def count(block: bytes) -> int:
        nonlocal tail
        text = tail + block
        tail = text[-7:]
        return text.count(b"<result>")

    return count


def csv_marks() -> RowMarks:
    """Count line ends outside of quotes: one for the header, one for each row."""
    state = _Strings()
    return lambda block: sum(part.count(b"\n") for part in state.outside(block))


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


class _Strings:
    """Where quotes open and close, over blocks that may end anywhere."""

    def __init__(self) -> None:
        self.tail = b""
        self._inside = False
        self._backslash = b""

    def whole(self, block: bytes) -> bytes:
        """Return `block` after what was held back, less a last backslash that is half an escape."""
        block = self._backslash + block
        odd = (len(block) - len(block.rstrip(b"\\"))) % 2
        self._backslash = b"\\" if odd else b""
        return block[:-1] if odd else block

    def outside(self, block: bytes) -> Iterator[bytes]:
        """Yield the parts of `block` that stand outside of double quotes."""
        parts = block.split(b'"')
        yield from parts[1 if self._inside else 0 :: 2]
        self._inside ^= len(parts) % 2 == 0
