"""Files, pages and feeds → `Release` values: text that is never altered, in passages.

Decisions. The text is kept as decoded, dirt and all, so that every offset into
it holds for good; what rules must not see, they skip. Passages are lines with a
language each; sentences are found later, once dates are known. Languages and
code pages are data (`data/languages.toml`). Nothing here knows RDF or what a
project is, and importing this package loads no model: that waits for the first
text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eugraph.on_demand import on_demand
from eugraph.releases.limits import LIMITS, Limits
from eugraph.releases.release import Layout, Metadata, Passage, Release

if TYPE_CHECKING:
    from eugraph.releases.find import find_releases
    from eugraph.releases.read import read_release

__all__ = [
    "LIMITS",
    "Layout",
    "Limits",
    "Metadata",
    "Passage",
    "Release",
    "find_releases",
    "read_release",
]

__getattr__ = on_demand(
    __name__,
    {
        "find_releases": "eugraph.releases.find",
        "read_release": "eugraph.releases.read",
    },
)
