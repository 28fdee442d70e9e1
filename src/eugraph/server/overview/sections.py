"""The drawings of countries, made of the rows of their queries: a map and a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.europe import Area, Line, beyond, draw_map
from eugraph.server.drawings.network import Edge, Node, draw_network
from eugraph.server.overview.rows import Row, country_code, number, value
from eugraph.server.overview.teller import Cell, Teller

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
    teller: Teller, countries: Sequence[Row], pairs: Sequence[Row], query: str
) -> Section:
    """Return the map of Europe: projects and partners by country, lines of cooperation."""
    say = teller.say
    areas = [_area(teller, row) for row in countries]
    lines = [
        Line(country_code(value(row, "country")), country_code(value(row, "other")),
             number(row, "projects"), _pair(teller, row))
        for row in pairs[:_MOST_LINES]
    ]  # fmt: skip
    outside = ", ".join(area.name for area in beyond(areas))
    rows = tuple(
        (teller.cell(value(row, "country")), Cell(value(row, "projects")),
         Cell(value(row, "partners")))
        for row in countries
    )  # fmt: skip
    return Section(
        "map",
        say("overview.map"),
        draw_map(areas, lines, title=say("overview.map-told")),
        (say("overview.country"), say("overview.n-projects"), say("overview.n-partners")),
        rows,
        query,
        say("overview.beyond", names=outside) if outside else "",
    )


def network_section(
    teller: Teller, countries: Sequence[Row], pairs: Sequence[Row], query: str
) -> Section:
    """Return the network of countries that are in projects together."""
    say = teller.say
    nodes = [
        Node(iri, teller.name(iri), None, count, teller.projects(count), teller.tag(iri))
        for row in countries
        for iri, count in [(value(row, "country"), number(row, "projects"))]
    ]
    edges = [
        Edge(value(row, "country"), value(row, "other"), number(row, "projects"),
             _pair(teller, row))
        for row in pairs
    ]  # fmt: skip
    rows = tuple(
        (teller.cell(value(row, "country")), teller.cell(value(row, "other")),
         Cell(value(row, "projects")))
        for row in pairs[:MOST_ROWS]
    )  # fmt: skip
    picture = draw_network(nodes, edges, title=say("overview.network-told"))
    head = (say("overview.country"), say("overview.other"), say("overview.n-projects"))
    return Section(
        "network", say("overview.network"), picture, head, rows, query, rest=len(pairs) - len(rows)
    )


def _area(teller: Teller, row: Row) -> Area:
    iri, projects, partners = value(row, "country"), number(row, "projects"), value(row, "partners")
    told = f"{teller.projects(projects)}, {teller.say('overview.partners', count=partners)}"
    return Area(country_code(iri), teller.name(iri), None, projects, told, teller.tag(iri))


def _pair(teller: Teller, row: Row) -> str:
    names = f"{teller.name(value(row, 'country'))} – {teller.name(value(row, 'other'))}"
    return f"{names}: {teller.projects(number(row, 'projects'))}"
