"""Positions on the screen: Web Mercator, boxes, and free spots for marks and labels."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, count
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
import shapely
from shapely.affinity import translate

Anchor = Literal["start", "middle", "end"]
Offset = tuple[int, int]  # in pixels, right and down
Spot = TypeVar("Spot")

# The length of the equator of WGS 84, and the side in pixels of deck.gl's world at zoom 0.
EQUATOR_KM, TILE = 40_075.017, 512
# The latitude in degrees where the square world of Web Mercator ends.
MOST_LATITUDE = 85.051129
LABEL_SIZE = 13
MARK_RADIUS = 8
# The mean width of letters in common fonts, as a share of the size: narrow ones, and the rest.
_NARROW, _NARROW_WIDTH, _LATIN_WIDTH = frozenset("fijlrtIJ .,:;'()|-·"), 0.36, 0.62
# Places within some ten metres are at the same point: decimal digits of a degree.
_DIGITS = 4
# Pixels between rings of marks, and the marks on the first ring; the second has twice as many.
STEP, _ON_FIRST = 15, 6


class ViewPoint(NamedTuple):
    """A view of a map: its centre in degrees, WGS 84, and its zoom as in deck.gl.

    Labels stay within the `canvas`, a width and height in pixels, if it is stated.
    """

    latitude: float
    longitude: float
    zoom: float
    canvas: tuple[int, int] | None = None


class Box(NamedTuple):
    """A rectangle in pixels, right and down."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, box: "Box") -> bool:
        """Return whether two boxes share more than an edge."""
        return (
            self.left < box.right
            and box.left < self.right
            and self.top < box.bottom
            and box.top < self.bottom
        )


def pixel(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Return the position of a point in degrees on the Web Mercator world at a zoom, in pixels.

    The origin is at the top left. The poles are on the edge.
    """
    world = TILE * 2**zoom
    north = max(-MOST_LATITUDE, min(MOST_LATITUDE, latitude))
    mercator = math.log(math.tan(math.pi / 4 + math.radians(north) / 2))
    return world * (longitude + 180) / 360, world * (1 - mercator / math.pi) / 2


def degrees(x: float, y: float) -> tuple[float, float]:
    """Return the (latitude, longitude) in degrees of a position on the world at zoom 0."""
    mercator = math.pi * (1 - 2 * y / TILE)
    return math.degrees(2 * math.atan(math.exp(mercator)) - math.pi / 2), x / TILE * 360 - 180


def near(longitude: float, reference: float) -> float:
    """Return a longitude plus whole turns, within 180 degrees of a reference: 181 for -179."""
    return longitude + 360 * round((reference - longitude) / 360)


def turned(shape: Any, longitude: float) -> Any:
    """Return a shape with its parts moved by whole turns, within 180 degrees of a longitude.

    A part is moved as a whole, because its points may lie on both sides of the new edge of the map.
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
    """Return the boxes around the canvas of a view, on the world at its zoom."""
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
    """Return the square around a position with half a side of `radius` pixels."""
    x, y = centre
    return Box(x - radius, y - radius, x + radius, y + radius)


def text_width(label: str, size: float = LABEL_SIZE, latin: float = _LATIN_WIDTH) -> float:
    """Return the estimated width of a text in pixels; Chinese characters are as wide as high.

    `latin` is the mean width of letters that are not narrow, as a share of the size.
    """
    return size * sum(
        1 if ord(char) > 0x2E7F else _NARROW_WIDTH if char in _NARROW else latin for char in label
    )


def box_of(
    x: float, y: float, width: float, height: float = LABEL_SIZE + 2, anchor: Anchor = "middle"
) -> Box:
    """Return the box of a text with its anchor at x and its vertical middle at y."""
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - height / 2, left + width, y + height / 2)


def first_free(spots: Iterable[tuple[Spot, Box]], obstacles: list[Box]) -> Spot | None:
    """Return the first spot whose box overlaps no obstacle, and add that box to the obstacles."""
    for spot, box in spots:
        if not any(map(box.overlaps, obstacles)):
            obstacles.append(box)
            return spot
    return None


# Offsets of labels from their mark, in the order in which they are tried.
_REACH = MARK_RADIUS + 3
LABEL_SPOTS: tuple[tuple[Offset, Anchor], ...] = (
    *(
        spot
        for down in (0, 9, -9, 14, -14)
        for spot in (((_REACH, down), "start"), ((-_REACH, down), "end"))
    ),
    ((0, 17), "middle"),
    ((0, -17), "middle"),
)


def label_spot(
    label: str, centre: tuple[float, float], obstacles: list[Box]
) -> tuple[Offset, Anchor, bool]:
    """Return offset and anchor of the first free spot for a label, and whether there is one.

    Without a free spot, it is the first of all.
    """
    (x, y), width = centre, text_width(label)
    spots = (
        ((offset, anchor), box_of(x + offset[0], y + offset[1], width, anchor=anchor))
        for offset, anchor in LABEL_SPOTS
    )
    spot = first_free(spots, obstacles)
    return *(spot or LABEL_SPOTS[0]), spot is not None


def spread(points: Iterable[tuple[float, float]]) -> Iterator[Offset]:
    """Yield an offset for a mark at each (latitude, longitude) in degrees.

    The first mark at a point stays there; the others are on rings around it.
    """
    numbers: Counter[tuple[float, float]] = Counter()
    for latitude, longitude in points:
        point = round(latitude, _DIGITS), round(longitude, _DIGITS)
        yield _on_ring(numbers[point])
        numbers[point] += 1


def _on_ring(number: int) -> Offset:
    """Return the offset of the mark with a number; 0 is in the middle."""
    if number == 0:
        return 0, 0
    ends = accumulate(_ON_FIRST * ring for ring in count(1))
    ring, end = next((ring, end) for ring, end in enumerate(ends, start=1) if number <= end)
    turn = 2 * math.pi * (end - number) / (_ON_FIRST * ring)
    return round(STEP * ring * math.cos(turn)), round(STEP * ring * math.sin(turn))
