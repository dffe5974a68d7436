"""Counterparts across the border: pairs of similar places in a sector, and the nearest ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from atlas.analysis.distance import are_across, between
from atlas.analysis.sector_places import scope
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.query.facets import count, shown
from atlas.query.list_limits import MOST_PAIRED


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places of kinds that face the same, across the border, in a sector of both.

    Of two regions, `first` is in the first; a place on their border counts for either. The distance
    is in km, and `margin_km` is its margin from rough positions. `nearest_for` has the ids of those
    of the two places that have no nearer counterpart.
    """

    first: Place
    second: Place
    distance_km: float
    margin_km: float
    nearest_for: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, Place]:
        """Both places."""
        return self.first, self.second


def pairs(atlas: Atlas, sector: str, selection: Selection) -> tuple[Pair, ...]:
    """Return all pairs in a sector among the places in scope, the nearest first.

    A place without a known position has no pair. With too many places there are none at all.
    """
    if too_many(atlas, sector, selection):
        return ()
    return pairs_of(shown(atlas, scope(selection).but(sector=(sector,))))


def too_many(atlas: Atlas, sector: str, selection: Selection) -> bool:
    """Return whether too many places in scope work in a sector to measure all pairs."""
    return count(atlas, scope(selection).but(sector=(sector,))) > MOST_PAIRED


def unpaired(atlas: Atlas, sector: str, selection: Selection) -> tuple[Place, ...]:
    """Return the places in scope that work in a sector and are in none of its pairs.

    Empty if there are too many places to measure all pairs.
    """
    if too_many(atlas, sector, selection):
        return ()
    places = shown(atlas, scope(selection).but(sector=(sector,)))
    paired_ids = {end.id for pair in pairs_of(places) for end in pair.places}
    return tuple(place for place in places if place.id not in paired_ids)


def pairs_of(places: Iterable[Place]) -> tuple[Pair, ...]:
    """Return all pairs among some places, the nearest first."""
    facing = [
        (_in_order(start, end), near)
        for start, end in combinations(places, 2)
        if start.faces == end.faces and are_across(start, end) and (near := between(start, end))
    ]
    facing.sort(key=lambda pair: pair[1].distance_km)
    shortest: dict[str, float] = {}
    for ends, near in facing:
        for end in ends:
            shortest.setdefault(end.id, near.distance_km)
    return tuple(
        Pair(
            *ends,
            near.distance_km,
            near.margin_km,
            nearest_for=tuple(end.id for end in ends if shortest[end.id] == near.distance_km),
        )
        for ends, near in facing
    )


def nearest_pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs that are the nearest for at least one of their places."""
    return tuple(pair for pair in pairs if pair.nearest_for)


def _in_order(start: Place, end: Place) -> tuple[Place, Place]:
    """Return two places with that of the first of two regions before that of the second."""
    is_reversed = start.side == "second" or end.side == "first"
    return (end, start) if is_reversed else (start, end)
