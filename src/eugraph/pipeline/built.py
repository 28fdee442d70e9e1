"""How a build is made, and what it did."""

from __future__ import annotations

from dataclasses import dataclass

from eugraph.editions import Edition
from eugraph.errors import ReleaseError
from eugraph.facts.corrections.correction import Corrected
from eugraph.pipeline.reading import ReadRelease
from eugraph.validation import Verdict


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; `edition` is None if the gate refused it.

    Where nothing is `changed`, it is the one that is served, and nothing was
    put before the gate: the `verdict` is empty. `read` are the releases that
    were read now, `releases` the ids of all there are, `left_out` what could
    not be read. `corrected` tells what became of each correction: a stale or
    redundant one is for a person to look at.
    """

    edition: Edition | None
    verdict: Verdict
    read: tuple[ReadRelease, ...] = ()
    releases: tuple[str, ...] = ()
    left_out: tuple[ReleaseError, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is made; what an edition says does not depend on it.

    `shrink_share` of the published releases may vanish at once, more only if
    `allow_shrink`. The `keep` newest editions stay whole.
    """

    strict: bool = False
    workers: int = 1
    allow_shrink: bool = False
    shrink_share: float = 0.5
    keep: int = 10
