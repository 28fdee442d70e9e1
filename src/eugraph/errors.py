"""Every error that eugraph raises on purpose.

The tree::

    EugraphError
    ├── ReleaseError            a file cannot be read as a release
    ├── FetchError              an address gave no release
    ├── DataError               a data file (lexicon, gazetteer, shapes) is malformed
    ├── ModelError              a language model gave no usable answer
    ├── ReconciliationError     a reconciliation service gave no usable answer
    ├── SiteError               the site folder has no edition, or a damaged one
    ├── ExportError             the files of a site cannot be written
    ├── GateError               the gate refused: nothing was published
    │   └── ShrinkError             more releases would vanish than may at once
    ├── QueryError              a query is refused or cannot be answered
    │   ├── MalformedQueryError     it is not SPARQL 1.1 Query, or not one query
    │   ├── RefusedQueryError       it asks for what this service does not do
    │   └── QueryLimitError         it outgrew a limit (time, memory, size)
    └── SettingError            a setting has an impossible value

Errors carry their data as attributes; the message is for a person and says
what to do. `cli` turns them into exit codes, `server.problems` into HTTP
statuses: nothing else translates.
"""

from __future__ import annotations

from typing import Self


class EugraphError(Exception):
    """The base of all errors below; its text is one line for a person."""


class ReleaseError(EugraphError):
    """A file cannot be read as a release.

    `name` is the file's name as the user knows it; `reason` says what is
    wrong and what to do about it.
    """

    def __init__(self, name: str, reason: str) -> None:
        """Keep the file's `name` and the `reason`."""
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Let the error pass from one process to another."""
        return type(self), (self.name, self.reason)


class FetchError(EugraphError):
    """Addresses gave no release; each was told on its own."""


class DataError(EugraphError):
    """A data file that eugraph works by is malformed; `name` is that file."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep the file's `name` and the `reason`."""
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Let the error pass from one process to another."""
        return type(self), (self.name, self.reason)


class ModelError(EugraphError):
    """A language model gave no usable answer; the build goes on without it."""


class ReconciliationError(EugraphError):
    """A reconciliation service gave no usable answer; `url` is its address."""

    def __init__(self, url: str, reason: str) -> None:
        """Keep the service's `url` and the `reason`."""
        super().__init__(f"{url} {reason}")
        self.url = url
        self.reason = reason


class SiteError(EugraphError):
    """The site folder has no usable edition."""


class ExportError(EugraphError):
    """The files of a site cannot be written; those of an earlier export are still there."""


class GateError(EugraphError):
    """The gate refused an edition; what was published before stays."""


class ShrinkError(GateError):
    """More releases would vanish than may at once; what was published before stays."""

    def __init__(self, gone: int, published: int, example: str) -> None:
        """Keep how many releases are `gone` of how many that are `published`, and one of them."""
        super().__init__(
            f"{gone} of {published} published releases are not there any more, {example} among "
            "them, so nothing was published; if they are to go, say --allow-shrink."
        )
        self.gone = gone
        self.published = published


class QueryError(EugraphError):
    """A query was not answered."""


class MalformedQueryError(QueryError):
    """The query is not one well-formed SPARQL 1.1 query.

    `line` and `column` count from 1 and are None where no position is known.
    """

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the `reason` and the position."""
        super().__init__(reason)
        self.line = line
        self.column = column


class RefusedQueryError(QueryError):
    """The query asks for what this service does not do: SERVICE, an unknown graph, an update."""


class QueryLimitError(QueryError):
    """The query outgrew a limit; `limit` names the setting."""

    def __init__(self, reason: str, limit: str) -> None:
        """Keep the `reason` and the name of the `limit`."""
        super().__init__(reason)
        self.limit = limit


class EngineError(QueryError):
    """The engine failed at the query, which is a fault of its own."""


class SettingError(EugraphError):
    """A setting has a value it cannot have."""
