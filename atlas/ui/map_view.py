"""The map and its legend."""

from typing import Any

import streamlit as st

from atlas import settings
from atlas.distance import farthest_seats
from atlas.layers import deck
from atlas.marks import ViewPoint
from atlas.ui import address, html
from atlas.ui.view import View
from atlas.wording import sentence

HEIGHT = 500
TILES = "tiles"
# The first view holds the eight and the six: on a wide map, and on a telephone's.
WIDE = ViewPoint(latitude=30.17, longitude=105.15, zoom=6.45)
NARROW = ViewPoint(latitude=30.15, longitude=105.15, zoom=5.75)


def draw(view: View) -> None:
    """Draw the map; a click on a place opens its card, a second one closes it."""
    key = view.key("map")
    shown = deck(
        view.atlas,
        view.selection,
        view.theme,
        NARROW if view.narrow else WIDE,
        tiles=settings.tiles() and bool(st.session_state.get(TILES)),
    )
    with st.container(key="map"):
        st.pydeck_chart(
            shown,
            height=HEIGHT,
            key=key,
            on_select=lambda: _clicked(view, st.session_state[key].selection.objects),
            alt=view.text.gettext(
                "Map. %(sentence)s. The list beside it holds the same places.",
                sentence=sentence(view.atlas, view.selection, view.text),
            ),
        )
    html.place("legend", view, scale=farthest_seats(view.atlas))


def _clicked(view: View, objects: dict[str, list[dict[str, Any]]]) -> None:
    found = next((one for layer in objects.values() for one in layer), None)
    if found is None:
        return
    place = found.get("id") or found.get("properties", {}).get("id")
    now = address.read(view.atlas)[0]
    if place in view.atlas.place:
        address.write(now.but(place=None if place == now.place else place))


def tiles_switch(view: View) -> None:
    """Offer Carto's tiles where the host has switched them on: a third party serves them."""
    if settings.tiles():
        st.sidebar.toggle(
            view.text.gettext("Street map below, from Carto"),
            key=TILES,
            help=view.text.gettext(
                "Your browser then fetches map tiles from Carto, a third party. "
                "Where they cannot be had, the map stays as it is."
            ),
        )
