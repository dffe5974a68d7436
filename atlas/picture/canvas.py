"""The part of a picture that holds the map: points and shapes in degrees (WGS 84) to pixels."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.analysis.distance import geodesic_km
from atlas.datapackage.land.map_features import features_of
from atlas.map.extent import Size
from atlas.map.scene.placing import EQUATOR_KM, TILE, ViewPoint, near, paths_of, pixel, turned
from atlas.model.records import Atlas
from atlas.picture.svg import number


@dataclass(frozen=True, slots=True)
class Canvas:
    """A map of a size in pixels at a view, in Web Mercator."""

    size: Size
    view: ViewPoint

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the pixels right and down from the top left corner to a point."""
        x, y = pixel(latitude, near(longitude, self.view.longitude), self.view.zoom)
        middle_x, middle_y = pixel(*self.view[:3])
        return x - middle_x + self.size.width / 2, y - middle_y + self.size.height / 2

    def from_middle(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the pixels right and down from the middle to a point."""
        x, y = self.at(latitude, longitude)
        return x - self.size.width / 2, y - self.size.height / 2

    def path(self, points: Iterable[Sequence[float]]) -> str:
        """Return the path data of a line through points of [longitude, latitude] in degrees."""
        at = (self.at(latitude, longitude) for longitude, latitude in points)
        return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in at)

    def pixels(self, km: float, latitude: float) -> float:
        """Return how long so many km at a latitude are: Web Mercator enlarges towards the poles."""
        around_km = EQUATOR_KM * math.cos(math.radians(latitude))
        return km / around_km * TILE * 2**self.view.zoom

    def kilometres(self, pixels: float) -> float:
        """Return the geodesic length of so many pixels from west to east through the centre."""
        half = pixels / 2 / (TILE * 2**self.view.zoom) * 360
        latitude, longitude = self.view.latitude, self.view.longitude
        return geodesic_km((latitude, longitude - half), (latitude, longitude + half))


# Pixels: points that bend a line by less are left out, and what lies farther outside is cut off.
FINENESS, OVERLAP = 0.25, 4


# Takes 60 ms, of the 70 ms of a picture, and is the same for every selection; some 50 kB each.
@lru_cache(maxsize=128)
def outlines(
    atlas: Atlas, role: str, canvas: Canvas, around: int = OVERLAP, fineness: float = FINENESS
) -> tuple[str, ...]:
    """Return the path data of each feature of a map file; "" for one outside the canvas.

    Pixels: what lies farther `around` the canvas is cut off, and points that bend a line by less
    than `fineness` are left out.
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
    zoom, (x, y) = canvas.view.zoom, pixel(*canvas.view[:3])
    corner = (x - canvas.size.width / 2, y - canvas.size.height / 2)
    at = [pixel(latitude, longitude, zoom) for longitude, latitude in points]
    return np.array(at).reshape(-1, 2) - corner


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
    written = _run(steps[:-1] if is_ring else steps)
    return f"M{_run(tenths[:1])}l{written}{'z' if is_ring else ''}"


def _run(tenths: NDArray[np.int_]) -> str:
    """Write numbers one after the other; a minus sign parts them as well as a space does."""
    numbers = [number(tenth / 10) for tenth in tenths.ravel().tolist()]
    return " ".join(numbers).replace(" -", "-")
