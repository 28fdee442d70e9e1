"""Collection: how often Python looks for garbage while a release is read.

Reading makes some ten thousand small objects, hardly any of which is garbage
before the release is done, and none of which needs the collector to go. Looking
through them every 700 allocations took a tenth of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ALLOCATIONS = 50_000
"""Allocations between two looks: about those of five releases, a few MB."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector look seldom; as often as before afterwards.

    Where it looks more seldom already, or not at all, nothing changes.
    """
    before = gc.get_threshold()
    if not 0 < before[0] < _ALLOCATIONS:
        yield
        return
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
