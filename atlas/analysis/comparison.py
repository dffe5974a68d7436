"""Places compared: which ones to measure, and their sectors and figures side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from atlas.analysis.distance import (
    Near,
    are_across,
    counterparts,
    nearest,
    nearest_places,
    point,
)
from atlas.model.records import Atlas, Figure, Place
from atlas.model.selection import Selection
from atlas.model.terms import Indicator, Sector
from atlas.query.facets import shown
from atlas.query.profile import Profile, SectorEvidence, profile

# Places in the distance table; if more are shown and none are chosen, the first few.
LARGEST_MATRIX = 24
FEW = 8
FEWEST, MOST = 2, 4
# Places that one is offered to be compared with, of them across the border, and how many near it
# are looked at.
MOST_OFFERED, MOST_ACROSS, NEAR = 5, 3, 12
# Upper limits in km of the steps of distance that the cells are tinted by.
STEPS = (25, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The places of the distance table, how many did not fit, and those without a position."""

    places: tuple[Place, ...]
    left_out: int
    unplaced: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SectorRow:
    """One sector with the evidence of each compared place; None without evidence."""

    sector: Sector
    cells: tuple[SectorEvidence | None, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one indicator for each place, and the periods that all of them have."""

    indicator: Indicator
    cells: tuple[tuple[Figure, ...], ...]
    shared: tuple[str, ...]

    @property
    def comparable(self) -> bool | None:
        """Whether the places with a figure share a period; None if fewer than two have a figure."""
        return bool(self.shared) if sum(map(bool, self.cells)) > 1 else None


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two to four places side by side."""

    profiles: tuple[Profile, ...]
    sectors: tuple[SectorRow, ...]
    figures: tuple[FigureRow, ...]


def chosen(atlas: Atlas, selection: Selection) -> Chosen:
    """Return the places to measure: the chosen ones, else those the filters show."""
    places = tuple(atlas.place[id] for id in selection.compare) or shown(atlas, selection)
    placed = tuple(place for place in places if point(place))
    measured = placed[:LARGEST_MATRIX] if selection.compare else _legible(placed)
    return Chosen(
        measured, len(placed) - len(measured), tuple(place for place in places if not point(place))
    )


def _legible(placed: tuple[Place, ...]) -> tuple[Place, ...]:
    return placed if len(placed) <= LARGEST_MATRIX else placed[:FEW]


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
    sectors = (_sector_row(sector, profiles) for sector in atlas.sectors)
    figures = (_figure_row(indicator, profiles) for indicator in atlas.indicators)
    return Comparison(
        profiles,
        tuple(row for row in sectors if any(row.cells)),
        tuple(row for row in figures if any(row.cells)),
    )


def _sector_row(sector: Sector, profiles: tuple[Profile, ...]) -> SectorRow:
    cells = (
        next((evidence for evidence in details.sectors if evidence.sector == sector), None)
        for details in profiles
    )
    return SectorRow(sector, tuple(cells))


def _figure_row(indicator: Indicator, profiles: tuple[Profile, ...]) -> FigureRow:
    cells = tuple(
        next((figures.rows for figures in details.figures if figures.indicator == indicator), ())
        for details in profiles
    )
    periods = [{row.period for row in cell if row.period} for cell in cells if cell]
    shared = set.intersection(*periods) if periods else set()
    return FigureRow(indicator, cells, tuple(sorted(shared)))
