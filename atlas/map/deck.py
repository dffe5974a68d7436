"""Decks of deck.gl, through pydeck. Coordinates are [longitude, latitude], WGS 84.

Buys: a deck is written as JSON once and without indentation, so that a click costs 3 ms less and
    sends less than half as much. Names are shown as they are, never computed.
Breaks: if pydeck moves `default_serialize` or its class `String`, or if a deck can no longer be
    copied before it has layers.
Test: `test_layers.py`.
"""

import json
from collections.abc import Iterable
from copy import copy
from functools import cache
from typing import Any

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from atlas.map.scene.placing import ViewPoint


class _Deck(pdk.Deck):  # type: ignore[misc]
    """A deck that is written as JSON once, because it does not change after that."""

    _json = ""

    def to_json(self) -> str:
        # pydeck's indentation takes 3 ms longer, and more than doubles what a click sends.
        self._json = self._json or json.dumps(
            self,
            default=default_serialize,
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return self._json


def constant(value: str) -> Any:
    """Return a string as a constant; pydeck takes a plain one for an expression."""
    return pdk.types.String(value)


def literal_text(value: str) -> str:
    """Return a text that deck.gl shows as it is; it would compute one that starts with `@@`."""
    return f"\u2060{value}" if value.startswith("@@") else value


def deck_of(layers: Iterable[pdk.Layer | None], view: ViewPoint) -> pdk.Deck:
    """Return the layers as a deck at its first view."""
    deck = copy(_empty_deck())
    deck.layers = [layer for layer in layers if layer]
    deck.initial_view_state = pdk.ViewState(
        latitude=view.latitude,
        longitude=view.longitude,
        zoom=view.zoom,
        min_zoom=min(4, view.zoom),
        max_zoom=12,
    )
    return deck


# A new deck looks five times on the disk for what only notebooks need, which takes a fifth of a
# new view with many readers.
@cache
def _empty_deck() -> _Deck:
    return _Deck(map_provider=None)
