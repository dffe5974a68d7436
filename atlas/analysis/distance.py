"""Geodesic distances between places, and what lies nearest to a place."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from heapq import nsmallest
from operator import or_
from typing import NamedTuple

from geopy.distance import geodesic

from atlas.model.records import Atlas, Place
from atlas.query.facets import facet_index
from atlas.query.profile import profile

# The meridians of WGS 84 are bent with a radius from 6,335 km at the equator to 6,400 km at the
# poles, so a geodesic is 0.6 % shorter to 0.5 % longer than on a sphere of 6,371 km, and of two
# distances on a sphere the longer one may be the shorter in truth within 1.2 %.
SLACK = 1.012

# km: from here on the map draws a circle of the precision around a place. A smaller one would
# lie under the mark on every useful zoom.
ROUGH_KM = 2.0


class Position(NamedTuple):
    """A point in degrees, WGS 84."""

    latitude: float
    longitude: float


class Near(NamedTuple):
    """A place, its distance along the geodesic and how far off that may be, both in km."""

    place: Place
    distance_km: float
    margin_km: float


class Counterpart(NamedTuple):
    """The nearest place on the other side that works in a sector."""

    sector: str
    neighbour: Near | None


# Takes 0.1 ms, and a page of pairs measures hundreds.
@lru_cache(maxsize=65_536)
def geodesic_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the length in km of the geodesic between two (latitude, longitude) points.

    Degrees, WGS 84. Karney's algorithm (J. Geodesy 87, 2013), through geopy.
    """
    return float(geodesic(start, end, ellipsoid="WGS-84").km)


def point(place: Place) -> Position | None:
    """Return the point of a place (degrees, WGS 84, latitude first), None if it is not known."""
    if place.latitude is None or place.longitude is None:
        return None
    return Position(place.latitude, place.longitude)


def between_km(start: Place, end: Place) -> float | None:
    """Return the geodesic distance in km of two places, None unless both points are known."""
    start_point, end_point = point(start), point(end)
    return geodesic_km(start_point, end_point) if start_point and end_point else None


def is_rough(precision_km: float | None) -> bool:
    """Return whether a position is so rough that the map draws a circle for it."""
    return (precision_km or 0.0) >= ROUGH_KM


def margin_km(start_km: float | None, end_km: float | None) -> float:
    """Return how far off a distance may be in km, given the precision of its two ends in km.

    The two precisions added up, rounded up to whole km as distances are stated; 0 where
    neither end is rough. The distance itself plays no part: the same circles make the same
    margin, however far apart they lie.
    """
    if not (is_rough(start_km) or is_rough(end_km)):
        return 0.0
    return float(math.ceil((start_km or 0.0) + (end_km or 0.0)))


def between(start: Place, end: Place) -> Near | None:
    """Return the end with its distance in km from the start, None unless both points are known."""
    distance_km = between_km(start, end)
    if distance_km is None:
        return None
    return Near(end, distance_km, margin_km(start.precision_km, end.precision_km))


# Of 2,000 places it takes 5 ms, and is the same for every view.
@lru_cache(maxsize=4)
def farthest_seats(atlas: Atlas) -> tuple[Place, Near] | None:
    """Return the first place of the base groups that is no mere point, and the farthest from it."""
    based = {row.place for row in atlas.memberships if row.group in atlas.base_groups}
    seats = [place for place in atlas.places if place.id in based and place.extent != "point"]
    placed = [place for place in seats if point(place)]
    if len(placed) < 2:
        return None
    start, *others = placed
    ends = (near for end in others if (near := between(start, end)))
    return start, max(ends, key=lambda near: near.distance_km)


def near_enough(place: Place, others: Sequence[Place], most: int) -> list[Place]:
    """Return the places that may be among the nearest `most` to a place, in their order.

    Only these need be measured along the geodesic: 2,000 geodesics take 0.2 s, this a few ms.
    """
    start = point(place)
    if start is None:
        return []
    here = _on_sphere(start)
    chords = [(end, math.dist(here, _on_sphere(at))) for end in others if (at := point(end))]
    limit = max(nsmallest(most, (chord for _, chord in chords)), default=0.0) * SLACK
    return [end for end, chord in chords if chord <= limit]


def _on_sphere(at: Position) -> tuple[float, float, float]:
    """Return a point as one on the unit sphere, where a chord grows with the distance."""
    north, east = map(math.radians, at)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def neighbours(place: Place, candidates: Iterable[Place], most: int) -> tuple[Near, ...]:
    """Return up to `most` candidates nearest to a place, with their distances in km.

    Without the place itself, and without candidates whose point is not known.
    """
    others = [candidate for candidate in candidates if candidate.id != place.id]
    close = near_enough(place, others, most)
    measured = (near for end in close if (near := between(place, end)))
    return tuple(sorted(measured, key=lambda near: near.distance_km)[:most])


def nearest(place: Place, candidates: Iterable[Place]) -> Near | None:
    """Return the nearest of the candidates whose point is known, other than the place itself."""
    return next(iter(neighbours(place, candidates, 1)), None)


def counterparts(
    atlas: Atlas, place: Place, sectors: Iterable[str], groups: Iterable[str]
) -> tuple[Counterpart, ...]:
    """Return the counterpart of a place for each sector, among the members of some groups.

    A place is compared with those whose kind faces the same.
    A place on the border has both sides for its other side, and is on everyone's.
    """
    index = facet_index(atlas)
    facing = index.faces[place.faces] & index.across(place)
    grouped = reduce(or_, (index.group[group] for group in groups), 0)
    return tuple(
        Counterpart(sector, nearest(place, index.select(facing & grouped & index.sector(sector))))
        for sector in sectors
    )


def are_across(place: Place, other: Place) -> bool:
    """Return whether two places share no region, or one lies on the border of two."""
    if "both" in (place.side, other.side):
        return True
    return bool(place.regions and other.regions) and not {*place.regions} & {*other.regions}


def nearest_places(atlas: Atlas, place: Place, count: int) -> tuple[Near, ...]:
    """Return the nearest places with a known position, without those on each other's land."""
    others = (
        other for other in atlas.places if other.id != place.parent and other.parent != place.id
    )
    return neighbours(place, others, count)


def on_its_land(atlas: Atlas, place: Place) -> tuple[Place, ...]:
    """Return the places on the land of a place; of a region, what has land in it."""
    if place.extent != "region":
        return profile(atlas, place.id).children
    return tuple(
        other
        for other in atlas.places
        if other.extent == "area" and not other.parent and {*place.regions} & {*other.regions}
    )
