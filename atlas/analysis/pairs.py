"""Counterparts across the border: the pairs of like places in a sector, and the nearest ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from atlas.analysis.distance import between_km, faces, margin_km
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
        (*_in_order(start, end), distance_km)
        for start, end in combinations(places, 2)
        if faces(start, end) and (distance_km := between_km(start, end)) is not None
    ]
    ordered = sorted(facing, key=lambda pair: pair[2])
    shortest: dict[str, float] = {}
    for *ends, distance_km in ordered:
        for end in ends:
            shortest.setdefault(end.id, distance_km)
    return tuple(_pair(*pair, shortest) for pair in ordered)


def nearest_pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs that are the nearest for at least one of their places."""
    return tuple(pair for pair in pairs if pair.nearest_for)


def _in_order(start: Place, end: Place) -> tuple[Place, Place]:
    """Return two places, of two regions the one that stands for the first before the other."""
    is_reversed = start.side == "second" or end.side == "first"
    return (end, start) if is_reversed else (start, end)


def _pair(first: Place, second: Place, distance_km: float, shortest: dict[str, float]) -> Pair:
    ends = (first, second)
    return Pair(
        first,
        second,
        distance_km,
        margin_km=margin_km(first.precision_km, second.precision_km),
        nearest_for=tuple(end.id for end in ends if shortest[end.id] == distance_km),
    )
