"""Where a point of Europe lies on our maps: Lambert's azimuthal equal-area projection.

Centred on 52° N, 10° E as in EPSG:3035, the projection that the EU's
statistics use; of the sphere, not of the ellipsoid, which on our maps is less
than half a unit. Formulas: J. P. Snyder, Map Projections: A Working Manual
(USGS Professional Paper 1395, 1987), equations 22-4, 24-2 to 24-4.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import Final

WIDTH: Final = 1800
HEIGHT: Final = 1660
"""The size of the map in units of `_UNIT` metres."""

Point = tuple[float, float]
"""Units from the left and from the top."""

_RADIUS: Final = 6_371_007.2
_UNIT: Final = 2_500.0
_LEFT: Final = -1_830_000.0
_TOP: Final = 2_250_000.0
_LATITUDE, _LONGITUDE = radians(52), radians(10)


def project(longitude: float, latitude: float) -> Point:
    """Return where a place lies, given in degrees; it may be outside the frame.

    The antipode of the centre, which has no place, comes out far outside.
    """
    turn, north = radians(longitude) - _LONGITUDE, radians(latitude)
    toward = sin(_LATITUDE) * sin(north) + cos(_LATITUDE) * cos(north) * cos(turn)
    scale = _RADIUS * sqrt(2 / max(1 + toward, 1e-9))
    x = scale * cos(north) * sin(turn)
    y = scale * (cos(_LATITUDE) * sin(north) - sin(_LATITUDE) * cos(north) * cos(turn))
    return (x - _LEFT) / _UNIT, (_TOP - y) / _UNIT


def in_frame(point: Point) -> bool:
    """Tell whether a point is on the map."""
    x, y = point
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT
