"""The distance table, neighbours and places side by side, against values found another way."""

from dataclasses import replace

import pytest

from atlas.analysis.comparison import (
    FEW,
    LARGEST_MATRIX,
    matrix_places,
    nearest_across_border,
    side_by_side,
    step,
)
from atlas.analysis.distance import between_km, neighbours
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown


def test_a_table_that_would_be_too_wide_is_cut_and_says_so(atlas: Atlas) -> None:
    many = tuple(replace(atlas.place["deyang"], id=f"d{number}") for number in range(40))
    member = replace(atlas.memberships[0], group=atlas.base_groups[0])
    members = tuple(replace(member, place=place.id) for place in many)
    wide = replace(atlas, places=many, memberships=members)
    compare = tuple(place.id for place in many)
    for selection, most in ((Selection(), FEW), (Selection(compare=compare), LARGEST_MATRIX)):
        cut = matrix_places(wide, selection)
        assert (len(cut.places), cut.left_out) == (most, 40 - most)


@pytest.mark.parametrize(("km", "expected"), [(0, 0), (25, 0), (25.1, 1), (100, 2), (201, 4)])
def test_nearer_is_a_lower_step(km: float, expected: int) -> None:
    assert step(km) == expected


def test_neighbours_are_the_nearest_first_without_the_place_itself(atlas: Atlas) -> None:
    deyang, places = atlas.place["deyang"], shown(atlas, Selection())
    others = [place for place in places if place != deyang]
    by_distance = sorted(others, key=lambda place: between_km(deyang, place) or 0)
    assert [near.place for near in neighbours(deyang, places, 3)] == by_distance[:3]


def test_the_nearest_across_the_border_is_on_the_other_side_or_on_the_border(atlas: Atlas) -> None:
    places = shown(atlas, Selection())
    for place in places:
        nearest = nearest_across_border(place, places)
        assert nearest is not None
        assert "both" in (place.side, nearest.place.side) or nearest.place.side != place.side
        for near in neighbours(place, places, len(places)):
            is_nearer = near.distance_km < nearest.distance_km
            assert not is_nearer or near.place.side == place.side != "both"
    yongchuan = nearest_across_border(atlas.place["deyang"], places)
    assert yongchuan is not None
    assert yongchuan.place.id == "yongchuan"


def test_side_by_side_holds_each_sector_that_one_of_them_has_with_its_evidence(
    atlas: Atlas,
) -> None:
    places = [atlas.place["deyang"], atlas.place["yongchuan"]]
    sectors = side_by_side(atlas, places).sectors
    rows = [row for row in atlas.evidence if row.place in ("deyang", "yongchuan")]
    assert {sector.id for sector, _ in sectors} == {row.sector for row in rows}
    for sector, cells in sectors:
        for place, cell in zip(places, cells, strict=True):
            own = {row.id for row in rows if (row.place, row.sector) == (place.id, sector.id)}
            assert {row.id for row in (cell.rows if cell else ())} == own


def test_undated_figures_are_never_of_the_same_year(atlas: Atlas) -> None:
    undated = tuple(
        replace(row, period=None, year=None) for row in atlas.figures if row.indicator == "area"
    )
    places = [atlas.place["deyang"], atlas.place["meishan"]]
    beside = side_by_side(replace(atlas, figures=undated), places)
    assert [row.comparable for row in beside.figures] == [False]
