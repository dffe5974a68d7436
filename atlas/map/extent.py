"""The first view of a map: where the base groups are, on a canvas of some size."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import shapely

from atlas.analysis.distance import point
from atlas.datapackage.land.map_features import Feature, features_of
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


class _Bounds(NamedTuple):
    """The ends of something in degrees, WGS 84; its longitudes run on past 180 degrees."""

    west: float
    south: float
    east: float
    north: float


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
    marks, lands = _marks(places), tuple(_lands(atlas, places))
    if not marks and not lands:
        marks = _marks(atlas.places)
    if not marks and not lands:
        return WORLD
    middle = _middle([bounds.west for bounds in (*marks, *lands)])
    return _view(size, *([_turned(one, middle) for one in many] for many in (marks, lands)))


def _middle(longitudes: list[float]) -> float:
    west, across = narrowest(longitudes)
    return near(west + across / 2, 0)


def _turned(bounds: _Bounds, middle: float) -> _Bounds:
    """Return bounds as near to a longitude as they can be, also across 180 degrees."""
    turn = near((bounds.west + bounds.east) / 2, middle) - (bounds.west + bounds.east) / 2
    return bounds._replace(west=bounds.west + turn, east=bounds.east + turn)


def _marks(places: Sequence[Place]) -> tuple[_Bounds, ...]:
    return tuple(
        _Bounds(at[1], at[0], at[1], at[0])
        for place in places
        if place.position != "none" and (at := point(place))
    )


def _lands(atlas: Atlas, places: Sequence[Place]) -> Iterator[_Bounds]:
    features = features_of(atlas, "boundaries")
    if features:
        ids = {place.id for place in places}
        for land in features:
            if land["properties"].get("place") in ids:
                yield from _bounds(land)
        return
    for disc in discs(atlas, places):
        up = disc.radius_km / EQUATOR_KM * 360
        across = up / math.cos(math.radians(disc.latitude))
        yield _Bounds(
            disc.longitude - across,
            disc.latitude - up,
            disc.longitude + across,
            disc.latitude + up,
        )


def _bounds(feature: Feature) -> Iterator[_Bounds]:
    """Yield the bounds of each part of a shape: the parts may lie on both sides of 180 degrees."""
    for part in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
        yield _Bounds(*part.bounds)


def _view(size: Size, marks: Sequence[_Bounds], lands: Sequence[_Bounds]) -> ViewPoint:
    wide, high = (min(1.0, pixels / LEAST_PIXELS) for pixels in size)
    rooms = [(mark, MARK_ROOM) for mark in marks] + [(land, LAND_ROOM) for land in lands]
    across = [_across(bounds, room[0] * wide) for bounds, room in rooms]
    down = [_down(bounds, room[1] * high) for bounds, room in rooms]
    scale = min(_scale(across, size.width), _scale(down, size.height), 2**NEAREST_ZOOM)
    latitude, longitude = degrees(_centre(across, scale), _centre(down, scale))
    zoom = round(math.log2(scale), 2)
    return ViewPoint(round(latitude, 3), round(longitude, 3), zoom, (size.width, size.height))


def _across(bounds: _Bounds, room: float) -> _Stretch:
    return _Stretch(pixel(0, bounds.west, 0)[0], pixel(0, bounds.east, 0)[0], room)


def _down(bounds: _Bounds, room: float) -> _Stretch:
    return _Stretch(pixel(bounds.north, 0, 0)[1], pixel(bounds.south, 0, 0)[1], room)


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
