"""The map of a reach: the base, the circle of the radius, the point, and the marks."""

import math
from functools import lru_cache

import pydeck as pdk

from atlas.analysis.distance import Position
from atlas.analysis.origin import Origin
from atlas.analysis.reach import circle
from atlas.map.base_layers import base_layers, circles, rgba
from atlas.map.deck import constant, framed
from atlas.map.overlay import overlay
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import EQUATOR_KM, TILE, ViewPoint
from atlas.model.palette import Palette, palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import filters

# Room around the circle, so that what lies just outside it is seen.
MARGIN = 1.25
FARTHEST_ZOOM, NEAREST_ZOOM = 2, 11


def reach_view(centre: Position, radius_km: float, pixels: int) -> ViewPoint:
    """Return the view in which a circle fits, with some room around it, into so many pixels."""
    around_km = EQUATOR_KM * math.cos(math.radians(centre.latitude))
    zoom = math.log2(max(pixels * around_km / (TILE * 2 * radius_km * MARGIN), 1.0))
    return ViewPoint(*centre, zoom=round(min(max(zoom, FARTHEST_ZOOM), NEAREST_ZOOM), 2))


# Takes 15 ms to build, most of it for the circle; up to 3 MB each with 2,000 places.
@lru_cache(maxsize=32)
def reach_deck(
    atlas: Atlas, selection: Selection, start: Origin, theme: str, view: ViewPoint
) -> pdk.Deck:
    """Return the deck of a reach: the places the filters show, and the point's own if it is one."""
    colours = palette(theme)
    place = start.place.id if start.place else None
    shown = filters(selection).but(lang=selection.lang, place=place)
    layers = [
        *base_layers(atlas, shown, colours),
        _circle(start.position, selection.radius, colours),
        *overlay(atlas, shown, scene(atlas, shown, view), colours),
        None if start.place else _spot(start.position, colours),
    ]
    deck = framed(layers, view)
    deck.initial_view_state.min_zoom = FARTHEST_ZOOM
    return deck


def _circle(centre: Position, radius_km: int, colours: Palette) -> pdk.Layer | None:
    corners = circle(centre, radius_km)
    outline = {"type": "Polygon", "coordinates": [corners]}
    return corners and pdk.Layer(
        "GeoJsonLayer",
        id="reach",
        data=[{"type": "Feature", "properties": {}, "geometry": outline}],
        get_fill_color=rgba(colours.highlight, 14),
        get_line_color=rgba(colours.highlight, 140),
        line_width_min_pixels=1.5,
    )


def _spot(position: Position, colours: Palette) -> pdk.Layer:
    return circles(
        "origin",
        [{"at": [position.longitude, position.latitude]}],
        get_radius=6,
        radius_units=constant("pixels"),
        get_fill_color=rgba(colours.highlight, 255),
        stroked=True,
        get_line_color=rgba(colours.land, 255),
        line_width_min_pixels=2,
    )
