"""Which point a reader means: a place by any of its names, or a coordinate."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from atlas.coordinates import CoordinateError, Fault, Position, position
from atlas.distance import point
from atlas.facets import folded
from atlas.records import LANGUAGES, Atlas, Language, Place
from atlas.text import N_, Text

Reason = Literal[
    Fault,
    "unplaced",
    "several",
    "unknown",
    "off",
    "nothing",
    "timed-out",
    "quota",
    "malformed",
    "offline",
    "refused",
    "busy",
    "misconfigured",
]

SHORTEST_PART = 3
# A point in words, by whether it is north, and whether it is east.
POINTS = {
    (True, True): N_("%(latitude)s° N, %(longitude)s° E"),
    (True, False): N_("%(latitude)s° N, %(longitude)s° W"),
    (False, True): N_("%(latitude)s° S, %(longitude)s° E"),
    (False, False): N_("%(latitude)s° S, %(longitude)s° W"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The point distances are measured from, and the place or the address that gave it."""

    position: Position
    place: Place | None = None
    address: str = ""

    @property
    def precision_km(self) -> float:
        """How exactly the point is known: a coordinate that is given counts as exact."""
        return self.place.precision_km or 0.0 if self.place else 0.0


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text gives no point, and the places or the point it may mean."""

    reason: Reason
    places: tuple[Place, ...] = ()
    meant: Position | None = None


def origin(atlas: Atlas, near: str) -> Origin | Unclear:
    """Return the point that an id, a name in any language or a coordinate gives."""
    named = _names(atlas).get(_key(near), ())
    if not named:
        try:
            if found := position(near):
                return Origin(found)
        except CoordinateError as error:
            return Unclear(error.fault, meant=error.swapped)
        named = _containing(atlas, _key(near))
    if len(named) > 1:
        return Unclear("several", named)
    return at_place(named[0]) if named else Unclear("unknown")


def kept(atlas: Atlas, near: str) -> str:
    """Return what a link holds for a text: the id of the one place it names, else the text."""
    found = origin(atlas, near)
    match found:
        case Origin(place=Place(id=named)) | Unclear(reason="unplaced", places=(Place(id=named),)):
            return named
    return near


def said(atlas: Atlas, near: str, language: Language) -> str:
    """Return how a reader sees what a link holds: an id as the name of its place."""
    place = atlas.place.get(near)
    return (place.short[language] or place.name[language]) if place else near


def at_place(place: Place) -> Origin | Unclear:
    """Return the point of a place, if it is known."""
    at = point(place)
    return Origin(Position(*at), place) if at else Unclear("unplaced", (place,))


def _key(text: str) -> str:
    return "".join(folded(text).split())


@lru_cache(maxsize=4)
def _names(atlas: Atlas) -> Mapping[str, tuple[Place, ...]]:
    """Index the places by everything they are called, for comparison without spaces."""
    named: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for place in atlas.places:
        for name in _called(place):
            named[_key(name)][place] = None
    return {name: tuple(places) for name, places in named.items() if name}


def _called(place: Place) -> Iterator[str]:
    yield from (place.id, place.pinyin)
    for language in LANGUAGES:
        yield from (place.name[language], place.short[language])


def _containing(atlas: Atlas, part: str) -> tuple[Place, ...]:
    """Return the places with a part of a name; a very short part is none."""
    if len(part) < (SHORTEST_PART if part.isascii() else SHORTEST_PART - 1):
        return ()
    hits = (places for name, places in _names(atlas).items() if part in name)
    return tuple(dict.fromkeys(place for places in hits for place in places))


def degrees(text: Text, position: Position) -> str:
    """Return a point in words, to about a metre."""
    latitude, longitude = (text.number(abs(one), 5) for one in position)
    hemisphere = (position.latitude >= 0, position.longitude >= 0)
    return text.gettext(POINTS[hemisphere], latitude=latitude, longitude=longitude)
