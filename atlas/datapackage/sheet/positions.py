"""Where the rows of a table lie, and why some have no position."""

from collections.abc import Sequence
from dataclasses import dataclass

from atlas.datapackage.land.regions import are_exchanged
from atlas.datapackage.land.world import Point
from atlas.datapackage.sheet.headings import Columns
from atlas.datapackage.sheet.numbers import degrees, has_decimal_commas, point
from atlas.datapackage.sheet.reading import Sheet
from atlas.model.text import N_

NOT_STATED = N_("The table gives no position.")
UNREADABLE = N_("The position cannot be read: %(value)s.")
LATITUDE = N_("Latitude %(value)s lies outside -90 to 90.")
LONGITUDE = N_("Longitude %(value)s lies outside -180 to 180.")


@dataclass(frozen=True, slots=True)
class NoPosition:
    """Why a row has no position: a message, and the value that it names."""

    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Positions:
    """The point of each row, or why it has none.

    `exchanged` says whether latitude and longitude were in each other's column. `cells` are the
    degrees as they stand in the sheet, where they have columns of their own.
    """

    rows: tuple[Point | NoPosition, ...]
    exchanged: bool
    cells: tuple[str, ...]

    def points(self) -> list[Point | None]:
        """Return the point of each row, None where it has none."""
        return [None if isinstance(row, NoPosition) else row for row in self.rows]


def read_positions(
    sheet: Sheet, columns: Columns, regions: Sequence[str], may_exchange: bool
) -> Positions:
    """Return the position of each row; if the columns were exchanged in all, that is put right.

    `may_exchange` is False where the user said which column is which.
    """
    names = [columns.roles.get(role) for role in ("latitude", "longitude")]
    cells = tuple(cell for name in names if name for cell in sheet.column(name))
    rows = _rows(sheet, columns, comma=has_decimal_commas(cells))
    points = {number: row for number, row in enumerate(rows) if not isinstance(row, NoPosition)}
    regions_of_points = [regions[number] for number in points] if any(regions) else []
    exchanged = may_exchange and are_exchanged([*points.values()], regions_of_points)
    if exchanged:
        rows = [row if isinstance(row, NoPosition) else row[::-1] for row in rows]
    return Positions(tuple(map(_bounded, rows)), exchanged, cells)


def _rows(sheet: Sheet, columns: Columns, comma: bool) -> list[Point | NoPosition]:
    if columns.has("latitude") and columns.has("longitude"):
        latitudes = sheet.column(columns.roles["latitude"])
        longitudes = sheet.column(columns.roles["longitude"])
        return [_pair(*pair, comma) for pair in zip(latitudes, longitudes, strict=True)]
    return [_point(cell) for cell in sheet.column(columns.roles["point"])]


def _pair(latitude: str, longitude: str, comma: bool) -> Point | NoPosition:
    if not (latitude and longitude):
        return NoPosition(NOT_STATED)
    north, east = degrees(latitude, comma), degrees(longitude, comma)
    if north is None or east is None:
        return NoPosition(UNREADABLE, f"{latitude}, {longitude}")
    return north, east


def _point(cell: str) -> Point | NoPosition:
    return (point(cell) or NoPosition(UNREADABLE, cell)) if cell else NoPosition(NOT_STATED)


def _bounded(row: Point | NoPosition) -> Point | NoPosition:
    if isinstance(row, NoPosition):
        return row
    latitude, longitude = row
    if abs(latitude) > 90:
        return NoPosition(LATITUDE, f"{latitude:g}")
    return NoPosition(LONGITUDE, f"{longitude:g}") if abs(longitude) > 180 else row
