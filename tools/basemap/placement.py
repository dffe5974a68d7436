"""Free room for names along rivers and in provinces, in metres on the sheet of `plane`.

A name is a straight strip. It goes where it is farthest from everything placed so far.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.ops import substring

from tools.basemap import plane

VIEW = (102.6, 28.6, 107.8, 31.9)  # the first view: west, south, east, north, degrees
EDGE_M = 25_000.0
POINT_NAME_M = 30_000.0
RIVER_NAME_M = 40_000.0
PROVINCE_NAME_M = 70_000.0
STEP_M = 5_000.0
# Beyond this a name is free enough, and only the straightness of the river decides.
ROOM_M = 12_000.0


def river_stretch(
    line: shapely.LineString, taken: Sequence[shapely.Geometry]
) -> shapely.LineString:
    """Find the freest and straightest stretch of a river in the first view or near it."""
    obstacles, view = shapely.union_all(taken), _view()

    def merit_m(stretch: shapely.LineString) -> float:
        straight = chord(stretch)
        room = min(straight.distance(obstacles), ROOM_M)
        return room + straight.length - straight.centroid.distance(view)

    return max(_stretches(line), key=merit_m)


def province_spot(area: shapely.Geometry, taken: Sequence[shapely.Geometry]) -> shapely.Point:
    """Find the freest point for a name in the part of a province that the first view shows."""
    land = shapely.intersection(area, _view())
    obstacles = shapely.union_all([*taken, shapely.boundary(land)])
    spots = [spot for spot in _grid() if land.contains(strip(spot, PROVINCE_NAME_M))]
    return max(spots, key=lambda spot: strip(spot, PROVINCE_NAME_M).distance(obstacles))


def strip(middle: shapely.Point, length: float = POINT_NAME_M) -> shapely.LineString:
    """Return the level line a name of some length takes up, centred on a point."""
    half = length / 2
    return shapely.LineString([(middle.x - half, middle.y), (middle.x + half, middle.y)])


def chord(stretch: shapely.LineString) -> shapely.LineString:
    """Return the straight line from end to end."""
    return shapely.LineString([stretch.coords[0], stretch.coords[-1]])


def _stretches(line: shapely.LineString) -> Iterator[shapely.LineString]:
    for start in np.arange(0, line.length - RIVER_NAME_M, STEP_M):
        stretch = substring(line, start, start + RIVER_NAME_M)
        if isinstance(stretch, shapely.LineString):
            yield stretch


def _grid() -> Iterator[shapely.Point]:
    west, south, east, north = _view().bounds
    for x in np.arange(west, east, STEP_M):
        for y in np.arange(south, north, STEP_M):
            yield shapely.Point(x, y)


def _view() -> shapely.Polygon:
    """Return the first view without its edge."""
    (west, south), (east, north) = plane.metres(np.reshape(VIEW, (2, 2))).tolist()
    view: shapely.Polygon = shapely.box(west, south, east, north)
    return view.buffer(-EDGE_M, join_style="mitre")
