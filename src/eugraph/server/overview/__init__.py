"""The published graph at a glance: drawings, each with its table and its query."""

from eugraph.server.overview.page import overview_blueprint, overview_sections
from eugraph.server.overview.project import project_map, project_timeline

__all__ = ["overview_blueprint", "overview_sections", "project_map", "project_timeline"]
