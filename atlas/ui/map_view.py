"""The map and its legend."""

from typing import Any

import streamlit as st

from atlas import settings
from atlas.analysis.distance import farthest_seats
from atlas.map.extent import Size, first_view
from atlas.map.places_map import deck
from atlas.map.placing import ViewPoint
from atlas.model.records import Place
from atlas.model.selection import Selection
from atlas.pages.markup import render
from atlas.pages.view import View
from atlas.query.list_limits import MOST_LABELLED, is_crowded
from atlas.query.wording import sentence
from atlas.ui import address, following, html

HEIGHT = 500
TILES = "tiles"
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
    crowded = MOST_LABELLED if is_crowded(view.atlas, view.selection) else 0
    return render("legend", view, crowded=crowded, scale=scale, described=described(view))


def opening(view: View) -> ViewPoint:
    """Return the first view of the map of the whole, on the canvas the reader has."""
    return first_view(view.atlas, Size(view.map_width, HEIGHT))


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
        first: Any = next((row for layer in objects.values() for row in layer), {})
        place = first.get("id") or first.get("properties", {}).get("id")
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
                "Your browser then fetches map tiles from Carto, a third party. "
                "Where they cannot be had, the map stays as it is."
            ),
        )
