"""In which regions points lie, and whether that agrees with what a table says."""

import re
from collections.abc import Sequence
from functools import cache

from atlas.datapackage.land.world import Point, State, world
from atlas.model.characters import folded
from atlas.model.languages import Words
from atlas.model.terms import Region

# Columns count as exchanged if at most this share of the points is in its place as they stand, and
# at least this share once they are exchanged.
MOST_BEFORE, LEAST_AFTER = 0.5, 0.9
# Fewer points may lie on land or not by chance.
FEWEST = 3


def regions_of(points: Sequence[Point | None]) -> list[Region | None]:
    """Return the country of each point, or its state if all lie in one country; None at sea."""
    states = world().states_at(points)
    by_country = len({state.admin for state in states if state}) > 1
    return [_region(state, by_country) if state else None for state in states]


def _region(state: State, by_country: bool) -> Region:
    code = state.country if by_country else state.code
    name: Words = state.country_name() if by_country else state.name()
    return Region(id=region_id(code or name.english), name=name, iso=code)


def region_id(name: str) -> str:
    """Return an id made of a code or name: its Latin letters and digits, with hyphens between."""
    return re.sub("[^A-Za-z0-9]+", "-", folded(name)).strip("-")[:80]


def elsewhere(points: Sequence[Point | None], names: Sequence[str]) -> dict[int, str]:
    """Return where points lie that are not in the region of that name, by their index.

    Names that are not of a state or country are not judged.
    """
    states, all_names = world().states_at(points), names_of_regions()
    return {
        index: f"{state.name().english}, {state.country_name().english}"
        for index, (state, name) in enumerate(zip(states, names, strict=True))
        if state and folded(name) in all_names and folded(name) not in state.all_names()
    }


@cache
def names_of_regions() -> frozenset[str]:
    """Return every name of a state or country, folded."""
    return frozenset(name for state in world().states for name in state.all_names())


def are_exchanged(points: Sequence[Point], names: Sequence[str] = ()) -> bool:
    """Return whether a table has latitude and longitude in each other's column.

    `points` are as the table has them, in any range; `names` are their regions there, if it names
    any.
    """
    if len(points) < FEWEST:
        return False
    swapped = [(longitude, latitude) for latitude, longitude in points]
    before, after = _share_in_place(points, names), _share_in_place(swapped, names)
    return before <= MOST_BEFORE and after >= LEAST_AFTER


def _share_in_place(points: Sequence[Point], names: Sequence[str]) -> float:
    """Return the share of points that lie on land, and not outside the region of their name."""
    valid = [point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None for point in points]
    outside = elsewhere(valid, names) if names else {}
    states = enumerate(world().states_at(valid))
    return sum(state is not None and index not in outside for index, state in states) / len(points)
