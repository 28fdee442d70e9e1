"""What harvesters read: the catalogue and the VoID description."""

from __future__ import annotations

from flask import Blueprint, Response

from eugraph.catalogue import describe_catalogue, describe_void
from eugraph.server.representations import represent
from eugraph.server.source import Source


def harvest_blueprint(source: Source) -> Blueprint:
    """Return `/catalog` and `/.well-known/void`."""
    blueprint = Blueprint("harvest", __name__)

    @blueprint.get("/catalog")
    @blueprint.get("/catalog.<extension>")
    def catalogue(extension: str = "") -> Response:
        """Describe what is published, for portals."""
        lines = source.described(source.edition, describe_catalogue)
        return represent(lines, None, path=source.prefix + "catalog", extension=extension)

    @blueprint.get("/.well-known/void")
    def void() -> Response:
        """Describe the dataset, for linked-data clients."""
        lines = source.described(source.edition, describe_void)
        return represent(lines, None, path=source.prefix + ".well-known/void")

    return blueprint
