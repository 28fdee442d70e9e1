"""eugraph reads press releases about EU-funded projects and says what they say.

This is the public interface of the text stages; it loads no RDF and no web.
The later stages are imported from their modules: `eugraph.pipeline.build`,
`eugraph.triples.describe.describe`, `eugraph.validation.validate`,
`eugraph.store.Store`, `eugraph.server.create_app`.

Each name is imported when it is asked for: the engine that reads takes a
quarter of a second to load, and `eugraph --help` needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eugraph.on_demand import on_demand

if TYPE_CHECKING:
    from eugraph.errors import EugraphError
    from eugraph.facts.fact import Evidence, Fact, Reading
    from eugraph.facts.reconcile import read_facts, reconcile
    from eugraph.facts.statements.find import find_facts
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

_HOMES = {
    "EugraphError": "eugraph.errors",
    "Evidence": "eugraph.facts.fact",
    "Fact": "eugraph.facts.fact",
    "Passage": "eugraph.releases.release",
    "Reading": "eugraph.facts.fact",
    "Release": "eugraph.releases.release",
    "find_facts": "eugraph.facts.statements.find",
    "read_facts": "eugraph.facts.reconcile",
    "read_release": "eugraph.releases.read",
    "reconcile": "eugraph.facts.reconcile",
}
"""The module of each public name."""


__getattr__ = on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return __all__
