"""The marks of a large atlas: a file the browser fetches once, and layers that filter it there.

A click sends the filter as an expression and no places, so it costs the same whatever their
number. What only helps where places are few is left out: labels, nudges, circles of precision.
"""

from typing import Any

import pydeck as pdk

from atlas.facets import filters
from atlas.mapfiles import static_file
from atlas.masks import expression, graded, on_side
from atlas.palette import Palette
from atlas.records import Atlas
from atlas.scale import is_crowded
from atlas.selection import Selection

# Smaller than a mark that is placed by itself; what takes the click reaches a little beyond it.
PIXELS, REACH_PIXELS = 13, 9
_CLEAR = [255, 255, 255, 0]


def crowd(
    atlas: Atlas, selection: Selection, colours: Palette, icons: dict[str, Any]
) -> list[pdk.Layer]:
    """Return the marks of the places a selection shows, and what takes the clicks on them.

    Where it shows few, these are placed one by one instead; then the layers stay, unseen, so
    that the browser need not make them anew. A small atlas has none.
    """
    file = static_file(atlas, "marks", selection.lang)
    if file is None:
        return []
    common = {
        "data": file.url,
        "visible": is_crowded(atlas, selection),
        "extensions": [{"@@type": "DataFilterExtension", "filterSize": 1}],
        "get_filter_value": expression(atlas, selection),
        "filter_range": [0.5, 1.5],
    }
    triggers = {"getFilterValue": filters(selection).to_query()}
    return [
        pdk.Layer(
            "IconLayer",
            id="crowd",
            **common,
            **icons | {"get_icon": _icon(atlas, selection), "get_pixel_offset": [0, 0]},
            get_size=PIXELS,
            get_color=_tint(colours),
            update_triggers=triggers
            | {"getIcon": list(selection.sets), "getColor": list(colours.sichuan)},
        ),
        # It changes its id with the open place, as all layers that take clicks do.
        pdk.Layer(
            "ScatterplotLayer",
            id=f"pick-crowd-{selection.place or 'none'}",
            **common,
            pickable=True,
            get_position="at",
            get_radius=REACH_PIXELS,
            radius_units=pdk.types.String("pixels"),
            get_fill_color=_CLEAR,
            update_triggers=triggers,
        ),
    ]


def _icon(atlas: Atlas, selection: Selection) -> str:
    """Return the expression for the shape: a park's follows from the groups that are on."""
    groups = (*atlas.base_groups, *selection.sets)
    return f"icon || {graded(atlas, groups)} || 'listed'"


def _tint(colours: Palette) -> str:
    west, east = on_side("sichuan"), on_side("chongqing")
    sichuan, chongqing, both = map(list, (colours.sichuan, colours.chongqing, colours.both))
    return f"({west} && {east} && {both}) || ({west} && {sichuan}) || {chongqing}"
