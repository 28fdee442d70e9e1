"""The drawings of countries, made of the rows of their queries: a map and a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.europe import Area, Line, beyond, draw_map
from eugraph.server.drawings.network import Edge, Node, draw_network
from eugraph.server.overview.labels import Cell, Labels
from eugraph.server.overview.rows import Row, country_code, number, value

MOST_ROWS: Final = 200
"""How many rows a table on the page has; its query gives them all."""

_MOST_LINES: Final = 150


@dataclass(frozen=True, slots=True)
class Section:
    """A drawing with its table and the query behind both.

    `note` says what the drawing leaves out; `rest` counts the rows that the
    table leaves to the query.
    """

    key: str
    title: str
    picture: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    query: str
    note: str = ""
    rest: int = 0


def map_section(
    labels: Labels, countries: Sequence[Row], pairs: Sequence[Row], query: str
) -> Section:
    """Return the map of Europe: projects and partners by country, lines of cooperation."""
    translate = labels.translate
    areas = [_area(labels, row) for row in countries]
    lines = [
        Line(country_code(value(row, "country")), country_code(value(row, "other")),
             number(row, "projects"), _pair(labels, row))
        for row in pairs[:_MOST_LINES]
    ]  # fmt: skip
    outside = ", ".join(area.name for area in beyond(areas))
    rows = tuple(
        (labels.cell(value(row, "country")), Cell(value(row, "projects")),
         Cell(value(row, "partners")))
        for row in countries
    )  # fmt: skip
    return Section(
        "map",
        translate("overview.map"),
        draw_map(areas, lines, title=translate("overview.map-description")),
        (
            translate("overview.country"),
            translate("overview.n-projects"),
            translate("overview.n-partners"),
        ),
        rows,
        query,
        translate("overview.beyond", names=outside) if outside else "",
    )


def network_section(
    labels: Labels, countries: Sequence[Row], pairs: Sequence[Row], query: str
) -> Section:
    """Return the network of countries that are in projects together."""
    translate = labels.translate
    nodes = [
        Node(iri, labels.name(iri), None, count, labels.projects(count), labels.tag(iri))
        for row in countries
        for iri, count in [(value(row, "country"), number(row, "projects"))]
    ]
    edges = [
        Edge(value(row, "country"), value(row, "other"), number(row, "projects"),
             _pair(labels, row))
        for row in pairs
    ]  # fmt: skip
    rows = tuple(
        (labels.cell(value(row, "country")), labels.cell(value(row, "other")),
         Cell(value(row, "projects")))
        for row in pairs[:MOST_ROWS]
    )  # fmt: skip
    picture = draw_network(nodes, edges, title=translate("overview.network-description"))
    head = (
        translate("overview.country"),
        translate("overview.other"),
        translate("overview.n-projects"),
    )
    return Section(
        "network",
        translate("overview.network"),
        picture,
        head,
        rows,
        query,
        rest=len(pairs) - len(rows),
    )


def _area(labels: Labels, row: Row) -> Area:
    iri, projects, partners = value(row, "country"), number(row, "projects"), value(row, "partners")
    several = labels.translate("overview.partners", count=partners)
    caption = f"{labels.projects(projects)}, {several}"
    return Area(country_code(iri), labels.name(iri), None, projects, caption, labels.tag(iri))


def _pair(labels: Labels, row: Row) -> str:
    names = f"{labels.name(value(row, 'country'))} – {labels.name(value(row, 'other'))}"
    return f"{names}: {labels.projects(number(row, 'projects'))}"
