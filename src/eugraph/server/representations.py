"""One resource in many media types: what to send, under which headers."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from typing import Final

from flask import Response, g, request
from werkzeug.exceptions import NotAcceptable, NotFound

from eugraph.server.conditions import fail_if_modified
from eugraph.server.negotiation import (
    EXTENSIONS,
    GRAPH_ALIASES,
    check_format,
    negotiate,
    of_format,
)
from eugraph.store import GRAPH_FORMATS, QUAD_FORMATS, serialize

Page = Callable[[], str]

RDF_FORMATS: Final = (*GRAPH_FORMATS, *QUAD_FORMATS)
"""The media types of a graph, best first; those of datasets have it as the default graph."""


def represent(lines: list[str], page: Page | None, *, path: str, extension: str = "") -> Response:
    """Answer the request with the graph `lines` (sorted N-Triples) in the form it asks for.

    `page` makes the HTML of it, if there is one. `path` is its address
    without an extension; one that is given decides the form. Raises
    NotAcceptable, naming what is offered.
    """
    offered = [*RDF_FORMATS, "text/html"] if page else list(RDF_FORMATS)
    media_type = choose(offered, GRAPH_ALIASES, extension)
    html = page if media_type == "text/html" else None
    body = html().encode() if html else serialized(lines, media_type)
    answer = conditional(body, media_type)
    answer.headers["Link"] = links(path, offered, but=media_type)
    return answer


def serialized(lines: list[str], media_type: str) -> bytes:
    """Return `lines` (sorted N-Triples) in another form."""
    output = io.BytesIO()
    serialize(lines, media_type, output)
    return output.getvalue()


def turtle(lines: list[str]) -> str:
    """Return `lines` (sorted N-Triples) as Turtle."""
    return serialized(lines, "text/turtle").decode()


def choose(offered: list[str], aliases: Mapping[str, str], extension: str = "") -> str:
    """Return the media type to send: by extension, `format` parameter or Accept header.

    Raises NotFound for an extension that none of `offered` has, NotAcceptable
    where the client takes none; both name what is offered.
    """
    if extension and of_format(extension, offered) is None:
        raise NotFound(f"There is no .{extension} of this; it is offered as {', '.join(offered)}.")
    name, accept = request.args.get("format"), request.headers.get("Accept")
    check_format(name, accept, offered)
    return of_format(extension, offered) or of_format(name, offered) or accepted(offered, aliases)


def accepted(offered: list[str], aliases: Mapping[str, str]) -> str:
    """Return the media type that the Accept header likes best of `offered`.

    Raises NotAcceptable, which names what is offered, where the client takes none.
    """
    media_type = negotiate(request.headers.get("Accept"), offered, aliases)
    if media_type is None:
        raise NotAcceptable(f"This is offered as {', '.join(offered)}.")
    return media_type


def conditional(body: bytes, media_type: str, *, lasting: bool = True) -> Response:
    """Return `body` with a strong ETag made of it, or 304 to who has it already.

    It is `lasting` if it follows from the request and the edition alone: then
    the same request is answered with it as long as that edition is served, and
    it tells since when that is.
    """
    answer = Response(body, mimetype=media_type)
    answer.set_etag(hashlib.sha256(media_type.encode() + b"\0" + body).hexdigest()[:32])
    answer.headers["Cache-Control"] = "no-cache"
    if lasting:
        answer.last_modified = g.get("served_since")
        fail_if_modified(answer)
    answer.make_conditional(request)
    if lasting:
        last()
    return answer


def last() -> None:
    """Say that the answer to this request follows from the request and the edition alone."""
    g.lasting = True


def links(path: str, offered: list[str], *, but: str) -> str:
    """Return the Link header of a document at `path`: itself in its other forms (RFC 8288).

    Those of `offered` that have an address of their own.
    """
    extensions = {media_type: extension for extension, media_type in EXTENSIONS.items()}
    before = "?format=" if path.endswith("/") else "."
    return ", ".join(
        f'<{path}{before}{extensions[media_type]}>; rel="alternate"; type="{media_type}"'
        for media_type in offered
        if media_type != but and media_type in extensions
    )


def add_links(answer: Response, *links: tuple[str, str] | tuple[str, str, str]) -> None:
    """Add to the Link header of `answer`: each a target and its relation (RFC 8288).

    And its media type, if that is told; one without a target is left out.
    """
    more = (
        f'<{target}>; rel="{relation}"' + "".join(f'; type="{each}"' for each in type_)
        for target, relation, *type_ in links
        if target
    )
    answer.headers["Link"] = ", ".join(filter(None, [answer.headers.get("Link"), *more]))
