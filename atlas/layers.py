"""The map as a deck.gl deck, through pydeck. Coordinates are [longitude, latitude], WGS 84."""

from functools import lru_cache

import pydeck as pdk

from atlas.ground import ground
from atlas.marks import ViewPoint, scene
from atlas.overlay import overlay
from atlas.palette import palette
from atlas.records import Atlas
from atlas.selection import Selection

# Streamlit escapes the values; the template itself must stay constant.
_TOOLTIP = {
    "html": "<b>{name}</b><br>{what}<br>{sectors}<br><i>{grade}</i>",
    "style": {"maxWidth": "280px", "fontSize": "13px", "borderRadius": "6px"},
}


@lru_cache(maxsize=1_024)
def deck(atlas: Atlas, selection: Selection, theme: str, view: ViewPoint, tiles: bool) -> pdk.Deck:
    """Return the deck of a view; built once a selection, as pydeck is slow to build."""
    colours = palette(theme)
    layers = [
        *ground(atlas, selection, colours, tiles),
        *overlay(atlas, selection, scene(atlas, selection, view), colours),
    ]
    return pdk.Deck(
        layers=[layer for layer in layers if layer],
        initial_view_state=pdk.ViewState(
            latitude=view.latitude,
            longitude=view.longitude,
            zoom=view.zoom,
            min_zoom=4,
            max_zoom=12,
        ),
        tooltip=_TOOLTIP,
        # A style named while the provider is none makes Streamlit ask Carto all the same.
        **({"map_provider": "carto", "map_style": theme} if tiles else {"map_provider": None}),
    )
