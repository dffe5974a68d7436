"""Distances on the page of places: table, nearest neighbours, and places near a point."""

import pydeck as pdk

from atlas.analysis.comparison import matrix_places, nearest_across_border, step
from atlas.analysis.distance import between, neighbours, point
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


@panel()
def matrix(view: View) -> str:
    """Render the distances between the chosen places, as a table."""
    choice = matrix_places(view.atlas, view.selection)
    rows = [
        (start, [None if end == start else between(start, end) for end in choice.places])
        for start in choice.places
    ]
    return render(
        "distances/matrix",
        view,
        choice=choice,
        unplaced=beginning(choice.unplaced),
        rows=rows,
        has_margins=any(cell.margin_km for _, cells in rows for cell in cells if cell),
        step=step,
    )


@panel()
def nearest(view: View) -> str:
    """Render the nearest neighbours of each of the chosen places."""
    places = matrix_places(view.atlas, view.selection).places
    hidden = [place for place in places if not is_shown(view.atlas, view.selection, place)]
    candidates = (*shown(view.atlas, view.selection), *hidden)
    rows = []
    for place in places:
        closest = neighbours(place, candidates, NEIGHBOURS)
        ids = in_order(view.atlas, {place.id, *(near.place.id for near in closest)})
        rows.append((place, closest, nearest_across_border(place, candidates), ids))
    return render("distances/neighbours", view, rows=rows)


@panel()
def reach_question(view: View) -> str:
    """Render the heading of the search around a point, with examples of coordinates."""
    return render("distances/reach", view, notations=examples(view.atlas))


@panel("near", "radius")
def point_form(view: View) -> str:
    """Render the fields for the point and the radius in km, and links for common radii."""
    return render(
        "distances/point",
        view,
        near=field_text(view.atlas, view.selection.near, view.selection.lang),
        radii=RADII,
        most=LARGEST_RADIUS_KM,
        longest=LONGEST_SEARCH,
    )


@panel()
def unclear(view: View) -> str:
    """Render why a point cannot be used, and a suggestion."""
    start = _start(view)
    if not isinstance(start, Unclear):
        return ""
    position = start.suggestion
    return render(
        "distances/unclear",
        view,
        reason=start.reason,
        near=field_text(view.atlas, view.selection.near, view.selection.lang),
        places=beginning(start.places).rows,
        suggestion=f"{position.latitude:.7g}, {position.longitude:.7g}" if position else "",
        example_point=examples(view.atlas)[0],
    )


@panel()
def reached(view: View) -> str:
    """Render the places within the radius of the point, and those that may be within it."""
    start = _start(view)
    if not isinstance(start, Origin):
        return ""
    places = _reach(view, start)
    sets = vocabulary(view.atlas)["sets"]
    return render(
        "distances/reached",
        view,
        start=start,
        has_point=bool(view.selection.near),
        point=position_text(view.text, start.position),
        reach=places,
        inside=beginning(places.inside),
        at_edge=beginning([place for place in places.outside if not place.is_certain]),
        unplaced=beginning(places.unplaced),
        searched=count(view.atlas, view.selection),
        sets=() if view.selection.sets == sets else sets,
    )


def _start(view: View) -> Origin | Unclear | None:
    """Return the point to measure from; None if there is none.

    It is the point of the view, else that of the open place, else that of the first chosen place
    with a position.
    """
    near = view.selection.near
    if near:
        return find_origin(view.atlas, near)
    open_places = [view.open_place] if view.open_place else []
    places = (*open_places, *matrix_places(view.atlas, view.selection).places)
    return next((place_origin(place) for place in places if point(place)), None)


def _reach(view: View, start: Origin) -> Reach:
    """Return the places shown, inside and outside of the radius around a point."""
    return reach(start, view.selection.radius, shown(view.atlas, view.selection))


def _description(view: View) -> str:
    """Return in words what the map shows."""
    start, words = _start(view), view.text
    if not isinstance(start, Origin):
        return ""
    return words.ngettext(
        "Map. %(count)s place lies in a circle of %(radius)s km around %(point)s. "
        "The list beside it names it.",
        "Map. %(count)s places lie in a circle of %(radius)s km around %(point)s. "
        "The list beside it names them.",
        len(_reach(view, start).inside),
        radius=words.number(view.selection.radius),
        point=start.place.name[words.language]
        if start.place
        else position_text(words, start.position),
    )


def _viewpoint(view: View, start: Origin, size: Size) -> ViewPoint:
    return reach_view(start.position, view.selection.radius, min(size))


def _deck(view: View, size: Size) -> pdk.Deck | None:
    start = _start(view)
    if not isinstance(start, Origin):
        return None
    viewpoint = _viewpoint(view, start, size)
    return reach_deck(view.atlas, view.selection, start, view.theme, viewpoint)


def _drawing(view: View) -> str:
    start = _start(view)
    if not isinstance(start, Origin):
        return ""
    place = start.place.id if start.place else None
    selection = filters(view.selection).but(lang=view.selection.lang, place=place)
    views = on_canvases(lambda size: _viewpoint(view, start, size))
    corners = tuple((x, y) for x, y in circle(start.position, view.selection.radius))
    return inline_map(view.atlas, selection, views, "none", corners)


reach_map = Map(
    name="distances.map", fill=_drawing, deck=_deck, description=_description, picks="near"
)


PARTS: Parts = (
    matrix,
    nearest,
    reach_question,
    point_form,
    unclear,
    Columns(widths=(1.6, 1), left=(reach_map, legend), right=(reached,)),
)
