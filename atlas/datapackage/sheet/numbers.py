"""Numbers and positions as they are written: 51.2, 51,2, 1,234.5, 51.2° N, POINT(4.3 51.2)."""

import re
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import NamedTuple

import shapely

from atlas.datapackage.land.world import Point

# Numbers whose digits are grouped by threes, by the character between the groups.
GROUPED = {
    ",": re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?"),
    ".": re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?"),
}
# Numbers with a fraction, by the decimal sign.
FRACTION = {
    ",": re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+"),
    ".": re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)\.\d+"),
}
# Spaces and apostrophes that group digits.
SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(\D|$))")
HEMISPHERE = re.compile(r"([-+]?[\d.,]+)\s*°?\s*([NSEW])?", re.IGNORECASE)
PAIR = re.compile(
    r"\s*\(?\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*([NS])?\s*[,;/\s]\s*"
    r"([-+]?\d+(?:\.\d+)?)\s*°?\s*([EW])?\s*\)?\s*",
    re.IGNORECASE,
)
COMMA_PAIR = re.compile(r"\s*([-+]?\d+,\d+)\s*[;/\s]\s*([-+]?\d+,\d+)\s*")
SRID = re.compile(r"^SRID=(\d+);", re.IGNORECASE)
WGS_84 = "4326"


class FigureHeading(NamedTuple):
    """The heading of a column of figures: what they are, in which unit, and for which year."""

    name: str
    unit: str
    year: str


def has_decimal_commas(cells: Sequence[str]) -> bool:
    """Return whether more numbers have a decimal comma for certain than a decimal point."""
    return _count(cells, ",") > _count(cells, ".")


def has_decimal_points(cells: Iterable[str]) -> bool:
    """Return whether some numbers have a decimal point for certain."""
    return _count(cells, ".") > 0


def _count(cells: Iterable[str], sign: str) -> int:
    """Return how many numbers have this decimal sign for certain: "1.234" may be grouped digits."""
    return sum(
        bool(FRACTION[sign].fullmatch(cell)) and not GROUPED[sign].fullmatch(cell) for cell in cells
    )


def number(cell: str, decimal_comma: bool = False) -> float | None:
    """Return the number that a cell holds, None if it holds none."""
    plain = SPACES.sub("", cell.strip().replace("−", "-"))
    if decimal_comma:
        plain = plain.replace(".", "") if GROUPED["."].fullmatch(plain) else plain
        plain = plain.replace(",", ".")
    elif GROUPED[","].fullmatch(plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", plain):
        return None
    value = float(plain)
    return value if isfinite(value) else None


def numbers_in(cells: Sequence[str]) -> list[float]:
    """Return the numbers of a column, without the cells that hold none."""
    decimal_comma = has_decimal_commas(cells)
    return [value for cell in cells if (value := number(cell, decimal_comma)) is not None]


def degrees(cell: str, decimal_comma: bool = False) -> float | None:
    """Return the degrees that a cell holds; south and west are negative."""
    match = HEMISPHERE.fullmatch(cell.strip().replace("−", "-"))
    value = number(match[1], decimal_comma) if match else None
    return value * _sign(match[2]) if match and value is not None else None


def _sign(hemisphere: str | None) -> int:
    return -1 if hemisphere and hemisphere.upper() in "SW" else 1


def point(cell: str) -> Point | None:
    """Return the (latitude, longitude) of "51.2, 4.3" or of a point in WKT or EWKT."""
    if match := PAIR.fullmatch(cell):
        return float(match[1]) * _sign(match[2]), float(match[3]) * _sign(match[4])
    if match := COMMA_PAIR.fullmatch(cell):
        return float(match[1].replace(",", ".")), float(match[2].replace(",", "."))
    srid = SRID.match(cell)
    if srid and srid[1] != WGS_84:
        return None
    try:
        shape = shapely.from_wkt(SRID.sub("", cell))
    except shapely.GEOSException:
        return None
    if not isinstance(shape, shapely.Point) or shape.is_empty:
        return None
    return shape.y, shape.x


def figure_heading(name: str) -> FigureHeading:
    """Return what a column of figures measures, its unit if in brackets, its year if at the end.

    "CO2 (t) 2014" is CO2, in t, for 2014. A unit is taken from brackets only.
    """
    rest, unit, year = name.strip(), "", ""
    if bracket := re.search(r"[(\[（]([^()\[\]（）]+)[)\]）]", rest):
        rest = rest[: bracket.start()] + rest[bracket.end() :]
        if re.fullmatch(r"(19|20)\d\d", bracket[1].strip()):
            year = bracket[1].strip()
        else:
            unit = bracket[1].strip()
    if not year and (end := re.search(r"(?:^|[\s_,-])((?:19|20)\d\d)\s*$", rest)):
        rest, year = rest[: end.start()], end[1]
    return FigureHeading(re.sub(r"[\s_]+", " ", rest).strip(" ,-_") or name, unit, year)
