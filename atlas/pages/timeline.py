"""The timeline page: targets with their later values, and events on an axis and as a list."""

from itertools import groupby

from atlas.analysis.timeline import axis, events_in_order, measures, places_with_events, side
from atlas.model.records import Event, Place
from atlas.pages.panels import Parts, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.wording import amount


@panel()
def heading(view: View) -> str:
    """Render the title, and the choice of the place whose events are shown."""
    event_counts = places_with_events(view.atlas)
    main_places = [place for place in _main_places(view) if place.id in event_counts]
    return render(
        "timeline/heading",
        view,
        event_counts=event_counts,
        main_places=main_places,
        other_places=[
            place
            for place in view.atlas.places
            if place.id in event_counts and place not in main_places
        ],
        count=len(_events(view)),
        total=len(view.atlas.events),
    )


def _main_places(view: View) -> list[Place]:
    """Return the regions and the places of the base groups."""
    places = view.atlas.places
    regions = [place for place in places if place.extent == "region"]
    return regions + [place for place in places if place.id in view.atlas.base_places]


def _events(view: View) -> list[Event]:
    return events_in_order(view.atlas, view.selection.place)


@panel()
def events_on_axis(view: View) -> str:
    """Render every event at its date on a time axis."""
    events = _events(view)
    if not events:
        return ""
    return render(
        "timeline/axis",
        view,
        axis=axis(view.atlas),
        events=events,
        side=lambda event: side(view.atlas, event),
    )


@panel()
def targets(view: View) -> str:
    """Render past targets, each with the value reported later."""
    rows = measures(view.atlas)
    if not rows:
        return ""
    return render(
        "timeline/targets",
        view,
        measures=rows,
        axis=axis(view.atlas),
        amount=lambda *values: amount(view.text, *values),
    )


@panel()
def listed(view: View) -> str:
    """Render the events by year, with places and sources."""
    by_year = groupby(_events(view), key=lambda event: event.date[:4])
    years = [(year, list(events)) for year, events in by_year]
    return render("timeline/events", view, years=years) if years else ""


# The targets come first, since readers want to know what became of them.
PARTS: Parts = (heading, targets, events_on_axis, listed)
