"""The page of distances: the table, the neighbours, places side by side."""

from itertools import combinations
from typing import NamedTuple

from atlas.analysis.comparison import FEWEST, MOST, across, chosen, side_by_side, step, toggled
from atlas.analysis.distance import Near, between, neighbours, point
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
from atlas.model.records import Place
from atlas.model.selection import in_order, vocabulary
from atlas.pages.overview import empty, legend
from atlas.pages.panels import Columns, Element, Parts, panel, render
from atlas.pages.view import View
from atlas.query.directory import shelves
from atlas.query.facets import count, filters, is_shown, shown
from atlas.query.list_limits import MOST_PAIRED, beginning
from atlas.query.wording import sentence

NEIGHBOURS = 3
RADII = (25, 50, 100, 200, 300)


class _Neighbourhood(NamedTuple):
    """A place, the nearest to it, the nearest across the border, and a comparison of them."""

    place: Place
    nearest: tuple[Near | None, ...]  # as many as there are columns
    across: Near | None
    compare: tuple[str, ...]


@panel
def heading(view: View) -> str:
    """Say what the page answers, and which filters are on."""
    filtered = filters(view.selection).is_filtered()
    said = sentence(view.atlas, view.selection, view.text) if filtered else ""
    return render("distances/heading", view, sentence=said)


@panel
def choice(view: View) -> str:
    """Draw every place as a link that chooses it: the base groups first."""
    base = [
        one for one in shelves(view.atlas) if one.group and one.group.id in view.atlas.base_groups
    ]
    in_base = {place.id for shelf in base for place in shelf.places}
    others = [place for place in view.atlas.places if place.id not in in_base]
    return render(
        "distances/choice",
        view,
        first=[(one.group, beginning(one.places)) for one in base],
        others=beginning(others),
        is_open=any(place.id in view.selection.compare for place in others),
        toggled=lambda place: toggled(view.atlas, view.selection, place),
    )


@panel
def matrix(view: View) -> str:
    """Draw the distance of every two of the chosen places."""
    found = chosen(view.atlas, view.selection)
    rows = [
        (place, [None if one == place else between(place, one) for one in found.places])
        for place in found.places
    ]
    return render(
        "distances/matrix",
        view,
        chosen=found,
        unplaced=beginning(found.unplaced),
        rows=rows,
        rough=any(cell.margin_km for _, cells in rows for cell in cells if cell),
        step=step,
    )


@panel
def nearest(view: View) -> str:
    """Draw the nearest neighbours of each of the chosen places."""
    places = chosen(view.atlas, view.selection).places
    others = [one for one in places if not is_shown(view.atlas, view.selection, one)]
    candidates = (*shown(view.atlas, view.selection), *others)
    return render(
        "distances/neighbours",
        view,
        rows=[_neighbourhood(view, place, candidates) for place in places],
    )


def _neighbourhood(view: View, place: Place, candidates: tuple[Place, ...]) -> _Neighbourhood:
    found = neighbours(place, candidates, NEIGHBOURS)
    together = {place.id, *(near.place.id for near in found)}
    return _Neighbourhood(
        place,
        (*found, *[None] * (NEIGHBOURS - len(found))),
        across(place, candidates),
        in_order(view.atlas, together) if found else (),
    )


@panel
def comparison(view: View) -> str:
    """Draw two to four chosen places side by side, or offer two."""
    places = [view.atlas.place[one] for one in view.selection.compare]
    beside = places[:MOST] if len(places) >= FEWEST else []
    return render(
        "distances/comparison",
        view,
        found=side_by_side(view.atlas, beside) if beside else None,
        left_out=len(places) > MOST,
        pairs=[
            (one, near) for one, other in combinations(beside, 2) if (near := between(one, other))
        ],
        offer=() if beside else _closest_across(view),
    )


def _closest_across(view: View) -> tuple[Place, ...]:
    """Return the two places that lie nearest to each other across the border, of few shown."""
    if count(view.atlas, view.selection) > MOST_PAIRED:
        return ()
    places = [one for one in shown(view.atlas, view.selection) if point(one) and one.side != "both"]
    pairs = [(one, near) for one in places if (near := across(one, places))]
    one, near = min(pairs, key=lambda pair: pair[1].distance_km, default=(None, None))
    return (one, near.place) if one and near else ()


@panel
def reach_question(view: View) -> str:
    """Ask for a point, and say how one is written."""
    return render("distances/reach", view, notations=EXAMPLES)


@panel
def radii(view: View) -> str:
    """Offer some radii."""
    return render("distances/radii", view, radii=RADII)


@panel
def unclear(view: View) -> str:
    """Say why a point cannot be taken, and what may have been meant."""
    reason = start_point(view)
    if not isinstance(reason, Unclear):
        return ""
    meant = reason.meant
    return render(
        "distances/unclear",
        view,
        reason=reason.reason,
        near=field_text(view.atlas, view.selection.near, view.selection.lang),
        places=beginning(reason.places).rows,
        meant=f"{meant.latitude:.7g}, {meant.longitude:.7g}" if meant else "",
    )


@panel
def reached(view: View) -> str:
    """List the places within reach of the point."""
    start = start_point(view)
    if not isinstance(start, Origin):
        return ""
    within = reach_of(view, start)
    sets = vocabulary(view.atlas)["sets"]
    return render(
        "distances/reached",
        view,
        start=start,
        is_given=bool(view.selection.near),
        point=position_text(view.text, start.position),
        found=within,
        inside=beginning(within.inside),
        at_edge=beginning([place for place in within.outside if not place.is_certain]),
        unplaced=beginning(within.unplaced),
        searched=count(view.atlas, view.selection),
        sets=() if view.selection.sets == sets else sets,
    )


def start_point(view: View) -> Origin | Unclear | None:
    """Return the point that is given; else the open or first place that has one."""
    near = view.selection.near
    if near:
        return find_origin(view.atlas, near)
    opened = [view.atlas.place[view.selection.place]] if view.selection.place else []
    places = (*opened, *chosen(view.atlas, view.selection).places)
    return next((place_origin(place) for place in places if point(place)), None)


def reach_of(view: View, start: Origin) -> Reach:
    """Return which of the places shown lie within the radius of a point."""
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


def _point_name(view: View, start: Origin) -> str:
    if start.place:
        return start.place.name[view.selection.lang]
    return position_text(view.text, start.position)


PARTS: Parts = (
    heading,
    empty,
    choice,
    matrix,
    nearest,
    comparison,
    reach_question,
    Columns(widths=(2.2, 1), left=(Element("point"),), right=(Element("radius"), radii)),
    unclear,
    Columns(
        widths=(1.6, 1),
        left=(Element("reach"), legend),
        right=(reached,),
        when=lambda view: isinstance(start_point(view), Origin),
    ),
)
