"""A press release as text: what was decoded, and the passages it falls into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How a passage stands on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a release in one language: one line, paragraph, list item or table row.

    Offsets are half-open and count the code points of `Release.text`, so that
    `release.text[passage.start:passage.end] == passage.text` for good.
    `language` is an ISO 639-1 code, inherited from the neighbours where the
    passage itself is too short to tell.
    """

    release_id: str
    language: str
    start: int
    end: int
    text: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a release from outside its text: its `<stem>.toml`, page or feed.

    `published` is `YYYY-MM-DD` or `YYYY-MM` as given, `retrieved` the day the
    file was fetched from its `source`. Each is None if not given.
    """

    source: str | None = None
    published: str | None = None
    publisher: str | None = None
    licence: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A press release, read once and never altered.

    `id` is the slug of the file's stem (`[a-z0-9-]+`), `name` the file's name.
    `text` is the decoded file without a byte-order mark, line ends untouched;
    for other formats than plain text it is the text as extracted. `sha256` is
    the digest of `text` in UTF-8, in hexadecimal. `languages` lists the
    languages of the passages in the order they first appear.
    """

    id: str
    name: str
    text: str
    sha256: str
    media_type: str
    passages: tuple[Passage, ...]
    metadata: Metadata = Metadata()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the passages, in the order they first appear."""
        return tuple(dict.fromkeys(passage.language for passage in self.passages))
