"""Rules that relate the tables of a data package to each other."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from atlas.datapackage.columns import RECORDS
from atlas.datapackage.descriptor import DESCRIPTOR, Promises
from atlas.datapackage.land.geojson import Feature
from atlas.datapackage.problems import Problem, problem
from atlas.model.records import Atlas
from atlas.model.selection import PARAMETERS, from_query

# Every place that a view shows is sent with it: of 2,000 that takes 0.1 s and 60 kB a click.
MOST_PLACES = 2_000


@dataclass(frozen=True, slots=True)
class Case:
    """What is checked: the tables, the promises of the descriptor, and the map's polygons."""

    atlas: Atlas
    promises: Promises
    today: date
    polygons: tuple[Feature, ...]


Rule = Callable[[Case], Iterator[Problem]]


def _ids_exist(column: str, target: str, *tables: str) -> Rule:
    """Return the rule that every id in a list column of some tables is one of the target's ids."""

    def rule(case: Case) -> Iterator[Problem]:
        ids = getattr(case.atlas, target)
        for table in tables:
            for index, row in enumerate(getattr(case.atlas, table)):
                for id in getattr(row, column, ()):
                    if id not in ids:
                        remedy = "There is no such id: correct it or add the row there."
                        yield problem(table, index, column, id, remedy)

    return rule


sources_exist = _ids_exist("also", "source", *RECORDS)
places_exist = _ids_exist("places", "place", "events", "questions")
regions_exist = _ids_exist("regions", "region", "places")


def steps_open(case: Case) -> Iterator[Problem]:
    """Every step of a tour opens a view without unknown parameters or values."""
    for index, step in enumerate(case.atlas.tours):
        _, dropped = from_query(dict(parse_qsl(step.view)), case.atlas)
        unknown_names = [name for name, _ in parse_qsl(step.view) if name not in PARAMETERS]
        for value in (*unknown_names, *(part.value for part in dropped)):
            rule = "The atlas does not know this part of the view: copy the query of a link to it."
            yield problem("tours", index, "view", value, rule)


def credited_regions_exist(case: Case) -> Iterator[Problem]:
    """A sector is credited to a region of the table, to `both` or to none."""
    credited_sides = {None, "both", *(region.id for region in case.atlas.regions)}
    for index, sector in enumerate(case.atlas.sectors):
        if sector.credited_side not in credited_sides:
            rule = "There is no such region: correct it, or empty the cell."
            yield problem("sectors", index, "credited_side", sector.credited_side, rule)


def version_logged(case: Case) -> Iterator[Problem]:
    """A change log, if there is one, names the version of the package."""
    versions = {change.version for change in case.atlas.changes}
    if versions and case.atlas.version and case.atlas.version not in versions:
        rule = f"Say what version {case.atlas.version} of datapackage.json changed: add a row."
        yield problem("changes", None, "version", case.atlas.version, rule)


def places_bounded(case: Case) -> Iterator[Problem]:
    """There are no more places than a map shows."""
    count = len(case.atlas.places)
    if count > MOST_PLACES:
        rule = (
            f"There are {count:,} places and the atlas shows at most {MOST_PLACES:,}: "
            "keep those of one cluster, or make several packages of them."
        )
        yield Problem("places", rule)


def parents_fit(case: Case) -> Iterator[Problem]:
    """A place lies on one that has land."""
    for index, place in enumerate(case.atlas.places):
        if place.parent and case.atlas.place[place.parent].extent in ("point", "region"):
            rule = "A place lies on one that has land: name one, or empty the cell."
            yield problem("places", index, "parent", place.parent, rule)


def parents_are_whole(case: Case) -> Iterator[Problem]:
    """A sector is part of one that is itself no part."""
    for index, sector in enumerate(case.atlas.sectors):
        if sector.parent and case.atlas.sector[sector.parent].parent:
            rule = "A sector is part of one that is itself no part: name that, or empty the cell."
            yield problem("sectors", index, "parent", sector.parent, rule)


def groups_sized(case: Case) -> Iterator[Problem]:
    """No group has more members than its size, a complete group exactly that many."""
    counts = Counter(row.group for row in case.atlas.memberships)
    for index, group in enumerate(case.atlas.groups):
        count = counts[group.id]
        complete = group.id in case.promises.complete_groups
        if count > group.size > 0 or (complete and count != group.size):
            rule = f"{group.id} has {count} memberships: correct its size or the memberships."
            yield problem("groups", index, "size", group.size, rule)


def grades_fit(case: Case) -> Iterator[Problem]:
    """A hollow status has support; in a graded group no status is a square."""
    for index, row in enumerate(case.atlas.memberships):
        form = case.atlas.form(row.grade)
        if form == "hollow" and not row.support.english:
            rule = f"Say what speaks for a membership that is {row.grade}."
            yield problem("memberships", index, "support_en", "", rule)
        if form == "square" and row.group in case.promises.graded_groups:
            rule = f"Give the memberships of {row.group} a status that is solid or hollow."
            yield problem("memberships", index, "grade", row.grade, rule)


def kinds_are_faced(case: Case) -> Iterator[Problem]:
    """A kind faces a kind that faces itself, so that like is paired with like."""
    for index, kind in enumerate(case.atlas.kinds):
        if kind.faces and case.atlas.kind[kind.faces].faces != kind.faces:
            rule = "Name a kind here that faces itself: all that face it are paired."
            yield problem("kinds", index, "faces", kind.faces, rule)


def promised_groups_exist(case: Case) -> Iterator[Problem]:
    """The groups that the descriptor names exist."""
    for key in (name for name in Promises.__dataclass_fields__ if name.endswith("_groups")):
        for group in getattr(case.promises, key):
            if group not in case.atlas.group:
                rule = "groups has no such id: correct it or add the group."
                yield problem(DESCRIPTOR, None, key, group, rule)


RULES: dict[Rule, set[str]] = {
    sources_exist: {"sources"},
    places_exist: {"places"},
    regions_exist: {"places"},
    steps_open: {"tours"},
    credited_regions_exist: {"sectors"},
    version_logged: {"changes"},
    places_bounded: {"places"},
    parents_fit: {"places"},
    parents_are_whole: {"sectors"},
    groups_sized: {"groups", "memberships"},
    grades_fit: {"memberships"},
    kinds_are_faced: {"kinds"},
    promised_groups_exist: {"groups"},
}
# Tables that a rule reads as empty where a package lacks them, but not where they have problems.
OPTIONAL_TABLES: dict[Rule, set[str]] = {
    regions_exist: {"regions"},
    credited_regions_exist: {"regions"},
    steps_open: set(RECORDS),
}
