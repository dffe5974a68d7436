"""The map as a deck.gl deck, through pydeck. Coordinates are [longitude, latitude], WGS 84."""

import json
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from typing import Any

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from atlas.map.base_layers import base_layers
from atlas.map.marks import scene
from atlas.map.overlay import overlay
from atlas.map.placing import ViewPoint
from atlas.model.palette import palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.list_limits import is_crowded

# Streamlit escapes the values; the template itself must stay constant.
_TOOLTIP = {
    "html": "<b>{name}</b><br>{what}<br>{sectors}<br><i>{grade}</i>",
    "style": {"maxWidth": "280px", "fontSize": "13px", "borderRadius": "6px"},
}


class _Deck(pdk.Deck):  # type: ignore[misc]
    """A deck that is written as JSON once: nothing changes it after it is built."""

    _written = ""

    def to_json(self) -> str:
        # pydeck indents: that takes 3 ms longer, and a click then sends more than twice as much.
        self._written = self._written or json.dumps(
            self,
            default=default_serialize,
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return self._written


def deck(atlas: Atlas, selection: Selection, theme: str, view: ViewPoint, tiles: bool) -> pdk.Deck:
    """Return the deck of a view, built once: that takes 3 ms, and 80 ms with 2,000 places."""
    cached = _large_deck if is_crowded(atlas, selection) else _deck
    return cached(atlas, selection, theme, view, tiles)


def _built(
    atlas: Atlas, selection: Selection, theme: str, view: ViewPoint, tiles: bool
) -> pdk.Deck:
    colours = palette(theme)
    layers = [
        *base_layers(atlas, selection, colours, tiles),
        *overlay(atlas, selection, scene(atlas, selection, view), colours),
    ]
    # A style named while the provider is none makes Streamlit ask Carto all the same.
    style = {"map_provider": "carto", "map_style": theme} if tiles else {"map_provider": None}
    return framed(layers, view, **style)


# With its JSON a deck of up to 60 places takes up to 0.2 MB, and one of 2,000 some 3 MB.
_deck = lru_cache(maxsize=1_024)(_built)
_large_deck = lru_cache(maxsize=16)(_built)


def framed(layers: Iterable[pdk.Layer | None], view: ViewPoint, **style: Any) -> pdk.Deck:
    """Return layers as a map at its first view, with the tooltip of the places."""
    built = copy(_empty(**style))
    built.layers = [layer for layer in layers if layer]
    built.initial_view_state = pdk.ViewState(
        latitude=view.latitude,
        longitude=view.longitude,
        zoom=view.zoom,
        min_zoom=min(4, view.zoom),
        max_zoom=12,
    )
    return built


@lru_cache
def _empty(**style: Any) -> _Deck:
    # A deck made from nothing looks five times on the disk for what only a notebook needs: that
    # takes a fifth of a new view with many readers.
    return _Deck(tooltip=_TOOLTIP, **style)
