"""What lies near a place, and on its land."""

import math
from typing import NamedTuple

from atlas.distance import between_km, near_enough
from atlas.facets import sides
from atlas.profile import profile
from atlas.records import Atlas, Place

# A margin below both is not worth saying: km, and share of the distance.
SMALLEST_MARGIN_KM = 2.0
SMALLEST_SHARE = 0.05


class Near(NamedTuple):
    """A place, how far it is, and by how much that may be wrong, in kilometres."""

    place: Place
    distance_km: float
    margin_km: float


def margin_km(one: Place, other: Place) -> float:
    """Return by how many km the distance of two places may be wrong; 0 where it hardly matters."""
    margin = (one.precision_km or 0.0) + (other.precision_km or 0.0)
    enough = max(SMALLEST_MARGIN_KM, SMALLEST_SHARE * (between_km(one, other) or 0.0))
    return float(math.ceil(margin)) if margin > enough else 0.0


def nearest_places(atlas: Atlas, place: Place, count: int) -> tuple[Near, ...]:
    """Return the nearest places with a known position, without those on each other's land."""
    others = [
        other
        for other in atlas.places
        if other.id not in (place.id, place.parent) and other.parent != place.id
    ]
    found = [
        Near(other, distance_km, margin_km(place, other))
        for other in near_enough(place, others, count)
        if (distance_km := between_km(place, other)) is not None
    ]
    return tuple(sorted(found, key=lambda near: near.distance_km)[:count])


def on_its_land(atlas: Atlas, place: Place) -> tuple[Place, ...]:
    """Return the places on the land of a place; of a region, the cities and districts in it."""
    if place.kind != "region":
        return profile(atlas, place.id).children
    return tuple(
        one
        for one in atlas.places
        if one.kind in ("city", "district") and not one.parent and place.side in sides(one)
    )
