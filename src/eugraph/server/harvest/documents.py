"""Documents in JSON and XML, as answers with an ETag."""

from __future__ import annotations

import json
from typing import Final

from flask import Response
from lxml import etree

from eugraph.server.representations import conditional

XML: Final = "application/xml"


def json_document(document: object, media_type: str = "application/json") -> Response:
    """Return `document` as JSON."""
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return conditional(text.encode(), media_type)


def xml_bytes(root: etree._Element) -> bytes:
    """Return a document as UTF-8 with its declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
