"""The events on one axis of time, and the targets on the same axis."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from atlas.model.languages import Words
from atlas.model.notes import Target
from atlas.model.records import Atlas, Event
from atlas.model.values import Side


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of the axis that a date covers, from 0 to 1: a day, or a whole month or year."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Axis:
    """The years of the axis, whole and in order."""

    years: tuple[int, ...]

    def stretch(self, iso: str) -> Stretch:
        """Return where an ISO 8601 date, to the year, month or day, lies on the axis."""
        first, last = _days(iso)
        origin = date(self.years[0], 1, 1).toordinal()
        length = date(self.years[-1] + 1, 1, 1).toordinal() - origin
        start, end = first.toordinal() - origin, last.toordinal() + 1 - origin
        return Stretch(start / length, end / length)


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of a measure and its length, from 0 to 1: a target for a date, or found at one."""

    date: str
    value: float
    qualifier: str
    is_target: bool
    length: float


@dataclass(frozen=True, slots=True)
class Measure:
    """All targets for one thing, with every value, in order of time."""

    name: Words
    unit: str
    targets: tuple[Target, ...]
    bars: tuple[Bar, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources of all its targets and values, each once."""
        return tuple(dict.fromkeys(id for row in self.targets for id in (row.source, *row.also)))


def axis(atlas: Atlas) -> Axis:
    """Return the years from the first event to the last, and to the last year of a target."""
    dates = [event.date for event in atlas.events] + [target.due for target in atlas.targets]
    years = [int(iso[:4]) for iso in dates] or [atlas.as_of.year]
    return Axis(tuple(range(min(years), max(years) + 1)))


def events_in_order(atlas: Atlas, place: str | None = None) -> list[Event]:
    """Return the events in order of time; with a place, only those that concern it."""
    concerned = (event for event in atlas.events if place is None or place in event.places)
    return sorted(concerned, key=lambda event: _days(event.date))


def side(atlas: Atlas, event: Event) -> Side | None:
    """Return the side or sides of the border that an event concerns."""
    sides = {atlas.place[place].side for place in event.places} - {""}
    return "both" if len(sides) > 1 else next(iter(sides), None)


def measures(atlas: Atlas) -> tuple[Measure, ...]:
    """Return the targets by what they measure, in the order of the table."""
    grouped: dict[tuple[Words, str], list[Target]] = {}
    for target in atlas.targets:
        grouped.setdefault((target.name, target.unit), []).append(target)
    return tuple(
        Measure(name, unit, tuple(targets), _bars(targets))
        for (name, unit), targets in grouped.items()
    )


def _bars(targets: list[Target]) -> tuple[Bar, ...]:
    largest = max(value for row in targets for value in (row.target, row.value))
    goals = [
        Bar(row.due, row.target, row.qualifier, is_target=True, length=row.target / largest)
        for row in targets
    ]
    values = [
        Bar(row.as_of, row.value, "exact", is_target=False, length=row.value / largest)
        for row in targets
    ]
    return tuple(sorted(dict.fromkeys(goals + values), key=lambda bar: _days(bar.date)[1]))


def places_with_events(atlas: Atlas) -> dict[str, int]:
    """Return how many events concern each place, for those with any, in the table's order."""
    counted = {
        place.id: sum(place.id in event.places for event in atlas.events) for place in atlas.places
    }
    return {place: count for place, count in counted.items() if count}


def _days(iso: str) -> tuple[date, date]:
    """Return the first and the last day a date may mean."""
    year, *rest = (int(part) for part in iso.split("-"))
    month, last_month = (rest[0], rest[0]) if rest else (1, 12)
    day, last_day = (rest[1], rest[1]) if len(rest) > 1 else (1, monthrange(year, last_month)[1])
    return date(year, month, day), date(year, last_month, last_day)
