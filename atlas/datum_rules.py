"""GCJ-02 instead of WGS 84: found where two files of a package give the same point.

A web map's coordinates lie some 300 to 700 m off, which is too little to see. But the shift is
known for every point. So where a point of one file falls on one of another once it is taken
back, and not as it stands, the first is very likely GCJ-02: by chance a vertex would have to
come within 11 m of where the formula leads. The rules compare the point of a place with the
one of its label, and the vertices of every two map files, which share some where one was made
from the other. What nothing else in the package repeats cannot be judged so, nor can a package
that is GCJ-02 as a whole; nor do coordinates tell that have less than four decimals.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.datum import Coordinates, is_shifted, taken_back, to_wgs84
from atlas.package.geojson import Feature
from atlas.records import Atlas, Place

# Table or map role, row index or None, column, what stands there, what to do.
MapFinding = tuple[str, int | None, str, object, str]
Shapes = Mapping[str, tuple[Feature, ...]]

LABELS = "labels"
# Degrees: points so near are the same, once both are rounded to four decimals.
SAME = 1e-4
# So many vertices of a file must fall on another's once taken back, and so many times the number
# that do as they stand: in a dense file some always meet.
LEAST_SHARED, LEAST_TIMES = 5, 4


def point_of(place: Place) -> shapely.Point | None:
    """The point of a place."""
    if place.longitude is None or place.latitude is None:
        return None
    return shapely.Point(place.longitude, place.latitude)


def unshifted(point: shapely.Point) -> shapely.Point:
    """The point taken back from GCJ-02; the same where web maps shift nothing."""
    return shapely.Point(taken_back(point.x, point.y) or (point.x, point.y))


def degrees(point: shapely.Point) -> str:
    """Latitude and longitude in words."""
    return f"{point.y:.8g}, {point.x:.8g}"


def advice(moved: shapely.Point) -> str:
    """What to do about a point that looks like GCJ-02 and would then be this in WGS 84."""
    return f"it looks like GCJ-02 (as Amap gives it), convert it to WGS 84: {degrees(moved)}."


def labels(atlas: Atlas, shapes: Shapes) -> Iterator[MapFinding]:
    """Where a place and its label give one point, but one of them in GCJ-02."""
    rows = {place.id: index for index, place in enumerate(atlas.places)}
    for label in shapes.get(LABELS, ()):
        index, drawn = rows.get(label.text("place")), label.shape
        point = None if index is None else point_of(atlas.places[index])
        if index is None or point is None or not isinstance(drawn, shapely.Point):
            continue
        if _becomes(point, drawn):
            rule = f"Its label in the map file lies apart: {advice(unshifted(point))}"
            yield "places", index, "latitude", degrees(point), rule
        elif _becomes(drawn, point):
            rule = f"places has this point apart: {advice(unshifted(drawn))}"
            yield LABELS, None, "geometry", label.text("place"), rule


def _becomes(point: shapely.Point, other: shapely.Point) -> bool:
    """Whether a point is another once taken back, and is not as it stands."""
    return point.distance(other) > 2 * SAME and unshifted(point).distance(other) <= SAME


def map_files(shapes: Shapes) -> Iterator[MapFinding]:
    """Map files whose vertices fall on those of another once taken back."""
    roles = [role for role, features in shapes.items() if features]
    vertices = [_vertices(shapes[role]) for role in roles]
    back = _meetings([to_wgs84(points) for points in vertices], vertices)
    if back.max(initial=0) < LEAST_SHARED:
        return
    as_is = _meetings(vertices, vertices)
    for role, moved, stays in zip(roles, back, as_is, strict=True):
        other = moved.argmax()
        if moved[other] >= max(LEAST_SHARED, LEAST_TIMES * stays[other] + 1):
            rule = (
                f"Once taken back from GCJ-02, {moved[other]} of its points fall on those of map "
                f"file {roles[other]}, {stays[other]} as they are: convert it to WGS 84."
            )
            yield role, None, "geometry", "the whole file", rule


def _vertices(features: tuple[Feature, ...]) -> Coordinates:
    found = np.vstack([shapely.get_coordinates(feature.shape) for feature in features])
    return np.unique(found[is_shifted(found)], axis=0)


def _meetings(moved: list[Coordinates], vertices: list[Coordinates]) -> NDArray[np.int_]:
    """How many points of each moved file (row) lie on a vertex of each other one (column)."""
    owners = np.repeat(np.arange(len(vertices)), [len(points) for points in vertices])
    met = np.zeros((len(vertices), len(vertices)), dtype=np.int_)
    if len(owners):
        tree = shapely.STRtree(np.asarray(shapely.points(np.vstack(vertices))))
        asked = shapely.points(np.vstack(moved))
        points, hits = tree.query(asked, predicate="dwithin", distance=SAME)
        pairs = np.unique(np.column_stack([points, owners[hits]]), axis=0)
        np.add.at(met, (owners[pairs[:, 0]], pairs[:, 1]), 1)
        np.fill_diagonal(met, 0)
    return met
