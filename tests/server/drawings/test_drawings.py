"""Drawings: what is asked for is there, escaped, in its place, and nothing the policy refuses."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from eugraph.server.drawings.bars import Bar, draw_bars
from eugraph.server.drawings.europe import Area, Line, Spot, beyond, draw_map
from eugraph.server.drawings.geography import place, shapes
from eugraph.server.drawings.labels import Label, place_labels
from eugraph.server.drawings.network import Edge, Node, draw_network
from eugraph.server.drawings.projection import HEIGHT, WIDTH, in_frame, project
from eugraph.server.drawings.timeline import Mark, Span, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "\"><script>alert('x')</script><a style=\"x"

UNION = [
    "AUT",
    "BEL",
    "BGR",
    "CYP",
    "CZE",
    "DEU",
    "DNK",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GRC",
    "HRV",
    "HUN",
    "IRL",
    "ITA",
    "LTU",
    "LUX",
    "LVA",
    "MLT",
    "NLD",
    "POL",
    "PRT",
    "ROU",
    "SVK",
    "SVN",
    "SWE",
]


def parsed(markup: Markup) -> ET.Element:
    """Return the drawing as XML, after a look at what the policy of the pages refuses."""
    root = ET.fromstring(markup)  # noqa: S314  # our own
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "image"}
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
    return root


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(SVG + "text")]


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


# the map


def test_the_centre_of_the_projection_and_distances_are_right() -> None:
    """EPSG:3035 puts 10° E 52° N at easting 4,321,000 and northing 3,210,000; Riga is 1,062 km off."""
    x, y = project(10, 52)
    riga_x, riga_y = project(24.1052, 56.9496)
    off = 2.5 * ((riga_x - x) ** 2 + (riga_y - y) ** 2) ** 0.5

    assert (x, y) == pytest.approx((732, 900))
    assert off == pytest.approx(1062, abs=3)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_point_of_the_earth_has_a_place_in_numbers(longitude: float, latitude: float) -> None:
    assert all(abs(each) < 1e6 for each in project(longitude, latitude))


def test_the_map_has_every_country_of_the_union_with_its_name_on_it() -> None:
    for code in UNION:
        assert in_frame(shapes()[code].at), code
        assert re.fullmatch(r"(?:M\d+ \d+l[-\d ]+z)+", shapes()[code].outline), code


def test_neighbours_lie_as_they_do() -> None:
    west_to_east = [shapes()[code].at[0] for code in ("PRT", "ESP", "FRA", "DEU", "POL", "UKR")]
    north_to_south = [shapes()[code].at[1] for code in ("FIN", "EST", "LVA", "LTU", "ROU", "GRC")]

    assert west_to_east == sorted(west_to_east)
    assert north_to_south == sorted(north_to_south)


def test_places_are_found_by_their_geonames_number() -> None:
    daugavpils, athens = place("460413"), place("264371")

    assert daugavpils == tuple(map(round, project(26.5333, 55.8833)))
    assert athens is not None
    assert daugavpils is not None
    assert athens[1] > daugavpils[1]
    assert place("1") is None
    assert place("") is None
    assert place("9" * 30) is None


def test_a_map_shows_countries_lines_and_places_and_names_what_is_beyond() -> None:
    areas = [
        Area("LVA", "Latvia", "/doc/x", 4, "4 projects"),
        Area("SWE", "Sweden", None, 1, "1 project"),
        Area("USA", "United States", None, 1, "1 project"),
    ]
    lines = [Line("LVA", "SWE", 1, "Latvia – Sweden: 1"), Line("LVA", "USA", 1, "not drawn")]
    root = parsed(draw_map(areas, lines, [Spot("Rīga", "/doc/riga", (900, 600))], title="A map"))

    assert root.get("aria-label") == "A map"
    assert sorted(texts(root)) == ["Latvia", "Rīga", "Sweden"]
    assert len(of_class(root, "shade-4")) == 1
    assert len(of_class(root, "shade-2")) == 1
    assert [each.findtext(SVG + "title") for each in of_class(root, "line")] == [
        "Latvia – Sweden: 1"
    ]
    links = {each.get("href"): each.get("aria-label") for each in root.iter(SVG + "a")}
    assert links == {"/doc/x": "Latvia: 4 projects", "/doc/riga": "Rīga"}
    assert [area.code for area in beyond(areas)] == ["USA"]


@pytest.mark.parametrize("codes", [["LVA"], ["ISL", "CYP"], ["PRT"], [], ["USA"]])
def test_a_close_map_stays_within_the_map(codes: list[str]) -> None:
    root = parsed(draw_map([Area(c, c, None, 1, "") for c in codes], title="", close=True))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", root[1].attrib["transform"])
    assert moved
    left, top = (-float(each) for each in moved.groups())

    assert left >= 0
    assert top >= 0
    assert left + width <= WIDTH + 1
    assert top + height <= HEIGHT + 1


# the timeline


def test_days_lie_in_order_and_open_spans_reach_the_edge() -> None:
    mark = Mark("Meeting", "/m", date(2018, 6, 1), date(2018, 6, 2), "held", "2018-06-01")
    spans = [
        Span("One", "/one", date(2018, 1, 1), date(2018, 12, 31), "2018", (mark,)),
        Span("Open", None, date(2019, 1, 1), None, "since 2019"),
        Span("Undated", None, None, None, "?"),
    ]
    root = parsed(draw_timeline(spans, title="Time"))
    bars = list(root.iter(SVG + "rect"))
    left = [float(bar.attrib["x"]) for bar in bars]

    assert texts(root) == ["2018", "2019", "One", "Open", "Undated"]
    assert left[0] < left[1] < left[2], "the year, its meeting, the year after"
    assert float(bars[2].attrib["x"]) + float(bars[2].attrib["width"]) == pytest.approx(626)
    assert len(of_class(root, "open")) == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.dates(), st.none() | st.dates()), min_size=1, max_size=20))
def test_whatever_the_days_bars_stay_within_the_drawing(
    days: list[tuple[date, date | None]],
) -> None:
    spans = [Span("x", None, start, end, "") for start, end in days]
    for bar in parsed(draw_timeline(spans, title="")).iter(SVG + "rect"):
        x, width = float(bar.attrib["x"]), float(bar.attrib["width"])
        assert 0 <= x <= x + width <= 640


# the network and bars


def test_a_network_puts_every_node_on_the_circle_apart() -> None:
    nodes = [Node(str(n), f"N{n}", None, n, "") for n in range(12)]
    edges = [Edge("1", "2", 3, "1 – 2: 3"), Edge("1", "gone", 1, "")]
    root = parsed(draw_network(nodes, edges, title=""))
    dots = [(float(d.attrib["cx"]), float(d.attrib["cy"])) for d in root.iter(SVG + "circle")]

    assert len(set(dots)) == 12
    assert all((x - 320) ** 2 + (y - 320) ** 2 == pytest.approx(195**2, rel=0.01) for x, y in dots)
    assert [e.findtext(SVG + "title") for e in of_class(root, "line")] == ["1 – 2: 3"]


@settings(deadline=None)
@given(st.lists(st.floats(-1e9, 1e9), max_size=30))
@example([0.0, 5e-324])
def test_bars_are_as_long_as_their_numbers_are_large(values: list[float]) -> None:
    root = parsed(draw_bars([Bar(str(v), None, v, str(v)) for v in values], title=""))
    drawn = [float(each.attrib["width"]) for each in root.iter(SVG + "rect")]
    by_size = sorted(zip(map(abs, values), drawn, strict=True))

    assert all(before[1] <= after[1] + 1e-2 for before, after in pairwise(by_size))


@pytest.mark.parametrize(
    "markup",
    [
        draw_map([Area("LVA", EVIL, EVIL, 1, EVIL)], [Line("LVA", "EST", 1, EVIL)],
                 [Spot(EVIL, EVIL, (1, 1))], title=EVIL),
        draw_timeline([Span(EVIL, EVIL, date(2018, 1, 1), None, EVIL)], title=EVIL),
        draw_network([Node("a", EVIL, EVIL, 1, EVIL)], [Edge("a", "a", 1, EVIL)], title=EVIL),
        draw_bars([Bar(EVIL, EVIL, 1, EVIL)], title=EVIL),
    ],
    ids=["map", "timeline", "network", "bars"],
)  # fmt: skip
def test_hostile_names_are_text(markup: Markup) -> None:
    root = parsed(markup)

    assert root.get("aria-label") == EVIL
    assert EVIL in texts(root)


NAMES = st.lists(
    st.tuples(st.text("abcdef", min_size=1, max_size=14), st.floats(0, 900), st.floats(0, 900)),
    max_size=25,
)


@given(NAMES)
def test_no_name_on_a_map_covers_another_whatever_the_width_of_the_page(
    names: list[tuple[str, float, float]],
) -> None:
    labels = [Label(text, [((x, y), "middle"), ((x, y + 40), "start")]) for text, x, y in names]
    placed = place_labels(labels, 30, 52)
    stand = [(label, each) for label, each in zip(labels, placed, strict=True) if each]

    assert [label for label, _ in stand][:1] == labels[:1], "the most important one always stands"
    for size, shown in ((30, stand), (52, [pair for pair in stand if not pair[1].roomy])):
        for number, (label, one) in enumerate(shown):
            for other_label, other in shown[:number]:
                width, other_width = (0.5 * size * len(x.text) for x in (label, other_label))
                left = one.at[0] - (width / 2 if one.anchor == "middle" else 0)
                other_left = other.at[0] - (other_width / 2 if other.anchor == "middle" else 0)
                apart = left >= other_left + other_width or other_left >= left + width
                assert apart or abs(one.at[1] - other.at[1]) >= size - 0.001


def test_a_place_whose_name_finds_no_room_still_has_its_dot_and_tells_its_name() -> None:
    at = (900.0, 800.0)
    spots = [Spot(f"Place number {number}", None, at) for number in range(6)]
    drawn = draw_map([], (), spots, title="Places")

    assert drawn.count("<circle") == len(spots)
    assert drawn.count("<title>Place number") == len(spots)
    assert 0 < drawn.count('class="spot-name') < len(spots)


def test_names_in_another_language_than_the_page_say_so() -> None:
    drawn = draw_map([Area("LVA", "Latvija", None, 1, "", "lv")], title="Map")
    network = draw_network([Node("a", "Rīga", None, 1, "", "lv")], [], title="Network")
    line = draw_timeline(
        [Span("Vilnis", None, date(2020, 1, 1), None, "", tag="lv")], title="Timeline"
    )

    assert all('lang="lv"' in str(each) for each in (drawn, network, line))
