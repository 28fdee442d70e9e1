"""Links in the headers of pages by which machines find their way (FAIR Signposting).

https://signposting.org/FAIR/: of a landing page, how to cite what it is about
(`cite-as`), what describes it (`describedby`), its files (`item`), its licence,
its kind and who answers for it.
"""

from __future__ import annotations

from typing import Final

from flask import Response

from eugraph.catalogue import LATEST, Publication
from eugraph.server.representations import add_links
from eugraph.server.source import Source
from eugraph.store import BASE
from eugraph.vocabulary import ONTOLOGY

_SCHEMA: Final = "https://schema.org/"


def signpost_thing(answer: Response, source: Source, key: str) -> None:
    """Say what the document about the thing `key` is about and what is known of it."""
    base = source.settings.base_url
    add_links(
        answer,
        (BASE + key, "describes"),
        (BASE + key, "cite-as"),
        (f"{base}doc/{key}", "canonical"),
        (f"{base}.well-known/void", "describedby"),
        (source.settings.data_licence, "license"),
        (str(ONTOLOGY), "profile"),
    )
    if answer.mimetype == "text/html":
        add_links(answer, (f"{base}doc/{key}.ttl", "describedby", "text/turtle"))
        add_links(answer, (_SCHEMA + "AboutPage", "type"))


def signpost_dataset(answer: Response, publication: Publication) -> None:
    """Say of a landing page of the dataset, or of a version, what it leads to.

    Of its files only those that hold the whole: proxies bound the length of headers.
    """
    latest = publication.folder == LATEST
    told = "catalog.ttl" if latest else f"download/{publication.folder}/?format=ttl"
    files = (each for each in publication.distributions if not (each.packed or each.table))
    add_links(
        answer,
        (str(publication.dataset), "cite-as"),
        (str(publication.at(told)), "describedby", "text/turtle"),
        (publication.licence, "license"),
        (_SCHEMA + "Dataset", "type"),
        (_SCHEMA + "AboutPage", "type"),
        (publication.publisher_url, "author"),
        *((str(publication.download(each)), "item", each.media_type) for each in files),
    )
