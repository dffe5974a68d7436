"""The tours of the map: a strip of steps, and the caption of the step that the reader is on.

A step is a link to a view, so a tour works without script, can be shared, and stands in a frame.
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
    """Return the view that each step opens, with the step in it, by its id."""
    return {
        step.id: from_query(dict(parse_qsl(step.view)), atlas)[0].but(step=step.id)
        for step in atlas.tours
    }


def current_step(view: View) -> Step | None:
    """Return the step that the reader is on; a view changed since then is no step any more."""
    selection = view.selection
    if not selection.step:
        return None
    opened = step_views(view.atlas)[selection.step]
    is_on = filters(selection) == filters(opened) and selection.place == opened.place
    return view.atlas.step[selection.step] if is_on else None


@panel("filters", "place", "step")
def caption(view: View) -> str:
    """Draw the caption of the step the reader is on, with the ways to the ones beside it."""
    step = current_step(view)
    if step is None:
        return ""
    steps = [other for other in view.atlas.tours if other.tour == step.tour]
    number = steps.index(step)
    return render(
        "map/caption",
        view,
        step=step,
        number=number + 1,
        count=len(steps),
        back=_link(view, steps[number - 1]) if number else "",
        further=_link(view, steps[number + 1]) if number + 1 < len(steps) else "",
        leave=_opening(view, Selection()),
    )


@panel("filters", "place", "step")
def strip(view: View) -> str:
    """Draw every tour as a row of links to its steps."""
    tours = dict.fromkeys(step.tour for step in view.atlas.tours)
    rows = [
        [(step, _link(view, step)) for step in view.atlas.tours if step.tour == tour]
        for tour in tours
    ]
    return render("map/tours", view, tours=rows, current=current_step(view)) if rows else ""


def _link(view: View, step: Step) -> Markup:
    return _opening(view, step_views(view.atlas)[step.id])


def _opening(view: View, opened: Selection) -> Markup:
    """Return the `href` of a link that decides all that a step does: filters, place and step."""
    decided = (*PLACE_FILTERS, "place", "step")
    return view.href(**{name: getattr(opened, name) for name in decided})
