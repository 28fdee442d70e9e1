"""How two editions differ: `/download/{new}/diff/{old}`, a page, JSON, or RDF to apply."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import NotFound

from eugraph.comparison import Difference, compare, to_nquads, to_record, to_update
from eugraph.editions import Edition, editions, find_edition
from eugraph.errors import SiteError
from eugraph.server.interface import language
from eugraph.server.representations import accepted, conditional
from eugraph.server.source import Source

_TYPES: Final = {
    "html": "text/html",
    "json": "application/json",
    "nq": "application/n-quads",
    "ru": "application/sparql-update",
}
_MOST_THINGS: Final = 500
"""How many things a page tells of; the other forms tell of all."""


def differences_blueprint(source: Source) -> Blueprint:
    """Return the differences between any two editions that were published."""
    blueprint = Blueprint("differences", __name__)

    @blueprint.get("/download/<int:new>/diff/<int:old>")
    @blueprint.get("/download/<int:new>/diff/<int:old>.<extension>")
    def difference(new: int, old: int, extension: str = "") -> Response:
        """Tell what edition `new` has that `old` has not, and the reverse."""
        media_type = _chosen(extension)
        found = _difference(_edition(source, old), _edition(source, new), language())
        answer = conditional(_body(found, media_type, source), media_type)
        answer.headers["Cache-Control"] = "public, max-age=604800, immutable"
        return answer

    return blueprint


def number_before(source: Source, edition: Edition) -> int | None:
    """Return the number of the edition that was published before `edition`, if there is one."""
    return max(
        (n for each in editions(source.site) if (n := each.number) < edition.number), default=None
    )


@lru_cache(maxsize=4)
def _difference(old: Edition, new: Edition, lang: str) -> Difference:
    return compare(old, new, lang)


def _edition(source: Source, number: int) -> Edition:
    """Return an edition that was published: one that is in the making is none."""
    try:
        edition = find_edition(source.site, number)
    except SiteError:
        edition = None
    if edition is None or number > source.edition.number:
        raise NotFound(f"There is no edition {number}.")
    return edition


def _chosen(extension: str) -> str:
    if extension and extension not in _TYPES:
        raise NotFound(f"A difference ends in {', '.join(_TYPES)}.")
    return _TYPES.get(extension) or accepted(list(_TYPES.values()), {})


def _body(difference: Difference, media_type: str, source: Source) -> bytes:
    match media_type:
        case "application/n-quads":
            return "".join(to_nquads(difference)).encode()
        case "application/sparql-update":
            return "".join(to_update(difference)).encode()
        case "application/json":
            return json.dumps(to_record(difference), ensure_ascii=False, indent=1).encode()
    shown = [(each, each.name or each.path) for each in difference.things[:_MOST_THINGS]]
    path = f"{source.prefix}download/{difference.new}/diff/{difference.old}"
    page = render_template(
        "difference.html", difference=difference, shown=shown, path=path, href=source.href
    )
    return page.encode()
