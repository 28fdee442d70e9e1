"""One release, from its file to what it says; loaded only where a release is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eugraph.errors import ReleaseError
from eugraph.facts.claim import Claimant
from eugraph.facts.corrections.correction import Corrected, Correction
from eugraph.facts.corrections.overrides import correct
from eugraph.facts.derive import with_claims
from eugraph.facts.fact import Reading
from eugraph.facts.statements.find import find_facts
from eugraph.releases.read import read_release
from eugraph.releases.release import Release
from eugraph.triples.iris import SHARED_GRAPHS


def read_own(path: Path) -> Release:
    """Read a release whose graph can have its id as its name."""
    release = read_release(path)
    if release.id in SHARED_GRAPHS:
        raise ReleaseError(str(path), f"{release.id!r} is the name of a shared graph; rename it")
    return release


def read_corrected(
    release: Release, claimant: Claimant | None, corrections: Sequence[Correction]
) -> tuple[Reading, tuple[Corrected, ...]]:
    """Return what a release says as corrected, and what became of the corrections.

    Claims are added last and stay candidates.
    """
    findings = find_facts(release)
    reading, corrected = correct(findings, corrections)
    if claimant:
        reading = with_claims(findings, reading, claimant(release))
    return reading, corrected
