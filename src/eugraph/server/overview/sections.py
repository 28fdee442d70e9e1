"""The drawings of the overview, made of the rows of their queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.europe import Area, Line, beyond, draw_map
from eugraph.server.drawings.network import Edge, Node, draw_network
from eugraph.server.drawings.timeline import Mark, Span, draw_timeline
from eugraph.server.overview.rows import Row, country_code, day, number, value

Say = Callable[..., str]
Names = Mapping[str, tuple[str, str]]
Href = Callable[[str], str]

MOST_SPANS: Final = 40
"""How many projects the timeline shows: the latest."""

MOST_ROWS: Final = 200
"""How many rows a table on the page has; its query gives them all."""

_MOST_LINES: Final = 150
_HELD: Final = {"reported-held": "held", "reported-planned": "planned"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `href` is empty where there is nothing to read about it."""

    text: str
    href: str = ""


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


@dataclass(frozen=True, slots=True)
class Teller:
    """What the drawings need to speak: wording, names of things, and where to read about them."""

    say: Say
    names: Names
    href: Href

    def name(self, iri: str) -> str:
        """Return what to call a thing."""
        return self.names[iri][0] if iri in self.names else iri.rpartition("/")[2]

    def cell(self, iri: str) -> Cell:
        """Return the cell that names a thing."""
        return Cell(self.name(iri), self.href(iri))

    def projects(self, count: int) -> str:
        """Return a number of projects in words."""
        return self.say("overview.project" if count == 1 else "overview.projects", count=count)


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
        Node(iri, teller.name(iri), None, count, teller.projects(count))
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


def timeline_section(
    teller: Teller, projects: Sequence[Row], events: Sequence[Row], query: str
) -> Section:
    """Return the timeline of projects, with their events on it."""
    say = teller.say
    marks: dict[str, list[Mark]] = {}
    for row in events:
        if mark := mark_of(teller, row):
            marks.setdefault(value(row, "project"), []).append(mark)
    shown = drawn(projects)
    spans = [span_of(teller, row, marks.get(value(row, "project"), [])) for row in shown]
    rows = tuple(
        (teller.cell(value(row, "project")), Cell(value(row, "start")), Cell(value(row, "end")))
        for row in projects[:MOST_ROWS]
    )
    left = len(projects) - len(shown)
    return Section(
        "timeline",
        say("overview.timeline"),
        draw_timeline(spans, title=say("overview.timeline-told")),
        (say("overview.project-name"), say("overview.start"), say("overview.end")),
        rows,
        query,
        say("overview.not-drawn", count=left) if left else "",
        len(projects) - len(rows),
    )


def drawn(projects: Sequence[Row]) -> list[Row]:
    """Return the projects that the timeline shows."""
    return [row for row in projects if day(row, "start") or day(row, "end")][:MOST_SPANS]


def span_of(teller: Teller, row: Row, marks: Sequence[Mark]) -> Span:
    """Return a project as a line of a timeline."""
    iri, start, end = value(row, "project"), day(row, "start"), day(row, "end")
    told = " – ".join(each.isoformat() if each else "?" for each in (start, end))
    return Span(teller.name(iri), teller.href(iri), start, end, told, tuple(marks), start is None)


def mark_of(teller: Teller, row: Row) -> Mark | None:
    """Return an event as a mark on its project's line, None if its day is not known."""
    start, iri = day(row, "start"), value(row, "event")
    if start is None:
        return None
    end = day(row, "end") or start
    status = value(row, "status").rpartition("/")[2]
    told = start.isoformat() if start == end else f"{start.isoformat()} – {end.isoformat()}"
    state = teller.name(value(row, "status")) if status else ""
    kind = _HELD.get(status, "uncertain")
    told = ", ".join(filter(None, (told, state)))
    return Mark(teller.name(iri), teller.href(iri), start, end, kind, told)


def _area(teller: Teller, row: Row) -> Area:
    iri, projects, partners = value(row, "country"), number(row, "projects"), value(row, "partners")
    told = f"{teller.projects(projects)}, {teller.say('overview.partners', count=partners)}"
    return Area(country_code(iri), teller.name(iri), None, projects, told)


def _pair(teller: Teller, row: Row) -> str:
    names = f"{teller.name(value(row, 'country'))} – {teller.name(value(row, 'other'))}"
    return f"{names}: {teller.projects(number(row, 'projects'))}"
