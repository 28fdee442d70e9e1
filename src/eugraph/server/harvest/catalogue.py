"""The catalogue in DCAT-AP, in pages, and the VoID description."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from eugraph.catalogue import describe_catalogue, describe_void, pages
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
        """Describe what is published, for portals."""
        edition, page = source.dumped, _page()
        publication = source.publication(edition)
        last = pages(publication)
        if page > last:
            raise NotFound(f"There is no page {page}; the catalogue has {last}.")
        address = _address(source, extension)
        lines = source.described(edition, describe_catalogue, page, address)
        answer = represent(
            lines,
            lambda: render_template("catalogue.html", publication=publication),
            path=source.prefix + "catalog",
            extension=extension,
        )
        following = f"{address}{'&' if '?' in address else '?'}page={page + 1}"
        add_links(
            answer,
            (following if page < last else "", "next"),
            (_DCAT_AP, "profile"),
            (source.settings.data_licence, "license"),
        )
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


def _page() -> int:
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0):
        raise BadRequest("page is a number from 1 on.")
    return int(text[:9])


def _address(source: Source, extension: str) -> str:
    """Return where the pages of the catalogue are in the form that was asked for."""
    form = request.args.get("format")
    query = "?" + urlencode({"format": form}) if form and not extension else ""
    return f"{source.settings.base_url}catalog{'.' if extension else ''}{extension}{query}"
