"""The main job: releases in, a published edition out.

The stages in order: read, find facts, resolve identities, describe, validate,
publish. Reading is done release by release, in several processes if asked
(`reading`); which things are one, what all share and what holds of all
together is decided over all releases (`making`). A file that cannot be read is
left out and told; a violation refuses the whole edition and what was published
before stays.

An edition is made of the one before. Each step has a digest of all that it
depends on, and what was made of the same is taken as it is: readings from the
site (`reading`), outlines, graphs and results of checks from the edition
before (`workings`), its files under a second name, its store as it was with
what changed written over it. Nothing else tells the two ways apart: the same
releases give the same graphs, dumps and report, whether they came at once or
one after the other, as long as the keys that things were given before are the
same (`eugraph.identity.register`). The keys alone depend on the order in which
releases came, and on nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eugraph.on_demand import on_demand
from eugraph.pipeline.build import build, is_current
from eugraph.pipeline.built import Built, Options
from eugraph.pipeline.reading import Progress, ReadRelease

if TYPE_CHECKING:
    from eugraph.pipeline.history import roll_back
    from eugraph.pipeline.inspection import (
        Inspected,
        inspect,
        open_store,
        to_turtle,
        validate_files,
        validate_site,
    )

__all__ = [
    "Built",
    "Inspected",
    "Options",
    "Progress",
    "ReadRelease",
    "build",
    "inspect",
    "is_current",
    "open_store",
    "roll_back",
    "to_turtle",
    "validate_files",
    "validate_site",
]

__getattr__ = on_demand(
    __name__,
    {
        "Inspected": "eugraph.pipeline.inspection",
        "inspect": "eugraph.pipeline.inspection",
        "open_store": "eugraph.pipeline.inspection",
        "roll_back": "eugraph.pipeline.history",
        "to_turtle": "eugraph.pipeline.inspection",
        "validate_files": "eugraph.pipeline.inspection",
        "validate_site": "eugraph.pipeline.inspection",
    },
)
