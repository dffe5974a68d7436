"""The map and its legend."""

from typing import Any

import streamlit as st

from atlas import settings
from atlas.distance import farthest_seats
from atlas.extent import Size, first_view
from atlas.layers import deck
from atlas.markup import render
from atlas.placing import ViewPoint
from atlas.records import Place
from atlas.scale import PLACED, is_crowded
from atlas.selection import Selection
from atlas.ui import address, following, html
from atlas.view import View
from atlas.wording import sentence

HEIGHT = 500
TILES = "tiles"
# The canvas the first view is made for: on a wide page, and on a telephone's.
WIDE, NARROW = Size(720, HEIGHT), Size(358, HEIGHT)
# A locator holds the land of a place and what is around it.
LOCATOR_HEIGHT = 300
LOCATOR_ZOOM = {"city": 7.1, "district": 8.1, "park": 8.8}


def draw(view: View) -> None:
    """Draw the map and its legend, and begin the page, whose clicks the map follows."""
    with st.container(key="map"):
        following.living(view, _chart)
    legend(view)


def _chart(view: View) -> None:
    """Draw the map; a click on a place opens its card, a second one closes it."""
    key = view.key("map")
    shown = deck(
        view.atlas,
        view.selection,
        view.theme,
        opening(view),
        tiles=settings.tiles() and bool(st.session_state.get(TILES)),
    )
    st.pydeck_chart(
        shown,
        height=HEIGHT,
        key=key,
        on_select=lambda: toggle(view, selected(key)),
        alt=described(view),
    )


def described(view: View) -> str:
    """Return in words what the map shows, or the picture that stands in for it."""
    return view.text.gettext(
        "Map. %(sentence)s. The list beside it holds the same places.",
        sentence=sentence(view.atlas, view.selection, view.text),
    )


@html.fetched("filters")
def legend(view: View) -> str:
    """Draw what the marks mean, and on the map page the scale; without WebGL, a picture."""
    scale = None if view.page else farthest_seats(view.atlas)
    crowded = PLACED if is_crowded(view.atlas, view.selection) else 0
    return render("legend", view, crowded=crowded, scale=scale, described=described(view))


def opening(view: View) -> ViewPoint:
    """Return the first view of the map of the whole."""
    return first_view(view.atlas, NARROW if view.narrow else WIDE)


def locator(view: View, place: Place) -> None:
    """Draw a small map around a place with a position; a click on another one opens that."""
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
            on_select=lambda: _go(view, selected(key)),
            alt=view.text.gettext(
                "Map around %(place)s. Position and nearest places are also given in words.",
                place=place.name[view.selection.lang],
            ),
        )


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


def _go(view: View, objects: object) -> None:
    if place := clicked(view, objects):
        address.change(view.atlas, lambda now: now.but(place=place))


def clicked(view: View, objects: Any) -> str | None:
    """Return the id of the place that was clicked; None for what no map of ours sends."""
    try:
        found: Any = next((one for layer in objects.values() for one in layer), {})
        place = found.get("id") or found.get("properties", {}).get("id")
        return place if place in view.atlas.place else None
    except (AttributeError, TypeError):
        return None


def tiles_switch(view: View) -> None:
    """Offer Carto's tiles where the host has switched them on: a third party serves them."""
    if settings.tiles():
        st.sidebar.toggle(
            view.text.gettext("Street map below, from Carto"),
            key=TILES,
            help=view.text.gettext(
                "Your browser will then load map tiles from Carto, a third party. "
                "If they cannot be loaded, the map stays as it is."
            ),
        )
