"""Distances on the page of places: a table, nearest neighbours, and reach of a point."""

from typing import NamedTuple

import pydeck as pdk

from atlas.analysis.comparison import chosen, nearest_across_border, step
from atlas.analysis.distance import Near, between, neighbours, point
from atlas.analysis.origin import (
    Origin,
    Unclear,
    examples,
    field_text,
    find_origin,
    place_origin,
    position_text,
)
from atlas.analysis.reach import Reach, circle, reach
from atlas.map.extent import Size
from atlas.map.reach_map import reach_deck, reach_view
from atlas.map.scene.placing import ViewPoint
from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.records import Place
from atlas.model.selection import LARGEST_RADIUS_KM, in_order, vocabulary
from atlas.pages.overview import legend
from atlas.pages.panels import Columns, Map, Parts, on_canvases, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture.inline import inline_map
from atlas.query.facets import count, filters, is_shown, shown
from atlas.query.list_limits import beginning

NEIGHBOURS = 3
RADII = (25, 50, 100, 200, 300)


class _Neighbourhood(NamedTuple):
    """A place, the nearest to it, the nearest across the border, and a comparison of them."""

    place: Place
    nearest: tuple[Near | None, ...]  # as many as there are columns
    across: Near | None
    compare: tuple[str, ...]


@panel()
def matrix(view: View) -> str:
    """Draw the distances between the chosen places, as a table."""
    measured = chosen(view.atlas, view.selection)
    rows = [
        (place, [None if end == place else between(place, end) for end in measured.places])
        for place in measured.places
    ]
    return render(
        "distances/matrix",
        view,
        chosen=measured,
        unplaced=beginning(measured.unplaced),
        rows=rows,
        rough=any(cell.margin_km for _, cells in rows for cell in cells if cell),
        step=step,
    )


@panel()
def nearest(view: View) -> str:
    """Draw the nearest neighbours of each of the chosen places."""
    places = chosen(view.atlas, view.selection).places
    hidden = [place for place in places if not is_shown(view.atlas, view.selection, place)]
    candidates = (*shown(view.atlas, view.selection), *hidden)
    return render(
        "distances/neighbours",
        view,
        rows=[_neighbourhood(view, place, candidates) for place in places],
    )


def _neighbourhood(view: View, place: Place, candidates: tuple[Place, ...]) -> _Neighbourhood:
    close = neighbours(place, candidates, NEIGHBOURS)
    compared = {place.id, *(near.place.id for near in close)}
    return _Neighbourhood(
        place,
        (*close, *[None] * (NEIGHBOURS - len(close))),
        nearest_across_border(place, candidates),
        in_order(view.atlas, compared) if close else (),
    )


@panel()
def reach_question(view: View) -> str:
    """Draw the question for a point, with examples of how to write a point."""
    return render("distances/reach", view, notations=examples(view.atlas))


@panel("near", "radius")
def point_form(view: View) -> str:
    """Draw the fields for the point and the radius in km, and links that set the radius."""
    near = field_text(view.atlas, view.selection.near, view.selection.lang)
    limits = {"most": LARGEST_RADIUS_KM, "longest": LONGEST_SEARCH}
    return render("distances/point", view, near=near, radii=RADII, **limits)


@panel()
def unclear(view: View) -> str:
    """Draw why a point cannot be used, and what may have been meant."""
    start = start_point(view)
    if not isinstance(start, Unclear):
        return ""
    meant = start.meant
    return render(
        "distances/unclear",
        view,
        reason=start.reason,
        near=field_text(view.atlas, view.selection.near, view.selection.lang),
        places=beginning(start.places).rows,
        meant=f"{meant.latitude:.7g}, {meant.longitude:.7g}" if meant else "",
        example_point=examples(view.atlas)[0],
    )


@panel()
def reached(view: View) -> str:
    """Draw the list of the places within the radius of the point."""
    start = start_point(view)
    if not isinstance(start, Origin):
        return ""
    places = reach_of(view, start)
    sets = vocabulary(view.atlas)["sets"]
    return render(
        "distances/reached",
        view,
        start=start,
        is_given=bool(view.selection.near),
        point=position_text(view.text, start.position),
        found=places,
        inside=beginning(places.inside),
        at_edge=beginning([place for place in places.outside if not place.is_certain]),
        unplaced=beginning(places.unplaced),
        searched=count(view.atlas, view.selection),
        sets=() if view.selection.sets == sets else sets,
    )


def start_point(view: View) -> Origin | Unclear | None:
    """Return the point to measure from: the one given, else the first known of the places.

    The open place comes first, then the chosen ones. None if none of them has a point.
    """
    near = view.selection.near
    if near:
        return find_origin(view.atlas, near)
    open_places = [view.atlas.place[view.selection.place]] if view.selection.place else []
    places = (*open_places, *chosen(view.atlas, view.selection).places)
    return next((place_origin(place) for place in places if point(place)), None)


def reach_of(view: View, start: Origin) -> Reach:
    """Return the places shown by whether they lie within the radius of a point."""
    return reach(start, view.selection.radius, shown(view.atlas, view.selection))


def reach_described(view: View, start: Origin) -> str:
    """Return in words what the map of a reach shows."""
    words = view.text
    return words.ngettext(
        "Map. %(count)s place lies in a circle of %(radius)s km around %(point)s. "
        "The list beside it names it.",
        "Map. %(count)s places lie in a circle of %(radius)s km around %(point)s. "
        "The list beside it names them.",
        len(reach_of(view, start).inside),
        radius=words.number(view.selection.radius),
        point=_point_name(view, start),
    )


def _reach_view(view: View, start: Origin, size: Size) -> ViewPoint:
    return reach_view(start.position, view.selection.radius, min(size))


def _deck(view: View, size: Size) -> pdk.Deck | None:
    start = start_point(view)
    if not isinstance(start, Origin):
        return None
    seen = _reach_view(view, start, size)
    return reach_deck(view.atlas, view.selection, start, view.theme, seen)


def _drawn(view: View) -> str:
    start = start_point(view)
    if not isinstance(start, Origin):
        return ""
    place = start.place.id if start.place else None
    shown = filters(view.selection).but(lang=view.selection.lang, place=place)
    views = on_canvases(lambda size: _reach_view(view, start, size))
    corners = tuple((x, y) for x, y in circle(start.position, view.selection.radius))
    return inline_map(view.atlas, shown, views, "none", corners)


def _described(view: View) -> str:
    start = start_point(view)
    return reach_described(view, start) if isinstance(start, Origin) else ""


reach_map = Map(name="distances.map", fill=_drawn, deck=_deck, described=_described, picks="near")


def _point_name(view: View, start: Origin) -> str:
    if start.place:
        return start.place.name[view.selection.lang]
    return position_text(view.text, start.position)


PARTS: Parts = (
    matrix,
    nearest,
    reach_question,
    point_form,
    unclear,
    Columns(widths=(1.6, 1), left=(reach_map, legend), right=(reached,)),
)
