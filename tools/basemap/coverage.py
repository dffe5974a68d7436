"""Simplification of a set of polygons that share their borders.

Visvalingam and Whyatt (1993) as `shapely.coverage_simplify` does it: each shared
border once, and no border crosses another. That function knows one tolerance for
all; `simplify` gives every polygon its own and each border the finer of its two.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from tools.basemap import checks, coordinates

Shapes = NDArray[np.object_]
Metres = NDArray[np.float64]

# A tolerance is the side of a square: corners of less than its area are removed. Near a
# polygon's own size it eats the polygon: Yuzhong (20 km2) lost 28 per cent at 3.5 km.
LARGEST_SHARE_OF_SIDE = 0.05
SMALLEST_PART_M2 = 1e6
MARGIN_M = 20_000.0


def simplify(polygons: Shapes, tolerance_m: Metres) -> Shapes:
    """Return polygons that share their borders with fewer vertices and borders still shared.

    `polygons` (n) are in degrees, longitude first, and must share their vertices;
    `tolerance_m` (n) is the side of the square whose area a corner must reach to stay.
    Raises `BasemapError` where the polygons, before or after, are not a valid coverage.
    """
    checks.require(checks.coverage(polygons))
    sheet = absorb_specks(np.asarray(shapely.transform(polygons, coordinates.metres)))
    largest_m = LARGEST_SHARE_OF_SIDE * np.sqrt(shapely.area(sheet))
    rough = _by_tolerance(sheet, np.minimum(tolerance_m, largest_m))
    result = np.asarray(shapely.transform(rough, coordinates.degrees))
    checks.require(checks.coverage(result))
    return np.asarray(shapely.normalize(result))


def absorb_specks(polygons: Shapes) -> Shapes:
    """Merge parts and gaps below 1 km2 into the neighbour with the longest border; metres."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    gaps = shapely.get_parts(_outside(polygons))
    parts, owner = np.append(parts, gaps), np.append(owner, np.full(len(gaps), len(polygons)))
    large = shapely.area(parts) >= SMALLEST_PART_M2
    for speck in np.flatnonzero(~large):
        border_m = shapely.length(shapely.intersection(parts[large], parts[speck]))
        if border_m.any():
            owner[speck] = owner[large][np.argmax(border_m)]
    merged = [shapely.coverage_union_all(parts[owner == index]) for index in range(len(polygons))]
    return np.array(merged, dtype=object)


def _outside(polygons: Shapes) -> shapely.Geometry:
    """Return the land around and between the polygons, up to a frame."""
    land = shapely.coverage_union_all(polygons)
    frame = shapely.box(*shapely.total_bounds(shapely.buffer(shapely.envelope(land), MARGIN_M)))
    return shapely.difference(frame, land)


def _by_tolerance(polygons: Shapes, tolerance_m: Metres) -> Shapes:
    """Simplify in rounds: at each tolerance, the borders between polygons that allow it.

    With the land around them as one more polygon the outer border is a shared border.
    """
    around = shapely.get_parts(_outside(polygons))
    every = np.append(polygons, around)
    allowed = np.append(tolerance_m, np.full(len(around), np.inf))
    for tolerance in np.unique(tolerance_m):
        free = allowed >= tolerance
        every[free] = shapely.coverage_simplify(every[free], tolerance, simplify_boundary=False)
    return every[: len(polygons)]
