"""The part of a picture with the map: projection to pixels, and land and lines as path data."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.analysis.distance import geodesic_km
from atlas.datapackage.land.map_features import features_of
from atlas.map.base_style import LINES, Disc, Land, Line, discs, lands
from atlas.map.extent import Size
from atlas.map.scene.placing import EQUATOR_KM, TILE, ViewPoint, near, paths_of, pixel, turned
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.svg import number
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded


@dataclass(frozen=True)
class Canvas:
    """A map of a size in pixels at a view, in Web Mercator."""

    size: Size
    view: ViewPoint

    @cached_property
    def corner(self) -> tuple[float, float]:
        """The top left corner, in pixels on the world at the zoom of the view."""
        x, y = pixel(*self.view[:3])
        return x - self.size.width / 2, y - self.size.height / 2

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the position of a point in pixels right and down from the top left corner."""
        x, y = pixel(latitude, near(longitude, self.view.longitude), self.view.zoom)
        return x - self.corner[0], y - self.corner[1]

    def path(self, points: Iterable[Sequence[float]]) -> str:
        """Return the path data of a line through points of [longitude, latitude] in degrees."""
        positions = (self.at(latitude, longitude) for longitude, latitude in points)
        return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in positions)

    def pixels(self, km: float, latitude: float) -> float:
        """Return a length in pixels; Web Mercator is larger near the poles."""
        parallel_km = EQUATOR_KM * math.cos(math.radians(latitude))
        return km / parallel_km * TILE * 2**self.view.zoom

    def kilometres(self, pixels: float) -> float:
        """Return the geodesic length in km of a line of pixels from west to east at the centre."""
        half = pixels / 2 / (TILE * 2**self.view.zoom) * 360
        latitude, longitude = self.view.latitude, self.view.longitude
        return geodesic_km((latitude, longitude - half), (latitude, longitude + half))


# Pixels by which lines may be simplified, and beyond which they are cut off outside the canvas.
FINENESS, OVERLAP = 0.25, 4


class Ground(NamedTuple):
    """What lies below the marks: land and lines with their path data, and discs without land.

    `open_land` is the path data of the open place's land.
    """

    land: list[tuple[Land, str]]
    open_land: str | None
    discs: tuple[Disc, ...]
    lines: list[tuple[Line, str]]


def ground(
    atlas: Atlas,
    selection: Selection,
    canvas: Canvas,
    around: int = OVERLAP,
    fineness: float = FINENESS,
) -> Ground:
    """Return what lies below the marks of a selection; `around` and `fineness` as of `outlines`."""
    paths = outlines(atlas, "boundaries", canvas, around, fineness)
    land = list(zip(lands(atlas, selection), paths, strict=True))
    lines = ((line, outlines(atlas, line.role, canvas, around, fineness)) for line in LINES)
    places = () if land or is_crowded(atlas, selection) else shown(atlas, selection)
    return Ground(
        land,
        next((path for unit, path in land if unit.place and unit.place == selection.place), None),
        discs(atlas, places),
        [(line, "".join(features)) for line, features in lines],
    )


# Takes 60 ms of the 70 ms of a picture, and is the same for every selection; each is some 50 kB.
@lru_cache(maxsize=128)
def outlines(
    atlas: Atlas, role: str, canvas: Canvas, around: int = OVERLAP, fineness: float = FINENESS
) -> tuple[str, ...]:
    """Return the path data of each feature of a map file, "" for one outside the canvas.

    In pixels: lines are cut off this far `around` the canvas, and simplified by up to `fineness`.
    """
    features = features_of(atlas, role)
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    nearby = np.array([turned(shape, canvas.view.longitude) for shape in shapes], dtype=object)
    projected = shapely.transform(nearby, lambda points: _projected(canvas, points))
    width, height = canvas.size
    window = (-around, -around, width + around, height + around)
    clipped = shapely.clip_by_rect(projected, *window)
    return tuple(map(path, shapely.simplify(clipped, fineness, preserve_topology=False)))


def _projected(canvas: Canvas, points: NDArray[np.float64]) -> NDArray[np.float64]:
    positions = [pixel(latitude, longitude, canvas.view.zoom) for longitude, latitude in points]
    return np.array(positions).reshape(-1, 2) - canvas.corner


def path(shape: Any) -> str:
    """Return the path data of a polygon, a line, or a collection of them, in tenths of a pixel."""
    return "".join(map(_line, paths_of(shape)))


def _line(line: Any) -> str:
    tenths = np.rint(shapely.get_coordinates(line) * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if not len(steps):
        return ""
    is_ring = line.geom_type == "LinearRing"
    numbers = _numbers(steps[:-1] if is_ring else steps)
    return f"M{_numbers(tenths[:1])}l{numbers}{'z' if is_ring else ''}"


def _numbers(tenths: NDArray[np.int_]) -> str:
    """Return numbers one after the other; a minus sign separates them as well as a space."""
    numbers = [number(tenth / 10) for tenth in tenths.ravel().tolist()]
    return " ".join(numbers).replace(" -", "-")
