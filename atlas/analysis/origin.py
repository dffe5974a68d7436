"""The point that distances are measured from: a place of the atlas, or a latitude and a longitude.

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
# A position in words, by whether it is north, and whether it is east.
HEMISPHERES = {
    (True, True): N_("%(latitude)s° N, %(longitude)s° E"),
    (True, False): N_("%(latitude)s° N, %(longitude)s° W"),
    (False, True): N_("%(latitude)s° S, %(longitude)s° E"),
    (False, False): N_("%(latitude)s° S, %(longitude)s° W"),
}
# Characters that keyboards and word processors put for those that geopy reads.
_SIGNS = str.maketrans("′’″”“º−–", '\'\'"""°--')
_NUMBERS = re.compile(r"(?=.*\d)[\d.,;/+\-°'\"NSEW\s]+", re.ASCII)
_PARTS = ("degrees", "arcminutes", "arcseconds", "direction_front", "direction_back")


def examples(atlas: Atlas) -> tuple[str, ...]:
    """Return the point of the first place that has one, to a hundredth of a degree, in three ways.

    Without any it is the point that no cluster lies on.
    """
    latitude, longitude = next(filter(None, map(point, atlas.places)), (0.0, 0.0))
    north, east = "SN"[latitude >= 0], "WE"[longitude >= 0]
    return (
        f"{latitude:.2f}, {longitude:.2f}",
        f"{abs(latitude):.2f} {north}, {abs(longitude):.2f} {east}",
        f"{_in_minutes(latitude)}{north} {_in_minutes(longitude)}{east}",
    )


def _in_minutes(degrees: float) -> str:
    """Return degrees rounded to a hundredth in degrees, minutes and seconds."""
    minutes, seconds = divmod(round(abs(round(degrees, 2)) * 3600), 60)
    return f"{minutes // 60}°{minutes % 60}′{seconds}″"


@dataclass(frozen=True, slots=True)
class Origin:
    """The point that distances are measured from, and the place that stands there, if any."""

    position: Position
    place: Place | None = None

    @property
    def precision_km(self) -> float:
        """The precision of the point in km; 0 for a coordinate, which counts as exact."""
        return self.place.precision_km or 0.0 if self.place else 0.0


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text gives no point, and the places or the point that may be meant."""

    reason: Reason
    places: tuple[Place, ...] = ()
    meant: Position | None = None


def find_origin(atlas: Atlas, text: str) -> Origin | Unclear:
    """Return the point of an id, a name in any language, or a coordinate."""
    named = _places_by_name(atlas).get(_key(text), ())
    if not named:
        coordinate = read_coordinate(text)
        if coordinate:
            return coordinate if isinstance(coordinate, Unclear) else Origin(coordinate)
        named = _places_with_part(atlas, _key(text))
    if len(named) > 1:
        return Unclear("several", named)
    return place_origin(named[0]) if named else Unclear("unknown")


def place_origin(place: Place) -> Origin | Unclear:
    """Return the point of a place, or that it is not known."""
    at = point(place)
    return Origin(at, place) if at else Unclear("unplaced", (place,))


def field_text(atlas: Atlas, near: str, language: Language) -> str:
    """Return what the field shows for a link's value: the name of a place, not its id."""
    place = atlas.place.get(near)
    return (place.short[language] or place.name[language]) if place else near


def position_text(text: Text, position: Position) -> str:
    """Return a position in words, to about a metre."""
    latitude, longitude = (text.number(abs(degrees), 5) for degrees in position)
    hemisphere = (position.latitude >= 0, position.longitude >= 0)
    return text.gettext(HEMISPHERES[hemisphere], latitude=latitude, longitude=longitude)


def read_coordinate(text: str) -> Position | Unclear | None:
    """Return the point that geopy reads, None for a text that holds more than a coordinate.

    geopy would skip what stands before a coordinate, turn a longitude of 200 degrees into
    -160, and warn of a latitude beyond 90: these are refused here.
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
        return Unclear("latitude", meant=Position(longitude, latitude) if swappable else None)
    return Position(latitude, longitude) if abs(longitude) <= 180 else Unclear("longitude")


def _angle(match: re.Match[str], axis: str) -> float | None:
    """Return the degrees of an axis, None where they are no angle or have two directions."""
    degrees, minutes, seconds, front, back = (match[f"{axis}_{part}"] for part in _PARTS)
    directions = [sign for sign in (degrees.rstrip("0123456789."), front, back) if sign]
    if len(directions) > 1 or max(float(minutes or 0), float(seconds or 0)) >= 60:
        return None
    south_or_west = directions and directions[0] in "-SW"
    # The sign is given apart: geopy loses that of -0°30'.
    direction = "S" if south_or_west else "N"
    return float(Point.parse_degrees(degrees.lstrip("+-"), minutes or 0, seconds or 0, direction))


def _key(text: str) -> str:
    return "".join(folded(text).split())


@lru_cache(maxsize=4)
def _places_by_name(atlas: Atlas) -> Mapping[str, tuple[Place, ...]]:
    """Index the places by everything they are called, for comparison without spaces.

    Kept, because it takes 1 ms for forty places and is asked for several times a run.
    """
    index: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for place in atlas.places:
        names = (*place.name.values(), *place.short.values())
        for name in (place.id, place.pinyin, *names):
            index[_key(name)][place] = None
    return {key: tuple(places) for key, places in index.items() if key}


def _places_with_part(atlas: Atlas, part: str) -> tuple[Place, ...]:
    """Return the places with a part of a name; a very short part gives none."""
    if len(part) < (SHORTEST_PART if part.isascii() else SHORTEST_PART - 1):
        return ()
    hits = (places for key, places in _places_by_name(atlas).items() if part in key)
    return tuple(dict.fromkeys(place for places in hits for place in places))
