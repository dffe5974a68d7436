"""Rules for figures and dates: nothing counts twice or is later than its source."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from atlas.datapackage.problems import Problem, problem
from atlas.datapackage.rules import rows
from atlas.datapackage.rules.tables import Case, Rule
from atlas.model.records import Atlas, Figure, Place

# Tables whose rows a source reports, and the column of their day or year.
DATED = {"events": "date", "figures": "year", "enterprises": "year"}

# A number given as a lower bound: 突破5840亿元, 1470多家, more than 1,470 firms.
MORE_THAN = re.compile(
    r"(?:突破|超过?|逾|多于|more than |over |above |exceeding )\s*(?P<after>\d[\d,.]*)"
    r"|(?P<before>\d[\d,.]*)\s*[万亿]?[余多]",
    re.IGNORECASE,
)


def one_preferred(case: Case) -> Iterator[Problem]:
    """Of several values for a place, indicator and period, exactly one is preferred."""
    groups: dict[tuple[str, str, str | None], list[tuple[int, Figure]]] = defaultdict(list)
    for index, figure in enumerate(case.atlas.figures):
        groups[figure.place, figure.indicator, figure.period].append((index, figure))
    for figures in groups.values():
        preferred = [index for index, figure in figures if figure.preferred]
        if len(preferred) > 1 or (len(figures) > 1 and not preferred):
            index = preferred[-1] if preferred else figures[0][0]
            rule = f"{len(figures)} values, {len(preferred)} preferred: prefer exactly one of them."
            yield problem("figures", index, "preferred", str(bool(preferred)).lower(), rule)


def sources_come_after(case: Case) -> Iterator[Problem]:
    """No event, figure or state of a firm is later than the source that reports it."""
    for table, column in DATED.items():
        for index, row in enumerate(getattr(case.atlas, table)):
            day, source = str(getattr(row, column)), case.atlas.source.get(row.source)
            # A question mark says that the date is uncertain.
            source_day = source.date.removesuffix("?") if source else ""
            if _is_later(day, source_day, case.today):
                rule = f"Its source {row.source} is of {source_day}: correct one of the dates."
                yield problem(table, index, column, day, rule)


def _is_later(day: str, other_day: str, today: date) -> bool:
    """Return whether a date is later than another, at the coarser precision of the two.

    False if either is not a valid date.
    """
    length = min(len(day), len(other_day))
    are_valid = rows.is_day(day, today) and rows.is_day(other_day, today)
    return are_valid and day[:length] > other_day[:length]


def lower_bounds_marked(case: Case) -> Iterator[Problem]:
    """A number that its source gives as a lower bound is not marked as exact."""
    for index, figure in enumerate(case.atlas.figures):
        if figure.qualifier == "exact" and _is_bounded(case.atlas, figure):
            rule = "Its source says more than this: write more-than, or correct the words."
            yield problem("figures", index, "qualifier", figure.qualifier, rule)


def _is_bounded(atlas: Atlas, figure: Figure) -> bool:
    """Return whether the words of a figure's source give its number as a lower bound."""
    if figure.value is None or figure.source not in atlas.source:
        return False
    words = "\n".join((figure.phrase, *atlas.source[figure.source].supports.values()))
    matches = MORE_THAN.finditer(words)
    lower_bounds = {_digits(match["after"] or match["before"]) for match in matches}
    return _digits(f"{figure.value:f}") in lower_bounds


def _digits(number: str) -> str:
    """Return the digits of a number that do not depend on its unit: 584 of 584 and of 5840亿."""
    return re.sub(r"[,.]", "", number).strip("0")


def parts_differ_from_wholes(case: Case) -> Iterator[Problem]:
    """A part does not have the same value as the whole it belongs to."""
    figure_ids = {(figure.place, _value_of(figure)): figure.id for figure in case.atlas.figures}
    for index, figure in enumerate(case.atlas.figures):
        place = case.atlas.place.get(figure.place)
        for whole in _wholes(case.atlas, place) if place and figure.value else ():
            if (id := figure_ids.get((whole, _value_of(figure)))) is not None:
                rule = f"{id} has this value for {whole}, of which it is a part: keep one."
                yield problem("figures", index, "value", figure.value, rule)


def _value_of(figure: Figure) -> tuple[str, float | None, str | None, str | None]:
    return figure.indicator, figure.value, figure.unit, figure.period


def _wholes(atlas: Atlas, place: Place) -> Iterator[str]:
    """Yield the ids of what a place is part of: the place it lies on, the regions it lies in."""
    if place.parent:
        yield place.parent
    if place.extent != "region":
        yield from (
            region.id
            for region in atlas.places
            if region.extent == "region" and region.regions == place.regions
        )


def targets_fit(case: Case) -> Iterator[Problem]:
    """The later value of a target equals the figure it refers to."""
    figures = {figure.id: figure for figure in case.atlas.figures}
    for index, target in enumerate(case.atlas.targets):
        figure = figures.get(target.figure or "")
        if figure and (figure.value, figure.unit) != (target.value, target.unit):
            rule = f"{figure.id} is {figure.value} {figure.unit}: correct one of them."
            yield problem("targets", index, "value", target.value, rule)


RULES: dict[Rule, set[str]] = {
    one_preferred: {"figures"},
    sources_come_after: {*DATED, "sources"},
    lower_bounds_marked: {"figures", "sources"},
    parts_differ_from_wholes: {"figures", "places"},
    targets_fit: {"targets", "figures"},
}
