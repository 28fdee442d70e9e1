"""Editions as the catalogue tells of them: the current one, and each as a version for good."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from eugraph.catalogue import LATEST, Distribution, Publication
from eugraph.dumps import STEM, read_dumps, table_titles
from eugraph.editions import Edition, editions
from eugraph.settings import Settings

_LIMITS: Final = (
    "query_seconds",
    "query_memory",
    "query_rows",
    "query_length",
    "query_depth",
    "query_workers",
    "query_queue",
)
"""The settings that bound a query."""


@lru_cache(maxsize=8)
def publication_of(edition: Edition, files: Edition, settings: Settings) -> Publication:
    """Return `edition` with the files of the edition `files` as the latest, and its versions."""
    site = edition.folder.parents[1]
    known = [each for each in editions(site) if each.number <= edition.number]
    versions = (version_of(each, settings) for each in known if each.dumps.exists())
    return replace(
        version_of(edition, settings),
        issued=created(known[0]),
        folder=LATEST,
        distributions=_distributions(files),
        versions=tuple(versions),
        named_graphs=edition.graph_names,
        limits={name: getattr(settings, name) for name in _LIMITS},
    )


@lru_cache(maxsize=1024)
def version_of(edition: Edition, settings: Settings) -> Publication:
    """Return `edition` as a version of its own, which never changes."""
    return Publication(
        base_url=settings.base_url,
        publisher_name=settings.publisher,
        publisher_url=settings.publisher_url,
        publisher_type=settings.publisher_type,
        contact_name=settings.contact_name,
        contact_email=settings.contact_email,
        licence=settings.data_licence,
        issued=created(edition),
        modified=created(edition),
        version=str(edition.number),
        statistics=edition.statistics,
        folder=str(edition.number),
        distributions=_distributions(edition) if edition.dumps.exists() else (),
    )


@lru_cache(maxsize=1024)
def created(edition: Edition) -> str:
    """Return when `edition` was made."""
    return edition.manifest.created


def _distributions(edition: Edition) -> tuple[Distribution, ...]:
    """Return the files of `edition` that hold the whole dataset or a table of it."""
    titles = table_titles()
    return tuple(
        Distribution(
            dump.name,
            dump.media_type,
            dump.size,
            dump.sha256,
            dump.packed,
            titles.get(dump.name.partition(".")[0], {}),
        )
        for dump in read_dumps(edition.dumps)
        if dump.name.startswith(f"{STEM}.") or dump.media_type == "text/csv"
    )
