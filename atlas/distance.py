"""Geodesic distances between places, and the counterpart of a place across the border."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from geopy.distance import geodesic

from atlas.facets import FacetIndex, facet_index, sides
from atlas.records import Atlas, Place
from atlas.sphere import may_be_farthest, may_be_nearest


class Position(NamedTuple):
    """A point in degrees, WGS 84."""

    latitude: float
    longitude: float


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


def point(place: Place) -> Position | None:
    """Return the point of a place, if it is known."""
    if place.latitude is None or place.longitude is None:
        return None
    return Position(place.latitude, place.longitude)


def between_km(one: Place, other: Place) -> float | None:
    """Return the distance in km between the known points of two places."""
    start, end = point(one), point(other)
    return geodesic_km(start, end) if start and end else None


class Span(NamedTuple):
    """Two places and the distance between them in km."""

    start: Place
    end: Place
    distance_km: float


def farthest_seats(atlas: Atlas) -> Span | None:
    """Return the first city or district of the base groups and the one farthest from it."""
    based = {row.place for row in atlas.memberships if row.group in atlas.base_groups}
    seats = [one for one in atlas.places if one.id in based and one.kind != "park" and point(one)]
    if len(seats) < 2:
        return None
    start, *others = seats
    far = [others[one] for one in may_be_farthest(point(start), [point(one) for one in others])]
    spans = (Span(start, one, between_km(start, one) or 0.0) for one in far)
    return max(spans, key=lambda span: span.distance_km)


def near_enough(place: Place, others: Sequence[Place], most: int) -> list[Place]:
    """Return, in their order, those that may be among the nearest so many to a place.

    Only they need be measured along the geodesic, which takes a hundred times as long.
    """
    found = may_be_nearest(point(place), [point(one) for one in others], most)
    return [others[one] for one in found]


def nearest(place: Place, candidates: Iterable[Place]) -> Neighbour | None:
    """Return the nearest of the candidates whose position is known, other than the place."""
    others = [one for one in candidates if one.id != place.id]
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
