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

# The meridians of WGS 84 have a radius of curvature from 6,335 km at the equator to 6,400 km at
# the poles, so a geodesic is 0.6 % shorter to 0.5 % longer than on a sphere of 6,371 km. Two
# distances on the sphere that differ by less than 1.2 % may therefore be in the wrong order.
SLACK = 1.012

# From this precision in km on, the map draws a circle around a place. A smaller circle would be
# hidden by the mark at every useful zoom.
ROUGH_KM = 2.0


class Position(NamedTuple):
    """A point in degrees, WGS 84."""

    latitude: float
    longitude: float


class Near(NamedTuple):
    """A place, its geodesic distance from another, and the margin of that distance, in km."""

    place: Place
    distance_km: float
    margin_km: float


class Counterpart(NamedTuple):
    """The nearest place across the border that works in a sector, None if there is none."""

    sector: str
    neighbour: Near | None


# One takes 0.1 ms, and a page of pairs needs hundreds.
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
    """Return the geodesic distance of two places in km, None unless both points are known."""
    start_point, end_point = point(start), point(end)
    return geodesic_km(start_point, end_point) if start_point and end_point else None


def is_rough(precision_km: float | None) -> bool:
    """Return whether a position is so imprecise that the map draws a circle for it."""
    return (precision_km or 0.0) >= ROUGH_KM


def margin_km(start_km: float | None, end_km: float | None) -> float:
    """Return the margin of a distance in km, given the precision of its two ends in km.

    This is the sum of both, rounded up to whole km, in which distances are stated; 0 if neither
    end is rough. It does not depend on the distance.
    """
    if not (is_rough(start_km) or is_rough(end_km)):
        return 0.0
    return float(math.ceil((start_km or 0.0) + (end_km or 0.0)))


def between(start: Place, end: Place) -> Near | None:
    """Return the end with its distance from the start, None unless both points are known."""
    distance_km = between_km(start, end)
    if distance_km is None:
        return None
    return Near(end, distance_km, margin_km(start.precision_km, end.precision_km))


# With 2,000 places it takes 5 ms, and it is the same for every view.
@lru_cache(maxsize=4)
def farthest_seats(atlas: Atlas) -> tuple[Place, Near] | None:
    """Return the first place of the base groups that is not a point, and the farthest from it.

    None unless two of them have a position.
    """
    seats = [
        place
        for place in atlas.places
        if place.id in atlas.base_places and place.extent != "point" and point(place)
    ]
    if len(seats) < 2:
        return None
    start, *others = seats
    ends = (near for end in others if (near := between(start, end)))
    return start, max(ends, key=lambda near: near.distance_km)


def near_enough(place: Place, others: Sequence[Place], most: int) -> list[Place]:
    """Return the places that may be among the nearest `most` to a place, in their order.

    Only for these are geodesics computed: 2,000 of them would take 0.2 s, this takes a few ms.
    """
    start = point(place)
    if start is None:
        return []
    start_vector = _unit_vector(start)
    chords = [
        (end, math.dist(start_vector, _unit_vector(position)))
        for end in others
        if (position := point(end))
    ]
    limit = max(nsmallest(most, (chord for _, chord in chords)), default=0.0) * SLACK
    return [end for end, chord in chords if chord <= limit]


def _unit_vector(position: Position) -> tuple[float, float, float]:
    """Return a position on the unit sphere, where chords are in the order of distances."""
    north, east = map(math.radians, position)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def neighbours(place: Place, candidates: Iterable[Place], most: int) -> tuple[Near, ...]:
    """Return up to `most` candidates with a known point, other than the place, nearest first."""
    others = [candidate for candidate in candidates if candidate.id != place.id]
    close = near_enough(place, others, most)
    measured = (near for end in close if (near := between(place, end)))
    return tuple(sorted(measured, key=lambda near: near.distance_km)[:most])


def nearest(place: Place, candidates: Iterable[Place]) -> Near | None:
    """Return the nearest candidate with a known point, other than the place itself."""
    return next(iter(neighbours(place, candidates, 1)), None)


def counterparts(
    atlas: Atlas, place: Place, sectors: Iterable[str], groups: Iterable[str]
) -> tuple[Counterpart, ...]:
    """Return the counterpart of a place in each sector, among the members of some groups.

    Counterparts have kinds that face the same. A place on the border is across it from every place.
    """
    index = facet_index(atlas)
    members = reduce(or_, (index.group[group] for group in groups), 0)
    candidates = index.faces[place.faces] & index.across(place) & members
    return tuple(
        Counterpart(sector, nearest(place, index.select(candidates & index.sector(sector))))
        for sector in sectors
    )


def are_across(start: Place, end: Place) -> bool:
    """Return whether two places share no region, or either lies on the border of two."""
    if "both" in (start.side, end.side):
        return True
    return bool(start.regions and end.regions) and not {*start.regions} & {*end.regions}


def nearest_places(atlas: Atlas, place: Place, count: int) -> tuple[Near, ...]:
    """Return the nearest places with a known point that neither contain the place nor lie in it."""
    candidates = (end for end in atlas.places if end.id != place.parent and end.parent != place.id)
    return neighbours(place, candidates, count)


def on_its_land(atlas: Atlas, place: Place) -> tuple[Place, ...]:
    """Return the places that a place contains; for a region, the areas in it that none contains."""
    if place.extent != "region":
        return profile(atlas, place.id).children
    return tuple(
        area
        for area in atlas.places
        if area.extent == "area" and not area.parent and {*place.regions} & {*area.regions}
    )
