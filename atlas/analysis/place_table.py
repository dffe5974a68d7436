"""The places of a view as a table: what each is, its sectors and firms, and its main figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from atlas.model.records import Atlas, Figure, Place
from atlas.model.terms import Indicator
from atlas.query.profile import Profile, profile

# Indicators that are columns: those that most places of the atlas have a number for.
COLUMNS = 3


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """An indicator, and the unit that its numbers are in."""

    indicator: Indicator
    unit: str | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its figure for each column, None where there is none."""

    profile: Profile
    figures: tuple[Figure | None, ...]


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


def place_rows(atlas: Atlas, places: Iterable[Place]) -> list[PlaceRow]:
    """Return the rows of places, each figure the one that its profile shows first."""
    profiles = (profile(atlas, place.id) for place in places)
    return [
        PlaceRow(details, tuple(_figure(details, column) for column in figure_columns(atlas)))
        for details in profiles
    ]


def _figure(details: Profile, column: FigureColumn) -> Figure | None:
    rows = (
        row
        for figures in details.figures
        if figures.indicator is column.indicator
        for row in figures.rows
    )
    return next((row for row in rows if row.value is not None and row.unit == column.unit), None)
