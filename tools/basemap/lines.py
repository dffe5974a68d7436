"""Cut and join river lines, in metres on the sheet of `coordinates`."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.ops import substring

from tools.basemap.checks import BasemapError

# Shorter ends that a splice leaves over are the old course of a river at its mouth.
SHORTEST_STUB_M = 5_000.0


def longest(geometry: shapely.Geometry) -> shapely.LineString:
    """Return the longest connected line of a line geometry."""
    parts = shapely.get_parts(shapely.line_merge(geometry))
    part: shapely.LineString = parts[np.argmax(shapely.length(parts))]
    return part


def between(line: shapely.LineString, *ends: shapely.Point) -> shapely.LineString:
    """Return the part of a line between the points of it nearest to two given ones."""
    start, end = sorted(map(line.project, ends))
    return _part(line, start, end)


def splice(line: shapely.LineString, better: shapely.LineString) -> shapely.LineString:
    """Return a line in which `better` replaces the stretch along it."""
    ends = [line.project(shapely.Point(better.coords[index])) for index in (0, -1)]
    middle = better if ends[0] < ends[1] else better.reverse()
    start, end = sorted(ends)
    head = [_part(line, 0, start)] if start > SHORTEST_STUB_M else []
    tail = [_part(line, end, line.length)] if line.length - end > SHORTEST_STUB_M else []
    return joined(*head, middle, *tail)


def joined(*parts: shapely.LineString) -> shapely.LineString:
    """Return one line through the vertices of all parts, in their order."""
    return shapely.LineString(np.vstack([shapely.get_coordinates(part) for part in parts]))


def southward(line: shapely.LineString) -> shapely.LineString:
    """Return the line in the direction from its northern end."""
    return line if line.coords[0][1] > line.coords[-1][1] else line.reverse()


def along_borders(pairs: Sequence[tuple[shapely.Geometry, shapely.Geometry]]) -> shapely.LineString:
    """Return the longest line along the common borders of pairs of polygons."""
    borders = [
        shapely.intersection(shapely.boundary(left), shapely.boundary(right))
        for left, right in pairs
    ]
    return longest(shapely.union_all(borders))


def _part(line: shapely.LineString, start: float, end: float) -> shapely.LineString:
    """Return the part of a line between two distances along it."""
    part = substring(line, start, end)
    if not isinstance(part, shapely.LineString):
        raise BasemapError(["Two points fall on one place of a river."])
    return part
