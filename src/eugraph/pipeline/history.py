"""Going back to an older edition, with a record of what that changes."""

from __future__ import annotations

from pathlib import Path

from eugraph.editions import Edition
from eugraph.editions import roll_back as copy_edition
from eugraph.pipeline.making import record_changes


def roll_back(site: Path, number: int | None = None) -> Edition:
    """Publish an older edition of `site` again, by default the one before what is served.

    Raises SiteError if there is no such edition, if it is not whole any more,
    or if a build is running.
    """
    return copy_edition(site, number, _record)


def _record(draft: Edition, before: Edition, created: str) -> None:
    names = {*before.graph_names, *draft.graph_names}
    graphs = {iri: draft.graph(iri) for iri in names if draft.graph(iri) != before.graph(iri)}
    record_changes(draft, before, created, graphs)
