"""The point that distances are measured from: a place, or a coordinate that a reader typed.

Coordinates are degrees, WGS 84, latitude first.

Buys: the usual notations of coordinates, read by geopy without its silent corrections.
Breaks: if geopy renames `Point.POINT_PATTERN`, the pattern's groups, or `Point.parse_degrees`.
Test: `test_origin.py`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geopy import Point

from atlas.analysis.distance import Position, point
from atlas.model.characters import folded
from atlas.model.languages import Language
from atlas.model.records import Atlas, Place
from atlas.model.text import N_, Text

Reason = Literal["unreadable", "latitude", "longitude", "unplaced", "several", "unknown"]

SHORTEST_PART = 3
# A position in words, by (is north, is east).
HEMISPHERES = {
    (True, True): N_("%(latitude)s° N, %(longitude)s° E"),
    (True, False): N_("%(latitude)s° N, %(longitude)s° W"),
    (False, True): N_("%(latitude)s° S, %(longitude)s° E"),
    (False, False): N_("%(latitude)s° S, %(longitude)s° W"),
}
# Typographic variants of the signs that geopy reads.
_SIGNS = str.maketrans("′’″”“º−–", '\'\'"""°--')
_NUMBERS = re.compile(r"(?=.*\d)[\d.,;/+\-°'\"NSEW\s]+", re.ASCII)
_PARTS = ("degrees", "arcminutes", "arcseconds", "direction_front", "direction_back")


def examples(atlas: Atlas) -> tuple[str, ...]:
    """Return the first known point of a place, or 0, 0, to 0.01 degrees, in three notations."""
    latitude, longitude = next(filter(None, map(point, atlas.places)), (0.0, 0.0))
    north, east = "SN"[latitude >= 0], "WE"[longitude >= 0]
    return (
        f"{latitude:.2f}, {longitude:.2f}",
        f"{abs(latitude):.2f} {north}, {abs(longitude):.2f} {east}",
        f"{_in_minutes(latitude)}{north} {_in_minutes(longitude)}{east}",
    )


def _in_minutes(degrees: float) -> str:
    """Return an angle, rounded to 0.01 degrees, in degrees, minutes and seconds without sign."""
    minutes, seconds = divmod(round(abs(round(degrees, 2)) * 3600), 60)
    return f"{minutes // 60}°{minutes % 60}′{seconds}″"


@dataclass(frozen=True, slots=True)
class Origin:
    """The point that distances are measured from, and its place, if it is one."""

    position: Position
    place: Place | None = None

    @property
    def precision_km(self) -> float:
        """The precision of the point in km; 0 for a typed coordinate, which counts as exact."""
        return self.place.precision_km or 0.0 if self.place else 0.0


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text is no point, and the places or the point that may have been meant."""

    reason: Reason
    places: tuple[Place, ...] = ()
    suggestion: Position | None = None


def find_origin(atlas: Atlas, text: str) -> Origin | Unclear:
    """Return the point of an id, a name in any language, part of a name, or a coordinate."""
    places = _places_by_name(atlas).get(_key(text), ())
    if not places:
        coordinate = read_coordinate(text)
        if coordinate:
            return coordinate if isinstance(coordinate, Unclear) else Origin(coordinate)
        places = _places_with_part(atlas, _key(text))
    if len(places) > 1:
        return Unclear("several", places)
    return place_origin(places[0]) if places else Unclear("unknown")


def place_origin(place: Place) -> Origin | Unclear:
    """Return the point of a place, `Unclear` if it is not known."""
    position = point(place)
    return Origin(position, place) if position else Unclear("unplaced", (place,))


def field_text(atlas: Atlas, near: str, language: Language) -> str:
    """Return the text of the input field for a value in a link: a place's name for its id."""
    place = atlas.place.get(near)
    return (place.short[language] or place.name[language]) if place else near


def position_text(text: Text, position: Position) -> str:
    """Return a position in words, to 0.00001 degrees, about a metre."""
    latitude, longitude = (text.number(abs(degrees), 5) for degrees in position)
    hemisphere = (position.latitude >= 0, position.longitude >= 0)
    return text.gettext(HEMISPHERES[hemisphere], latitude=latitude, longitude=longitude)


def read_coordinate(text: str) -> Position | Unclear | None:
    """Return the point that a text states, None if the text has words in it.

    geopy would skip text before a coordinate, turn a longitude of 200 degrees into -160, and only
    warn of a latitude beyond 90; all of these are `Unclear` here.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).replace("''", '"').upper()
    if not _NUMBERS.fullmatch(plain):
        return None
    match = Point.POINT_PATTERN.match(plain.strip())
    if match is None or match.start("latitude") > 0:
        return Unclear("unreadable")
    latitude, longitude = _angle(match, "latitude"), _angle(match, "longitude")
    if latitude is None or longitude is None:
        return Unclear("unreadable")
    if abs(latitude) > 90:
        swappable = abs(longitude) <= 90 and abs(latitude) <= 180 and not re.search("[A-Z]", plain)
        return Unclear("latitude", suggestion=Position(longitude, latitude) if swappable else None)
    return Position(latitude, longitude) if abs(longitude) <= 180 else Unclear("longitude")


def _angle(match: re.Match[str], axis: str) -> float | None:
    """Return the degrees of an axis, None for 60 minutes or more, or for two directions."""
    degrees, minutes, seconds, front, back = (match[f"{axis}_{part}"] for part in _PARTS)
    directions = [sign for sign in (degrees.rstrip("0123456789."), front, back) if sign]
    if len(directions) > 1 or max(float(minutes or 0), float(seconds or 0)) >= 60:
        return None
    # The sign is passed as a direction, because geopy loses that of -0°30'.
    direction = "S" if directions and directions[0] in "-SW" else "N"
    return float(Point.parse_degrees(degrees.lstrip("+-"), minutes or 0, seconds or 0, direction))


def _key(text: str) -> str:
    return "".join(folded(text).split())


# It takes 1 ms for forty places, and a page asks for it several times.
@lru_cache(maxsize=4)
def _places_by_name(atlas: Atlas) -> Mapping[str, tuple[Place, ...]]:
    """Return the places by each of their names and their id, folded and without spaces."""
    index: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for place in atlas.places:
        for name in (place.id, place.pinyin, *place.name.values(), *place.short.values()):
            index[_key(name)][place] = None
    return {key: tuple(places) for key, places in index.items() if key}


def _places_with_part(atlas: Atlas, part: str) -> tuple[Place, ...]:
    """Return the places with a text in one of their names; none for a very short text."""
    if len(part) < (SHORTEST_PART if part.isascii() else SHORTEST_PART - 1):
        return ()
    hits = (places for key, places in _places_by_name(atlas).items() if part in key)
    return tuple(dict.fromkeys(place for places in hits for place in places))
