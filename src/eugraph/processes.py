"""Processes that share work, and end with the one that they work for, however that ends.

Of a process that is killed nobody tells its workers: they would wait for more
for ever, and keep what they have from it, such as the lock of a site.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import parent_process
from multiprocessing.connection import wait


def processes(number: int) -> ProcessPoolExecutor:
    """Return so many processes to share work among."""
    return ProcessPoolExecutor(number, initializer=_end_with_parent)


def _end_with_parent() -> None:
    threading.Thread(target=_watch, name="parent", daemon=True).start()


def _watch() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
