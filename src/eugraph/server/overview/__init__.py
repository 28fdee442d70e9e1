"""The published graph at a glance: drawings, each with its table and its query."""

from eugraph.server.overview.page import overview_blueprint, overview_sections
from eugraph.server.overview.project import Drawings, project_drawings

__all__ = ["Drawings", "overview_blueprint", "overview_sections", "project_drawings"]
