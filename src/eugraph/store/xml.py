"""What XML cannot carry, kept out of XML.

RDF literals may hold characters that XML 1.0 (section 2.2) forbids even as
references: most control characters, U+FFFE and U+FFFF. A release from a word
processor brings vertical tabs along. The engine writes them as they are, and
no XML parser reads the result, so each becomes U+FFFD in the XML formats. All
other formats keep them.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

XML_TYPES: Final = frozenset({"application/rdf+xml", "application/sparql-results+xml"})
"""The media types that are XML."""

_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_BEGINNINGS = (b"\xef\xbf", b"\xef")
_REPLACEMENT = "\ufffd".encode()


class Output(Protocol):
    """What an answer is written to: anything that takes bytes."""

    def write(self, block: bytes, /) -> object:
        """Take the next bytes."""
        ...

    def flush(self) -> object:
        """Take note that all is written."""
        ...


class XmlOutput:
    """An output of UTF-8 in which each character that XML forbids is U+FFFD."""

    def __init__(self, output: Output) -> None:
        """Write on to `output`."""
        self._output = output
        self._begun = b""

    def write(self, block: bytes) -> int:
        """Take the next bytes; the begin of a forbidden character waits for its end."""
        data = self._begun + block
        end = len(data) - next((len(b) for b in _BEGINNINGS if data.endswith(b)), 0)
        self._begun = data[end:]
        self._output.write(_FORBIDDEN.sub(_REPLACEMENT, data[:end]))
        return len(block)

    def flush(self) -> None:
        """Write what waited; a document ends with its last tag, so this is nothing."""
        self._output.write(self._begun)
        self._begun = b""
        self._output.flush()


def suited(output: Output, media_type: str) -> Output:
    """Return `output` as it has to be for `media_type`: safe for XML where that is XML."""
    return XmlOutput(output) if media_type in XML_TYPES else output
