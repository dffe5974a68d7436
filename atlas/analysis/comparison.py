"""Places compared: by distance, side by side, and in a table of figures."""

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

# The most places in the distance table. If the filters show more, it has only a few.
LARGEST_MATRIX = 24
FEW = 8
# Places side by side.
FEWEST, MOST = 2, 4
# How many places are suggested to compare a place with, how many of these lie across the border,
# and how many of the nearest places are considered.
MOST_OFFERED, MOST_ACROSS, NEAR = 5, 3, 12
# Columns of the table of figures.
COLUMNS = 3
# Upper limits in km of the distance classes that tint the cells.
STEPS = (25, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class MatrixPlaces:
    """The places of the distance table, how many did not fit, and those without a position."""

    places: tuple[Place, ...]
    left_out: int
    unplaced: tuple[Place, ...]


class FigureRow(NamedTuple):
    """An indicator with its figures for each of the compared places."""

    indicator: Indicator
    cells: list[tuple[Figure, ...]]

    @property
    def shared(self) -> list[str]:
        """The periods for which every place that has any figure has one."""
        periods = [{row.period for row in cell if row.period} for cell in self.cells if cell]
        return sorted(set.intersection(*periods))

    @property
    def comparable(self) -> bool | None:
        """Whether the figures share a period; None unless at least two places have figures."""
        return bool(self.shared) if sum(map(bool, self.cells)) > 1 else None


class Comparison(NamedTuple):
    """Places side by side, with the evidence of each for every sector, or None."""

    profiles: tuple[Profile, ...]
    sectors: list[tuple[Sector, list[SectorEvidence | None]]]
    figures: list[FigureRow]


def matrix_places(atlas: Atlas, selection: Selection) -> MatrixPlaces:
    """Return the places of the distance table: the compared ones, else those the filters show."""
    places = tuple(atlas.place[id] for id in selection.compare) or shown(atlas, selection)
    with_point = [place for place in places if point(place)]
    start = LARGEST_MATRIX if selection.compare else FEW
    without_point = tuple(place for place in places if not point(place))
    return MatrixPlaces(*beginning(with_point, LARGEST_MATRIX, start), without_point)


def step(distance_km: float) -> int:
    """Return the class of a distance in km, from 0 (nearest) to `len(STEPS)` (farthest)."""
    return sum(distance_km > limit for limit in STEPS)


def nearest_across_border(place: Place, candidates: Iterable[Place]) -> Near | None:
    """Return the nearest candidate across the border, None if there is none with a position.

    A place on the border counts as across it for both sides.
    """
    return nearest(place, (end for end in candidates if are_across(place, end)))


def worth_comparing(atlas: Atlas, place: Place, groups: Iterable[str]) -> tuple[Place, ...]:
    """Return places to compare a place with: its nearest counterparts, then others of its kind."""
    sectors = [evidence.sector.id for evidence in profile(atlas, place.id).sectors]
    facing = (pair.neighbour for pair in counterparts(atlas, place, sectors, groups))
    across = dict.fromkeys(near.place for near in facing if near)
    nearby = (near.place for near in nearest_places(atlas, place, NEAR))
    of_its_kind = (end for end in nearby if end.faces == place.faces)
    return tuple(dict.fromkeys((*[*across][:MOST_ACROSS], *of_its_kind)))[:MOST_OFFERED]


def side_by_side(atlas: Atlas, places: Iterable[Place]) -> Comparison:
    """Return a comparison with a row for each sector and indicator that any of the places has."""
    profiles = tuple(profile(atlas, place.id) for place in places)
    evidence = [{row.sector.id: row for row in details.sectors} for details in profiles]
    figures = [{row.indicator.id: row.rows for row in details.figures} for details in profiles]
    sectors = [(sector, [rows.get(sector.id) for rows in evidence]) for sector in atlas.sectors]
    figure_rows = [
        FigureRow(indicator, [rows.get(indicator.id, ()) for rows in figures])
        for indicator in atlas.indicators
    ]
    return Comparison(
        profiles,
        [(sector, cells) for sector, cells in sectors if any(cells)],
        [row for row in figure_rows if any(row.cells)],
    )


class FigureColumn(NamedTuple):
    """An indicator, and the unit of its column."""

    indicator: Indicator
    unit: str | None


@lru_cache(maxsize=4)
def figure_columns(atlas: Atlas) -> tuple[FigureColumn, ...]:
    """Return the indicators that most places have a number for, each in its commonest unit.

    Each has numbers of at least two places; the columns are in the order of the table.
    """
    numbers = (row for row in atlas.figures if row.value is not None)
    cells = dict.fromkeys((row.indicator, row.unit, row.place) for row in numbers)
    counts = Counter((indicator, unit) for indicator, unit, _ in cells)
    units: dict[str, str | None] = {}
    for (indicator, unit), count in counts.most_common():
        if count > 1 and len(units) < COLUMNS:
            units.setdefault(indicator, unit)
    return tuple(FigureColumn(row, units[row.id]) for row in atlas.indicators if row.id in units)


def place_rows(atlas: Atlas, places: Iterable[Place]) -> list[tuple[Profile, list[Figure | None]]]:
    """Return the profiles of places, with their figure for each column, or None."""
    profiles = (profile(atlas, place.id) for place in places)
    columns = figure_columns(atlas)
    return [(details, [_figure(details, column) for column in columns]) for details in profiles]


def _figure(details: Profile, column: FigureColumn) -> Figure | None:
    """Return the first number in a profile for an indicator, in the unit of the column."""
    matches = (
        row
        for figures in details.figures
        for row in figures.rows
        if row.indicator == column.indicator.id
        and row.unit == column.unit
        and row.value is not None
    )
    return next(matches, None)
