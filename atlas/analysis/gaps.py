"""What is missing or contradictory: gaps in the rows of a place, and figures that differ."""

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
# A figure is missing if at least this many other places of the kind have one for its indicator.
ENOUGH_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps in what the atlas knows about a place.

    Tables that the package does not have are no gaps of a place. `position` is the gap in its
    position: none is known, only an area, or a rough point; None if it is exact.
    """

    position: Literal["none", "area", "rough"] | None
    has_sectors: bool
    has_enterprises: bool
    weak: tuple[Sector, ...]  # with evidence of low confidence only
    missing: tuple[Indicator, ...]  # without a figure, which others of its kind have
    undated: tuple[Indicator, ...]  # without a figure that has a year
    inferred: tuple[Membership, ...]  # with a status that is drawn hollow
    uncontested: tuple[Group, ...]  # inferred, without an argument against it
    unnumbered: tuple[Group, ...]  # without a list number, which other members have
    questions: tuple[Question, ...]


def gaps(atlas: Atlas, place_id: str) -> Gaps:
    """Return the gaps of a place. Raises KeyError for an unknown id."""
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
    """Return the indicators for which other places of the kind have a figure, and this has none."""
    kind = details.place.faces
    of_kind = {place.id for place in atlas.places if place.faces == kind}
    enough = max(min(ENOUGH_OTHERS, len(of_kind) - 1), 1)
    cells = {(row.indicator, row.place) for row in atlas.figures if row.place in of_kind}
    place_counts = Counter(indicator for indicator, _ in cells)
    own = {figures.indicator.id for figures in details.figures}
    return tuple(
        indicator
        for indicator in atlas.indicators
        if indicator.id not in own and place_counts[indicator.id] >= enough
    )


def _unnumbered(atlas: Atlas, details: Profile) -> tuple[Group, ...]:
    numbered_groups = {row.group for row in atlas.memberships if row.list_number is not None}
    return tuple(
        atlas.group[row.group]
        for row in details.memberships
        if row.list_number is None and row.group in numbered_groups
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The figures of an indicator for a place: the preferred ones (`first`), and the others.

    `difference` says whether they contradict each other: all have a period and some have the
    `same`, at least one is `undated`, or all are for different `years`.
    """

    place: Place
    indicator: Indicator
    first: tuple[Figure, ...]
    others: tuple[Figure, ...]
    difference: Difference

    @property
    def reasons(self) -> tuple[Figure, ...]:
        """The figures with a reason why they are preferred or not."""
        return tuple(row for row in (*self.first, *self.others) if row.reason.english)


def disagreements(atlas: Atlas) -> tuple[Disagreement, ...]:
    """Return the figures of each place and indicator of which some are not preferred."""
    groups: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for row in atlas.figures:
        groups[row.place, row.indicator].append(row)
    differing = (
        Disagreement(
            place=atlas.place[place],
            indicator=atlas.indicator[indicator],
            first=tuple(row for row in rows if row.preferred),
            others=tuple(row for row in rows if not row.preferred),
            difference=_difference(rows),
        )
        for (place, indicator), rows in groups.items()
        if not all(row.preferred for row in rows)
    )
    return tuple(sorted(differing, key=lambda row: DIFFERENCES.index(row.difference)))


def _difference(rows: list[Figure]) -> Difference:
    periods = {row.period for row in rows}
    if None in periods:
        return "undated"
    return "same" if len(periods) < len(rows) else "years"
