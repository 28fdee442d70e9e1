"""A Word file (.docx) → its text, by mammoth and then as a web page's.

A .docx is a zip archive of XML, and a few kilobytes may unpack to gigabytes. So
only the XML is unpacked, after its parts are measured; Python reads no more of
a part than the archive declares.
"""

from __future__ import annotations

import io
import zipfile
import zlib

import mammoth
from lxml import html

from eugraph.errors import ReleaseError
from eugraph.releases.limits import Limits
from eugraph.releases.page import text_of

_PARTS = 2_000
_WHOLE = 4
"""How many times the limit of one part all parts together may take."""
_SAVE = "open it in a word processor and save it again, or as plain text"


def text_of_word(data: bytes, name: str, limits: Limits) -> str:
    """Return the text of the Word file `data`: paragraphs, list items and rows in order.

    Raises `ReleaseError` under `name` for a file that is damaged, protected, or
    too large when unpacked.
    """
    archive = _xml_alone(data, name, limits)
    try:
        page = mammoth.convert_to_html(
            archive,
            convert_image=mammoth.images.img_element(lambda _: {}),
            include_embedded_style_map=False,
        ).value
        return text_of(html.document_fromstring(f"<body>{page}</body>"))
    except Exception as error:
        # Mammoth has no errors of its own: damage shows anywhere in it, as any error.
        raise ReleaseError(name, f"is a damaged Word file; {_SAVE}") from error


def _xml_alone(data: bytes, name: str, limits: Limits) -> io.BytesIO:
    """Return the archive `data` with its XML parts only, all of them within the limits."""
    alone = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(alone, "w") as taken:
            parts = [part for part in given.infolist() if part.filename.endswith((".xml", ".rels"))]
            largest = max((part.file_size for part in parts), default=0)
            total = sum(part.file_size for part in parts)
            if (
                len(parts) > _PARTS
                or largest > limits.unpacked_bytes
                or total > limits.unpacked_bytes * _WHOLE
            ):
                reason = f"unpacks to {len(parts):,} parts of {total:,} bytes"
                raise ReleaseError(name, f"{reason}, too much for a release; {_SAVE}")
            for part in parts:
                xml = given.read(part)
                if xml.count(b"<") > limits.tags:
                    reason = f"has more than {limits.tags:,} tags, too many for a release"
                    raise ReleaseError(name, f"{reason}; {_SAVE}")
                taken.writestr(part.filename, xml)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError) as error:
        # RuntimeError: a part is encrypted, or compressed in a way unknown here.
        raise ReleaseError(name, f"is no Word file that can be read; {_SAVE}") from error
    return alone
