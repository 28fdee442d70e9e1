"""Requests to the server that is looked at: one at a time, bounded, never to another."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from rdflib import Graph
from requests.structures import CaseInsensitiveDict

from eugraph.errors import EugraphError

AGENT: Final = "eugraph-doctor (https://w3id.org/eugraph)"
TURTLE: Final = "text/turtle"
RELATIVE: Final = "http://relative.invalid/"
"""What relative IRIs of a document become, so that they are seen."""

_PARSERS: Final = {TURTLE: "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml"}
_BLOCK: Final = 1 << 16


class VisitError(EugraphError):
    """The server cannot be asked at all, or was asked often enough."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is asked: requests in all, bytes of an answer, seconds for one and between two."""

    requests: int = 400
    size: int = 50 << 20
    seconds: float = 30.0
    pause: float = 0.02


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; `status` is 0 if none came, and `reason` says why. `cut` if it was too long."""

    address: str
    status: int
    headers: CaseInsensitiveDict[str] = field(default_factory=CaseInsensitiveDict)
    body: bytes = b""
    cut: bool = False
    reason: str = ""

    @property
    def media_type(self) -> str:
        """Its media type without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """Its body as UTF-8."""
        return self.body.decode("utf-8", "replace")

    @property
    def outcome(self) -> str:
        """What came, in a few words."""
        return self.reason or f"{self.status} {self.media_type}".strip()

    def graph(self) -> Graph | None:
        """Return its body read as RDF, None if it cannot be; nothing else is fetched for it."""
        if self.status != requests.codes.ok or self.media_type not in _PARSERS:
            return None
        try:
            return Graph().parse(
                data=self.body, format=_PARSERS[self.media_type], publicID=RELATIVE
            )
        except Exception:  # noqa: BLE001  # rdflib's parsers raise many kinds, some their own
            return None


class Visitor:
    """Asks the server at `base`, an address that ends in a slash."""

    def __init__(self, base: str, iri_base: str, bounds: Bounds | None = None) -> None:
        """Take the address of the server, and that under which its IRIs are minted."""
        self.base = base if base.endswith("/") else base + "/"
        self.iri_base = iri_base
        self.bounds = bounds or Bounds()
        self.asked = 0
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = AGENT

    def is_here(self, address: str) -> bool:
        """Tell whether `address` is one of the server."""
        return address.startswith(self.base) or address == self.base.rstrip("/")

    def local(self, iri: str) -> str:
        """Return where the server answers for an IRI that is minted under its base."""
        if iri.startswith(self.iri_base):
            return self.base + iri.removeprefix(self.iri_base)
        return iri

    def get(self, path: str = "", accept: str = "*/*", **headers: str) -> Answer:
        """GET an address, or a path of the server."""
        return self.ask("GET", path, headers={"Accept": accept} | _spelt(headers))

    def head(self, path: str, accept: str = "*/*") -> Answer:
        """HEAD an address, or a path of the server."""
        return self.ask("HEAD", path, headers={"Accept": accept})

    def ask(
        self, method: str, path: str, *, headers: dict[str, str], body: bytes | None = None
    ) -> Answer:
        """Ask; no redirect is followed. Raises VisitError once the bounds are reached."""
        address = urljoin(self.base, path)
        if not self.is_here(address):
            return Answer(address, 0, reason=f"{address} is not under {self.base}")
        if self.asked >= self.bounds.requests:
            raise VisitError(f"{self.bounds.requests} requests were made; the rest is left out.")
        self.asked += 1
        time.sleep(self.bounds.pause)
        try:
            return self._answer(method, address, headers, body)
        except requests.Timeout:
            reason = f"no answer in {self.bounds.seconds:g} seconds"
            return Answer(address, 0, reason=reason)
        except requests.RequestException as error:
            return Answer(address, 0, reason=f"no answer ({type(error).__name__})")

    def _answer(
        self, method: str, address: str, headers: dict[str, str], body: bytes | None
    ) -> Answer:
        until = time.monotonic() + self.bounds.seconds
        with self._session.request(
            method,
            address,
            headers=headers,
            data=body,
            timeout=self.bounds.seconds,
            allow_redirects=False,
            stream=True,
        ) as sent:
            found, size, cut = [], 0, False
            for block in sent.iter_content(_BLOCK):
                found.append(block)
                size += len(block)
                cut = size > self.bounds.size or time.monotonic() > until
                if cut:
                    break
            return Answer(address, sent.status_code, sent.headers, b"".join(found), cut)

    @property
    def origin(self) -> str:
        """Scheme, host and port of the server."""
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.netloc}"


def _spelt(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
