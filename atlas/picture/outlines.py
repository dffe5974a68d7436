"""The shapes of map files as the path data of SVG, as fine as the picture shows them."""

from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.datapackage.map_features import features_of
from atlas.model.records import Atlas
from atlas.picture.canvas import Canvas

# Pixels: points that bend a line by less are left out, and what lies farther outside is cut off.
FINENESS, OVERLAP = 0.25, 4


# About 50 kB an entry.
@lru_cache(maxsize=128)
def outlines(atlas: Atlas, role: str, canvas: Canvas) -> tuple[str, ...]:
    """Return the path data of each feature of a map file; "" for one outside the canvas."""
    features = features_of(atlas, role)
    shapes = np.array([shapely.geometry.shape(one["geometry"]) for one in features], dtype=object)
    drawn = shapely.transform(shapes, lambda points: _projected(canvas, points))
    width, height = canvas.size
    window = (-OVERLAP, -OVERLAP, width + OVERLAP, height + OVERLAP)
    cut = shapely.clip_by_rect(drawn, *window)
    return tuple(map(path, shapely.simplify(cut, FINENESS, preserve_topology=False)))


def _projected(canvas: Canvas, points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([canvas.at(latitude, longitude) for longitude, latitude in points])


def path(shape: Any) -> str:
    """Return the path data of a polygon, a line, or a collection of them, in tenths of a pixel."""
    return "".join(_line(line) for part in shapely.get_parts(shape) for line in _lines(part))


def _lines(part: Any) -> tuple[Any, ...]:
    if part.geom_type == "Polygon":
        return () if part.is_empty else (part.exterior, *part.interiors)
    return (part,) if part.geom_type in ("LineString", "LinearRing") else ()


def _line(line: Any) -> str:
    tenths = np.rint(shapely.get_coordinates(line) * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if not len(steps):
        return ""
    is_ring = line.geom_type == "LinearRing"
    written = _run(steps[:-1] if is_ring else steps)
    return f"M{_run(tenths[:1])}l{written}{'z' if is_ring else ''}"


def _run(points: NDArray[np.int_]) -> str:
    """Write numbers one after the other; a minus sign parts them as well as a space does."""
    numbers = map(_tenth, chain.from_iterable(points.tolist()))
    return "".join(f" {one}" if one[0] != "-" else one for one in numbers).lstrip()


def _tenth(value: int) -> str:
    sign, (whole, tenth) = "-" if value < 0 else "", divmod(abs(value), 10)
    return f"{sign}{whole or ''}.{tenth}" if tenth else f"{sign}{whole}"
