"""Who works in a sector: against the table of evidence, row by row."""

from dataclasses import replace

import pytest
from hypothesis import given

from atlas.analysis.sector_places import (
    all_places,
    is_in_base_area,
    places_in_scope,
    places_out_of_scope,
    scope,
    strength_places,
)
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.values import CONFIDENCES
from atlas.query.facets import counts, shown
from tests.conftest import examples, real_atlas, selections


def rows_about(atlas: Atlas, sector: str) -> set[str]:
    return {
        row.id for row in atlas.evidence if sector in (row.sector, atlas.sector[row.sector].parent)
    }


@examples(25)
@given(selection=selections())
def test_the_places_in_scope_are_those_of_the_map_and_the_others_stand_apart(
    selection: Selection,
) -> None:
    atlas = real_atlas()
    levels = selection.confidence or CONFIDENCES
    for sector in atlas.sectors:
        counted = places_in_scope(atlas, sector.id, selection)
        alone = selection.but(sector=(sector.id,), match="any", place=None)
        assert [one.place for one in counted] == list(shown(atlas, alone))
        assert len(counted) == counts(atlas, scope(selection))["sector"][sector.id]
        for one in counted:
            ranks = [CONFIDENCES.index(row.confidence) for row in one.rows]
            assert ranks == sorted(ranks)
            assert one.confidence in levels
        rest = places_out_of_scope(atlas, sector.id, selection)
        seen = [row.id for one in (*counted, *rest) for row in one.rows]
        assert len(seen) == len(set(seen))
        assert selection.confidence or set(seen) == rows_about(atlas, sector.id)


def test_firms_stand_with_the_place_and_the_park_they_are_in(atlas: Atlas) -> None:
    found = {one.place.id: one for one in places_in_scope(atlas, "monorail", Selection())}
    for place in ("jiangbei", "yufu-idz"):
        assert [firm.id for firm in found[place].firms] == ["crrc-changke-chongqing"]


def test_a_region_is_named_but_never_counted(atlas: Atlas) -> None:
    # The sources do not say in which district CSSC Haizhuang sits.
    counted = places_in_scope(atlas, "offshore-wind", Selection(sets=("first-batch", "outside")))
    assert "chongqing" not in {one.place.id for one in counted}
    strongest = all_places(atlas, "offshore-wind")[0]
    assert strongest.place.id == "chongqing"
    assert {firm.id for firm in strongest.firms} == {"cssc-haizhuang"}


@pytest.mark.parametrize(
    ("place", "inside"),
    [
        ("deyang", True),
        ("yufu-idz", True),
        ("guanghan", True),  # on the land of Deyang
        ("ziyang-htz", True),  # on the land of Ziyang
        ("dadukou", False),
        ("jiulongpo", False),
        ("zigong-htz", False),
        ("chongqing", False),
    ],
)
def test_what_lies_on_the_land_of_the_eight_is_inside(
    atlas: Atlas, place: str, inside: bool
) -> None:
    assert is_in_base_area(atlas, atlas.place[place]) is inside


def test_the_finding_says_where_the_strongest_evidence_of_a_strength_lies(atlas: Atlas) -> None:
    assert {one.sector.id: one.finding for one in strength_places(atlas, atlas.sectors)} == {
        "large-power-sets": "inside",
        "oil-drilling": "inside",
        "nuclear-power": "inside",
        "offshore-wind": "stronger-outside",
        "monorail": "inside",
        "uhv-transformer": "stronger-outside",
        "waste-incineration": "only-outside",
    }


def test_the_sides_of_the_evidence_stand_against_the_side_credited(atlas: Atlas) -> None:
    found = {one.sector.id: one for one in strength_places(atlas, atlas.sectors)}
    wind = found["offshore-wind"]
    assert wind.sector.credited_side == "chongqing"
    assert (wind.best("sichuan"), wind.best("chongqing")) == ("low", "high")
    assert found["monorail"].best("sichuan") is None
    for one in found.values():
        held = {side for entry in one.places for side in entry.place.regions}
        assert held == {side for side in ("sichuan", "chongqing") if one.best(side)}


def test_a_strength_without_evidence_says_so(atlas: Atlas) -> None:
    (found,) = strength_places(replace(atlas, evidence=()), [atlas.sector["monorail"]])
    assert (found.places, found.finding, found.best("sichuan")) == ((), "none", None)
    assert strength_places(atlas, [atlas.sector["rail-transit"]]) == ()  # a field is no strength
