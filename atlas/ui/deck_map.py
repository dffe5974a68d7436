"""The map component on a page of a developer's own: `deck_map(pdk.Deck(...))`."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pydeck as pdk
import streamlit as st

from atlas.pages.assets import built_map


def deck_map(
    deck: pdk.Deck, *, label: str = "Map", height: int = 500, key: str | None = None
) -> str | None:
    """Draw a deck, and return the id of the mark that a reader has just picked, or None.

    `deck` has layers of the classes listed in `frontend/README.md`; its view is the one seen at
    first, and may have limits of zoom. Rows of a pickable layer have an `id`; their `name` and
    `what` stand in the tooltip. `label` says to screen readers what the map shows; `height` is in
    pixels, the width is the column's. Works on the pages of this dashboard, which serve the
    component's script and style.
    """
    data = {
        "deck": json.loads(deck.to_json()),
        "label": label,
        "height": height,
        "script": f"./{built_map().url}",
    }
    result = _component()(data=data, key=key, height=height, on_picked_change=_nothing)
    picked: str | None = result.picked
    return picked


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "atlas_deck_map",
        html='<div class="atlas deck-map"></div>',
        js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )


def _nothing() -> None:
    """Do nothing: with a callback Streamlit's result always has the picked mark."""
