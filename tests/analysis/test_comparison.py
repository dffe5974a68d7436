"""The distance table, neighbours and places side by side, against values found another way."""

import math
from dataclasses import replace
from itertools import combinations

import pytest

from atlas.analysis.comparison import (
    FEW,
    LARGEST_MATRIX,
    chosen,
    nearest_across_border,
    side_by_side,
    step,
)
from atlas.analysis.distance import between, neighbours, point
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown


def vincenty_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """The geodesic on WGS 84 by Vincenty's inverse formula (Survey Review 23, 1975).

    Another algorithm than the one the atlas uses; good to half a millimetre at these distances.
    """
    a, f = 6_378_137.0, 1 / 298.257223563
    b = (1 - f) * a
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(one[0]))) for one in (start, end))
    apart = lam = math.radians(end[1] - start[1])
    for _ in range(100):
        sin_sigma = math.hypot(
            math.cos(u2) * math.sin(lam),
            math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam),
        )
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_sigma
        cos2 = 1 - sin_alpha**2
        mid = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2
        c = f / 16 * cos2 * (4 + f * (4 - 3 * cos2))
        bend = sigma + c * sin_sigma * (mid + c * cos_sigma * (2 * mid**2 - 1))
        before, lam = lam, apart + (1 - c) * f * sin_alpha * bend
        if abs(lam - before) < 1e-13:
            break
    square = cos2 * (a**2 - b**2) / b**2
    k1 = 1 + square / 16_384 * (4_096 + square * (square * (320 - 175 * square) - 768))
    k2 = square / 1_024 * (256 + square * (square * (74 - 47 * square) - 128))
    more = cos_sigma * (2 * mid**2 - 1) - k2 / 6 * mid * (4 * sin_sigma**2 - 3) * (4 * mid**2 - 3)
    return b * k1 * (sigma - k2 * sin_sigma * (mid + k2 / 4 * more)) / 1_000


def test_every_distance_of_the_table_agrees_with_another_algorithm_to_a_millimetre(
    atlas: Atlas,
) -> None:
    placed = [place for place in atlas.places if point(place)]
    for one, other in combinations(placed, 2):
        here, there = point(one), point(other)
        assert here
        assert there
        near = between(one, other)
        assert near is not None
        assert near.distance_km == pytest.approx(vincenty_km(here, there), abs=1e-6)


def test_without_a_choice_the_table_holds_the_base_places_with_a_position(atlas: Atlas) -> None:
    found = chosen(atlas, Selection())
    assert found.places == shown(atlas, Selection())
    assert (found.left_out, found.unplaced) == (0, ())


def test_the_chosen_places_go_before_the_filters(atlas: Atlas) -> None:
    found = chosen(atlas, Selection(side=("sichuan",), compare=("yubei", "guanghan")))
    assert [place.id for place in found.places] == ["yubei", "guanghan"]


def test_a_table_that_would_be_too_wide_is_cut_and_says_so(atlas: Atlas) -> None:
    many = tuple(replace(atlas.place["deyang"], id=f"d{number}") for number in range(40))
    rows = tuple(
        replace(atlas.memberships[0], place=place.id, group=atlas.base_groups[0]) for place in many
    )
    wide = replace(atlas, places=many, memberships=rows)
    assert len(chosen(wide, Selection()).places) == FEW
    assert chosen(wide, Selection()).left_out == 40 - FEW
    everything = chosen(wide, Selection(compare=tuple(place.id for place in many)))
    assert len(everything.places) == LARGEST_MATRIX
    assert everything.left_out == 40 - LARGEST_MATRIX


@pytest.mark.parametrize(("km", "expected"), [(0, 0), (25, 0), (25.1, 1), (100, 2), (201, 4)])
def test_nearer_is_a_lower_step(km: float, expected: int) -> None:
    assert step(km) == expected


def test_neighbours_are_the_nearest_first_without_the_place_itself(atlas: Atlas) -> None:
    place, places = atlas.place["deyang"], shown(atlas, Selection())
    found = neighbours(place, places, 3)
    by_distance = sorted(
        (one for one in places if one != place),
        key=lambda one: vincenty_km(point(place) or (0, 0), point(one) or (0, 0)),
    )
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
    assert {row.sector.id for row in found.sectors} == {row.sector for row in rows}
    for row in found.sectors:
        for place, cell in zip(places, row.cells, strict=True):
            own = {one.id for one in rows if (one.place, one.sector) == (place.id, row.sector.id)}
            assert {one.id for one in cell.rows} == own if cell else not own


def test_undated_figures_are_never_of_the_same_year(atlas: Atlas) -> None:
    undated = tuple(
        replace(row, period=None, year=None) for row in atlas.figures if row.indicator == "area"
    )
    found = side_by_side(
        replace(atlas, figures=undated), [atlas.place["deyang"], atlas.place["meishan"]]
    )
    assert [row.comparable for row in found.figures] == [False]
