"""Values that follow from the rows of a package, where it does not state them itself.

None is a judgement: the size of a group is counted, a place with coordinates is a point, and a
package without groups gets one with all places.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from atlas.model.languages import LANGUAGES, UNDETERMINED, Words
from atlas.model.records import Membership, Place, Source
from atlas.model.terms import Group, Kind, Level, Status
from atlas.model.text import N_, Text, text
from atlas.model.values import SIDES, Side

Rows = Mapping[str, tuple[Any, ...]]
Term = TypeVar("Term", Kind, Level, Status)

ALL = "all"
ALL_PLACES = N_("All places")
BASE_GROUPS = N_("the groups that are always shown")
# The source of rows that name no other: the table itself.
PACKAGE = "package"


def completed(rows: Rows) -> dict[str, tuple[Any, ...]]:
    """Return the rows of every table, with the values that follow from them filled in."""
    kinds = rows["kinds"] or _terms(Kind, (place.kind for place in rows["places"]))
    statuses = rows["statuses"] or _terms(Status, (row.grade for row in rows["memberships"]))
    levels = rows["levels"] or _terms(Level, (sector.level for sector in rows["sectors"]))
    roles = {level.id: level.role for level in levels}
    sectors = (replace(sector, role=roles.get(sector.level, "")) for sector in rows["sectors"])
    places = tuple(_places(rows, kinds))
    groups, memberships = rows["groups"], rows["memberships"]
    if not groups and not memberships:
        groups = (Group(id=ALL, name=in_every_language(ALL_PLACES)),)
        memberships = tuple(
            Membership(group=ALL, place=place.id, source=place.source or PACKAGE)
            for place in places
            if place.extent != "region"
        )
    sources = rows["sources"]
    if any(row.source == PACKAGE for row in memberships):
        sources = (*sources, Source(id=PACKAGE, title="places"))
    counts = Counter(row.group for row in memberships)
    return {
        **rows,
        "kinds": kinds,
        "statuses": statuses,
        "levels": levels,
        "sectors": tuple(sectors),
        "places": places,
        "groups": tuple(replace(group, size=group.size or counts[group.id]) for group in groups),
        "memberships": memberships,
        "sources": sources,
    }


def _terms(record: type[Term], ids: Iterable[str]) -> tuple[Term, ...]:
    """Return a term for each id in use, named by the id; for packages without a table of them."""
    return tuple(record(id=id, name=Words(**{UNDETERMINED: id})) for id in dict.fromkeys(ids) if id)


def _places(rows: Rows, kinds: Iterable[Kind]) -> Iterable[Place]:
    regions = [region.id for region in rows["regions"]]
    sides = dict(zip(regions, SIDES, strict=True)) if len(regions) == len(SIDES) else {}
    by_id = {kind.id: kind for kind in kinds}
    return (_place(place, sides, by_id.get(place.kind)) for place in rows["places"])


def _place(place: Place, sides: Mapping[str, Side], kind: Kind | None) -> Place:
    has_point = place.latitude is not None and place.longitude is not None
    place_sides = {sides[region] for region in place.regions if region in sides}
    return replace(
        place,
        short=place.short if place.short.english else place.name,
        position=place.position or ("point" if has_point else "none"),
        side="both" if len(place_sides) > 1 else next(iter(place_sides), ""),
        extent=kind.extent if kind else "",
        faces=kind.faces if kind else "",
    )


def scope(words: Words) -> Words:
    """Return what the package calls its base groups together, inside a sentence."""
    return words if words.english else in_every_language(BASE_GROUPS)


def lead(words: Words, rows: Rows) -> Words:
    """Return the lead of a package, else one that counts its places, sectors and regions."""
    if words.english:
        return words
    return Words(**{language: _counts(text(language), rows) for language in LANGUAGES})


def _counts(words: Text, rows: Rows) -> str:
    """Return "12 places, 3 sectors and 2 regions."."""
    sectors, regions = len(rows["sectors"]), len(rows["regions"])
    counts = [words.ngettext("%(count)s place", "%(count)s places", len(rows["places"]))]
    if sectors:
        counts.append(words.ngettext("%(count)s sector", "%(count)s sectors", sectors))
    if regions:
        counts.append(words.ngettext("%(count)s region", "%(count)s regions", regions))
    return words.all_of(counts) + words.pgettext("end of a sentence", ".")


def in_every_language(message: str, **values: Any) -> Words:
    """Return a message of the interface in each language."""
    return Words(**{part: text(part).gettext(message, **values) for part in LANGUAGES})
