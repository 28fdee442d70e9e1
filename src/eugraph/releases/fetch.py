"""Addresses → files: releases brought from web pages and RSS or Atom feeds.

Each release is saved as it came, under a name made from its address, with
`<stem>.toml` beside it: where it came from, when, its digest, and the day of
publication if the page or the feed declares one. What a person wrote into that
file stays. A page is kept only if a release can be read from it.

What hosts said of the versions they sent is remembered in a hidden file of the
folder, so that only what has changed is sent again.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit, urlunsplit

from eugraph.errors import ReleaseError
from eugraph.releases.feed import Entry, feed_entries
from eugraph.releases.file_name import MEDIA_TYPES, sidecar_of, slug
from eugraph.releases.iri import is_web_iri
from eugraph.releases.limits import LIMITS, Limits
from eugraph.releases.memory import Memory, Visit
from eugraph.releases.read import read_release
from eugraph.releases.sidecar import read_sidecar, write_sidecar
from eugraph.releases.web import Answer, Manners, Web

_STEM_LENGTH = 60
_ENDINGS: Mapping[str, str] = {
    **{media_type: ending for ending, media_type in reversed(list(MEDIA_TYPES.items()))},
    "application/xhtml+xml": ".html",
}
_FEED_STARTS = (b"<rss", b"<feed", b"<rdf:RDF")


class Outcome(StrEnum):
    """What became of an address."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An address and what became of it: the `path` of its release, or the `reason` of a failure.

    A feed that gives its entries is told by them; alone it is told if it
    failed or has nothing new.
    """

    url: str
    outcome: Outcome
    path: Path | None = None
    reason: str | None = None


def fetch_releases(
    urls: Iterable[str],
    into: Path,
    *,
    manners: Manners | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Fetched]:
    """Yield what becomes of each of `urls`, and of each entry of those that are feeds.

    One that fails is told and passed over; nothing saved before is lost by it.

    Raises `ReleaseError` if the folder `into` cannot be written to.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReleaseError(str(into), f"cannot be written to: {error.strerror}") from error
    manners = manners or Manners()
    with Web(manners) as web:
        visit = _Visitor(web, into, Memory.of(into), limits)
        for url in dict.fromkeys(urls):
            yield from visit.page_or_feed(url, manners.entries)


@dataclass(frozen=True, slots=True)
class _Visitor:
    """Where releases come from and go to."""

    web: Web
    into: Path
    memory: Memory
    limits: Limits

    def page_or_feed(self, url: str, entries: int) -> Iterator[Fetched]:
        try:
            answer = self._answer(url)
            found = _entries(answer)
        except ReleaseError as error:
            yield _failed(url, error)
            return
        if found is None:
            yield self._fetched(Entry(url, None), answer)
            return
        results = []
        for entry in list(dict.fromkeys(found))[:entries]:
            results.append(self._entry(entry))
            yield results[-1]
        if not any(result.outcome is Outcome.FAILED for result in results):
            # Else the feed must come again for the failed ones to be tried again.
            self.memory.keep(url, Visit(answer.validators))
        if not results:
            yield Fetched(url, Outcome.UNCHANGED)

    def _entry(self, entry: Entry) -> Fetched:
        try:
            answer = self._answer(entry.url)
        except ReleaseError as error:
            return _failed(entry.url, error)
        return self._fetched(entry, answer)

    def _answer(self, url: str) -> Answer:
        last = self.memory.visit(url)
        is_there = last and (last.file is None or (self.into / last.file).exists())
        return self.web.get(url, last.validators if last and is_there else None)

    def _fetched(self, entry: Entry, answer: Answer) -> Fetched:
        if answer.body is None:
            last = self.memory.visit(entry.url)
            path = self.into / last.file if last and last.file else None
            return Fetched(entry.url, Outcome.UNCHANGED, path)
        try:
            outcome, path = self._saved(entry, answer, answer.body)
        except ReleaseError as error:
            return _failed(entry.url, error)
        except OSError as error:
            reason = f"cannot be saved: {error.strerror}"
            return Fetched(entry.url, Outcome.FAILED, reason=reason)
        self.memory.keep(entry.url, Visit(answer.validators, path.name))
        return Fetched(entry.url, outcome, path)

    def _saved(self, entry: Entry, answer: Answer, body: bytes) -> tuple[Outcome, Path]:
        """Save `body` and what is known of it, both at once or, if it is no release, neither."""
        path = self.into / f"{_stem(entry.url)}{_ending(answer)}"
        digest = hashlib.sha256(body).hexdigest()
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return Outcome.UNCHANGED, path
        outcome = Outcome.CHANGED if path.exists() else Outcome.NEW
        with tempfile.TemporaryDirectory(dir=self.into, prefix=".") as aside:
            fresh = Path(aside) / path.name
            fresh.write_bytes(body)
            declared = read_release(fresh, self.limits).metadata
            known = read_sidecar(sidecar_of(path))
            write_sidecar(
                sidecar_of(path),
                {
                    "source": known.source or _source(answer.url),
                    "published": known.published or declared.published or entry.published,
                    "publisher": known.publisher or declared.publisher,
                    "licence": known.licence or declared.licence,
                    "retrieved": datetime.now(UTC).date().isoformat(),
                    "sha256": digest,
                },
            )
            fresh.replace(path)
        return outcome, path


def _entries(answer: Answer) -> tuple[Entry, ...] | None:
    """Return the entries if `answer` is a feed, whatever it calls itself."""
    start = (answer.body or b"")[:1024]
    is_feed = any(mark in start for mark in _FEED_STARTS)
    return feed_entries(answer.body or b"", answer.url) if is_feed else None


def _ending(answer: Answer) -> str:
    """Return the ending of the file by its media type, or by its address if that says nothing."""
    by_name = PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    ending = _ENDINGS.get(answer.media_type)
    if ending is None and answer.media_type in {"", "application/octet-stream"}:
        ending = by_name if by_name in MEDIA_TYPES else None
    if ending is None:
        kind = answer.media_type or "of no known kind"
        raise ReleaseError(answer.url, f"is {kind}; releases are {', '.join(MEDIA_TYPES)}")
    return ending


def _stem(url: str) -> str:
    """Return the name of the file for `url`: readable, and another for each address."""
    parts = urlsplit(url)
    last = PurePosixPath(unquote(parts.path)).stem
    words = slug(f"{(parts.hostname or '').removeprefix('www.')} {last}")[:_STEM_LENGTH].strip("-")
    return f"{words}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _source(url: str) -> str | None:
    """Return the address of a page as an IRI; None for one that can be none.

    Servers and clients put up with brackets in a path, RFC 3987 does not.
    """
    parts = urlsplit(url)
    path, query = (p.replace("[", "%5B").replace("]", "%5D") for p in (parts.path, parts.query))
    iri = urlunsplit(parts._replace(path=path, query=query))
    return iri if is_web_iri(iri) else None


def _failed(url: str, error: ReleaseError) -> Fetched:
    return Fetched(url, Outcome.FAILED, reason=error.reason)
