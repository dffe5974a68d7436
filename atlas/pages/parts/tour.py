"""The tours of the map: a row of steps, and the caption of the current step.

A step is a link to a view, so a tour works without JavaScript, can be shared and embedded.
"""

from functools import lru_cache
from urllib.parse import parse_qsl

from markupsafe import Markup

from atlas.model.notes import Step
from atlas.model.records import Atlas
from atlas.model.selection import PLACE_FILTERS, Selection, from_query
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.facets import filters


@lru_cache(maxsize=4)
def step_views(atlas: Atlas) -> dict[str, Selection]:
    """Return the selection that each step opens, including the step, by its id."""
    return {
        step.id: from_query(dict(parse_qsl(step.view)), atlas)[0].but(step=step.id)
        for step in atlas.tours
    }


def current_step(view: View) -> Step | None:
    """Return the reader's step, None if she has changed the view since."""
    selection = view.selection
    if not selection.step:
        return None
    of_step = step_views(view.atlas)[selection.step]
    is_same = filters(selection) == filters(of_step) and selection.place == of_step.place
    return view.atlas.step[selection.step] if is_same else None


@panel("filters", "place", "step")
def caption(view: View) -> str:
    """Render the caption of the current step, with links to the steps before and after it."""
    step = current_step(view)
    if step is None:
        return ""
    steps = [row for row in view.atlas.tours if row.tour == step.tour]
    number = steps.index(step)
    return render(
        "map/caption",
        view,
        step=step,
        number=number + 1,
        count=len(steps),
        previous_link=_link(view, steps[number - 1]) if number else "",
        next_link=_link(view, steps[number + 1]) if number + 1 < len(steps) else "",
        close_link=_link_to(view, Selection()),
    )


@panel("filters", "place", "step")
def strip(view: View) -> str:
    """Render every tour as a row of links to its steps."""
    tours = dict.fromkeys(step.tour for step in view.atlas.tours)
    rows = [
        [(step, _link(view, step)) for step in view.atlas.tours if step.tour == tour]
        for tour in tours
    ]
    return render("map/tours", view, tours=rows, current=current_step(view)) if rows else ""


def _link(view: View, step: Step) -> Markup:
    return _link_to(view, step_views(view.atlas)[step.id])


def _link_to(view: View, selection: Selection) -> Markup:
    """Return the `href` of a link that sets all that a step sets: filters, place and step."""
    names = (*PLACE_FILTERS, "place", "step")
    return view.href(**{name: getattr(selection, name) for name in names})
