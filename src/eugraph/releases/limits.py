"""What a file may hold to be read: a release has a few pages, more is a mistake or an attack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, each checked before the work it bounds."""

    file_bytes: int = 20_000_000
    """Of any file; Word and PDF files carry pictures."""
    text_length: int = 120_000
    """Code points of the text."""
    passages: int = 2_500
    tags: int = 50_000
    """Of a web page, or one part of a Word file."""
    unpacked_bytes: int = 4_000_000
    """Of one part of a Word file, or one stream of a PDF."""
    operations: int = 100_000
    """On one page of a PDF, operands counted."""
    pages: int = 60
    """Of a PDF."""
    seconds: float = 20.0
    """For the pages of one PDF, checked between pages."""


LIMITS = Limits()
"""The limits where none are given."""
