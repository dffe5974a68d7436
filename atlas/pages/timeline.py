"""The timeline page: the results of targets, and the events on an axis and as a list."""

from itertools import groupby

from atlas.analysis.timeline import axis, events_in_order, measures, places_with_events, side
from atlas.model.records import Event, Place
from atlas.pages.panels import Parts, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.wording import amount


@panel()
def heading(view: View) -> str:
    """Draw the title, and the choice of a place to show the events of."""
    event_counts = places_with_events(view.atlas)
    first = [place for place in _first(view) if place.id in event_counts]
    return render(
        "timeline/heading",
        view,
        counts=event_counts,
        first=first,
        further=[
            place for place in view.atlas.places if place.id in event_counts and place not in first
        ],
        shown=len(_events(view)),
        total=len(view.atlas.events),
    )


def _first(view: View) -> list[Place]:
    """Return the places offered first: the regions, and the places of the base groups."""
    base_ids = {row.place for row in view.atlas.memberships if row.group in view.atlas.base_groups}
    places = view.atlas.places
    regions = [place for place in places if place.extent == "region"]
    return regions + [place for place in places if place.id in base_ids]


def _events(view: View) -> list[Event]:
    return events_in_order(view.atlas, view.selection.place)


@panel()
def events_on_axis(view: View) -> str:
    """Draw every event at its date on the axis of time."""
    shown = _events(view)
    if not shown:
        return ""
    return render(
        "timeline/axis",
        view,
        axis=axis(view.atlas),
        events=shown,
        side=lambda event: side(view.atlas, event),
    )


@panel()
def targets(view: View) -> str:
    """Draw past targets, each with its later value."""
    measured = measures(view.atlas)
    if not measured:
        return ""
    return render(
        "timeline/targets",
        view,
        measures=measured,
        axis=axis(view.atlas),
        events={event.id: event for event in view.atlas.events},
        amount=lambda *values: amount(view.text, *values),
    )


@panel()
def listed(view: View) -> str:
    """Draw the list of the events, year by year, with places and sources."""
    by_year = groupby(_events(view), key=lambda event: event.date[:4])
    years = [(year, list(events)) for year, events in by_year]
    return render("timeline/events", view, years=years) if years else ""


# The targets first: what became of them is the story.
PARTS: Parts = (heading, targets, events_on_axis, listed)
