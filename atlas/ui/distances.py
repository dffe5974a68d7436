"""The page of distances: the table, the neighbours, places side by side."""

from itertools import combinations
from typing import NamedTuple

from atlas.analysis.comparison import FEWEST, MOST, across, chosen, side_by_side, step, toggled
from atlas.analysis.distance import Near, between, neighbours, point
from atlas.model.records import Place
from atlas.model.selection import in_order
from atlas.pages.view import View
from atlas.query.directory import shelves
from atlas.query.facets import count, filters, is_shown, shown
from atlas.query.list_limits import MOST_PAIRED, beginning
from atlas.query.wording import sentence
from atlas.ui import html

NEIGHBOURS = 3


class _Neighbourhood(NamedTuple):
    """A place, the nearest to it, the nearest across the border, and a comparison of them."""

    place: Place
    nearest: tuple[Near | None, ...]  # as many as there are columns
    across: Near | None
    compare: tuple[str, ...]


def heading(view: View) -> None:
    """Say what the page answers, and which filters are on."""
    filtered = filters(view.selection).is_filtered()
    said = sentence(view.atlas, view.selection, view.text) if filtered else ""
    html.place("distances/heading", view, sentence=said)


def choice(view: View) -> None:
    """Draw every place as a link that chooses it: the base groups first."""
    base = [
        one for one in shelves(view.atlas) if one.group and one.group.id in view.atlas.base_groups
    ]
    in_base = {place.id for shelf in base for place in shelf.places}
    others = [place for place in view.atlas.places if place.id not in in_base]
    html.place(
        "distances/choice",
        view,
        first=[(one.group, beginning(one.places)) for one in base],
        others=beginning(others),
        is_open=any(place.id in view.selection.compare for place in others),
        toggled=lambda place: toggled(view.atlas, view.selection, place),
    )


def matrix(view: View) -> None:
    """Draw the distance of every two of the chosen places."""
    found = chosen(view.atlas, view.selection)
    rows = [
        (place, [None if one == place else between(place, one) for one in found.places])
        for place in found.places
    ]
    html.place(
        "distances/matrix",
        view,
        chosen=found,
        unplaced=beginning(found.unplaced),
        rows=rows,
        rough=any(cell.margin_km for _, cells in rows for cell in cells if cell),
        step=step,
    )


def nearest(view: View) -> None:
    """Draw the nearest neighbours of each of the chosen places."""
    places = chosen(view.atlas, view.selection).places
    others = [one for one in places if not is_shown(view.atlas, view.selection, one)]
    candidates = (*shown(view.atlas, view.selection), *others)
    html.place(
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


def comparison(view: View) -> None:
    """Draw two to four chosen places side by side, or offer two."""
    places = [view.atlas.place[one] for one in view.selection.compare]
    beside = places[:MOST] if len(places) >= FEWEST else []
    html.place(
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
