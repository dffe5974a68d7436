"""In which regions points lie, and whether what a table says of them can be so."""

from collections.abc import Sequence
from functools import cache

from atlas.datapackage.land.world import State, world
from atlas.model.characters import folded
from atlas.model.languages import Words
from atlas.model.terms import Region

Point = tuple[float, float]  # latitude, longitude; degrees, WGS 84
# A table is taken for exchanged only if nearly all its points then lie on land, and few before.
MOST_BEFORE, LEAST_AFTER = 0.5, 0.9
# Fewer points may lie anywhere by chance.
FEWEST = 3


def regions_of(points: Sequence[Point | None]) -> list[Region | None]:
    """Return of each point its country; if all lie in one, its state; None at sea."""
    states = world().states_at(points)
    by_country = len({state.admin for state in states if state}) > 1
    return [_region(state, by_country) if state else None for state in states]


def _region(state: State, by_country: bool) -> Region:
    code = state.country if by_country else state.code
    name: Words = state.country_name() if by_country else state.name()
    return Region(id=region_id(code or name.english), name=name, iso=code)


def region_id(name: str) -> str:
    """Return an id for a region of this code or name."""
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in folded(name))
    return "-".join(part for part in plain.split("-") if part)[:80]


def elsewhere(points: Sequence[Point | None], names: Sequence[str]) -> dict[int, str]:
    """Return, by the number of a point, where it lies if that is not the region it is said to.

    Only regions that have the name of a state or country are judged.
    """
    states, known = world().states_at(points), known_names()
    return {
        number: f"{state.name().english}, {state.country_name().english}"
        for number, (state, name) in enumerate(zip(states, names, strict=True))
        if state and folded(name) in known and folded(name) not in state.all_names()
    }


@cache
def known_names() -> frozenset[str]:
    """Return, folded, every name of a state or country."""
    return frozenset(name for state in world().states for name in state.all_names())


def are_exchanged(points: Sequence[Point], names: Sequence[str] = ()) -> bool:
    """Tell whether latitude and longitude of a table stand in each other's place.

    `points` are as they stand, in whatever range; `names` are the regions that the table says.
    """
    if len(points) < FEWEST:
        return False
    swapped = [(longitude, latitude) for latitude, longitude in points]
    before, after = _fitting(points, names), _fitting(swapped, names)
    return before <= MOST_BEFORE and after >= LEAST_AFTER


def _fitting(points: Sequence[Point], names: Sequence[str]) -> float:
    """Return the share of points on land, in the region they are said to lie in where known."""
    possible = [point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None for point in points]
    wrong = elsewhere(possible, names) if names else {}
    states = enumerate(world().states_at(possible))
    return sum(state is not None and number not in wrong for number, state in states) / len(points)
