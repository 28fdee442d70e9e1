"""A site of one small edition, and workers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from eugraph.editions import GRAPH_BASE, Edition, Manifest, fill, new_draft, publish
from eugraph.workers import Limits, Pool, started

ROWS = 3000


@dataclass
class Conforms:
    """The verdict of a gate that found nothing."""

    conforms: bool = True


def publish_rows(site: Path, rows: int) -> Edition:
    """Publish an edition of `rows` triples."""
    lines = sorted(
        f'<https://example.org/{i}> <https://example.org/p> "{i}" .\n' for i in range(rows)
    )
    with new_draft(site) as draft:
        fill(draft, {GRAPH_BASE + "one": "".join(lines)}, {})
        manifest = Manifest(draft.number, "2026-01-01T00:00:00+00:00", "eugraph 0")
        return publish(draft, Conforms(), manifest)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with one edition."""
    site = tmp_path_factory.mktemp("site")
    publish_rows(site, ROWS)
    return site


@pytest.fixture(scope="module")
def pool(site: Path) -> Iterator[Pool]:
    """Yield a pool of workers with tight limits."""
    limits = Limits(seconds=30, memory=300 << 20, rows=10_000_000, queue=2, queue_seconds=3)
    with started(site, limits) as pool:
        yield pool
