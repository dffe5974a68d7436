"""How the base of the map looks, below its marks: tinted land, lines, discs for want of land."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from atlas.analysis.distance import point
from atlas.datapackage.land.map_features import features_of
from atlas.model.palette import Colour, Palette, mixed
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.model.values import SIDES
from atlas.query.facets import shown
from atlas.query.profile import profile

# How much of the colour of its side lies over the land of a place.
STRONG, WEAK = 0.36, 0.1
# The outline of the open place's land is thick: its fill stays, which says on which side it lies.
BORDER_PIXELS, OPEN_PIXELS = 0.8, 3
DISC = 70  # opacity, of 255


@dataclass(frozen=True, slots=True)
class TintedPlaces:
    """Whose land is tinted: strongly that of places shown, weakly that of the base groups."""

    shown: frozenset[str]
    base: frozenset[str]

    def share(self, place: str) -> float:
        """Return how much of the side's colour lies over the land of a place, 0 to 1."""
        if place in self.shown:
            return STRONG
        return WEAK if place in self.base else 0.0


class Line(NamedTuple):
    """The look of the lines of a map file; the width is in pixels."""

    role: str
    colour: Colour
    pixels: float


class Disc(NamedTuple):
    """A disc with the area of a place, for want of its boundary. Centre in degrees, WGS 84."""

    place: Place
    latitude: float
    longitude: float
    radius_km: float


def tinted_places(atlas: Atlas, selection: Selection) -> TintedPlaces:
    """Return whose land a selection tints."""
    strong, weak = (
        frozenset(place.id for place in shown(atlas, tinted)) for tinted in (selection, Selection())
    )
    return TintedPlaces(strong, weak)


def tint(colours: Palette, side: str, share: float) -> Colour:
    """Return the colour of land on a side with so much of the side's colour over it."""
    return mixed(colours.land, side_of(colours, side), share)


def side_of(colours: Palette, side: str) -> Colour:
    """Return the colour land is tinted with."""
    return colours.side(land_side(side))


def land_side(side: str) -> str:
    """Return the side that land lies on: one or the other, `both` where there are no two."""
    return side if side in SIDES else "both"


def lines(colours: Palette) -> tuple[Line, ...]:
    """Return the lines over the land, the lowest first."""
    return (
        Line("rivers", colours.river, 1.8),
        Line("rivers-osm", colours.river, 1.8),
        Line("provinces", colours.province, 2),
    )


def highlighted(atlas: Atlas, place: str | None) -> int | None:
    """Return the position among the boundaries of the land of the open place, if it has any."""
    owners = [feature["properties"].get("place") for feature in features_of(atlas, "boundaries")]
    return owners.index(place) if place and place in owners else None


def discs(atlas: Atlas, places: Iterable[Place]) -> tuple[Disc, ...]:
    """Return discs as large as the places that have a position and are no mere points."""
    return tuple(
        Disc(place, *at, radius_km=math.sqrt(area_km2(atlas, place) / math.pi))
        for place in places
        if place.extent != "point" and (at := point(place))
    )


def area_km2(atlas: Atlas, place: Place) -> float:
    """Return the area of a place, 0 where that is not known."""
    figures = profile(atlas, place.id).figures
    areas = [figure.rows[0] for figure in figures if figure.indicator.id == "area"]
    return areas[0].value or 0.0 if areas else 0.0
