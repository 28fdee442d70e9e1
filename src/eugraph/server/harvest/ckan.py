"""The read part of CKAN's action API, for portals that harvest CKAN and nothing else.

https://docs.ckan.org/en/latest/api/: `/api/3/action/NAME`, by GET with a query
or POST with JSON; the answer says whether it worked, and errors look as CKAN's.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from eugraph.server.harvest.ckan_actions import ACTIONS, ActionError, Arguments, Portal
from eugraph.server.harvest.documents import json_document
from eugraph.server.source import Source


def ckan_blueprint(source: Source) -> Blueprint:
    """Return `/api/3/action/…`."""
    blueprint = Blueprint("ckan", __name__)

    @blueprint.get("/api/3")
    @blueprint.get("/api/3/")
    def version() -> Response:
        """Say which version of the API this is."""
        return json_document({"version": 3})

    @blueprint.route("/api/action/<name>", methods=["GET", "POST"])
    @blueprint.route("/api/3/action/<name>", methods=["GET", "POST"])
    def action(name: str) -> Response:
        """Answer one action."""
        if name not in ACTIONS:
            answer = json_document(f"Bad request - Action name not known: {name}")
            answer.status_code = 400
            return answer
        document: dict[str, Any] = {
            "help": f"{source.settings.base_url}api/3/action/help_show?name={name}",
        }
        try:
            document |= {"success": True, "result": ACTIONS[name](Portal(source), _arguments())}
        except ActionError as error:
            answer = json_document(document | {"success": False, "error": error.error})
            answer.status_code = error.status
            return answer
        return json_document(document)

    return blueprint


def _arguments() -> Arguments:
    """Return the arguments of the request: of its query, or of its body in JSON."""
    given: dict[str, Any] = _values(request.args)
    if request.method != "POST" or not request.get_data():
        return given
    if request.mimetype == "application/x-www-form-urlencoded" and request.form:
        return given | _values(request.form)
    try:
        body = json.loads(request.get_data())
        json.dumps(body, ensure_ascii=False).encode()  # half of a pair (RFC 8259, 8.2) is no text
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        message = "JSON Error: Error decoding JSON data."
        raise ActionError(400, {"__type": "Bad Request", "message": message})
    return given | body


def _values(parameters: MultiDict[str, str]) -> dict[str, Any]:
    """Return each parameter with its value, or with its values if it is given several times."""
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in parameters.lists()}
