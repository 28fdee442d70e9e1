"""How the service is: `/healthz`, `/readyz` and `/metrics`, for those who keep it running."""

from __future__ import annotations

from flask import Blueprint, Response

from eugraph.errors import QueryError
from eugraph.server.metrics import CONTENT_TYPE
from eugraph.server.source import Source
from eugraph.workers import Question


def health_blueprint(source: Source) -> Blueprint:
    """Return `/healthz`, `/readyz` and `/metrics`."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthy() -> Response:
        """Say that this process answers."""
        return _fresh(Response("ok\n", mimetype="text/plain"))

    @blueprint.get("/readyz")
    def ready() -> Response:
        """Say that an edition is published and a query is answered."""
        edition = source.edition
        question = Question(edition.number, "ASK { ?s ?p ?o }", "text/csv", None)
        reply = source.pool.ask(question, seconds=5)
        if b"true" not in b"".join(reply):
            raise QueryError(f"Edition {edition.number} is empty.")
        return _fresh(Response(f"edition {edition.number}\n", mimetype="text/plain"))

    @blueprint.get("/metrics")
    def metrics() -> Response:
        """Tell what happened since this process started."""
        return _fresh(Response(source.metrics.text(), content_type=CONTENT_TYPE))

    return blueprint


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
