"""The first view of a map: where the base groups are, on a canvas of some size."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import shapely

from atlas.analysis.distance import point
from atlas.datapackage.land.map_features import features_of
from atlas.datapackage.land.slice import narrowest
from atlas.map.base_style import discs
from atlas.map.scene.placing import EQUATOR_KM, ViewPoint, degrees, near, pixel
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.query.facets import shown

# Pixels across and down to the edge of the canvas: from a mark, whose label stands left or
# right of it, and from the land of a place.
MARK_ROOM = (100.0, 30.0)
LAND_ROOM = (6.0, 17.0)
# Canvas enough for all of that; on a smaller one everything keeps less room.
LEAST_PIXELS = 540.0
# A single place is shown with what is around it.
NEAREST_ZOOM = 9.0
WORLD = ViewPoint(latitude=20.0, longitude=0.0, zoom=0.0)


class Size(NamedTuple):
    """The size of a canvas in pixels."""

    width: int
    height: int


class _Extent(NamedTuple):
    """The ends of something in degrees, WGS 84, and the pixels from it to the canvas's edge.

    Its longitudes run on past 180 degrees. Pixels are across and down.
    """

    west: float
    south: float
    east: float
    north: float
    room: tuple[float, float] = LAND_ROOM


class _Stretch(NamedTuple):
    """Where something begins and ends on an axis of the world at zoom 0, and the room it keeps."""

    start: float
    end: float
    room: float


# It takes 2 ms, and a click 4.
@lru_cache(maxsize=256)
def first_view(atlas: Atlas, size: Size) -> ViewPoint:
    """Return the view that holds the places of the base groups, their labels and their land.

    A package with no position in them gets the view of its other places, and without any
    position that of the world.
    """
    places = shown(atlas, Selection())
    extents = [*_marks(places), *_lands(atlas, places)] or list(_marks(atlas.places))
    if not extents:
        return WORLD._replace(canvas=size)
    across, down = _stretches(extents, size)
    scale = min(_scale(across, size.width), _scale(down, size.height), 2**NEAREST_ZOOM)
    latitude, longitude = degrees(_centre(across, scale), _centre(down, scale))
    return ViewPoint(round(latitude, 3), round(longitude, 3), round(math.log2(scale), 2), size)


def _marks(places: Sequence[Place]) -> Iterator[_Extent]:
    for place in places:
        if place.position != "none" and (at := point(place)):
            yield _Extent(at.longitude, at.latitude, at.longitude, at.latitude, MARK_ROOM)


def _lands(atlas: Atlas, places: Sequence[Place]) -> Iterator[_Extent]:
    """Yield the extent of each part of the land of places: some lie on both sides of 180 degrees.

    Without boundaries these are the discs that stand for land.
    """
    ids = {place.id for place in places}
    features = features_of(atlas, "boundaries")
    for land in features:
        if land["properties"].get("place") in ids:
            for part in shapely.get_parts(shapely.geometry.shape(land["geometry"])):
                yield _Extent(*part.bounds)
    for _, latitude, longitude, radius_km in () if features else discs(atlas, places):
        up = radius_km / EQUATOR_KM * 360
        across = up / math.cos(math.radians(latitude))
        yield _Extent(longitude - across, latitude - up, longitude + across, latitude + up)


def _stretches(extents: Sequence[_Extent], size: Size) -> tuple[list[_Stretch], list[_Stretch]]:
    """Return where extents lie across and down, side by side also across 180 degrees."""
    west, width = narrowest([extent.west for extent in extents])
    middle = near(west + width / 2, 0)
    wide, high = (min(1.0, pixels / LEAST_PIXELS) for pixels in size)
    across, down = [], []
    for west, south, east, north, room in extents:
        turn = near((west + east) / 2, middle) - (west + east) / 2
        left, right = (pixel(0, longitude + turn, 0)[0] for longitude in (west, east))
        top, bottom = (pixel(latitude, 0, 0)[1] for latitude in (north, south))
        across.append(_Stretch(left, right, room[0] * wide))
        down.append(_Stretch(top, bottom, room[1] * high))
    return across, down


def _scale(stretches: Sequence[_Stretch], pixels: float) -> float:
    """Return how much the world at zoom 0 may be enlarged until the stretches fill the pixels."""
    # Of those that keep the same room, only the outermost can be what limits the scale.
    rooms = {stretch.room for stretch in stretches}
    first = {room: min(part.start for part in stretches if part.room == room) for room in rooms}
    last = {room: max(part.end for part in stretches if part.room == room) for room in rooms}
    limits = (
        (pixels - before - after) / (last[after] - first[before])
        for before in rooms
        for after in rooms
        if last[after] > first[before]
    )
    return max(min(limits, default=math.inf), 1.0)


def _centre(stretches: Sequence[_Stretch], scale: float) -> float:
    start = min(part.start * scale - part.room for part in stretches)
    end = max(part.end * scale + part.room for part in stretches)
    return (start + end) / 2 / scale
