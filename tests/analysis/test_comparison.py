"""The distance table, neighbours and places side by side, against values found another way."""

from dataclasses import replace

import pytest

from atlas.analysis.comparison import (
    FEW,
    LARGEST_MATRIX,
    MatrixPlaces,
    matrix_places,
    nearest_across_border,
    side_by_side,
    step,
)
from atlas.analysis.distance import between_km, neighbours
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown


def test_the_table_holds_the_chosen_places_else_those_the_filters_show(atlas: Atlas) -> None:
    assert matrix_places(atlas, Selection()) == MatrixPlaces(shown(atlas, Selection()), 0, ())
    found = matrix_places(atlas, Selection(side=("sichuan",), compare=("yubei", "guanghan")))
    assert [place.id for place in found.places] == ["yubei", "guanghan"]


def test_a_table_that_would_be_too_wide_is_cut_and_says_so(atlas: Atlas) -> None:
    many = tuple(replace(atlas.place["deyang"], id=f"d{number}") for number in range(40))
    rows = tuple(
        replace(atlas.memberships[0], place=place.id, group=atlas.base_groups[0]) for place in many
    )
    wide = replace(atlas, places=many, memberships=rows)
    assert len(matrix_places(wide, Selection()).places) == FEW
    assert matrix_places(wide, Selection()).left_out == 40 - FEW
    everything = matrix_places(wide, Selection(compare=tuple(place.id for place in many)))
    assert len(everything.places) == LARGEST_MATRIX
    assert everything.left_out == 40 - LARGEST_MATRIX


@pytest.mark.parametrize(("km", "expected"), [(0, 0), (25, 0), (25.1, 1), (100, 2), (201, 4)])
def test_nearer_is_a_lower_step(km: float, expected: int) -> None:
    assert step(km) == expected


def test_neighbours_are_the_nearest_first_without_the_place_itself(atlas: Atlas) -> None:
    deyang, places = atlas.place["deyang"], shown(atlas, Selection())
    found = neighbours(deyang, places, 3)
    others = [place for place in places if place != deyang]
    by_distance = sorted(others, key=lambda place: between_km(deyang, place) or 0)
    assert [near.place for near in found] == by_distance[:3]


def test_the_nearest_across_the_border_is_on_the_other_side_or_on_the_border(atlas: Atlas) -> None:
    places = shown(atlas, Selection())
    for place in places:
        found = nearest_across_border(place, places)
        assert found is not None
        assert "both" in (place.side, found.place.side) or found.place.side != place.side
        everyone = neighbours(place, places, len(places))
        nearer = [near.place for near in everyone if near.distance_km < found.distance_km]
        assert all(one.side == place.side != "both" for one in nearer)
    yongchuan = nearest_across_border(atlas.place["deyang"], places)
    assert yongchuan is not None
    assert yongchuan.place.id == "yongchuan"


def test_side_by_side_holds_each_sector_that_one_of_them_has_with_its_evidence(
    atlas: Atlas,
) -> None:
    places = [atlas.place["deyang"], atlas.place["yongchuan"]]
    found = side_by_side(atlas, places)
    rows = [row for row in atlas.evidence if row.place in ("deyang", "yongchuan")]
    assert {sector.id for sector, _ in found.sectors} == {row.sector for row in rows}
    for sector, cells in found.sectors:
        for place, cell in zip(places, cells, strict=True):
            own = {one.id for one in rows if (one.place, one.sector) == (place.id, sector.id)}
            assert {one.id for one in cell.rows} == own if cell else not own


def test_undated_figures_are_never_of_the_same_year(atlas: Atlas) -> None:
    undated = tuple(
        replace(row, period=None, year=None) for row in atlas.figures if row.indicator == "area"
    )
    found = side_by_side(
        replace(atlas, figures=undated), [atlas.place["deyang"], atlas.place["meishan"]]
    )
    assert [row.comparable for row in found.figures] == [False]
