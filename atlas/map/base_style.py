"""How the base of the map looks, below its marks: tinted land, lines, discs for want of land."""

import math
from collections.abc import Iterable
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
OPEN_PIXELS = 3
DISC = 70  # opacity, of 255


class Line(NamedTuple):
    """The look of the lines of a map file: a colour of the palette, and a width in pixels."""

    role: str
    colour: str
    pixels: float


BORDERS = Line("borders", "border", 0.8)
# Over the land, the lowest first.
LINES = (
    Line("rivers", "river", 1.8),
    Line("rivers-osm", "river", 1.8),
    Line("provinces", "province", 2),
)


class Land(NamedTuple):
    """The land of a boundary: whose it is, and how much of its side's colour lies over it."""

    place: str
    side: str
    share: float


class Disc(NamedTuple):
    """A disc with the area of a place, for want of its boundary. Centre in degrees, WGS 84."""

    place: Place
    latitude: float
    longitude: float
    radius_km: float


def lands(atlas: Atlas, selection: Selection) -> list[Land]:
    """Return the land of each boundary, tinted strongly where a selection shows its place.

    That of the places of the base groups is tinted weakly; of no two sides, all land is of `both`.
    """
    shares = {place.id: WEAK for place in shown(atlas, Selection())}
    shares |= {place.id: STRONG for place in shown(atlas, selection)}
    described = (feature["properties"] for feature in features_of(atlas, "boundaries"))
    owned = ((properties.get("place") or "", properties["side"]) for properties in described)
    return [
        Land(place, side if side in SIDES else "both", shares.get(place, 0.0))
        for place, side in owned
    ]


def tint(colours: Palette, side: str, share: float) -> Colour:
    """Return the colour of land on a side with so much of the side's colour over it."""
    return mixed(colours.land, colours.side(side), share)


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
