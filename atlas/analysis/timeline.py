"""Events on an axis of time, and targets with the values that became of them."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date

from atlas.model.languages import Words
from atlas.model.notes import Target
from atlas.model.records import Atlas, Event
from atlas.model.values import Side


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of the axis, from 0 to 1, that a date covers: a day, or a whole month or year."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Axis:
    """The consecutive years of the axis."""

    years: tuple[int, ...]

    def stretch(self, iso: str) -> Stretch:
        """Return where an ISO 8601 date to the year, month or day lies on the axis."""
        first_day, last_day = _days(iso)
        origin = date(self.years[0], 1, 1).toordinal()
        length = date(self.years[-1] + 1, 1, 1).toordinal() - origin
        start, end = first_day.toordinal() - origin, last_day.toordinal() + 1 - origin
        return Stretch(start / length, end / length)


@dataclass(frozen=True, slots=True)
class Bar:
    """A target for a date, or the actual value at one; `length` is from 0 to 1."""

    date: str
    value: float
    qualifier: str
    is_target: bool
    length: float


@dataclass(frozen=True, slots=True)
class Measure:
    """All targets of one name and unit, with bars for them and their values in order of time."""

    name: Words
    unit: str
    targets: tuple[Target, ...]
    bars: tuple[Bar, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources of its targets, each once."""
        return tuple(dict.fromkeys(id for row in self.targets for id in (row.source, *row.also)))


def axis(atlas: Atlas) -> Axis:
    """Return the axis from the first year to the last of all events and due dates of targets."""
    dates = [event.date for event in atlas.events] + [target.due for target in atlas.targets]
    years = [int(iso[:4]) for iso in dates] or [atlas.as_of.year]
    return Axis(tuple(range(min(years), max(years) + 1)))


def events_in_order(atlas: Atlas, place: str | None = None) -> list[Event]:
    """Return the events, or only those of a place, in order of time."""
    events = (event for event in atlas.events if place is None or place in event.places)
    return sorted(events, key=lambda event: _days(event.date))


def side(atlas: Atlas, event: Event) -> Side | None:
    """Return the side of the border that an event concerns, or `both`; None without any."""
    sides = {atlas.place[place].side for place in event.places} - {""}
    return "both" if len(sides) > 1 else next(iter(sides), None)


def measures(atlas: Atlas) -> tuple[Measure, ...]:
    """Return the targets grouped by name and unit, in the order of the table."""
    groups: dict[tuple[Words, str], list[Target]] = {}
    for target in atlas.targets:
        groups.setdefault((target.name, target.unit), []).append(target)
    return tuple(
        Measure(name, unit, tuple(targets), _bars(targets))
        for (name, unit), targets in groups.items()
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
    """Return how many events each place has, for places with any, in the order of the table."""
    counts = Counter(place for event in atlas.events for place in {*event.places})
    return {place.id: counts[place.id] for place in atlas.places if place.id in counts}


def _days(iso: str) -> tuple[date, date]:
    """Return the first and the last day that a date covers."""
    year, *rest = (int(part) for part in iso.split("-"))
    month, last_month = (rest[0], rest[0]) if rest else (1, 12)
    day, last_day = (rest[1], rest[1]) if len(rest) > 1 else (1, monthrange(year, last_month)[1])
    return date(year, month, day), date(year, last_month, last_day)
