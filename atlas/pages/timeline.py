"""The timeline page: the results of targets, and the events on an axis and as a list."""

from itertools import groupby

from atlas.analysis.timeline import Moment, axis, measures, moments, places_with_events
from atlas.model.records import Place
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
        shown=len(_moments(view)),
        total=len(view.atlas.events),
    )


def _first(view: View) -> list[Place]:
    """Return the places offered first: the regions, and the places of the base groups."""
    base_ids = {row.place for row in view.atlas.memberships if row.group in view.atlas.base_groups}
    places = view.atlas.places
    regions = [place for place in places if place.extent == "region"]
    return regions + [place for place in places if place.id in base_ids]


def _moments(view: View) -> tuple[Moment, ...]:
    return moments(view.atlas, view.selection.place)


@panel()
def events_on_axis(view: View) -> str:
    """Draw every event at its date on the axis of time."""
    shown = _moments(view)
    if not shown:
        return ""
    return render("timeline/axis", view, years=axis(view.atlas).years, moments=shown)


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
        years=axis(view.atlas).years,
        amount=lambda *values: amount(view.text, *values),
    )


@panel()
def listed(view: View) -> str:
    """Draw the list of the events, year by year, with places and sources."""
    by_year = groupby(_moments(view), key=lambda moment: moment.event.date[:4])
    years = [(year, list(events)) for year, events in by_year]
    return render("timeline/events", view, years=years) if years else ""


# The targets first: what became of them is the story.
PARTS: Parts = (heading, targets, events_on_axis, listed)
