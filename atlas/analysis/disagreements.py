"""Figures that sources give differently, with the one shown first and the reason."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from atlas.model.records import Atlas, Figure, Place
from atlas.model.terms import Indicator

Difference = Literal["same", "undated", "years"]
_ORDER: tuple[Difference, ...] = ("same", "undated", "years")


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
    rows_in_dispute = (_disagreement(atlas, rows) for rows in grouped.values() if _differ(rows))
    return tuple(
        sorted(rows_in_dispute, key=lambda disagreement: _ORDER.index(disagreement.difference))
    )


def _differ(rows: list[Figure]) -> bool:
    return not all(row.preferred for row in rows)


def _disagreement(atlas: Atlas, rows: list[Figure]) -> Disagreement:
    return Disagreement(
        place=atlas.place[rows[0].place],
        indicator=atlas.indicator[rows[0].indicator],
        first=tuple(row for row in rows if row.preferred),
        others=tuple(row for row in rows if not row.preferred),
        difference=_difference(rows),
    )


def _difference(rows: list[Figure]) -> Difference:
    periods = {row.period for row in rows}
    if None in periods:
        return "undated"
    return "same" if len(periods) < len(rows) else "years"
