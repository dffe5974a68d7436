"""Geodesic distances between places, and the counterpart of a place across the border."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from heapq import nsmallest
from operator import or_
from typing import NamedTuple

from geopy.distance import geodesic

from atlas.facets import FacetIndex, facet_index, sides
from atlas.records import Atlas, Place

# The mean radius of WGS 84. Its meridians are bent with a radius from 6,335 km at the equator
# to 6,400 km at the poles, so a geodesic is 0.6 % shorter to 0.5 % longer than on this sphere,
# and of two distances the longer one here may be the shorter in truth within 1.2 %.
MEAN_RADIUS_KM = 6_371.0
SLACK = 1.012


class Neighbour(NamedTuple):
    """A place and how far it is, in kilometres along the geodesic."""

    place: Place
    distance_km: float


class Counterpart(NamedTuple):
    """The nearest place on the other side that works in a sector."""

    sector: str
    neighbour: Neighbour | None


@lru_cache(maxsize=65_536)
def geodesic_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the length in km of the geodesic between two (latitude, longitude) points.

    Degrees, WGS 84. Karney's algorithm (J. Geodesy 87, 2013), through geopy.
    """
    return float(geodesic(start, end, ellipsoid="WGS-84").km)


def point(place: Place) -> tuple[float, float] | None:
    """Return the (latitude, longitude) of a place in degrees, WGS 84, if it is known."""
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def between_km(one: Place, other: Place) -> float | None:
    """Return the distance in km between two places, None where the point of either is unknown."""
    start, end = point(one), point(other)
    return geodesic_km(start, end) if start and end else None


class Span(NamedTuple):
    """Two places and the distance between them in km."""

    start: Place
    end: Place
    distance_km: float


@lru_cache(maxsize=4)
def farthest_seats(atlas: Atlas) -> Span | None:
    """Return the first city or district of the base groups and the one farthest from it."""
    based = {row.place for row in atlas.memberships if row.group in atlas.base_groups}
    seats = [
        place
        for place in atlas.places
        if place.id in based and place.kind != "park" and point(place)
    ]
    if len(seats) < 2:
        return None
    start, *others = seats
    spans = (Span(start, end, between_km(start, end) or 0.0) for end in others)
    return max(spans, key=lambda span: span.distance_km)


def near_enough(place: Place, others: Sequence[Place], most: int) -> list[Place]:
    """Return, in their order, those that may be among the nearest so many to a place.

    Only they need be measured along the geodesic: 2,000 of those take 0.2 s, this a few ms.
    """
    start = point(place)
    if start is None:
        return []
    rough = [(other, rough_km(start, end)) for other in others if (end := point(other))]
    limit = max(nsmallest(most, (km for _, km in rough)), default=0.0) * SLACK
    return [other for other, km in rough if km <= limit]


def rough_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance in km of two (latitude, longitude) points in degrees, on a sphere.

    By the haversine formula (Sinnott, Sky & Telescope 68, 1984), exact for near points.
    """
    (south, west), (north, east) = (map(math.radians, at) for at in (start, end))
    chord = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    )
    return 2 * MEAN_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def nearest(place: Place, candidates: Iterable[Place]) -> Neighbour | None:
    """Return the nearest of the candidates whose position is known, other than the place."""
    others = [other for other in candidates if other.id != place.id]
    reached = (
        Neighbour(other, distance_km)
        for other in near_enough(place, others, 1)
        if (distance_km := between_km(place, other)) is not None
    )
    return min(reached, key=lambda neighbour: neighbour.distance_km, default=None)


def counterparts(
    atlas: Atlas, place: Place, sectors: Iterable[str], groups: Iterable[str]
) -> tuple[Counterpart, ...]:
    """Return the counterpart of a place for each sector, among the members of some groups.

    Parks are compared with parks, cities and districts with cities and districts.
    A place on the border has both sides for its other side, and is on everyone's.
    """
    index = facet_index(atlas)
    facing = _facing(index, place)
    grouped = reduce(or_, (index.group[group] for group in groups), 0)
    return tuple(
        Counterpart(sector, nearest(place, index.select(facing & grouped & index.sector(sector))))
        for sector in sectors
    )


def _facing(index: FacetIndex, place: Place) -> int:
    """Return the bits of the places that face one: alike, and on the other side or on both."""
    alike = index.kind["park"] if place.kind == "park" else ~index.kind["park"]
    across = {"sichuan": index.side["chongqing"], "chongqing": index.side["sichuan"]}
    return alike & across.get(place.side, -1)


def faces(place: Place, other: Place) -> bool:
    """Tell whether two places are alike and lie on two sides of the border."""
    alike = (place.kind == "park") == (other.kind == "park")
    return alike and (place.side == "both" or sides(other) != sides(place))
