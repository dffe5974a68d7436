"""The profile of a place: its rows in all tables."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from atlas.model.records import (
    Atlas,
    Enterprise,
    Event,
    Evidence,
    Figure,
    Membership,
    Place,
    Source,
)
from atlas.model.terms import Indicator, Sector
from atlas.model.values import ANY_CONFIDENCE, Confidence
from atlas.query.vocabulary import WORDS

# The order in which firms are listed and counted: those at work first.
_STATES = tuple(WORDS["state"])
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class SectorEvidence:
    """The evidence for a sector at a place, with the highest confidence first."""

    sector: Sector
    rows: tuple[Evidence, ...]

    @property
    def place(self) -> str:
        """The id of the place."""
        return self.rows[0].place

    @property
    def confidence(self) -> Confidence:
        """The highest confidence among the rows."""
        return self.rows[0].confidence


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """The figures of an indicator for a place: preferred ones first, then newest first."""

    indicator: Indicator
    rows: tuple[Figure, ...]


@dataclass(frozen=True, eq=False)
class Profile:
    """A place with its rows in all tables."""

    place: Place
    memberships: tuple[Membership, ...]
    sectors: tuple[SectorEvidence, ...]
    figures: tuple[IndicatorFigures, ...]
    enterprises: tuple[Enterprise, ...]
    events: tuple[Event, ...]
    parent: Place | None
    children: tuple[Place, ...]


def sources(atlas: Atlas, details: Profile) -> tuple[Source, ...]:
    """Return the sources of a profile, in the order of the table."""
    rows: list[Any] = [details.place, *details.memberships, *details.events, *details.enterprises]
    rows += [row for sector in details.sectors for row in sector.rows]
    rows += [row for figures in details.figures for row in figures.rows]
    cited = {row.source for row in rows}.union(*(getattr(row, "also", ()) for row in rows))
    cited.add(details.place.position_source)
    return tuple(source for source in atlas.sources if source.id in cited)


# Each is some 2 kB and takes 0.03 ms; a page needs those of all places that it shows.
@lru_cache(maxsize=8_192)
def profile(atlas: Atlas, place_id: str) -> Profile:
    """Return the profile of a place. Raises KeyError for an unknown id."""
    place = atlas.place[place_id]
    return Profile(
        place=place,
        memberships=rows_on(atlas, "memberships", place_id),
        sectors=_sectors(atlas, place_id),
        figures=_figures(atlas, place_id),
        enterprises=firms_of(atlas, place_id),
        events=rows_on(atlas, "events", place_id),
        parent=atlas.place[place.parent] if place.parent else None,
        children=rows_on(atlas, "places", place_id),
    )


def _sectors(atlas: Atlas, place_id: str) -> tuple[SectorEvidence, ...]:
    rows: tuple[Evidence, ...] = rows_on(atlas, "evidence", place_id)
    best_first = sorted(rows, key=lambda row: ANY_CONFIDENCE.index(row.confidence))
    groups = _grouped(best_first, lambda row: (row.sector,))
    return tuple(
        SectorEvidence(sector, groups[sector.id]) for sector in atlas.sectors if sector.id in groups
    )


def _figures(atlas: Atlas, place_id: str) -> tuple[IndicatorFigures, ...]:
    rows: tuple[Figure, ...] = rows_on(atlas, "figures", place_id)
    preferred_first = sorted(rows, key=lambda row: (not row.preferred, -(row.year or 0)))
    groups = _grouped(preferred_first, lambda row: (row.indicator,))
    return tuple(
        IndicatorFigures(indicator, groups[indicator.id])
        for indicator in atlas.indicators
        if indicator.id in groups
    )


def rows_on(atlas: Atlas, table: str, place_id: str) -> tuple[Any, ...]:
    """Return the rows of a table that concern a place, in the order of the table."""
    return _by_place(atlas, table).get(place_id, ())


def leading_membership(atlas: Atlas, place: Place, groups: Iterable[str]) -> Membership | None:
    """Return the membership of a place in the first group that it belongs to, or None."""
    rows = {row.group: row for row in rows_on(atlas, "memberships", place.id)}
    return next((rows[group] for group in groups if group in rows), None)


# The ids of the places that a row concerns: for a firm in a park, the city and the park; for a
# place, the place that contains it; in other tables, its `place`.
_PLACES_OF: dict[str, Callable[[Any], Iterable[str]]] = {
    "enterprises": lambda row: row.places,
    "events": lambda row: row.places,
    "places": lambda row: (row.parent,) if row.parent else (),
}


# An index takes up to 0.03 ms; a page needs them for every place that it shows.
@lru_cache(maxsize=32)
def _by_place(atlas: Atlas, table: str) -> Mapping[str, tuple[Any, ...]]:
    return _grouped(getattr(atlas, table), _PLACES_OF.get(table, lambda row: (row.place,)))


def firms_of(atlas: Atlas, place_id: str) -> tuple[Enterprise, ...]:
    """Return the firms at a place, those at work first."""
    firms = rows_on(atlas, "enterprises", place_id)
    return tuple(sorted(firms, key=lambda firm: _STATES.index(_state(firm))))


def by_state(firms: Iterable[Enterprise]) -> dict[str, int]:
    """Return how many firms are in each state that occurs, those at work first."""
    counts = Counter(map(_state, firms))
    return {state: counts[state] for state in _STATES if counts[state]}


def _state(firm: Enterprise) -> str:
    return firm.state or "unknown"


def _grouped(
    rows: Iterable[_Row], keys: Callable[[_Row], Iterable[str]]
) -> dict[str, tuple[_Row, ...]]:
    groups: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        for key in keys(row):
            groups[key].append(row)
    return {key: tuple(members) for key, members in groups.items()}
