"""A small release that conforms, and its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

HERE = Path(__file__).parent


@pytest.fixture
def bridge() -> Graph:
    """Return a release that conforms, with the reference data it needs: free to be changed."""
    return Graph().parse(HERE / "bridge.ttl")


@pytest.fixture(scope="session")
def text() -> str:
    """Return the text of that release."""
    return (HERE / "bridge.txt").read_text(encoding="utf-8")
