"""What is not known: gaps in the rows of a place, and figures that sources give differently."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal, get_args

from atlas.analysis.distance import is_rough
from atlas.model.notes import Question
from atlas.model.records import Atlas, Figure, Membership, Place
from atlas.model.terms import Group, Indicator, Sector
from atlas.query.profile import Profile, profile

Difference = Literal["same", "undated", "years"]
DIFFERENCES: tuple[Difference, ...] = get_args(Difference)
# An indicator is missed where at least so many others of the kind have a figure for it.
ENOUGH_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps in what the atlas knows about a place; all empty where there are none.

    What a package has no table of is no gap of a place.

    `position`: there is none, an area stands in for it, or its point is only roughly known.
    """

    position: Literal["none", "area", "rough"] | None
    has_sectors: bool
    has_enterprises: bool
    weak: tuple[Sector, ...]  # nothing but evidence of low confidence
    missing: tuple[Indicator, ...]  # others of its kind have a figure
    undated: tuple[Indicator, ...]  # no figure has a year
    inferred: tuple[Membership, ...]  # their status is drawn hollow
    uncontested: tuple[Group, ...]  # inferred, and nothing is recorded against it
    unnumbered: tuple[Group, ...]  # others have a number on the list
    questions: tuple[Question, ...]


def gaps(atlas: Atlas, place_id: str) -> Gaps:
    """Return the gaps in what is known about a place. Raises KeyError for an unknown id."""
    details = profile(atlas, place_id)
    is_region = details.place.extent == "region"
    inferred = [row for row in details.memberships if atlas.form(row.grade) == "hollow"]
    return Gaps(
        position=_position(details.place),
        has_sectors=bool(details.sectors or not atlas.sectors) or is_region,
        has_enterprises=bool(details.enterprises or not atlas.enterprises) or is_region,
        weak=tuple(evidence.sector for evidence in details.sectors if evidence.confidence == "low"),
        missing=_missing(atlas, details),
        undated=tuple(
            figures.indicator
            for figures in details.figures
            if all(row.year is None for row in figures.rows)
        ),
        inferred=tuple(inferred),
        uncontested=tuple(atlas.group[row.group] for row in inferred if not row.counter.english),
        unnumbered=_unnumbered(atlas, details),
        questions=tuple(question for question in atlas.questions if place_id in question.places),
    )


def _position(place: Place) -> Literal["none", "area", "rough"] | None:
    if place.extent == "region":
        return None
    if place.position in ("area", "none"):
        return place.position
    return "rough" if is_rough(place.precision_km) else None


def _missing(atlas: Atlas, details: Profile) -> tuple[Indicator, ...]:
    """Return the indicators that other places of the kind have a figure for, and this one not."""
    kind = details.place.faces
    alike = [place for place in atlas.places if place.faces == kind]
    enough = max(min(ENOUGH_OTHERS, len(alike) - 1), 1)
    held = {
        (row.indicator, row.place) for row in atlas.figures if atlas.place[row.place].faces == kind
    }
    counted = Counter(indicator for indicator, _ in held)
    own = {figures.indicator.id for figures in details.figures}
    return tuple(
        indicator
        for indicator in atlas.indicators
        if indicator.id not in own and counted[indicator.id] >= enough
    )


def _unnumbered(atlas: Atlas, details: Profile) -> tuple[Group, ...]:
    numbered = {row.group for row in atlas.memberships if row.list_number is not None}
    return tuple(
        atlas.group[row.group]
        for row in details.memberships
        if row.list_number is None and row.group in numbered
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The values found for one indicator of one place: those shown first, and the others.

    `difference` tells a contradiction from what only looks like one: the values are for
    the `same` period, one at least is `undated`, or they are for different `years`.
    """

    place: Place
    indicator: Indicator
    first: tuple[Figure, ...]
    others: tuple[Figure, ...]
    difference: Difference

    @property
    def reasons(self) -> tuple[Figure, ...]:
        """The figures that say why they were chosen or set aside."""
        return tuple(row for row in (*self.first, *self.others) if row.reason.english)


def disagreements(atlas: Atlas) -> tuple[Disagreement, ...]:
    """Return every indicator of a place of which some value was set aside."""
    grouped: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for row in atlas.figures:
        grouped[row.place, row.indicator].append(row)
    found = (
        Disagreement(
            place=atlas.place[place],
            indicator=atlas.indicator[indicator],
            first=tuple(row for row in rows if row.preferred),
            others=tuple(row for row in rows if not row.preferred),
            difference=_difference(rows),
        )
        for (place, indicator), rows in grouped.items()
        if not all(row.preferred for row in rows)
    )
    return tuple(sorted(found, key=lambda one: DIFFERENCES.index(one.difference)))


def _difference(rows: list[Figure]) -> Difference:
    periods = {row.period for row in rows}
    if None in periods:
        return "undated"
    return "same" if len(periods) < len(rows) else "years"
