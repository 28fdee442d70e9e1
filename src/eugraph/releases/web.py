"""The only door to the network for reading: polite and careful GET requests.

Polite: robots.txt is obeyed (RFC 9309), a host is asked no faster than it
likes, what has not changed is not sent again (RFC 9110, section 13), failures
are retried a few times with growing pauses. Careful: only `http` and `https`,
only hosts on the public internet, no credentials, and limits of size and time
that hold for what arrives, not for what is announced. Each redirect is a new
address and passes every check again.
"""

from __future__ import annotations

import math
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urldefrag, urljoin

import requests
import urllib3
from protego import Protego
from requests.adapters import HTTPAdapter

from eugraph.errors import ReleaseError
from eugraph.releases.deadline import Deadline
from eugraph.releases.hosts import OnConnect, pools, refuse_address, refuse_private_peer

_PIECE = 65_536
_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5: 500 KiB at least
_LONGEST_PAUSE = 60.0
_RETRIED = (429, 500, 502, 503, 504)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are asked."""

    agent: str = "eugraph (+https://w3id.org/eugraph/)"
    pause: float = 1.0
    """Seconds between two requests to one host; robots.txt may ask for more."""
    timeout: float = 20.0
    """Seconds for a connection, and between two pieces of an answer."""
    seconds: float = 60.0
    """For a whole answer, from the connection to the last byte."""
    answer_bytes: int = 20_000_000
    redirects: int = 5
    entries: int = 50
    """Of one feed that are asked for, from its beginning."""
    retries: int = 3
    private_hosts: bool = False
    """Whether hosts of the own machine or network may be asked, too."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a host said of the version it sent, to be asked for a newer one only."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from `url`, the address after all redirects; no body if nothing has changed."""

    url: str
    media_type: str
    body: bytes | None
    validators: Validators


@dataclass(frozen=True, slots=True)
class _Raw:
    """An answer as it came; its body is cut one byte or more after the limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def redirect(self) -> str | None:
        return self.headers.get("Location") if self.status in _REDIRECTS else None


class _Session(requests.Session):
    """A session that leaves redirects alone: else it reads the whole body of one, however long."""

    def get_redirect_target(self, _response: requests.Response) -> str | None:
        return None


class _Adapter(HTTPAdapter):
    """An adapter that is told of each connection, to a host or to the proxy that asks for us."""

    def __init__(self, retries: urllib3.Retry, to_host: OnConnect, to_proxy: OnConnect) -> None:
        super().__init__(max_retries=retries)
        self.poolmanager.pool_classes_by_scheme = pools(to_host)
        self._proxy_pools = pools(to_proxy)

    def proxy_manager_for(self, proxy: str, **options: Any) -> urllib3.ProxyManager:  # noqa: ANN401
        manager: urllib3.ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = self._proxy_pools
        return manager


class Web:
    """A session of polite requests, open as a context manager.

    It remembers for as long as it is open what each host's robots.txt says and
    when the host was asked last.
    """

    def __init__(self, manners: Manners | None = None) -> None:
        """Prepare a session without the credentials that this machine may keep for a host."""
        self._manners = manners or Manners()
        self._session = _Session()
        self._session.auth = lambda request: request
        self._session.headers["User-Agent"] = self._manners.agent
        self._deadline = Deadline(self._manners.seconds)
        adapter = _Adapter(_retry(self._manners), self._connected, self._connected_to_proxy)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter)
        self._robots: dict[str, Protego | None] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Return the session itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the session."""
        self._session.close()

    def _connected(self, connection: socket.socket, address: str) -> None:
        if not self._manners.private_hosts:
            refuse_private_peer(connection, address)
        self._deadline.watch(connection)

    def _connected_to_proxy(self, connection: socket.socket, _: str) -> None:
        self._deadline.watch(connection)

    def get(self, url: str, known: Validators | None = None) -> Answer:
        """Return what `url` gives; without a body if it is still the version `known` is of.

        Raises `ReleaseError` naming the address for one that may not or cannot
        be fetched, or gives too much.
        """
        address = _written(url)
        for _ in range(self._manners.redirects + 1):
            self._refuse(address)
            answer = self._ask(address, known or Validators(), self._manners.answer_bytes)
            if answer.redirect is None:
                return _accepted(address, answer, self._manners.answer_bytes)
            address = _written(answer.redirect, address)
        raise ReleaseError(url, f"redirects more than {self._manners.redirects} times; check it")

    def _refuse(self, address: str) -> None:
        """Raise `ReleaseError` for an address that may not be fetched."""
        refuse_address(address, private_hosts=self._manners.private_hosts)
        robots = self._robots_of(urljoin(address, "/"))
        if robots is None:
            reason = "may not be fetched while its robots.txt cannot be had; try again later"
            raise ReleaseError(address, reason)
        if not robots.can_fetch(address, self._manners.agent):
            reason = "may not be fetched: its robots.txt forbids it; save the page by hand"
            raise ReleaseError(address, reason)

    def _robots_of(self, origin: str) -> Protego | None:
        """Return the rules of a host; None if they cannot be had, which forbids all (RFC 9309)."""
        if origin not in self._robots:
            self._robots[origin] = self._fetched_robots(urljoin(origin, "/robots.txt"))
        return self._robots[origin]

    def _fetched_robots(self, address: str) -> Protego | None:
        for _ in range(self._manners.redirects + 1):
            try:
                refuse_address(address, private_hosts=self._manners.private_hosts)
                answer = self._ask(address, Validators(), _ROBOTS_BYTES)
                if answer.redirect is None:
                    return _rules(answer)
                address = _written(answer.redirect, address)
            except ReleaseError:
                return None
        return Protego.parse("")  # RFC 9309, section 2.3.1.2

    def _ask(self, address: str, known: Validators, limit: int) -> _Raw:
        """Return the answer to one request, its body cut after `limit` bytes and one."""
        self._wait(address)
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        late = f"takes more than {self._manners.seconds:g} s to answer; try again later"
        try:
            with self._deadline:
                answer = self._answer(address, headers, limit)
        except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
            why = f"cannot be fetched ({_reason(error)}); check the address, or try again later"
            raise ReleaseError(address, late if self._deadline.passed else why) from error
        if self._deadline.passed:  # a body without a length just ends where it is cut
            raise ReleaseError(address, late)
        return answer

    def _answer(self, address: str, headers: Mapping[str, str | None], limit: int) -> _Raw:
        with self._session.get(
            address,
            headers=headers,
            allow_redirects=False,
            stream=True,
            timeout=self._manners.timeout,
        ) as response:
            raw = _Raw(response.status_code, response.headers, b"")
            body = bytearray()
            while raw.redirect is None and len(body) <= limit:
                piece = response.raw.read1(_PIECE, decode_content=True)
                if not piece:
                    break
                body += piece
            return replace(raw, body=bytes(body))

    def _wait(self, address: str) -> None:
        """Wait until the host may be asked again."""
        origin = urljoin(address, "/")
        robots = self._robots.get(origin)
        delay = float(robots.crawl_delay(self._manners.agent) or 0) if robots else 0.0
        pause = min(max(self._manners.pause, delay), _LONGEST_PAUSE)
        rest = self._asked.get(origin, -math.inf) + pause - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._asked[origin] = time.monotonic()


def _retry(manners: Manners) -> urllib3.Retry:
    return urllib3.Retry(
        total=manners.retries,
        redirect=False,
        status_forcelist=_RETRIED,
        backoff_factor=0.5,
        raise_on_status=False,
        retry_after_max=int(_LONGEST_PAUSE),
    )


def _written(url: str, base: str = "") -> str:
    """Return `url` as seen from `base`, without fragment, and quoted as addresses are."""
    try:
        return requests.utils.requote_uri(urldefrag(urljoin(base, url)).url)
    except (requests.RequestException, ValueError) as error:
        raise ReleaseError(url, f"is no address: {error}") from error


def _accepted(address: str, answer: _Raw, limit: int) -> Answer:
    """Return `answer` if it is one to keep; raises `ReleaseError` for any other."""
    if answer.status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        raise ReleaseError(address, f"answers with status {answer.status}; check the address")
    if len(answer.body) > limit:
        raise ReleaseError(address, f"gives more than {limit:,} bytes, too many for a release")
    return Answer(
        url=address,
        media_type=answer.headers.get("Content-Type", "").split(";")[0].strip().lower(),
        body=None if answer.status == HTTPStatus.NOT_MODIFIED else answer.body,
        validators=Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified")),
    )


def _rules(answer: _Raw) -> Protego | None:
    """Return the rules in an answer for robots.txt (RFC 9309, section 2.3.1)."""
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    found = answer.status < HTTPStatus.MULTIPLE_CHOICES
    return Protego.parse(answer.body.decode("utf-8", "replace") if found else "")


def _reason(error: Exception) -> str:
    """Return the innermost reason of a failure, in its first line."""
    while cause := error.__cause__ or error.__context__:
        if not isinstance(cause, Exception):
            break
        error = cause
    return str(error).partition("\n")[0] or type(error).__name__
