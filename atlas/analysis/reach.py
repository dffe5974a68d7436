"""What lies within reach of a point."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from geopy.distance import geodesic

from atlas.analysis.distance import Position, geodesic_km, margin_km, point
from atlas.analysis.origin import Origin
from atlas.model.records import Place

# A geodesic is computed to far less than a millimetre; that much over the edge is the edge.
EDGE_KM = 1e-6
_CORNERS = 180


class Reached(NamedTuple):
    """A place, its distance and how far off that may be, both in km.

    `is_certain` says that the place is inside, or outside, wherever within the precision of
    both ends it lies.
    """

    place: Place
    distance_km: float
    margin_km: float
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The places inside a radius and outside it, nearest first, and those without a position."""

    inside: tuple[Reached, ...]
    outside: tuple[Reached, ...]
    unplaced: tuple[Place, ...]


def reach(start: Origin, radius_km: float, places: Iterable[Place]) -> Reach:
    """Return the places within a radius in km of a point; one at its very edge is inside."""
    others = [place for place in places if place != start.place]
    measured = sorted(
        (
            _reached(start, radius_km, place, geodesic_km(start.position, at))
            for place in others
            if (at := point(place))
        ),
        key=lambda reached: reached.distance_km,
    )
    return Reach(
        tuple(reached for reached in measured if reached.distance_km <= radius_km + EDGE_KM),
        tuple(reached for reached in measured if reached.distance_km > radius_km + EDGE_KM),
        tuple(place for place in others if not point(place)),
    )


def _reached(start: Origin, radius_km: float, place: Place, distance_km: float) -> Reached:
    slack_km = start.precision_km + (place.precision_km or 0.0)
    return Reached(
        place,
        distance_km,
        margin_km(start.precision_km, place.precision_km),
        is_certain=not (slack_km and abs(distance_km - radius_km) <= slack_km),
    )


def circle(centre: Position, radius_km: float) -> list[list[float]]:
    """Return the geodesic circle around a point as [longitude, latitude] corners, closed.

    Its longitudes run on past 180 degrees where it crosses them. A circle that holds a
    pole is no closed line on the map, and comes out empty.
    """
    pole = (90.0 if centre.latitude >= 0 else -90.0, 0.0)
    if geodesic_km(centre, pole) <= radius_km:
        return []
    turns = (360 * step / _CORNERS for step in range(_CORNERS))
    ring = [geodesic(kilometers=radius_km).destination(centre, bearing=turn) for turn in turns]
    corners = [
        [centre.longitude + (at.longitude - centre.longitude + 180) % 360 - 180, at.latitude]
        for at in ring
    ]
    return [*corners, corners[0]]
