"""Distances against published geodesics, and the counterpart across the border by hand."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.analysis.distance import (
    between_km,
    counterparts,
    farthest_seats,
    geodesic_km,
    margin_km,
    near_enough,
    nearest,
    nearest_places,
    on_its_land,
)
from atlas.model.records import Atlas, Place
from tests.conftest import real_atlas

# As near each other as the places of a cluster, and where the ellipsoid is bent most and least.
clusters = st.sampled_from([0.0, 31.0, 60.0, 85.0]).flatmap(
    lambda latitude: st.lists(
        st.tuples(st.floats(latitude - 2, latitude + 2), st.floats(103, 108)),
        min_size=3,
        max_size=8,
    )
)


def degrees(degree: int, minute: int, second: float) -> float:
    return math.copysign(abs(degree) + minute / 60 + second / 3600, degree)


@pytest.mark.parametrize(
    ("start", "end", "published_m"),
    [
        # Wellington to Salamanca on WGS 84: the example of GeographicLib's documentation.
        # They lie almost opposite each other, where Vincenty's method may not converge.
        ((-41.32, 174.81), (40.96, -5.50), 19_959_679.267),
        # Flinders Peak to Buninyong: the example of the Geocentric Datum of Australia Technical
        # Manual (ICSM). On its ellipsoid, GRS 80, whose polar axis is 0.1 mm shorter than that of
        # WGS 84: over 55 km the two agree to less than a micrometre.
        (
            (degrees(-37, 57, 3.72030), degrees(144, 25, 29.52440)),
            (degrees(-37, 39, 10.15610), degrees(143, 55, 35.38390)),
            54_972.271,
        ),
    ],
)
def test_a_distance_is_the_published_geodesic_to_the_millimetre(
    start: tuple[float, float], end: tuple[float, float], published_m: float
) -> None:
    assert geodesic_km(start, end) * 1_000 == pytest.approx(published_m, abs=0.000_5)


def somewhere(at: tuple[float, float]) -> Place:
    return replace(real_atlas().place["deyang"], latitude=at[0], longitude=at[1])


@given(cluster=clusters, most=st.integers(1, 4))
def test_the_nearest_are_among_those_near_enough(
    cluster: list[tuple[float, float]], most: int
) -> None:
    start, *others = map(somewhere, cluster)
    measured, exact = (
        sorted(between_km(start, place) or 0.0 for place in places)[:most]
        for places in (near_enough(start, others, most), others)
    )
    assert measured == pytest.approx(exact, abs=1e-6)


def test_of_many_only_few_are_near_enough_to_be_measured() -> None:
    start, *ring = (somewhere((30 + at / 100, 105.0)) for at in range(500))
    assert near_enough(start, ring, 1) == ring[:1]
    assert len(near_enough(start, ring, 20)) < 25


def test_a_place_is_not_its_own_nearest_and_one_without_a_position_has_none(atlas: Atlas) -> None:
    deyang, meishan, unplaced = (atlas.place[id] for id in ("deyang", "meishan", "rongchang-htz"))
    assert near_enough(deyang, [unplaced], 2) == near_enough(unplaced, [deyang], 2) == []
    assert between_km(deyang, unplaced) is None
    assert nearest(deyang, [unplaced]) is None
    near = nearest(deyang, [deyang, meishan])
    assert near is not None
    assert near.place == meishan


def facing(place: Place, other: Place) -> bool:
    across = "both" in (place.side, other.side) or place.side != other.side
    alike = (place.kind == "park") == (other.kind == "park")
    return across and alike and other.id != place.id


def works_in(atlas: Atlas, place: Place, sector: str) -> bool:
    return any(
        row.place == place.id and sector in (row.sector, atlas.sector[row.sector].parent)
        for row in atlas.evidence
    )


@pytest.mark.parametrize("sets", [(), ("signatories", "first-batch", "outside")])
@pytest.mark.parametrize("border", [("gaozhu-na",), ("gaozhu-na", "konggang-ip")])
def test_counterparts_are_the_nearest_of_their_kind_across_the_border_with_the_sector(
    atlas: Atlas, border: tuple[str, ...], sets: tuple[str, ...]
) -> None:
    places = (
        replace(place, regions=("sichuan", "chongqing"), side="both")
        if place.id in border
        else place
        for place in atlas.places
    )
    bordering = replace(atlas, places=tuple(places))
    groups = (*atlas.base_groups, *sets)
    members = {row.place for row in atlas.memberships if row.group in groups}
    sectors = [sector.id for sector in atlas.sectors]
    for place in bordering.places:
        listed = counterparts(bordering, place, sectors, groups)
        assert [counterpart.sector for counterpart in listed] == sectors
        for sector, neighbour in listed:
            distances = {
                other.id: distance_km
                for other in bordering.places
                if facing(place, other) and works_in(atlas, other, sector) and other.id in members
                if (distance_km := between_km(place, other)) is not None
            }
            if neighbour is None:
                assert distances == {}
            else:
                shortest = min(distances.values())
                assert distances[neighbour.place.id] == shortest == neighbour.distance_km


def test_the_scale_runs_from_the_first_seat_to_the_one_farthest_from_it(atlas: Atlas) -> None:
    seats = farthest_seats(atlas)
    assert seats is not None
    start, end = seats
    members = [atlas.place[row.place] for row in atlas.memberships if row.group == "members"]
    assert start == atlas.place["chengdu"]
    assert end.distance_km == max(between_km(start, place) or 0 for place in members)


@pytest.mark.parametrize(
    ("precisions", "margin"),
    [((1, 1.5), 0), ((0.5, 4), 5), ((4, 4), 8), ((None, 10), 10), ((None, None), 0), ((1.9, 2), 4)],
)
def test_a_distance_has_a_margin_where_an_end_is_drawn_as_a_circle(
    precisions: tuple[float | None, float | None], margin: float
) -> None:
    assert margin_km(*precisions) == margin_km(*reversed(precisions)) == margin


def test_the_nearest_come_first_and_no_nearer_one_is_missing(atlas: Atlas) -> None:
    for place in atlas.places:
        listed = nearest_places(atlas, place, 5)
        distances = [near.distance_km for near in listed]
        assert distances == sorted(distances)
        rest = set(atlas.place) - {near.place.id for near in listed} - {place.id, place.parent}
        for other in map(atlas.place.__getitem__, rest):
            far = between_km(place, other)
            assert far is None or other.parent == place.id or far >= distances[-1]


def test_a_place_is_not_near_itself_nor_what_lies_on_its_land(atlas: Atlas) -> None:
    def near(place: str) -> set[str]:
        return {near.place.id for near in nearest_places(atlas, atlas.place[place], 40)}

    assert not {"deyang", "deyang-etdz", "guanghan"} & near("deyang")
    assert "deyang" not in near("deyang-etdz")


def test_on_the_land_of_a_region_are_its_cities_and_districts(atlas: Atlas) -> None:
    sichuan, deyang = (
        {place.id for place in on_its_land(atlas, atlas.place[id])} for id in ("sichuan", "deyang")
    )
    assert sichuan == {"chengdu", "deyang", "meishan", "ziyang"}
    assert deyang == {"deyang-etdz", "guanghan"}
