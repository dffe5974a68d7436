"""What lies within reach of a point: the question, the map and the list."""

from typing import Any

import streamlit as st

from atlas.analysis.comparison import chosen
from atlas.analysis.distance import point
from atlas.analysis.origin import (
    EXAMPLES,
    Origin,
    Unclear,
    field_text,
    find_origin,
    place_origin,
    position_text,
)
from atlas.analysis.reach import Reach, reach
from atlas.map.reach_map import reach_deck, reach_view
from atlas.model.selection import vocabulary
from atlas.pages.view import View
from atlas.query.facets import count, shown
from atlas.query.list_limits import beginning
from atlas.ui import address, controls, html, map_view

HEIGHT = 460
RADII = (25, 50, 100, 200, 300)


def section(view: View) -> None:
    """Ask for a point and a radius, and draw what lies within reach, or why nothing can be said."""
    _ask(view)
    start = _start(view)
    if isinstance(start, Origin):
        _answer(view, start)
    elif start:
        _refuse(view, start)


def _ask(view: View) -> None:
    html.place("distances/reach", view, notations=EXAMPLES)
    where, how_far = st.columns([2.2, 1])
    with where:
        controls.near(view)
    with how_far:
        controls.radius(view)
        html.place("distances/radii", view, radii=RADII)


def _start(view: View) -> Origin | Unclear | None:
    """Return the point that is given; else the open or first place that has one."""
    near = view.selection.near
    if not near:
        opened = [view.atlas.place[view.selection.place]] if view.selection.place else []
        places = (*opened, *chosen(view.atlas, view.selection).places)
        return next((place_origin(place) for place in places if point(place)), None)
    return find_origin(view.atlas, near)


def _refuse(view: View, unclear: Unclear) -> None:
    meant = unclear.meant
    html.place(
        "distances/unclear",
        view,
        reason=unclear.reason,
        near=field_text(view.atlas, view.selection.near, view.selection.lang),
        places=beginning(unclear.places).rows,
        meant=f"{meant.latitude:.7g}, {meant.longitude:.7g}" if meant else "",
    )


def _answer(view: View, start: Origin) -> None:
    found = reach(start, view.selection.radius, shown(view.atlas, view.selection))
    ground, beside = st.columns([1.6, 1], gap="small")
    with ground:
        _map(view, start, found)
    with beside:
        _list(view, start, found)


def _map(view: View, start: Origin, found: Reach) -> None:
    words = view.text
    key = view.key("reach-map")
    pixels = min(view.map_width, HEIGHT)
    with st.container(key="reach-map"):
        st.pydeck_chart(
            reach_deck(
                view.atlas,
                view.selection,
                start,
                view.theme,
                reach_view(start.position, view.selection.radius, pixels),
            ),
            height=HEIGHT,
            key=key,
            on_select=lambda: _measure(view, map_view.selected(key)),
            alt=words.ngettext(
                "Map. %(count)s place lies in a circle of %(radius)s km around %(point)s. "
                "The list beside it names it.",
                "Map. %(count)s places lie in a circle of %(radius)s km around %(point)s. "
                "The list beside it names them.",
                len(found.inside),
                radius=words.number(view.selection.radius),
                point=_name(view, start),
            ),
        )
    map_view.legend(view)


def _measure(view: View, objects: dict[str, list[dict[str, Any]]]) -> None:
    """Measure from the place that was clicked."""
    if place := map_view.clicked(view, objects):
        address.change(view.atlas, lambda now: now.but(near=place))


def _list(view: View, start: Origin, found: Reach) -> None:
    sets = vocabulary(view.atlas)["sets"]
    html.place(
        "distances/reached",
        view,
        start=start,
        is_given=bool(view.selection.near),
        point=position_text(view.text, start.position),
        found=found,
        inside=beginning(found.inside),
        at_edge=beginning([one for one in found.outside if not one.is_certain]),
        unplaced=beginning(found.unplaced),
        searched=count(view.atlas, view.selection),
        sets=() if view.selection.sets == sets else sets,
    )


def _name(view: View, start: Origin) -> str:
    if start.place:
        return start.place.name[view.selection.lang]
    return position_text(view.text, start.position)
