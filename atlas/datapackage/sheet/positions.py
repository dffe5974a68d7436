"""Where the rows of a table lie, and why some lie nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from atlas.datapackage.land.regions import are_exchanged
from atlas.datapackage.sheet.headings import Columns
from atlas.datapackage.sheet.numbers import Point, degrees, has_decimal_commas, point
from atlas.datapackage.sheet.reading import Sheet
from atlas.model.text import N_

NO_POSITION = N_("The table gives no position.")
UNREADABLE = N_("The position cannot be read: %(value)s.")
LATITUDE = N_("Latitude %(value)s lies outside -90 to 90.")
LONGITUDE = N_("Longitude %(value)s lies outside -180 to 180.")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row has no position: a message, and what stands there."""

    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Positions:
    """The point of each row or why it has none; `exchanged` says that the columns were.

    `written` are the degrees as they stand in the sheet.
    """

    points: tuple[Point | Fault, ...]
    exchanged: bool = False
    written: tuple[str, ...] = ()

    def placed(self) -> list[Point | None]:
        """Return the point of each row, None where it has none."""
        return [one if isinstance(one, tuple) else None for one in self.points]


def read_positions(
    sheet: Sheet, columns: Columns, regions: Sequence[str], may_exchange: bool
) -> Positions:
    """Return the position of each row; a whole table of exchanged columns is put right.

    `may_exchange` is False where the user said which column is which.
    """
    read = _points(sheet, columns)
    complete = [number for number, one in enumerate(read) if isinstance(one, tuple)]
    points = [one for one in read if isinstance(one, tuple)]
    names = [regions[number] for number in complete] if any(regions) else []
    exchanged = may_exchange and are_exchanged(points, names)
    if exchanged:
        read = [one[::-1] if isinstance(one, tuple) else one for one in read]
    return Positions(tuple(map(_bounded, read)), exchanged, tuple(_written(sheet, columns)))


def _written(sheet: Sheet, columns: Columns) -> list[str]:
    both = [columns.roles.get(role) for role in ("latitude", "longitude")]
    return [cell for name in both if name for cell in sheet.column(name)]


def _points(sheet: Sheet, columns: Columns) -> list[Point | Fault]:
    if columns.has("latitude") and columns.has("longitude"):
        latitudes = sheet.column(columns.roles["latitude"])
        longitudes = sheet.column(columns.roles["longitude"])
        comma = has_decimal_commas(_written(sheet, columns))
        return [_pair(*cells, comma) for cells in zip(latitudes, longitudes, strict=True)]
    return [_point(cell) for cell in sheet.column(columns.roles["point"])]


def _pair(latitude: str, longitude: str, comma: bool) -> Point | Fault:
    if not (latitude and longitude):
        return Fault(NO_POSITION)
    north, east = degrees(latitude, comma), degrees(longitude, comma)
    if north is None or east is None:
        return Fault(UNREADABLE, f"{latitude}, {longitude}")
    return north, east


def _point(cell: str) -> Point | Fault:
    return (point(cell) or Fault(UNREADABLE, cell)) if cell else Fault(NO_POSITION)


def _bounded(one: Point | Fault) -> Point | Fault:
    if isinstance(one, Fault):
        return one
    if abs(one[0]) > 90:
        return Fault(LATITUDE, f"{one[0]:g}")
    return Fault(LONGITUDE, f"{one[1]:g}") if abs(one[1]) > 180 else one
