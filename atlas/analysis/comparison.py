"""Places compared: which ones to measure, some side by side, and all in a table of figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from atlas.analysis.distance import Near, are_across, counterparts, nearest, nearest_places, point
from atlas.model.records import Atlas, Figure, Place
from atlas.model.selection import Selection
from atlas.model.terms import Indicator, Sector
from atlas.query.facets import shown
from atlas.query.list_limits import beginning
from atlas.query.profile import Profile, SectorEvidence, profile

# Places in the distance table; if more are shown and none are chosen, the first few.
LARGEST_MATRIX = 24
FEW = 8
FEWEST, MOST = 2, 4
# Places that one is offered to be compared with, of them across the border, and how many near it
# are looked at.
MOST_OFFERED, MOST_ACROSS, NEAR = 5, 3, 12
# Indicators that are columns: those that most places of the atlas have a number for.
COLUMNS = 3
# Upper limits in km of the steps of distance that the cells are tinted by.
STEPS = (25, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The places of the distance table, how many did not fit, and those without a position."""

    places: tuple[Place, ...]
    left_out: int
    unplaced: tuple[Place, ...]


class FigureRow(NamedTuple):
    """The figures of one indicator for each place, and the periods that all of them have."""

    indicator: Indicator
    cells: list[tuple[Figure, ...]]

    @property
    def shared(self) -> list[str]:
        """The periods that every place with a figure has one for."""
        periods = [{row.period for row in cell if row.period} for cell in self.cells if cell]
        return sorted(set.intersection(*periods))

    @property
    def comparable(self) -> bool | None:
        """Whether the places with a figure share a period; None if fewer than two have a figure."""
        return bool(self.shared) if sum(map(bool, self.cells)) > 1 else None


class Comparison(NamedTuple):
    """Two to four places side by side: in a sector each has evidence, or None."""

    profiles: tuple[Profile, ...]
    sectors: list[tuple[Sector, list[SectorEvidence | None]]]
    figures: list[FigureRow]


def chosen(atlas: Atlas, selection: Selection) -> Chosen:
    """Return the places to measure: the chosen ones, else those the filters show."""
    places = tuple(atlas.place[id] for id in selection.compare) or shown(atlas, selection)
    placed = [place for place in places if point(place)]
    start = LARGEST_MATRIX if selection.compare else FEW
    unplaced = tuple(place for place in places if not point(place))
    return Chosen(*beginning(placed, LARGEST_MATRIX, start), unplaced)


def step(distance_km: float) -> int:
    """Return the step of a distance in km, from 0 (nearest) to `len(STEPS)` (farthest)."""
    return sum(distance_km > limit for limit in STEPS)


def nearest_across_border(place: Place, candidates: Iterable[Place]) -> Near | None:
    """Return the nearest place across the border, with its distance in km.

    A place on the border counts as across it for both sides. None without a known point.
    """
    return nearest(place, (one for one in candidates if are_across(place, one)))


def worth_comparing(atlas: Atlas, place: Place, groups: Iterable[str]) -> tuple[Place, ...]:
    """Return the nearest counterparts of a place across the border, then the nearest of its kind.

    These are offered first to compare it with.
    """
    sectors = [evidence.sector.id for evidence in profile(atlas, place.id).sectors]
    facing = (pair.neighbour for pair in counterparts(atlas, place, sectors, groups))
    across = dict.fromkeys(near.place.id for near in facing if near)
    around = [
        near.place.id
        for near in nearest_places(atlas, place, NEAR)
        if near.place.faces == place.faces
    ]
    offered = dict.fromkeys((*[*across][:MOST_ACROSS], *around))
    return tuple(atlas.place[id] for id in offered)[:MOST_OFFERED]


def side_by_side(atlas: Atlas, places: Iterable[Place]) -> Comparison:
    """Return a comparison of places: a row for each sector and indicator that any of them has."""
    profiles = tuple(profile(atlas, place.id) for place in places)
    evidence = [{row.sector.id: row for row in details.sectors} for details in profiles]
    figures = [{row.indicator.id: row.rows for row in details.figures} for details in profiles]
    sectors = [(one, [held.get(one.id) for held in evidence]) for one in atlas.sectors]
    rows = [FigureRow(one, [held.get(one.id, ()) for held in figures]) for one in atlas.indicators]
    return Comparison(
        profiles,
        [(sector, cells) for sector, cells in sectors if any(cells)],
        [row for row in rows if any(row.cells)],
    )


class FigureColumn(NamedTuple):
    """An indicator, and the unit that its numbers are in."""

    indicator: Indicator
    unit: str | None


@lru_cache(maxsize=4)
def figure_columns(atlas: Atlas) -> tuple[FigureColumn, ...]:
    """Return the indicators that most places have a number for, each in its commonest unit."""
    numbers = [row for row in atlas.figures if row.value is not None]
    known = Counter((row.indicator, row.unit, row.place) for row in numbers)
    counted = Counter((indicator, unit) for indicator, unit, _ in known)
    units: dict[str, str | None] = {}
    for (indicator, unit), count in counted.most_common():
        if count > 1 and len(units) < COLUMNS:
            units.setdefault(indicator, unit)
    in_order = (indicator for indicator in atlas.indicators if indicator.id in units)
    return tuple(FigureColumn(indicator, units[indicator.id]) for indicator in in_order)


def place_rows(atlas: Atlas, places: Iterable[Place]) -> list[tuple[Profile, list[Figure | None]]]:
    """Return places with the figure that their profile shows first for each column, or None."""
    profiles = (profile(atlas, place.id) for place in places)
    columns = figure_columns(atlas)
    return [(details, [_figure(details, column) for column in columns]) for details in profiles]


def _figure(details: Profile, column: FigureColumn) -> Figure | None:
    held = {figures.indicator: figures.rows for figures in details.figures}
    rows = (row for row in held.get(column.indicator, ()) if row.value is not None)
    return next((row for row in rows if row.unit == column.unit), None)
