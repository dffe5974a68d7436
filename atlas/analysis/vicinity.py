"""What lies near a place, and on its land."""

from atlas.analysis.distance import Near, neighbours
from atlas.model.records import Atlas, Place
from atlas.query.facets import sides
from atlas.query.profile import profile


def nearest_places(atlas: Atlas, place: Place, count: int) -> tuple[Near, ...]:
    """Return the nearest places with a known position, without those on each other's land."""
    others = (
        other for other in atlas.places if other.id != place.parent and other.parent != place.id
    )
    return neighbours(place, others, count)


def on_its_land(atlas: Atlas, place: Place) -> tuple[Place, ...]:
    """Return the places on the land of a place; of a region, the cities and districts in it."""
    if place.kind != "region":
        return profile(atlas, place.id).children
    return tuple(
        other
        for other in atlas.places
        if other.kind in ("city", "district") and not other.parent and place.side in sides(other)
    )
