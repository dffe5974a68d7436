"""The parts of the timeline page."""

from itertools import groupby

from atlas.analysis.timeline import Moment, axis, measures, moments, places_with_events
from atlas.model.records import Place
from atlas.pages.view import View
from atlas.query.wording import amount
from atlas.ui import html


def heading(view: View) -> None:
    """Draw the title, and the choice of a place whose events alone are wanted."""
    found = places_with_events(view.atlas)
    first = [place for place in _first(view) if place.id in found]
    html.place(
        "timeline/heading",
        view,
        counts=found,
        first=first,
        further=[place for place in view.atlas.places if place.id in found and place not in first],
        shown=len(_moments(view)),
        total=len(view.atlas.events),
    )


def _first(view: View) -> list[Place]:
    """Return the places offered first: the regions, and the places of the base groups."""
    based = {row.place for row in view.atlas.memberships if row.group in view.atlas.base_groups}
    places = view.atlas.places
    regions = [place for place in places if place.kind == "region"]
    return regions + [place for place in places if place.id in based]


def _moments(view: View) -> tuple[Moment, ...]:
    return moments(view.atlas, view.selection.place)


def drawn(view: View) -> None:
    """Draw every event at its place on the axis of time."""
    found = _moments(view)
    if found:
        html.place("timeline/axis", view, years=axis(view.atlas).years, moments=found)


def targets(view: View) -> None:
    """Draw past targets beside later values."""
    found = measures(view.atlas)
    if found:
        html.place(
            "timeline/targets",
            view,
            measures=found,
            years=axis(view.atlas).years,
            amount=lambda *values: amount(view.text, *values),
        )


def listed(view: View) -> None:
    """List the events with places and sources, year by year."""
    by_year = groupby(_moments(view), key=lambda moment: moment.event.date[:4])
    years = [(year, list(found)) for year, found in by_year]
    if years:
        html.place("timeline/events", view, years=years)
