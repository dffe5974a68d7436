"""The style of the base of the map: tinted land, lines, and discs in place of missing land."""

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

# The opacity of the colour of a side over the land of its places.
STRONG, WEAK = 0.36, 0.1
# The land of the open place has a thick outline and keeps its fill, which shows its side.
OPEN_PIXELS = 3
DISC = 70  # opacity, of 255


class Line(NamedTuple):
    """The style of the lines of a map file: the name of a colour, and a width in pixels."""

    role: str
    colour: str
    pixels: float


BORDERS = Line("borders", "border", 0.8)
# Lines over the land, the lowest first.
LINES = (
    Line("rivers", "river", 1.8),
    Line("rivers-osm", "river", 1.8),
    Line("provinces", "province", 2),
)


class Land(NamedTuple):
    """The land within a boundary: its place, its side, and the opacity of the side's colour."""

    place: str
    side: str
    share: float


class Disc(NamedTuple):
    """A disc with the area of a place, in place of its boundary. Centre in degrees, WGS 84."""

    place: Place
    latitude: float
    longitude: float
    radius_km: float


def lands(atlas: Atlas, selection: Selection) -> list[Land]:
    """Return the land within each boundary.

    Its tint is strong if the selection shows its place, weak if that is in a base group, else 0.
    Its side is `both` unless the atlas has two sides.
    """
    shares = {place.id: WEAK for place in shown(atlas, Selection())}
    shares |= {place.id: STRONG for place in shown(atlas, selection)}
    rows = (feature["properties"] for feature in features_of(atlas, "boundaries"))
    return [
        Land(place, row["side"] if row["side"] in SIDES else "both", shares.get(place, 0.0))
        for row in rows
        for place in [row.get("place") or ""]
    ]


def tint(colours: Palette, side: str, share: float) -> Colour:
    """Return the colour of land under the colour of a side, whose opacity is `share`."""
    return mixed(colours.land, colours.side(side), share)


def discs(atlas: Atlas, places: Iterable[Place]) -> tuple[Disc, ...]:
    """Return a disc for each place that has a position and is not a point."""
    return tuple(
        Disc(place, *position, radius_km=math.sqrt(area_km2(atlas, place) / math.pi))
        for place in places
        if place.extent != "point" and (position := point(place))
    )


def area_km2(atlas: Atlas, place: Place) -> float:
    """Return the area of a place, 0 if it is not known."""
    figures = profile(atlas, place.id).figures
    areas = [figure.rows[0] for figure in figures if figure.indicator.id == "area"]
    return areas[0].value or 0.0 if areas else 0.0
