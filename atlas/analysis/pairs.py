"""Counterparts across the border: the pairs of like places in a sector, and the nearest ones."""

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
    """Two like places that face each other across a border, in a sector both work in.

    A place on the border of two regions stands for either. `nearest_for` holds the ids of those of
    the two that have no nearer counterpart; `margin_km` is by how much the distance may
    be wrong because the two positions are rough.
    """

    first: Place
    second: Place
    distance_km: float
    margin_km: float
    nearest_for: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, Place]:
        """Both places, of two regions the one that stands for the first before the other."""
        return self.first, self.second


def pairs(atlas: Atlas, sector: str, selection: Selection) -> tuple[Pair, ...]:
    """Return all pairs of a sector among the places in scope, the nearest first, in km.

    A place without a known position has no pair. If there are too many places, none is measured.
    """
    if too_many(atlas, sector, selection):
        return ()
    return pairs_of(shown(atlas, scope(selection).but(sector=(sector,))))


def too_many(atlas: Atlas, sector: str, selection: Selection) -> bool:
    """Return whether more places in scope work in a sector than pairs are measured between."""
    return count(atlas, scope(selection).but(sector=(sector,))) > MOST_PAIRED


def unpaired(atlas: Atlas, sector: str, selection: Selection) -> tuple[Place, ...]:
    """Return the places in scope that work in a sector and have no counterpart in it.

    Empty if there are too many places to measure pairs.
    """
    if too_many(atlas, sector, selection):
        return ()
    paired = {end.id for pair in pairs(atlas, sector, selection) for end in pair.places}
    working = shown(atlas, scope(selection).but(sector=(sector,)))
    return tuple(place for place in working if place.id not in paired)


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
    """Return two places, of two regions the one that stands for the first before the other."""
    is_reversed = start.side == "second" or end.side == "first"
    return (end, start) if is_reversed else (start, end)
