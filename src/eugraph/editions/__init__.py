"""Editions: what is published, built aside, switched in whole, never altered.

A site is a folder::

    SITE/current            a link to the edition that is served
    SITE/editions/0001/     an edition: immutable once `current` has named it
        graphs/*.nt         each named graph as sorted N-Triples
        texts/*.txt         the stored text of each release
        store/              the store of these graphs
        dumps/              the files for download; they may follow the switch
        report.json, report.ttl   what the gate found; the Turtle may follow, too
        statistics.json     how many of what it tells
        changes.db          what it created, updated and deleted (`eugraph.changes`)
        search.db           its lists, names and sentences (`eugraph.search`)
        register.json       the keys that were ever given to things, and to what
        workings.jsonl      what the next edition can be made of (`eugraph.pipeline.workings`);
                            it follows the switch
        manifest.json       when, by what, and from what it was made
    SITE/editions/.draft/   the edition that is being built
    SITE/stamps.json        which files need not be read again (`eugraph.pipeline.stamps`)
    SITE/readings/          what was read in each release, by a digest of all that decides it
    SITE/candidates.json    what services proposed to link; the next build publishes it
    SITE/.lock              held by the one build at a time

Files that did not change from one edition to the next are one file under two
names. Old editions keep their dumps, manifest, report and history for good
(`history.let_go`).
"""

from __future__ import annotations

from eugraph.editions.beside import Beside, work_beside
from eugraph.editions.draft import (
    derive,
    empty,
    fill,
    inherit,
    keep_candidates,
    keep_register,
    locked,
    new_draft,
    new_dumps,
    now,
    publish,
    switch,
)
from eugraph.editions.history import find_edition, let_go, roll_back
from eugraph.editions.site import (
    GRAPH_BASE,
    Edition,
    Manifest,
    candidates,
    current,
    dumped,
    editions,
    last_register,
)

__all__ = [
    "GRAPH_BASE",
    "Beside",
    "Edition",
    "Manifest",
    "candidates",
    "current",
    "derive",
    "dumped",
    "editions",
    "empty",
    "fill",
    "find_edition",
    "inherit",
    "keep_candidates",
    "keep_register",
    "last_register",
    "let_go",
    "locked",
    "new_draft",
    "new_dumps",
    "now",
    "publish",
    "roll_back",
    "switch",
    "work_beside",
]
