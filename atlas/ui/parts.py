"""The parts of a page as Streamlit draws them."""

from collections.abc import Callable, Mapping
from itertools import groupby

import streamlit as st

from atlas.pages.panels import Columns, Element, Panel, Part, Parts, Sidebar
from atlas.pages.view import View
from atlas.ui import claim_table, embed, fields, html, maps

# What draws an element, by its name on the page.
ELEMENTS: Mapping[str, Callable[[View], None]] = {
    "map": maps.overview,
    "arcs": maps.counterparts,
    "locator": maps.locator,
    "reach": maps.reach,
    "tiles": maps.tiles_switch,
    "search": fields.search,
    "point": fields.near,
    "radius": fields.radius,
    "claims table": claim_table.draw,
    "frame": embed.draw,
}


def draw(view: View, parts: Parts) -> None:
    """Draw parts below one another; those with an address that follow each other as one element."""
    present = (part for part in parts if _is_present(view, part))
    for is_stack, group in groupby(present, key=_has_address):
        if is_stack:
            html.stack(part for part in group if isinstance(part, Panel))
        else:
            for part in group:
                _draw(view, part)


def _is_present(view: View, part: Part) -> bool:
    match part:
        case Panel():
            return part.in_frames or not view.embedded
        case Columns():
            return part.when(view)
        case Sidebar():
            return not view.embedded
    return True


def _has_address(part: Part) -> bool:
    return isinstance(part, Panel) and part.follows is not None


def _draw(view: View, part: Part) -> None:
    match part:
        case Panel():
            if markup := part.fill(view):
                html.put(markup)
        case Element():
            ELEMENTS[part.name](view)
        case Columns():
            left, right = st.columns(part.widths, gap="small")
            with left:
                draw(view, part.left)
            with right:
                draw(view, part.right)
        case Sidebar():
            with st.sidebar:
                draw(view, part.parts)
