"""The page of places: table, comparison of two to four places, distances, reach and firms."""

from itertools import combinations

from atlas.analysis.comparison import (
    FEWEST,
    MOST,
    figure_columns,
    nearest_across_border,
    place_rows,
    side_by_side,
)
from atlas.analysis.distance import between, point
from atlas.map.scene import shapes
from atlas.model.records import Place
from atlas.model.terms import Group
from atlas.pages.overview import empty
from atlas.pages.panels import Element, Parts, panel
from atlas.pages.parts import distances, firms
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import places_by_group
from atlas.query.facets import chosen_bits, count, shown
from atlas.query.list_limits import MOST_PAIRED, beginning, first
from atlas.query.wording import grade


@panel()
def heading(view: View) -> str:
    """Render the questions that the page answers, and which filters are on."""
    return render("places/heading", view)


@panel()
def comparison(view: View) -> str:
    """Render two to four chosen places side by side."""
    places = [view.atlas.place[id] for id in view.selection.compare]
    if len(places) < FEWEST:
        return ""
    columns = places[:MOST]
    return render(
        "places/comparison",
        view,
        comparison=side_by_side(view.atlas, columns),
        is_shortened=len(places) > MOST,
        pairs=[
            (start, near)
            for start, end in combinations(columns, 2)
            if (near := between(start, end))
        ],
    )


@panel("filters")
def table(view: View) -> str:
    """Render the places shown as a table, until Streamlit's sortable one replaces it."""
    places, more = first(view.atlas, chosen_bits(view.atlas, view.selection))
    return render(
        "places/table",
        view,
        columns=figure_columns(view.atlas),
        rows=place_rows(view.atlas, places),
        more=more,
    )


@panel()
def directory(view: View) -> str:
    """Render every place by group, each with links to its profile and to a comparison."""

    def shape(place: Place, group: Group | None) -> str:
        return shapes.shape(view.atlas, place, (group.id,) if group else ())

    def grade_in(place: Place, group: Group | None) -> str:
        return grade(view.atlas, view.text, place, (group.id,)) if group else ""

    is_compared = len(view.selection.compare) >= FEWEST
    return render(
        "places/directory",
        view,
        places_by_group=[
            (group, beginning(places)) for group, places in places_by_group(view.atlas)
        ],
        shape=shape,
        grade=grade_in,
        is_compared=is_compared,
        suggested_pair=() if is_compared else _closest_across_border(view),
    )


def _closest_across_border(view: View) -> tuple[Place, ...]:
    """Return the two places shown that are closest across the border; () for too many places."""
    if count(view.atlas, view.selection) > MOST_PAIRED:
        return ()
    places = [
        place
        for place in shown(view.atlas, view.selection)
        if point(place) and place.side != "both"
    ]
    pairs = [(place, near) for place in places if (near := nearest_across_border(place, places))]
    start, near = min(pairs, key=lambda pair: pair[1].distance_km, default=(None, None))
    return (start, near.place) if start and near else ()


PARTS: Parts = (
    heading,
    empty,
    comparison,
    table,
    Element("places table"),
    directory,
    *distances.PARTS,
    firms.listed,
)
