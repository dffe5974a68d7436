"""Which places lie within a radius of a point, and the circle around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from geopy.distance import geodesic

from atlas.analysis.distance import Position, geodesic_km, margin_km, point
from atlas.analysis.origin import Origin
from atlas.model.records import Place

# Distances are computed far more exactly than to a millimetre, which counts as on the circle.
_TOLERANCE_KM = 1e-6
_CORNERS = 180


class PlaceDistance(NamedTuple):
    """A place, its distance from the point, and the margin of that distance, in km.

    `is_certain` says that it is inside, or outside, wherever both ends are within their precision.
    """

    place: Place
    distance_km: float
    margin_km: float
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The places inside a radius and outside it, nearest first, and those without a position."""

    inside: tuple[PlaceDistance, ...]
    outside: tuple[PlaceDistance, ...]
    unplaced: tuple[Place, ...]


def reach(start: Origin, radius_km: float, places: Iterable[Place]) -> Reach:
    """Return which places are within a radius in km of a point; those on the circle are inside."""
    others = [place for place in places if place != start.place]
    distances = sorted(
        (
            _place_distance(start, radius_km, place, geodesic_km(start.position, position))
            for place in others
            if (position := point(place))
        ),
        key=lambda row: row.distance_km,
    )
    limit_km = radius_km + _TOLERANCE_KM
    return Reach(
        tuple(row for row in distances if row.distance_km <= limit_km),
        tuple(row for row in distances if row.distance_km > limit_km),
        tuple(place for place in others if not point(place)),
    )


def _place_distance(
    start: Origin, radius_km: float, place: Place, distance_km: float
) -> PlaceDistance:
    slack_km = start.precision_km + (place.precision_km or 0.0)
    return PlaceDistance(
        place,
        distance_km,
        margin_km(start.precision_km, place.precision_km),
        is_certain=not (slack_km and abs(distance_km - radius_km) <= slack_km),
    )


def circle(centre: Position, radius_km: float) -> list[list[float]]:
    """Return the geodesic circle around a point as a closed ring of [longitude, latitude].

    Degrees, WGS 84. Longitudes continue beyond 180 degrees instead of jumping. A circle around a
    pole is no closed line on the map: the ring is then empty.
    """
    pole = (90.0 if centre.latitude >= 0 else -90.0, 0.0)
    if geodesic_km(centre, pole) <= radius_km:
        return []
    radius = geodesic(kilometers=radius_km)
    corners = []
    for number in range(_CORNERS):
        corner = radius.destination(centre, bearing=360 * number / _CORNERS)
        east = (corner.longitude - centre.longitude + 180) % 360 - 180
        corners.append([centre.longitude + east, corner.latitude])
    return [*corners, corners[0]]
