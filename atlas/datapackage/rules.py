"""Rules that relate the tables of a data package to each other and to its map."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from atlas.datapackage import row_rules
from atlas.datapackage.columns import RECORDS
from atlas.datapackage.descriptor import NAME, Promises
from atlas.datapackage.land.geojson import Feature, missing_polygons, position_findings
from atlas.datapackage.problems import Problem
from atlas.model.records import Atlas, Figure, Place
from atlas.model.selection import PARAMETERS, from_query

FIRST_ROW = 2  # the header is row 1
# Every place that a view shows is sent with it: of 2,000 that takes 0.1 s and 60 kB a click.
MOST_PLACES = 2_000

# What a source reports, and the column of its day or year.
DATED = {"events": "date", "figures": "year", "enterprises": "year"}

# A number given as a lower bound: 突破5840亿元, 1470多家, more than 1,470 firms.
MORE_THAN = re.compile(
    r"(?:突破|超过?|逾|多于|more than |over |above |exceeding )\s*(?P<after>\d[\d,.]*)"
    r"|(?P<before>\d[\d,.]*)\s*[万亿]?[余多]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Case:
    """What is checked: the tables, the promises of the descriptor, and the map's polygons."""

    atlas: Atlas
    promises: Promises
    today: date
    polygons: tuple[Feature, ...] = ()


Rule = Callable[[Case], Iterator[Problem]]


def check(case: Case, readable: set[str], broken: set[str]) -> Iterator[Problem]:
    """Yield every problem of the readable tables; the `file` of a problem is the table's name.

    A rule holds where its tables are readable, and those it may refer to are not broken.
    """
    for table in RECORDS:
        for index, row in enumerate(getattr(case.atlas, table)):
            for finding in row_rules.findings(row, case.today, case.promises):
                yield _problem(table, index, *finding)
    for rule, tables in RULES.items():
        if tables <= readable and not broken & MAY_NAME.get(rule, set()):
            yield from rule(case)


def _problem(table: str, index: int | None, column: str, value: object, rule: str) -> Problem:
    row = None if index is None else index + FIRST_ROW
    shown = f"{value:.15g}" if isinstance(value, float) else str(value)
    return Problem(table, row, column, shown, rule)


def _listed_ids(rows: tuple[Any, ...], table: str, column: str, ids: Any) -> Iterator[Problem]:
    """Yield a problem for every id in a list column that is not among the ids."""
    for index, row in enumerate(rows):
        for id in getattr(row, column, ()):
            if id not in ids:
                rule = "There is no such id: correct it or add the row there."
                yield _problem(table, index, column, id, rule)


def further_sources_exist(case: Case) -> Iterator[Problem]:
    """Every further source of a claim is in the sources."""
    for table in RECORDS:
        yield from _listed_ids(getattr(case.atlas, table), table, "also", case.atlas.source)


def event_places_exist(case: Case) -> Iterator[Problem]:
    """Every place of an event is in the places."""
    yield from _listed_ids(case.atlas.events, "events", "places", case.atlas.place)


def question_places_exist(case: Case) -> Iterator[Problem]:
    """Every place of a question is in the places."""
    yield from _listed_ids(case.atlas.questions, "questions", "places", case.atlas.place)


def place_regions_exist(case: Case) -> Iterator[Problem]:
    """Every region of a place is in the regions."""
    ids = {region.id for region in case.atlas.regions}
    yield from _listed_ids(case.atlas.places, "places", "regions", ids)


def steps_open(case: Case) -> Iterator[Problem]:
    """Every step of a tour opens a view of what there is."""
    for index, step in enumerate(case.atlas.tours):
        _, dropped = from_query(dict(parse_qsl(step.view)), case.atlas)
        unknown = [name for name, _ in parse_qsl(step.view) if name not in PARAMETERS]
        for value in (*unknown, *(one.value for one in dropped)):
            rule = "The atlas does not know this part of the view: copy the query of a link to it."
            yield _problem("tours", index, "view", value, rule)


def credited_regions_exist(case: Case) -> Iterator[Problem]:
    """Every region that a sector is credited to is in the regions; `both` are the two there are."""
    known = {None, "both", *(region.id for region in case.atlas.regions)}
    for index, sector in enumerate(case.atlas.sectors):
        if sector.credited_side not in known:
            rule = "There is no such region: correct it, or empty the cell."
            yield _problem("sectors", index, "credited_side", sector.credited_side, rule)


def version_logged(case: Case) -> Iterator[Problem]:
    """A change log that is kept names the version of the package."""
    versions = {change.version for change in case.atlas.changes}
    if versions and case.atlas.version and case.atlas.version not in versions:
        rule = f"Say what version {case.atlas.version} of datapackage.json changed: add a row."
        yield _problem("changes", None, "version", case.atlas.version, rule)


def places_bounded(case: Case) -> Iterator[Problem]:
    """There are no more places than a map shows."""
    count = len(case.atlas.places)
    if count > MOST_PLACES:
        rule = (
            f"There are {count:,} places and the atlas shows at most {MOST_PLACES:,}: "
            "keep those of one cluster, or make several packages of them."
        )
        yield Problem("places", None, None, None, rule)


def parents_fit(case: Case) -> Iterator[Problem]:
    """A place lies on one that has land."""
    for index, place in enumerate(case.atlas.places):
        if place.parent and case.atlas.place[place.parent].extent in ("point", "region"):
            rule = "A place lies on one that has land: name one, or empty the cell."
            yield _problem("places", index, "parent", place.parent, rule)


def fields_are_parents(case: Case) -> Iterator[Problem]:
    """A sector is part of a focus field."""
    for index, sector in enumerate(case.atlas.sectors):
        if sector.parent and case.atlas.sector[sector.parent].level != "field":
            rule = "A sector is part of a field: name one of level field, or empty the cell."
            yield _problem("sectors", index, "parent", sector.parent, rule)


def groups_sized(case: Case) -> Iterator[Problem]:
    """No group has more members than its size, a complete group exactly that many."""
    counts = Counter(row.group for row in case.atlas.memberships)
    for index, group in enumerate(case.atlas.groups):
        count = counts[group.id]
        complete = group.id in case.promises.complete_groups
        if count > group.size > 0 or (complete and count != group.size):
            rule = f"{group.id} has {count} memberships: correct its size or the memberships."
            yield _problem("groups", index, "size", group.size, rule)


def grades_fit(case: Case) -> Iterator[Problem]:
    """What is drawn hollow is supported; in a graded group nothing is drawn as a square."""
    for index, row in enumerate(case.atlas.memberships):
        form = case.atlas.form(row.grade)
        if form == "hollow" and not row.support.english:
            rule = f"Say what speaks for a membership that is {row.grade}."
            yield _problem("memberships", index, "support_en", "", rule)
        if form == "square" and row.group in case.promises.graded_groups:
            rule = f"Give the memberships of {row.group} a status that is solid or hollow."
            yield _problem("memberships", index, "grade", row.grade, rule)


def kinds_are_faced(case: Case) -> Iterator[Problem]:
    """A kind faces one that faces itself: like is paired with like."""
    for index, kind in enumerate(case.atlas.kinds):
        if kind.faces and case.atlas.kind[kind.faces].faces != kind.faces:
            rule = "Name a kind here that faces itself: all that face it are paired."
            yield _problem("kinds", index, "faces", kind.faces, rule)


def promised_groups_exist(case: Case) -> Iterator[Problem]:
    """The groups that the descriptor names exist."""
    for key in (name for name in Promises.__dataclass_fields__ if name.endswith("_groups")):
        for group in getattr(case.promises, key):
            if group not in case.atlas.group:
                rule = "groups has no such id: correct it or add the group."
                yield _problem(NAME, None, key, group, rule)


def one_preferred(case: Case) -> Iterator[Problem]:
    """Of several values for one place, indicator and period exactly one is shown first."""
    values: dict[tuple[str, str, str | None], list[tuple[int, Figure]]] = defaultdict(list)
    for index, figure in enumerate(case.atlas.figures):
        values[figure.place, figure.indicator, figure.period].append((index, figure))
    for several in values.values():
        first = [index for index, figure in several if figure.preferred]
        if len(first) > 1 or (len(several) > 1 and not first):
            index = first[-1] if first else several[0][0]
            rule = f"{len(several)} values, {len(first)} preferred: prefer exactly one of them."
            yield _problem("figures", index, "preferred", str(bool(first)).lower(), rule)


def sources_come_after(case: Case) -> Iterator[Problem]:
    """No event, no figure and no state of a firm is later than the source that tells of it."""
    for table, column in DATED.items():
        for index, row in enumerate(getattr(case.atlas, table)):
            day, reported = str(getattr(row, column)), _reported(case.atlas, row.source)
            if _is_later(day, reported, case.today):
                rule = f"Its source {row.source} is of {reported}: correct one of the dates."
                yield _problem(table, index, column, day, rule)


def _reported(atlas: Atlas, source: str) -> str:
    """Return the date of a source without the mark of uncertainty, "" where there is none."""
    row = atlas.source.get(source)
    return row.date.removesuffix("?") if row else ""


def _is_later(day: str, reported: str, today: date) -> bool:
    """Return whether a date is later than another, at the coarser precision of the two.

    False if either is not a valid date by itself.
    """
    length = min(len(day), len(reported))
    are_valid = row_rules.is_day(day, today) and row_rules.is_day(reported, today)
    return are_valid and day[:length] > reported[:length]


def lower_bounds_marked(case: Case) -> Iterator[Problem]:
    """A number that its source gives as a lower bound is not marked as exact."""
    for index, figure in enumerate(case.atlas.figures):
        if figure.qualifier == "exact" and _is_bounded(case.atlas, figure):
            rule = "Its source says more than this: write more-than, or correct the words."
            yield _problem("figures", index, "qualifier", figure.qualifier, rule)


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
            if (same := figure_ids.get((whole, _value_of(figure)))) is not None:
                rule = f"{same} has this value for {whole}, of which it is a part: keep one."
                yield _problem("figures", index, "value", figure.value, rule)


def _value_of(figure: Figure) -> tuple[str, float | None, str | None, str | None]:
    return figure.indicator, figure.value, figure.unit, figure.period


def _wholes(atlas: Atlas, place: Place) -> Iterator[str]:
    """Yield the ids of what a place is part of: the place it lies on, the regions of its side."""
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
            yield _problem("targets", index, "value", target.value, rule)


def points_fit(case: Case) -> Iterator[Problem]:
    """The point of a place lies in its polygon."""
    for finding in position_findings(case.atlas, case.polygons):
        yield _problem(*finding)


def base_places_have_polygons(case: Case) -> Iterator[Problem]:
    """Every place of a base group has a polygon."""
    if case.polygons:
        groups = case.promises.base_groups
        for finding in missing_polygons(case.atlas, case.polygons, groups):
            yield _problem(*finding)


RULES: dict[Rule, set[str]] = {
    further_sources_exist: {"sources"},
    event_places_exist: {"events", "places"},
    question_places_exist: {"questions", "places"},
    place_regions_exist: {"places"},
    steps_open: {"tours"},
    credited_regions_exist: {"sectors"},
    version_logged: {"changes"},
    places_bounded: {"places"},
    parents_fit: {"places"},
    fields_are_parents: {"sectors"},
    groups_sized: {"groups", "memberships"},
    grades_fit: {"memberships"},
    kinds_are_faced: {"kinds"},
    promised_groups_exist: {"groups"},
    one_preferred: {"figures"},
    sources_come_after: {*DATED, "sources"},
    lower_bounds_marked: {"figures", "sources"},
    parts_differ_from_wholes: {"figures", "places"},
    targets_fit: {"targets", "figures"},
    points_fit: {"places"},
    base_places_have_polygons: {"places", "memberships"},
}
# Tables that a package may lack, whose rows are named all the same: then it is wrong to do so.
MAY_NAME: dict[Rule, set[str]] = {
    place_regions_exist: {"regions"},
    credited_regions_exist: {"regions"},
    steps_open: set(RECORDS),
}
