"""The first view of a map: centre and zoom that fit the base groups into a canvas."""

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

# The pixels across and down between the edge of the canvas and a mark, whose label is to its left
# or right, or the land of a place.
MARK_ROOM = (100.0, 30.0)
LAND_ROOM = (6.0, 17.0)
# A smaller canvas has proportionally less room.
LEAST_PIXELS = 540.0
# A single place is shown with its surroundings.
NEAREST_ZOOM = 9.0
WORLD = ViewPoint(latitude=20.0, longitude=0.0, zoom=0.0)


class Size(NamedTuple):
    """The size of a canvas in pixels."""

    width: int
    height: int


class _Extent(NamedTuple):
    """A bounding box in degrees, WGS 84, and the pixels across and down that it keeps free.

    Longitudes continue beyond 180 degrees.
    """

    west: float
    south: float
    east: float
    north: float
    room: tuple[float, float] = LAND_ROOM


class _Stretch(NamedTuple):
    """One dimension of an extent, in pixels of the world at zoom 0, and its room in pixels."""

    start: float
    end: float
    room: float


# It takes 2 ms, half of a click.
@lru_cache(maxsize=256)
def first_view(atlas: Atlas, size: Size) -> ViewPoint:
    """Return the view that contains the places of the base groups with their labels and land.

    If none of them has a position, it contains all other places; without any position, the world.
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
        if place.position != "none" and (position := point(place)):
            latitude, longitude = position
            yield _Extent(longitude, latitude, longitude, latitude, MARK_ROOM)


def _lands(atlas: Atlas, places: Sequence[Place]) -> Iterator[_Extent]:
    """Yield the extent of each part of the land of places, or of the discs that replace it.

    The parts may lie on both sides of 180 degrees.
    """
    ids = {place.id for place in places}
    features = features_of(atlas, "boundaries")
    for feature in features:
        if feature["properties"].get("place") in ids:
            for part in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
                yield _Extent(*part.bounds)
    for _, latitude, longitude, radius_km in () if features else discs(atlas, places):
        height = radius_km / EQUATOR_KM * 360
        width = height / math.cos(math.radians(latitude))
        yield _Extent(longitude - width, latitude - height, longitude + width, latitude + height)


def _stretches(extents: Sequence[_Extent], size: Size) -> tuple[list[_Stretch], list[_Stretch]]:
    """Return the stretches of extents across and down, next to each other also at 180 degrees."""
    west, width = narrowest([extent.west for extent in extents])
    middle = near(west + width / 2, 0)
    x_share, y_share = (min(1.0, pixels / LEAST_PIXELS) for pixels in size)
    across, down = [], []
    for west, south, east, north, room in extents:
        turn = near((west + east) / 2, middle) - (west + east) / 2
        left, right = (pixel(0, longitude + turn, 0)[0] for longitude in (west, east))
        top, bottom = (pixel(latitude, 0, 0)[1] for latitude in (north, south))
        across.append(_Stretch(left, right, room[0] * x_share))
        down.append(_Stretch(top, bottom, room[1] * y_share))
    return across, down


def _scale(stretches: Sequence[_Stretch], pixels: float) -> float:
    """Return the scale of the world at zoom 0 at which the stretches and their room fit."""
    # Among stretches with the same room, only the outermost can limit the scale.
    rooms = {stretch.room for stretch in stretches}
    starts = {room: min(part.start for part in stretches if part.room == room) for room in rooms}
    ends = {room: max(part.end for part in stretches if part.room == room) for room in rooms}
    limits = (
        (pixels - before - after) / (ends[after] - starts[before])
        for before in rooms
        for after in rooms
        if ends[after] > starts[before]
    )
    return max(min(limits, default=math.inf), 1.0)


def _centre(stretches: Sequence[_Stretch], scale: float) -> float:
    start = min(part.start * scale - part.room for part in stretches)
    end = max(part.end * scale + part.room for part in stretches)
    return (start + end) / 2 / scale
