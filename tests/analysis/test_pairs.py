"""Counterparts: every pair found by hand, and the nearest as the map's card has it."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given

from atlas.analysis.distance import between_km, counterparts, point
from atlas.analysis.pairs import nearest_pairs, pairs, pairs_of, unpaired
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.conftest import examples, real_atlas, selections


@examples(25)
@given(selection=selections())
def test_all_pairs_of_like_places_across_the_border_are_there_once(selection: Selection) -> None:
    atlas = real_atlas()
    for sector in atlas.sectors:
        scope = selection.but(sector=(sector.id,), match="any", place=None)
        places = [place for place in shown(atlas, scope) if point(place)]
        expected = {
            frozenset((place.id, other.id))
            for place, other in product(places, places)
            if place.id != other.id
            and "sichuan" in place.regions
            and "chongqing" in other.regions
            and (place.kind == "park") == (other.kind == "park")
        }
        ends = [frozenset(end.id for end in pair.places) for pair in pairs(atlas, sector.id, scope)]
        assert set(ends) == expected
        assert len(ends) == len(expected)


@examples(25)
@given(selection=selections())
def test_a_pair_says_how_far_and_whose_nearest_it_is(selection: Selection) -> None:
    atlas = real_atlas()
    groups = (*atlas.base_groups, *selection.sets)
    unfiltered = Selection(sets=selection.sets)
    for sector in atlas.sectors:
        listed = pairs(atlas, sector.id, unfiltered)
        assert list(listed) == sorted(listed, key=lambda pair: pair.distance_km)
        assert nearest_pairs(listed) == tuple(pair for pair in listed if pair.nearest_for)
        for pair in listed:
            assert "sichuan" in pair.first.regions
            assert "chongqing" in pair.second.regions
            assert pair.distance_km == between_km(*pair.places)
            for end in pair.places:
                (card,) = counterparts(atlas, end, [sector.id], groups)
                assert card.neighbour is not None
                nearest = card.neighbour.distance_km == pair.distance_km
                assert (end.id in pair.nearest_for) is nearest


@examples(25)
@given(selection=selections())
def test_every_place_has_a_nearest_pair_or_is_said_to_have_none(selection: Selection) -> None:
    atlas = real_atlas()
    for sector in atlas.sectors:
        near = {id for pair in pairs(atlas, sector.id, selection) for id in pair.nearest_for}
        alone = {place.id for place in unpaired(atlas, sector.id, selection)}
        scope = selection.but(sector=(sector.id,), match="any")
        assert not near & alone
        assert near | alone == {place.id for place in shown(atlas, scope)}


def test_of_two_as_near_each_is_the_nearest(atlas: Atlas) -> None:
    north = replace(atlas.place["deyang"], latitude=31.0, longitude=105.0)
    east, west = (
        replace(atlas.place[id], latitude=30.0, longitude=longitude)
        for id, longitude in (("yubei", 105.5), ("jiangjin", 104.5))
    )
    first, second = pairs_of([north, east, west])
    assert first.distance_km == pytest.approx(second.distance_km)
    assert "deyang" in first.nearest_for
    nearest = {id for pair in nearest_pairs((first, second)) for id in pair.nearest_for}
    assert nearest == {"deyang", "yubei", "jiangjin"}
