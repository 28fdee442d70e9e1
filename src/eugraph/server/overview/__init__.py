"""The published graph at a glance: drawings, each with its table and its query."""

from eugraph.server.overview.page import overview_blueprint, overview_sections
from eugraph.server.overview.thing import (
    Country,
    Drawings,
    thing_drawings,
)

__all__ = [
    "Country",
    "Drawings",
    "overview_blueprint",
    "overview_sections",
    "thing_drawings",
]
