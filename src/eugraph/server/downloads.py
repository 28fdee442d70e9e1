"""Files for download: `/download/latest/eugraph.ttl` and its like."""

from __future__ import annotations

from flask import Blueprint, Response, send_file
from werkzeug.exceptions import NotFound

from eugraph.dumps import read_dumps
from eugraph.server.source import Source


def downloads_blueprint(source: Source) -> Blueprint:
    """Return the files of the current edition, in ranges and conditionally if asked so."""
    blueprint = Blueprint("downloads", __name__)

    @blueprint.get("/download/latest/<name>")
    def latest(name: str) -> Response:
        """Send the file called `name`, which is looked up and never made into a path."""
        dumps = {dump.path.name: dump for dump in read_dumps(source.dumped.dumps)}
        if name not in dumps:
            raise NotFound(f"There is no {name}; there are {', '.join(dumps)}.")
        dump = dumps[name]
        answer = send_file(
            dump.path, mimetype=dump.media_type, conditional=True, etag=dump.sha256[:32]
        )
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    return blueprint
