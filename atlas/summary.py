"""Counts over the places a selection shows, for the key figures, the bars and the grid."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from atlas.facets import CONFIDENCES, facet_index, filters, matching, shown
from atlas.profile import profile
from atlas.records import Atlas, Confidence, Place, Sector
from atlas.selection import Selection


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many places of a group are shown, of how many there are said to be, by grade."""

    group: str
    shown: int
    size: int
    grades: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SideBar:
    """How many of the shown places on each side work in a sector; on the border counts on both."""

    sector: Sector
    sichuan: int
    chongqing: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One place of the sector x place grid; None where there is no evidence."""

    place: Place
    cells: tuple[Confidence | None, ...]


@dataclass(frozen=True, eq=False)
class Summary:
    """Everything the panels count for one selection."""

    places: tuple[Place, ...]
    total: int
    groups: tuple[GroupCount, ...]
    sectors: tuple[Sector, ...]
    bars: tuple[SideBar, ...]
    grid: tuple[GridRow, ...]


@lru_cache(maxsize=1_024)
def _summary(atlas: Atlas, selection: Selection) -> Summary:
    places = shown(atlas, selection)
    present = _present(atlas, places, selection)
    return Summary(
        places=places,
        total=facet_index(atlas).universe(selection).bit_count(),
        groups=tuple(_group_count(atlas, group, places) for group in atlas.base_groups),
        sectors=present,
        bars=tuple(_bar(atlas, sector, selection) for sector in present),
        grid=tuple(_grid_row(atlas, place, selection) for place in places),
    )


def summary(atlas: Atlas, selection: Selection) -> Summary:
    """Return the counts of a selection; language and chosen places do not change them."""
    return _summary(atlas, filters(selection))


def _group_count(atlas: Atlas, group: str, places: tuple[Place, ...]) -> GroupCount:
    rows = [
        row
        for place in places
        for row in profile(atlas, place.id).memberships
        if row.group == group
    ]
    grades = Counter(row.grade for row in rows)
    ordered = tuple((grade, grades[grade]) for grade in ("named", "inferred") if grades[grade])
    return GroupCount(group, len(rows), atlas.group[group].size, ordered)


def _present(atlas: Atlas, places: tuple[Place, ...], selection: Selection) -> tuple[Sector, ...]:
    """Return the sectors with evidence of their own at one of the places, in the table's order."""
    ids = {place.id for place in places}
    levels = selection.confidence or CONFIDENCES
    found = {row.sector for row in atlas.evidence if row.place in ids and row.confidence in levels}
    return tuple(sector for sector in atlas.sectors if sector.id in found)


def _bar(atlas: Atlas, sector: Sector, selection: Selection) -> SideBar:
    index = facet_index(atlas)
    bits = matching(atlas, selection) & index.sector(sector.id, selection.confidence)
    return SideBar(
        sector,
        sichuan=(bits & index.side["sichuan"]).bit_count(),
        chongqing=(bits & index.side["chongqing"]).bit_count(),
    )


def _grid_row(atlas: Atlas, place: Place, selection: Selection) -> GridRow:
    levels = selection.confidence or CONFIDENCES
    best = {
        one.sector.id: row.confidence
        for one in profile(atlas, place.id).sectors
        for row in reversed(one.rows)
        if row.confidence in levels
    }
    return GridRow(place, tuple(best.get(sector.id) for sector in atlas.sectors))
