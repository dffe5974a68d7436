"""A point in words: "lat, lon" in the notations people use, read to degrees (WGS 84).

Every way to read a text as two angles is tried; it counts only if exactly one of them is
a point. `geopy.Point` does the arithmetic of an angle. It is not given the whole text: it
passes over what stands before the numbers, turns a longitude of 200 degrees into -160, and
knows neither decimal commas nor letters that put the longitude first.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Literal, NamedTuple

from geopy import Point

from atlas.notation import written_plainly

Fault = Literal["incomplete", "ambiguous", "latitude", "longitude", "sixty", "sign"]
_By = Literal["separator", "mark", "space"]

_NUMBER = r"\d+(?:\.\d+)?"
_ANGLE = re.compile(
    rf"\s*(?P<front>[NSEWXY])?\s*(?P<sign>[+-])?(?P<degrees>{_NUMBER})"
    rf"(?:(?:\s*[°:]\s*|\s+)(?P<minutes>{_NUMBER})"
    rf"(?:(?:\s*[':]\s*|\s+)(?P<seconds>{_NUMBER})\s*\"?|\s*'?)|\s*°?)"
    r"\s*(?P<back>[NSEWXY])?\s*"
)
_AXES = {"N": "Y", "S": "Y", "E": "X", "W": "X"}
# More commas inside numbers than two decimal ones and one between them are no point.
_MOST_COMMAS = 3


class Position(NamedTuple):
    """A point. Degrees, WGS 84."""

    latitude: float
    longitude: float


class CoordinateError(ValueError):
    """A text of numbers that is no point, why, and the point its numbers make when swapped."""

    def __init__(self, fault: Fault, swapped: Position | None = None) -> None:
        """Take what is wrong, and the point that was perhaps meant."""
        super().__init__(fault)
        self.fault: Fault = fault
        self.swapped = swapped


class _Angle(NamedTuple):
    """One angle: its degrees, its axis (Y north-south, X east-west) if said, and its parts."""

    degrees: float
    axis: str
    parts: int
    letter_first: bool


class _Cut(NamedTuple):
    """Two texts that may be the two angles, and what tells them apart."""

    first: str
    second: str
    by: _By


def position(text: str) -> Position | None:
    """Return the point a text gives, or None where it is not a coordinate at all.

    Raises CoordinateError for a coordinate that cannot be read in exactly one way.
    """
    plain = written_plainly(text)
    if plain is None:
        return None
    found: set[Position] = set()
    faults: list[CoordinateError] = []
    for cut in _cuts(plain):
        try:
            found.add(_point(cut))
        except CoordinateError as error:
            faults.append(error)
    if len(found) > 1:
        raise CoordinateError("ambiguous")
    if found:
        return found.pop()
    raise next((one for one in faults if one.fault != "incomplete"), CoordinateError("incomplete"))


def _cuts(plain: str) -> Iterator[_Cut]:
    """Yield every way to cut a text in two, its commas decimal signs or between angles."""
    for text in dict.fromkeys(_comma_readings(plain)):
        if ";" in text:
            first, _, second = text.partition(";")
            yield _Cut(first, second, "separator")
            continue
        by: _By = "mark" if re.search("[A-Z°]", text) else "space"
        for at in range(1, len(text)):
            # Not inside a number, and not before a dash that may be a hyphen.
            if not re.fullmatch(r"[\d.][\d.]|\d[+-]", text[at - 1 : at + 1]):
                yield _Cut(text[:at], text[at:], by)


def _comma_readings(plain: str) -> Iterator[str]:
    pieces = re.split(r"(?<=\d),(?=\d)", re.sub(r"(?<!\d),|,(?!\d)", ";", plain))
    commas = len(pieces) - 1
    meanings = ";" if "." in plain else ".;"
    # Where nothing but commas divides the numbers, some divide and some are decimal signs.
    mixed = commas <= _MOST_COMMAS and re.fullmatch(r"[\d,+-]+", plain)
    alike = ([one] * commas for one in meanings)
    for signs in product(meanings, repeat=commas) if mixed else alike:
        yield "".join(piece + sign for piece, sign in zip(pieces, (*signs, ""), strict=True))


def _angle(text: str) -> _Angle:
    match = _ANGLE.fullmatch(text)
    if match is None:
        raise CoordinateError("incomplete")
    letters = [match[name] for name in ("front", "back") if match[name]]
    parts = [match[name] for name in ("degrees", "minutes", "seconds") if match[name]]
    if len(letters) > 1 or any("." in part for part in parts[:-1]):
        raise CoordinateError("incomplete")
    minutes, seconds = map(float, [*parts[1:], "0", "0"][:2])
    if minutes >= 60 or seconds > 60:  # Rounding makes 60 s: geopy writes 1.9° as 1 53m 60s.
        raise CoordinateError("sixty")
    letter = letters[0] if letters else ""
    if match["sign"] == "-" and letter in _AXES:
        raise CoordinateError("sign")
    turn = -1 if match["sign"] == "-" or letter in ("S", "W") else 1
    degrees = Point.parse_degrees(parts[0], minutes, seconds)
    return _Angle(turn * degrees, _AXES.get(letter, letter), len(parts), bool(match["front"]))


def _point(cut: _Cut) -> Position:
    first, second = _angle(cut.first), _angle(cut.second)
    if cut.by == "space" and first.parts != second.parts:
        raise CoordinateError("incomplete")
    axes = (first.axis, second.axis)
    if axes == ("", "X") and cut.by == "mark" and second.letter_first:
        # An east between two bare numbers may belong to either.
        raise CoordinateError("ambiguous")
    if axes == ("X", "Y"):
        first, second = second, first
    elif axes not in (("Y", "X"), ("", ""), ("Y", ""), ("", "X")):
        raise CoordinateError("incomplete")
    return _in_range(first.degrees, second.degrees, swappable=axes == ("", ""))


def _in_range(latitude: float, longitude: float, *, swappable: bool) -> Position:
    if abs(latitude) > 90:
        fits = swappable and abs(longitude) <= 90 and abs(latitude) <= 180
        raise CoordinateError("latitude", Position(longitude, latitude) if fits else None)
    if abs(longitude) > 180:
        raise CoordinateError("longitude")
    return Position(latitude, longitude)
