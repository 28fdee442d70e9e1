"""The drawings of one thing's page: where it is and who is there, and what there is of it in time.

What is drawn of a type of things is a query, `data/overview/{type}.rq`, whose
rows are of these kinds, as many of each as there are:

- `?project ?start ?end ?known`: a project as a line, `?known` its date in EDTF;
- `?event ?start ?end ?known ?status`: an event, on the line of its `?project` or one of its own;
- `?country ?projects`: a country, and in how many projects;
- `?place ?same`: a place with its number at GeoNames;
- `?project ?role`: in which role the thing takes part in a project.

One query tells all of it: each that is asked costs as much again as what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from eugraph.editions import Edition
from eugraph.server.addresses import compact
from eugraph.server.drawings.europe import Area, Spot, draw_map
from eugraph.server.drawings.geography import place
from eugraph.server.drawings.timeline import Mark, Span, draw_timeline
from eugraph.server.overview.disputed import Disputed, disputed_days
from eugraph.server.overview.labels import Labels
from eugraph.server.overview.rows import Row, country_code, number, value
from eugraph.server.overview.time import MOST_SPANS, Inferred, inferred_days, mark_of, span_of
from eugraph.server.source import Source
from eugraph.shipped import shipped
from eugraph.vocabulary import with_prefixes

FACETS: Final = {"org": "organisation", "place": "place", "scheme": "programme"}
"""By which facet the list of projects is narrowed to what is drawn of a type of things."""

_NAMED: Final = ("event", "project", "status", "country", "place")


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the projects of a thing, in how many, and the address of their list."""

    iri: str
    projects: int
    href: str


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn of a thing: in time, and where; empty where nothing is known.

    `left` counts what the line of time leaves out; `countries` are those of
    the map, where their projects are counted, and `roles` those that the thing
    has in its projects.
    """

    time: str = ""
    map: str = ""
    left: int = 0
    countries: tuple[Country, ...] = ()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def iris(self) -> frozenset[str]:
        """What is named beside the drawings."""
        roles = (role for several in self.roles.values() for role in several)
        return frozenset((*(each.iri for each in self.countries), *roles))


def thing_drawings(
    source: Source, edition: Edition, iri: str, type_: str, lang: str
) -> Callable[[], Drawings]:
    """Ask what is drawn of the thing `iri`, which is of `type_` as IRIs have it, and go on.

    Returns what waits for the answer and draws it.
    """
    query = _query(type_)
    if not query:
        return Drawings
    asked = source.rows_ahead(edition, query % {"iri": iri})
    return lambda: _drawn(source, edition, iri, type_, lang, asked.result())


def _drawn(  # noqa: PLR0913, PLR0917  # what thing_drawings takes, and the rows
    source: Source, edition: Edition, iri: str, type_: str, lang: str, answer: Iterable[Row]
) -> Drawings:
    rows = [row for row in answer if row]
    named = {value(row, name) for row in rows for name in _NAMED}
    labels = Labels.of(source, edition, named - {""} | {iri}, lang)
    dated = inferred_days(source, edition), disputed_days(source, edition)
    spans = _spans(labels, rows, *dated)
    countries = tuple(_countries(source, labels, rows, iri, type_))
    return Drawings(
        draw_timeline(spans[:MOST_SPANS], title=labels.translate(f"overview.{type_}-timeline"))
        if spans
        else "",
        _map(labels, rows, countries, labels.translate(f"overview.{type_}-map")),
        max(0, len(spans) - MOST_SPANS),
        countries if type_ in FACETS else (),
        _roles(rows),
    )


def _roles(rows: Iterable[Row]) -> Mapping[str, tuple[str, ...]]:
    """Return the roles in each project."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if "role" in row:
            project = value(row, "project")
            found[project] = (*found.get(project, ()), value(row, "role"))
    return found


def _countries(
    source: Source, labels: Labels, rows: Iterable[Row], iri: str, type_: str
) -> Iterable[Country]:
    """Yield the countries of some rows, those with most projects first, then by name."""
    counted = {value(r, "country"): number(r, "projects") for r in rows if "country" in r}
    for country in sorted(counted, key=lambda each: (-counted[each], labels.name(each))):
        narrowed = {FACETS[type_]: compact(iri)} if type_ in FACETS else {}
        query = urlencode({**narrowed, "country": compact(country)})
        yield Country(country, counted[country], f"{source.prefix}projects?{query}")


def _map(
    labels: Labels, rows: Iterable[Row], countries: Sequence[Country], title: str
) -> Markup | str:
    located = {value(row, "place"): value(row, "same") for row in rows if "place" in row}
    areas = [
        Area(country_code(each.iri), labels.name(each.iri), each.href, each.projects,
             labels.projects(each.projects), labels.tag(each.iri))
        for each in sorted(countries, key=lambda each: each.iri)
    ]  # fmt: skip
    spots = [
        Spot(labels.name(each), labels.href(each), at, labels.tag(each))
        for each, same in sorted(located.items())
        if (at := place(same.rstrip("/").rpartition("/")[2]))
    ]
    return draw_map(areas, (), spots, title=title, close=True) if areas or spots else ""


def _spans(
    labels: Labels, rows: Sequence[Row], inferred: Inferred, disputed: Mapping[str, Disputed]
) -> list[Span]:
    """Return the lines of time: projects with their events on them, then other events."""
    projects = [row for row in rows if "project" in row and not row.keys() & {"event", "role"}]
    own = {value(row, "project") for row in projects}
    marks: dict[str, list[Mark]] = {}
    alone: list[Span] = []
    events = [row for row in rows if "event" in row]
    for row in sorted(events, key=lambda row: (value(row, "start"), value(row, "event"))):
        mark, project = mark_of(labels, row, inferred), value(row, "project")
        if mark and project in own:
            marks.setdefault(project, []).append(mark)
        elif mark:
            alone.append(_alone(mark, labels.tag(value(row, "event"))))
    projects.sort(key=lambda row: (value(row, "start"), value(row, "project")), reverse=True)
    lines = [
        span_of(labels, row, marks.get(value(row, "project"), ()), inferred, disputed)
        for row in projects
        if "start" in row or "end" in row
    ]
    return [*lines, *alone]


def _alone(mark: Mark, tag: str | None) -> Span:
    """Return a line that has nothing but a mark."""
    return Span(mark.name, mark.href, None, None, mark.caption, (mark,), mark.inferred, tag)


@cache
def _query(type_: str) -> str:
    file = shipped("data/overview") / f"{type_}.rq"
    return with_prefixes(file.read_text(encoding="utf-8")) if file.is_file() else ""
