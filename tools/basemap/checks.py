"""What must be true of the map files, or the build fails.

Each check returns its faults as sentences; `require` raises them all at once.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from tools.basemap import coordinates

Shapes = NDArray[np.object_]

UNITS = 59
LARGEST_AREA_CHANGE = 0.06
LARGEST_SIZE_KB = 160


class BasemapError(Exception):
    """The map files cannot be built; `faults` says why, one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults and list them in the message."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def require(faults: Iterable[str]) -> None:
    """Raise a `BasemapError` if there is any fault."""
    if all_faults := list(faults):
        raise BasemapError(all_faults)


def number(polygons: int) -> list[str]:
    """Expect the 21 prefectures of Sichuan and the 38 districts and counties of Chongqing."""
    return [] if polygons == UNITS else [f"{polygons} polygons instead of {UNITS}."]


def coverage(polygons: Shapes) -> list[str]:
    """Expect valid polygons that meet along identical vertices and do not overlap."""
    faults = []
    if not shapely.is_valid(polygons).all() or shapely.is_empty(polygons).any():
        faults.append("A polygon is invalid or empty.")
    if not shapely.coverage_is_valid(polygons):
        faults.append("Neighbouring polygons overlap or do not share their border.")
    return faults


def areas(names: Sequence[str], before: Shapes, after: Shapes) -> list[str]:
    """Expect no unit to gain or lose more than `LARGEST_AREA_CHANGE`; both in degrees.

    Only this check notices a unit that was merged into its neighbour.
    """
    old, new = (
        shapely.area(shapely.transform(shapes, coordinates.metres)) for shapes in (before, after)
    )
    return [
        f"{name} changed its area by {change:+.1%}; the limit is {LARGEST_AREA_CHANGE:.0%}."
        for name, change in zip(names, new / old - 1, strict=True)
        if abs(change) > LARGEST_AREA_CHANGE
    ]


def inside(
    points: Iterable[tuple[str, str, shapely.Point]], polygons: Mapping[str, shapely.Geometry]
) -> list[str]:
    """Expect each point (name, code, point) in the polygon of its code, if there is one."""
    return [
        f"{name} lies outside the polygon {code}."
        for name, code, point in points
        if code in polygons and not shapely.contains(polygons[code], point)
    ]


def size(total_bytes: int) -> list[str]:
    """Expect the full set to be small, because the first view loads it."""
    kilobytes = total_bytes / 1000
    if kilobytes <= LARGEST_SIZE_KB:
        return []
    return [f"The map files hold {kilobytes:.0f} kB; the limit is {LARGEST_SIZE_KB} kB."]
