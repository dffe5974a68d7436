"""The map component for pages that developers add: `deck_map(pdk.Deck(...))`."""

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
    """Draw a deck, and return the id of the mark that the reader has just picked, or None.

    `deck` has layers of the classes listed in `frontend/README.md`; its view is the initial one,
    and may limit the zoom. Rows of a pickable layer have an `id`; the tooltip shows their `name`
    and `what`. `label` tells screen readers what the map shows. `height` is in pixels; the map is
    as wide as the column. This works on the pages of this dashboard, which load the component's
    JavaScript and style sheet.
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
    """Do nothing. With a callback, Streamlit's result always has the attribute `picked`."""
