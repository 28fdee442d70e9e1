"""The catalogue in DCAT-AP, and the VoID description."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from eugraph.catalogue import describe_catalogue, describe_void
from eugraph.server.paging import page_number
from eugraph.server.plain import plain_page
from eugraph.server.representations import RDF_FORMATS, add_links, represent, turtle
from eugraph.server.source import Source

_DCAT_AP = "http://data.europa.eu/r5r/"


def catalogue_blueprint(source: Source) -> Blueprint:
    """Return `/catalog` and `/.well-known/void`."""
    blueprint = Blueprint("catalogue", __name__)

    @blueprint.get("/catalog")
    @blueprint.get("/catalog.<extension>")
    def catalogue(extension: str = "") -> Response:
        """Describe what is published, for portals; only what changed, for who names a time."""
        if page_number() > 1:
            raise NotFound("The catalogue has one page.")
        edition = source.dumped
        lines = source.described(
            edition, describe_catalogue, _address(source, extension), _modified_since()
        )
        answer = represent(
            lines,
            lambda: render_template("catalogue.html", publication=source.publication(edition)),
            path=source.prefix + "catalog",
            extension=extension,
        )
        add_links(answer, (_DCAT_AP, "profile"), (source.settings.data_licence, "license"))
        return answer

    @blueprint.get("/.well-known/void")
    @blueprint.get("/.well-known/void.<extension>")
    def void(extension: str = "") -> Response:
        """Describe the dataset, for linked-data clients."""
        lines = source.described(source.edition, describe_void)
        path = source.prefix + ".well-known/void"
        return represent(
            lines,
            lambda: plain_page("void", turtle(lines), path, RDF_FORMATS),
            path=path,
            extension=extension,
        )

    return blueprint


def _modified_since() -> str:
    """Return the day or time that is asked for, empty if none; raises BadRequest for no such."""
    text = request.args.get("modified_since", "").replace(" ", "+")  # a plus sign in a query
    try:
        if text:
            datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest(
            "modified_since is an ISO 8601 day or time, such as 2026-01-31T12:00:00Z."
        ) from None
    return text


def _address(source: Source, extension: str) -> str:
    """Return where the catalogue is in the form, and since the time, that were asked for."""
    names = ("format", "modified_since") if not extension else ("modified_since",)
    given = {name: text for name in names if (text := request.args.get(name))}
    query = "?" + urlencode(given) if given else ""
    return f"{source.settings.base_url}catalog{'.' if extension else ''}{extension}{query}"
