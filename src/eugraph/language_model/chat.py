"""Chat completions: one careful POST to an OpenAI-compatible service.

Careful: the whole exchange has a limit of time and the answer one of size, both
for what arrives, not for what is announced; redirects are not followed, so the
key goes to no other host; and no message of an error holds the key or the text.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import requests
import urllib3

from eugraph.errors import ModelError

_PIECE = 65_536
_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True, slots=True)
class Service:
    """Where a model is asked: `url` is the base, before `/chat/completions`."""

    url: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    answer_bytes: int = 1_000_000


class _Session(requests.Session):
    """A session that leaves redirects alone, and with them the body of one, however long."""

    def get_redirect_target(self, _response: requests.Response) -> str | None:
        return None


def complete(service: Service, request: Mapping[str, object]) -> str:
    """Return the content of the first choice for a request to `/chat/completions`.

    Raises `ModelError` saying what went wrong, in words for a person.
    """
    body = _posted(service, json.dumps(request, ensure_ascii=False).encode())
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
        str(content).encode()  # half a surrogate pair could be neither kept nor sent back
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ModelError("the service did not answer with a chat completion") from error
    if not isinstance(content, str):
        raise ModelError("the model declined to answer")
    return content


def _posted(service: Service, body: bytes) -> bytes:
    def authorised(request: requests.PreparedRequest) -> requests.PreparedRequest:
        # As an `auth`, so that a .netrc of this machine cannot take its place.
        if service.key:
            request.headers["Authorization"] = f"Bearer {service.key}"
        return request

    until = time.monotonic() + service.seconds
    address = service.url.rstrip("/") + "/chat/completions"
    try:
        with (
            _Session() as session,
            session.post(
                address,
                data=body,
                headers=_HEADERS,
                auth=authorised,
                allow_redirects=False,
                stream=True,
                timeout=service.seconds,
            ) as response,
        ):
            if response.status_code != HTTPStatus.OK:
                raise ModelError(f"the service answers with status {response.status_code}")
            return _received(service, response.raw, until)
    except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        raise ModelError(f"the service cannot be reached ({type(error).__name__})") from error


def _received(service: Service, raw: urllib3.BaseHTTPResponse, until: float) -> bytes:
    body = bytearray()
    # Piece by piece as it comes: a service may send a byte at a time for ever.
    while piece := raw.read1(_PIECE, decode_content=True):
        body += piece
        if len(body) > service.answer_bytes:
            raise ModelError(f"the answer has more than {service.answer_bytes:,} bytes")
        if time.monotonic() > until:
            raise ModelError(f"the answer takes more than {service.seconds:g} s")
    return bytes(body)
