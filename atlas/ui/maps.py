"""The maps of the pages, as Streamlit's charts of pydeck's decks."""

from typing import Any

import pydeck as pdk
import streamlit as st

from atlas import settings
from atlas.analysis.origin import Origin
from atlas.map import arcs
from atlas.map.extent import Size, first_view
from atlas.map.places_map import deck
from atlas.map.placing import ViewPoint
from atlas.map.reach_map import reach_deck, reach_view
from atlas.model.selection import Selection
from atlas.pages.distances import reach_described, start_point
from atlas.pages.overview import described
from atlas.pages.place import open_place
from atlas.pages.sectors import arcs_described
from atlas.pages.view import View
from atlas.ui import address, following

# Pixels.
HEIGHT, ARCS_HEIGHT, REACH_HEIGHT, LOCATOR_HEIGHT = 500, 470, 460, 300
TILES = "tiles"
# A locator holds the land of a place and what is around it.
LOCATOR_ZOOM = {"city": 7.1, "district": 8.1, "park": 8.8}


def overview(view: View) -> None:
    """Draw the map of the map page, and begin the page, whose clicks the map follows."""
    with st.container(key="map"):
        following.living(view, _overview)


def _overview(view: View) -> None:
    """Draw the map; a click on a place opens its card, a second one closes it."""
    key = view.key("map")
    tiles = settings.tiles() and bool(st.session_state.get(TILES))
    shown = deck(view.atlas, view.selection, view.theme, opening(view), tiles)
    st.pydeck_chart(
        shown,
        height=HEIGHT,
        key=key,
        on_select=lambda: toggle(view, selected(key)),
        alt=described(view),
    )


def opening(view: View) -> ViewPoint:
    """Return the first view of the map of the whole, on the canvas the reader has."""
    return first_view(view.atlas, Size(view.map_width, HEIGHT))


def counterparts(view: View) -> None:
    """Draw the arcs between the counterparts of the chosen sectors; a click picks out a place."""
    key = view.key("arcs")
    with st.container(key="map"):
        st.pydeck_chart(
            arcs.deck(view.atlas, view.selection, view.theme, opening(view)),
            height=ARCS_HEIGHT,
            key=key,
            on_select=lambda: toggle(view, selected(key)),
            alt=arcs_described(view),
        )


def locator(view: View) -> None:
    """Draw a small map around the open place, if it can be drawn; a click opens another one."""
    place = open_place(view)
    if not place or place.position == "none":
        return
    key = view.key(f"locator-{place.id}")
    shown = deck(
        view.atlas,
        Selection(lang=view.selection.lang, sets=view.selection.sets, place=place.id),
        view.theme,
        ViewPoint(place.latitude or 0.0, place.longitude or 0.0, LOCATOR_ZOOM[place.kind]),
        tiles=False,
    )
    with st.container(key="map"):
        st.pydeck_chart(
            shown,
            height=LOCATOR_HEIGHT,
            key=key,
            on_select=lambda: _write(view, "place", key),
            alt=view.text.gettext(
                "Map around %(place)s. Position and nearest places are also given in words.",
                place=place.name[view.selection.lang],
            ),
        )


def reach(view: View) -> None:
    """Draw what lies within reach of the point; a click on a place measures from there."""
    start = start_point(view)
    if not isinstance(start, Origin):
        return
    key = view.key("reach-map")
    with st.container(key="reach-map"):
        st.pydeck_chart(
            _reach_deck(view, start),
            height=REACH_HEIGHT,
            key=key,
            on_select=lambda: _write(view, "near", key),
            alt=reach_described(view, start),
        )


def _reach_deck(view: View, start: Origin) -> pdk.Deck:
    pixels = min(view.map_width, REACH_HEIGHT)
    seen = reach_view(start.position, view.selection.radius, pixels)
    return reach_deck(view.atlas, view.selection, start, view.theme, seen)


def selected(key: str) -> Any:
    """Return what is selected on a map, by its key; None where a client sends no selection."""
    selection = getattr(st.session_state[key], "selection", None)
    return getattr(selection, "objects", None)


def toggle(view: View, objects: object) -> None:
    """Open the place that was clicked, or close it if it is the open one.

    The second click of a double one comes before the map is drawn anew. Streamlit then takes the
    selection back and reports none, so the card stays open.
    """
    if place := clicked(view, objects):
        address.change(view.atlas, lambda now: now.but(place=None if place == now.place else place))


def _write(view: View, parameter: str, key: str) -> None:
    """Write the place that was clicked into a parameter of the address."""
    if place := clicked(view, selected(key)):
        address.change(view.atlas, lambda now: now.but(**{parameter: place}))


def clicked(view: View, objects: Any) -> str | None:
    """Return the id of the place that was clicked; None for what no map of ours sends."""
    try:
        first: Any = next((row for layer in objects.values() for row in layer), {})
        place = first.get("id") or first.get("properties", {}).get("id")
        return place if place in view.atlas.place else None
    except (AttributeError, TypeError):
        return None


def tiles_switch(view: View) -> None:
    """Offer Carto's tiles where the host has switched them on: a third party serves them."""
    if settings.tiles():
        st.toggle(
            view.text.gettext("Street map below, from Carto"),
            key=TILES,
            help=view.text.gettext(
                "Your browser will then load map tiles from Carto, a third party. "
                "If they cannot be loaded, the map stays as it is."
            ),
        )
