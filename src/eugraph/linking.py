"""Asking a reconciliation service for what the projects of an edition are called elsewhere.

What it proposes is kept in the site's folder, in place of what the same service
proposed for the same project before; the next build publishes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eugraph.editions import candidates, current, keep_candidates
from eugraph.reconciliation.candidate import Candidate
from eugraph.reconciliation.service import Query, Service, ask
from eugraph.store import BASE, Store
from eugraph.vocabulary import PROLOGUE

_NAMES = """
SELECT ?project ?title ?acronym WHERE {
  ?project a eug:Project
  OPTIONAL { ?project dcterms:title ?title }
  OPTIONAL { ?project eug:acronym ?acronym }
}"""


def link(site: Path, service: Service) -> tuple[Candidate, ...]:
    """Ask `service` about each project of the current edition of `site`; return what it proposes.

    Raises `SiteError` if there is no edition, and `ReconciliationError` if the
    service gives no usable answer: then nothing has changed.
    """
    queries = tuple(_queries(Store.read_only(current(site).store)))
    found = [each for _, proposed in ask(service, queries) for each in proposed]
    asked = {query.path for query in queries}
    kept = [
        each
        for each in candidates(site)
        if not (each.service == service.url and each.path in asked)
    ]
    keep_candidates(site, [*kept, *found])
    return tuple(found)


def _queries(store: Store) -> Iterator[Query]:
    """Yield what to ask: a project's title, in English if it has one, else its acronym."""
    names: dict[str, list[tuple[bool, bool, str]]] = {}
    for row in store.select(PROLOGUE + _NAMES):
        called = names.setdefault(str(row["project"]), [])
        for is_acronym, variable in enumerate(("title", "acronym")):
            if name := row.get(variable):
                english = getattr(name, "language", None) == "en"
                called.append((bool(is_acronym), not english, str(name)))
    for project, called in sorted(names.items()):
        if called:
            yield Query(project.removeprefix(BASE), min(called)[-1])
