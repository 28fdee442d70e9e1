"""What the server reads from: the current edition and the workers that query it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from flask import has_request_context, request
from markupsafe import Markup
from rdflib import Graph

from eugraph.catalogue import Publication, schema_org, script_text
from eugraph.changes import Changes
from eugraph.editions import Edition, current, dumped
from eugraph.errors import EngineError, QueryError, QueryLimitError, SiteError
from eugraph.identity.ledger import Ledger
from eugraph.server.answers import Answers
from eugraph.server.budgets import Budgets
from eugraph.server.metrics import Metrics
from eugraph.server.publication import publication_of, version_of
from eugraph.server.query_log import QueryLog
from eugraph.server.shortcut import State, link_state
from eugraph.settings import Settings
from eugraph.store import DOCUMENT, read_document
from eugraph.triples.ntriples import split_ntriples, to_ntriples
from eugraph.vocabulary import IRI_BASE
from eugraph.workers import Pool, Question

EDITION: Final = "eugraph.edition"
"""The key of the WSGI environment under which the edition is that a request is answered from."""

DUMPED: Final = "eugraph.dumped"
"""The same for the edition whose files `latest` names."""

Describe = Callable[..., Graph]
"""Makes a graph of a `Publication`, and of what else it is given."""

_AHEAD: Final = ThreadPoolExecutor(8, thread_name_prefix="ahead")
"""Threads that wait for a worker while the one of the request is at something else."""

Cell = Mapping[str, str]
"""A term as the SPARQL 1.1 JSON results write it: `type`, `value`, `xml:lang`, `datatype`."""


@dataclass(frozen=True, slots=True)
class Source:
    """The site that is served, how it is known to the world, and who answers queries.

    The current edition is looked up anew for each request, so that a switch
    shows at once; within a request one edition is asked throughout.
    """

    site: Path
    settings: Settings
    pool: Pool
    answers: Answers
    metrics: Metrics
    budgets: Budgets
    log: QueryLog

    @classmethod
    def of(cls, site: Path, settings: Settings, pool: Pool) -> Source:
        """Return what serves `site` by `settings` and `pool`, with nothing kept or counted yet."""
        # Absolute: Flask looks for a relative path of a file to send beside this package.
        site, answers = site.absolute(), Answers(settings.answer_memory << 20)
        return cls(
            site,
            settings,
            pool,
            answers,
            Metrics(site, pool, answers),
            Budgets(settings.client_seconds),
            QueryLog(settings.query_log),
        )

    @property
    def edition(self) -> Edition:
        """The edition that is published now, in a request that at its beginning.

        Raises SiteError if there is none.
        """
        now = _current(self.site, link_state(self.site))
        if not has_request_context():
            return now
        kept: Edition = request.environ.setdefault(EDITION, now)
        return kept

    @property
    def dumped(self) -> Edition:
        """The edition whose files `latest` names: this one, or one before until its are written.

        Raises SiteError if there is none.
        """
        if not has_request_context():
            return dumped(self.site, self.edition)
        kept: Edition = request.environ.setdefault(DUMPED, dumped(self.site, self.edition))
        return kept

    @property
    def edition_keys(self) -> Mapping[str, str | None]:
        """The paths that were ever given to things, each with the one that replaced it, if any."""
        return _keys(self.edition)

    @property
    def prefix(self) -> str:
        """The path of the public address, ending in a slash."""
        return urlsplit(self.settings.base_url).path

    def href(self, iri: str) -> str:
        """Return where to read about `iri`: here, by a path alone, if it is one of ours."""
        if not iri.startswith(IRI_BASE):
            return iri
        path = iri.removeprefix(IRI_BASE)
        return self.prefix + ("doc/" + path[3:] if path.startswith("id/") else path)

    def graph(self, edition: Edition, query: str) -> list[str]:
        """Return what the CONSTRUCT `query` gives, as sorted lines of N-Triples, each once."""
        text = self._whole(edition, query, "application/n-triples").decode()
        return sorted({line + "\n" for line in split_ntriples(text)})

    def document(self, edition: Edition, query: str) -> tuple[list[str], bytes]:
        """Return what `graph` returns, and the same as Turtle."""
        return _document(self, edition, query)

    def rows(self, edition: Edition, query: str) -> Iterator[dict[str, Cell]]:
        """Return the solutions of the SELECT `query`."""
        answer = self._whole(edition, query, "application/sparql-results+json")
        yield from json.loads(answer)["results"]["bindings"]

    def rows_ahead(self, edition: Edition, query: str) -> Future[list[dict[str, Cell]]]:
        """Ask `query` now and go on: a second worker answers while a first one does.

        The result is that of `rows`, as a list, and so are the errors.
        """
        return _AHEAD.submit(lambda: list(self.rows(edition, query)))

    def described(self, edition: Edition, describe: Describe, *arguments: object) -> list[str]:
        """Return what the catalogue says of `edition`, as sorted lines of N-Triples."""
        return _described(edition, self.dumped, self.settings, describe, arguments)

    def publication(self, edition: Edition) -> Publication:
        """Return `edition` as it is published, with the files that there are and its versions.

        Raises SiteError if no edition has its files yet.
        """
        return publication_of(edition, self.dumped, self.settings)

    def published(self) -> Publication:
        """Return the current edition as it is published, without files while there are none."""
        try:
            return self.publication(self.edition)
        except SiteError:
            return version_of(self.edition, self.settings)

    def schema_org(self) -> Markup:
        """Return the current dataset in schema.org, for a `script` of a page that tells of it."""
        text = script_text(schema_org(self.published()))
        return Markup(text)  # noqa: S704  # no markup is left in it

    def changes(self, edition: Edition) -> Changes:
        """Return what `edition` changed, and all things up to it."""
        return Changes(edition.changes)

    def _whole(self, edition: Edition, query: str, media_type: str) -> bytes:
        question = Question(edition.number, query, media_type, media_type)
        try:
            return self._asked(question)
        except (QueryLimitError, EngineError) as error:
            # Our own need little: a worker was lost to what others asked, or from outside.
            if isinstance(error, QueryLimitError) and error.limit != "query_memory":
                raise
            return self._asked(question)

    def _asked(self, question: Question) -> bytes:
        reply = self.pool.ask(question, seconds=self.settings.query_seconds)
        if reply.media_type is None:
            raise QueryError(f"The query gives no {question.result_type}.")
        return b"".join(reply)


@lru_cache(maxsize=4)
def _document(source: Source, edition: Edition, query: str) -> tuple[list[str], bytes]:
    """Read a document; the last few are kept, for one is often asked for in all its forms."""
    return read_document(source._whole(edition, query, DOCUMENT))  # noqa: SLF001


@lru_cache(maxsize=4)
def _current(site: Path, state: State | None) -> Edition:
    del state  # what it is called depends on it
    return current(site)


@lru_cache(maxsize=64)
def _described(
    edition: Edition,
    files: Edition,
    settings: Settings,
    describe: Describe,
    arguments: tuple[object, ...],
) -> list[str]:
    text = to_ntriples(describe(publication_of(edition, files, settings), *arguments))
    return [line + "\n" for line in split_ntriples(text)]


@lru_cache(maxsize=4)
def _keys(edition: Edition) -> Mapping[str, str | None]:
    written = edition.written_register
    return Ledger(written).heirs if written else {}
