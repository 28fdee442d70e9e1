"""What takes long to draw, drawn as soon as an edition is served: before anybody asks for it.

The drawings of a whole edition take the better part of a second, once. They
are made by a thread that works for nobody in particular, so that the first
reader of an edition waits no longer than the next. If they cannot be made now,
they are made when they are asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from eugraph.errors import EugraphError
from eugraph.server.interface import LANGUAGES
from eugraph.server.overview import overview_sections
from eugraph.server.shortcut import State, link_state
from eugraph.server.source import Source

_PAUSE: Final = 0.5
"""How often it is looked whether another edition is served, in seconds."""


@contextmanager
def warmed(source: Source, pause: float = _PAUSE) -> Iterator[None]:
    """Keep drawing what `source` serves, in every language of the pages, while in the context."""
    ended = threading.Event()
    watcher = threading.Thread(
        target=_watch, args=(source, lambda: ended.wait(pause)), name="ahead", daemon=True
    )
    watcher.start()
    try:
        yield
    finally:
        ended.set()


def _watch(source: Source, ends: Callable[[], bool]) -> None:
    """Draw each edition that comes to be served; `ends` waits a while and tells whether to end."""
    drawn: State | None = None
    while True:
        state = link_state(source.site)
        if state is not None and state != drawn:
            draw(source)
            drawn = state
        if ends():
            return


def draw(source: Source) -> None:
    """Make the drawings of the edition that is served, as far as that can be done now."""
    # The site may change meanwhile, and the workers may have more than enough to do.
    with suppress(EugraphError, OSError):
        for lang in LANGUAGES:
            overview_sections(source, source.edition, lang)
