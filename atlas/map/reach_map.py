"""The map of a search by distance as a deck: base, circle, point, and marks of the places."""

import math
from functools import lru_cache

import pydeck as pdk

from atlas.analysis.distance import Position
from atlas.analysis.origin import Origin
from atlas.analysis.reach import circle
from atlas.map.base_layers import base_layers, circles, rgba
from atlas.map.deck import constant, deck_of
from atlas.map.overlay import overlay
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import EQUATOR_KM, TILE, ViewPoint
from atlas.model.palette import Palette, palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import filters

# The map is this much larger than the circle, to show what lies just outside.
MARGIN = 1.25
FARTHEST_ZOOM, NEAREST_ZOOM = 2, 11


def reach_view(centre: Position, radius_km: float, pixels: int) -> ViewPoint:
    """Return the view in which a circle with its margin is this many pixels wide."""
    parallel_km = EQUATOR_KM * math.cos(math.radians(centre.latitude))
    zoom = math.log2(max(pixels * parallel_km / (TILE * 2 * radius_km * MARGIN), 1.0))
    return ViewPoint(*centre, zoom=round(min(max(zoom, FARTHEST_ZOOM), NEAREST_ZOOM), 2))


# One takes 15 ms, most of it for the circle, and up to 3 MB with 2,000 places.
@lru_cache(maxsize=32)
def reach_deck(
    atlas: Atlas, selection: Selection, start: Origin, theme: str, view: ViewPoint
) -> pdk.Deck:
    """Return the deck of a point with its circle, and of the places that the filters show.

    If the point is a place, that place is marked as the open one.
    """
    colours = palette(theme)
    place = start.place.id if start.place else None
    map_selection = filters(selection).but(lang=selection.lang, place=place)
    layers = [
        *base_layers(atlas, map_selection, colours),
        _circle(start.position, selection.radius, colours),
        *overlay(atlas, map_selection, scene(atlas, map_selection, view), colours),
        None if start.place else _spot(start.position, colours),
    ]
    deck = deck_of(layers, view)
    deck.initial_view_state.min_zoom = FARTHEST_ZOOM
    return deck


def _circle(centre: Position, radius_km: int, colours: Palette) -> pdk.Layer | None:
    ring = circle(centre, radius_km)
    outline = {"type": "Polygon", "coordinates": [ring]}
    return ring and pdk.Layer(
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
