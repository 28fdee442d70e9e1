"""eugraph reads press releases about EU-funded projects and says what they say.

This is the public interface of the text stages; it loads no RDF and no web.
The later stages are imported from their modules: `eugraph.pipeline.build`,
`eugraph.triples.describe.describe`, `eugraph.validation.validate`,
`eugraph.store.Store`, `eugraph.server.create_app`.
"""

from __future__ import annotations

from eugraph.errors import EugraphError
from eugraph.facts.fact import Evidence, Fact, Reading
from eugraph.facts.find import find_facts
from eugraph.facts.reconcile import read_facts, reconcile
from eugraph.releases.read import read_release
from eugraph.releases.release import Passage, Release

__all__ = [
    "EugraphError",
    "Evidence",
    "Fact",
    "Passage",
    "Reading",
    "Release",
    "find_facts",
    "read_facts",
    "read_release",
    "reconcile",
]
