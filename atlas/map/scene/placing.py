"""Where things stand on the screen at a map's first view, and where a label finds room."""

import math
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
import shapely
from shapely.affinity import translate

Anchor = Literal["start", "middle", "end"]
Spot = TypeVar("Spot")

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


def degrees(x: float, y: float) -> tuple[float, float]:
    """Return the (latitude, longitude) in degrees of a point on the world at zoom 0, in pixels."""
    mercator = math.pi * (1 - 2 * y / TILE)
    return math.degrees(2 * math.atan(math.exp(mercator)) - math.pi / 2), x / TILE * 360 - 180


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


def paths_of(shape: Any) -> list[Any]:
    """Return the rings of a shape's polygons, and its lines."""
    parts = shapely.get_parts(shape)
    return [*shapely.get_rings(parts), *parts[shapely.get_dimensions(parts) == 1]]


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


def box_of(
    x: float, y: float, width: float, height: float = LABEL_SIZE + 2, anchor: Anchor = "middle"
) -> Box:
    """Return the room of a text whose middle, start or end is at a point; its middle in height."""
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - height / 2, left + width, y + height / 2)


def first_free(spots: Iterable[tuple[Spot, Box]], taken: list[Box]) -> Spot | None:
    """Take the first of some spots whose box meets none of those that are taken."""
    for spot, box in spots:
        if not any(map(box.meets, taken)):
            taken.append(box)
            return spot
    return None


# About a mark, in the order of trying.
_REACH = MARK_RADIUS + 3
LABEL_SPOTS: tuple[tuple[tuple[int, int], Anchor], ...] = (
    *(
        spot
        for down in (0, 9, -9, 14, -14)
        for spot in (((_REACH, down), "start"), ((-_REACH, down), "end"))
    ),
    ((0, 17), "middle"),
    ((0, -17), "middle"),
)


def label_spot(
    label: str, centre: tuple[float, float], taken: list[Box]
) -> tuple[tuple[int, int], Anchor, bool]:
    """Take the first spot around a mark where its label covers nothing; else the first of all."""
    (x, y), width = centre, text_width(label)
    boxes = (
        ((where, anchor), box_of(x + where[0], y + where[1], width, anchor=anchor))
        for where, anchor in LABEL_SPOTS
    )
    found = first_free(boxes, taken)
    return *(found or LABEL_SPOTS[0]), found is not None
