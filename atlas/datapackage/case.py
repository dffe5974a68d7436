"""What the rules of a data package are asked about, and what they answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from atlas.datapackage.descriptor import Promises
from atlas.datapackage.land.geojson import Feature
from atlas.datapackage.problems import Problem
from atlas.model.records import Atlas

FIRST_ROW = 2  # the header is row 1


@dataclass(frozen=True, slots=True)
class Case:
    """What is checked: the tables, the promises of the descriptor, and the map's polygons."""

    atlas: Atlas
    promises: Promises
    today: date
    polygons: tuple[Feature, ...] = ()


Rule = Callable[[Case], Iterator[Problem]]


def problem(table: str, index: int | None, column: str, value: object, rule: str) -> Problem:
    """Return a problem of a row by its index; its file is the name of the table."""
    row = None if index is None else index + FIRST_ROW
    shown = f"{value:.15g}" if isinstance(value, float) else str(value)
    return Problem(table, row, column, shown, rule)
