"""What tests of reading share: releases made of lines, marked and read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from eugraph.facts.fact import Reading
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.mentions.document import Document, read_document
from eugraph.facts.reconcile import read_facts
from eugraph.releases.release import Layout, Metadata, Passage, Release

Lines = list[tuple[str, str]]
"""The lines of a release, each with its language."""


def release_of(lines: Lines, published: str | None = None) -> Release:
    """Return a release of these lines; one without a full stop at its end is a heading."""
    text, passages = "", []
    for language, line in lines:
        layout = Layout.PARAGRAPH if line.endswith((".", ":", ";")) else Layout.HEADING
        start, end = len(text), len(text) + len(line)
        passages.append(Passage("made-up", language, start, end, line, layout))
        text += line + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = Metadata(published=published)
    return Release("made-up", "made-up.txt", text, digest, "text/plain", tuple(passages), known)


@pytest.fixture(scope="session")
def document_of() -> Callable[[Lines], Document]:
    """Return what marks the lines of a release."""
    return lambda lines: read_document(release_of(lines), load_knowledge())


@pytest.fixture(scope="session")
def reading_of() -> Callable[..., Reading]:
    """Return what reads the lines of a release, published on a day if one is given."""

    def read(lines: Lines, published: str | None = None) -> Reading:
        return read_facts(release_of(lines, published))

    return read


@pytest.fixture(scope="session")
def make_release() -> Callable[[Lines], Release]:
    """Return what makes a release of lines."""
    return release_of
