"""Overlap and complement: who has which sector, from the table of evidence."""

import pytest
from hypothesis import given

from atlas.analysis.shared_sectors import (
    ComparedSector,
    SharedSectors,
    best_confidences,
    compare_places,
    compare_sides,
    toggled,
)
from atlas.analysis.summary import summary
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.values import CONFIDENCES
from atlas.query.facets import shown
from tests.conftest import examples, real_atlas, selections


def ids(standings: tuple[ComparedSector, ...]) -> list[str]:
    return [one.sector.id for one in standings]


def parts(found: SharedSectors) -> list[list[str]]:
    return [ids(one) for one in (found.only_one, found.shared, found.only_other, found.neither)]


@examples(25)
@given(selection=selections())
def test_every_sector_stands_in_exactly_one_part(selection: Selection) -> None:
    atlas = real_atlas()
    found = [sector for part in parts(compare_sides(atlas, selection)) for sector in part]
    assert sorted(found) == sorted(sector.id for sector in atlas.sectors)


@examples(25)
@given(selection=selections())
def test_the_sides_agree_with_the_bars_of_the_map(selection: Selection) -> None:
    atlas = real_atlas()
    found = compare_sides(atlas, selection)
    bars = {one.sector.id: one for one in summary(atlas, selection.but(sector=())).bars}
    for standings, sichuan, chongqing in (
        (found.only_one, True, False),
        (found.shared, True, True),
        (found.only_other, False, True),
    ):
        for one in standings:
            if one.sector.id in bars:  # a field that only its strengths carry has no bar
                bar = bars[one.sector.id]
                assert tuple(count > 0 for count in bar.counts) == (sichuan, chongqing)
    assert not {one.sector.id for one in found.neither} & set(bars)


def test_the_sides_share_the_fields_and_keep_their_strengths(atlas: Atlas) -> None:
    found = compare_sides(atlas, Selection())
    assert ids(found.only_one) == ["large-power-sets", "oil-drilling", "nuclear-power"]
    assert ids(found.only_other) == ["monorail", "uhv-transformer"]
    assert ids(found.neither) == ["waste-incineration"]
    assert {one.id for one in atlas.sectors if one.level == "field"} <= set(ids(found.shared))


def test_further_places_change_what_a_side_has(atlas: Atlas) -> None:
    found = compare_sides(atlas, Selection(sets=("outside",)))
    assert "waste-incineration" in ids(found.only_other)


def test_of_two_places_each_keeps_its_confidence(atlas: Atlas) -> None:
    deyang, jiangbei = atlas.place["deyang"], atlas.place["jiangbei"]
    found = compare_places(atlas, deyang, jiangbei, Selection())
    assert [(one.sector.id, one.one, one.other) for one in found.shared] == [
        ("rail-transit", "medium", "high")
    ]
    assert ids(found.only_other) == ["monorail", "uhv-transformer"]
    turned = compare_places(atlas, jiangbei, deyang, Selection())
    assert ids(turned.only_one) == ids(found.only_other)


def test_a_filter_on_confidence_takes_out_what_rests_on_less(atlas: Atlas) -> None:
    sure = Selection(confidence=("high",))
    found = compare_places(atlas, atlas.place["deyang"], atlas.place["jiangbei"], sure)
    assert ids(found.shared) == []
    assert "rail-transit" in ids(found.only_other)


@examples(25)
@given(selection=selections())
def test_the_confidence_is_the_highest_of_the_side(selection: Selection) -> None:
    atlas = real_atlas()
    places = [one for one in shown(atlas, selection.but(sector=())) if "sichuan" in one.regions]
    levels = selection.confidence or CONFIDENCES
    for sector, confidence in best_confidences(atlas, places, selection).items():
        found = [
            CONFIDENCES.index(row.confidence)
            for row in atlas.evidence
            if row.place in {place.id for place in places}
            and sector in (row.sector, atlas.sector[row.sector].parent)
            and row.confidence in levels
        ]
        assert CONFIDENCES.index(confidence) == min(found)


@pytest.mark.parametrize(
    ("chosen", "clicked", "left"),
    [
        ((), "deyang", ("deyang",)),
        (("deyang",), "chengdu", ("deyang", "chengdu")),
        (("deyang", "yubei"), "deyang", ("yubei",)),
        (("deyang", "yubei"), "chengdu", ("yubei", "chengdu")),
        (("deyang", "yubei"), "jiangbei", ("deyang", "jiangbei")),
        (("deyang", "chengdu"), "yubei", ("chengdu", "yubei")),
        (("deyang", "yubei"), "gaozhu-na", ("yubei", "gaozhu-na")),
    ],
)
def test_a_third_place_takes_the_place_of_the_one_on_its_side(
    atlas: Atlas, chosen: tuple[str, ...], clicked: str, left: tuple[str, ...]
) -> None:
    assert toggled(atlas, chosen, atlas.place[clicked]) == left
