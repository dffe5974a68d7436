"""Where things stand on the screen at a map's first view, and where a label finds room."""

import math
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import numpy as np
import shapely
from shapely.affinity import translate

Anchor = Literal["start", "middle", "end"]

# The equator of WGS 84, and the side of a tile at zoom 0 in pixels as deck.gl counts them.
EQUATOR_KM, TILE = 40_075.017, 512
# Degrees: there Web Mercator ends, as its world is a square.
MOST_LATITUDE = 85.051129
LABEL_SIZE = 13
MARK_RADIUS = 8
# The mean width of letters of the usual fonts, as a share of the size: narrow ones, and the rest.
_NARROW, _NARROW_WIDTH, _LATIN_WIDTH = frozenset("fijlrtIJ .,:;'()|-·"), 0.36, 0.62


class ViewPoint(NamedTuple):
    """The map's first view: centre in degrees (WGS 84) and zoom as deck.gl counts it.

    `canvas` is the width and height in pixels that labels are to stay within, if they are.
    """

    latitude: float
    longitude: float
    zoom: float
    canvas: tuple[int, int] | None = None


class Box(NamedTuple):
    """A rectangle on the screen, in pixels, right and down."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def pixel(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Return the Web Mercator position of a point in degrees, in pixels of 512-pixel tiles.

    The poles, which it has not, lie at its edge.
    """
    world = TILE * 2**zoom
    shown = max(-MOST_LATITUDE, min(MOST_LATITUDE, latitude))
    mercator = math.log(math.tan(math.pi / 4 + math.radians(shown) / 2))
    return world * (longitude + 180) / 360, world * (1 - mercator / math.pi) / 2


def near(longitude: float, other: float) -> float:
    """Return a longitude in degrees as near to another as it can be written: 181 for -179."""
    return longitude + 360 * round((other - longitude) / 360)


def turned(shape: Any, longitude: float) -> Any:
    """Return a shape with each part as near to a longitude as it can be: maps end at 180 degrees.

    A part is moved whole, for its points may lie on either side of where the map ends now.
    """
    parts = shapely.get_parts(shape)
    west, _, east, _ = shapely.bounds(parts).T
    turns = np.round((longitude - (west + east) / 2) / 360)
    if not turns.any():
        return shape
    moved = [translate(part, 360 * turn) for part, turn in zip(parts, turns, strict=True)]
    return shapely.union_all(moved)


def walls(view: ViewPoint) -> list[Box]:
    """Return what lies around the canvas of a view, as rectangles on the world at its zoom."""
    if not view.canvas:
        return []
    x, y = pixel(view.latitude, view.longitude, view.zoom)
    width, height = view.canvas
    left, top, right, bottom = x - width / 2, y - height / 2, x + width / 2, y + height / 2
    far = math.inf
    return [
        Box(-far, -far, left, far),
        Box(right, -far, far, far),
        Box(-far, -far, far, top),
        Box(-far, bottom, far, far),
    ]


def around(centre: tuple[float, float], radius: float) -> Box:
    """Return the square about a point that reaches `radius` pixels each way."""
    x, y = centre
    return Box(x - radius, y - radius, x + radius, y + radius)


def text_width(label: str, size: float = LABEL_SIZE, latin: float = _LATIN_WIDTH) -> float:
    """Estimate the width of a text in pixels: a Chinese character is as wide as it is high.

    `latin` is the mean width of the letters that are not narrow, as a share of the size.
    """
    return size * sum(
        1 if ord(char) > 0x2E7F else _NARROW_WIDTH if char in _NARROW else latin for char in label
    )


def label_spot(
    label: str, centre: tuple[float, float], taken: list[Box]
) -> tuple[tuple[int, int], Anchor, bool]:
    """Take the first spot around a mark where its label covers nothing; else the first of all."""
    spots = list(_spots(centre, text_width(label)))
    for where, anchor, box in spots:
        if not any(map(box.meets, taken)):
            taken.append(box)
            return where, anchor, True
    where, anchor, _ = spots[0]
    return where, anchor, False


def _spots(
    centre: tuple[float, float], width: float
) -> Iterator[tuple[tuple[int, int], Anchor, Box]]:
    x, y = centre
    half = LABEL_SIZE / 2 + 1
    reach = MARK_RADIUS + 3
    for down in (0, 9, -9, 14, -14):
        yield (
            (reach, down),
            "start",
            Box(x + reach, y + down - half, x + reach + width, y + down + half),
        )
        yield (
            (-reach, down),
            "end",
            Box(x - reach - width, y + down - half, x - reach, y + down + half),
        )
    for down in (17, -17):
        yield (
            (0, down),
            "middle",
            Box(x - width / 2, y + down - half, x + width / 2, y + down + half),
        )
