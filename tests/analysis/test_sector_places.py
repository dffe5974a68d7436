"""Who works in a sector: against the table of evidence, row by row."""

from dataclasses import replace

from hypothesis import given

from atlas.analysis.sector_places import (
    all_places,
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
        entries = places_in_scope(atlas, sector.id, selection)
        alone = selection.but(sector=(sector.id,), match="any", place=None)
        assert [entry.place for entry in entries] == list(shown(atlas, alone))
        assert len(entries) == counts(atlas, scope(selection))["sector"][sector.id]
        for entry in entries:
            ranks = [CONFIDENCES.index(row.confidence) for row in entry.rows]
            assert ranks == sorted(ranks)
            assert entry.confidence in levels
        rest = places_out_of_scope(atlas, sector.id, selection)
        rows = [row.id for entry in (*entries, *rest) for row in entry.rows]
        assert len(rows) == len(set(rows))
        assert selection.confidence or set(rows) == rows_about(atlas, sector.id)


def test_firms_stand_with_the_place_and_the_park_they_are_in(atlas: Atlas) -> None:
    entries = places_in_scope(atlas, "monorail", Selection())
    firms = {entry.place.id: [firm.id for firm in entry.firms] for entry in entries}
    assert firms["jiangbei"] == firms["yufu-idz"] == ["crrc-changke-chongqing"]


def test_a_region_is_named_but_never_counted(atlas: Atlas) -> None:
    # The sources do not say in which district CSSC Haizhuang sits.
    entries = places_in_scope(atlas, "offshore-wind", Selection(sets=("first-batch", "outside")))
    assert "chongqing" not in {entry.place.id for entry in entries}
    strongest = all_places(atlas, "offshore-wind")[0]
    assert strongest.place.id == "chongqing"
    assert {firm.id for firm in strongest.firms} == {"cssc-haizhuang"}


def test_the_sides_of_the_evidence_stand_against_the_side_credited(atlas: Atlas) -> None:
    strengths = {entry.sector.id: entry for entry in strength_places(atlas, atlas.sectors)}
    wind = strengths["offshore-wind"]
    assert wind.sector.credited_side == "chongqing"
    assert (wind.best("sichuan"), wind.best("chongqing")) == ("low", "high")
    assert strengths["monorail"].best("sichuan") is None
    for strength in strengths.values():
        sides = {side for entry in strength.places for side in entry.place.regions}
        assert sides == {side for side in ("sichuan", "chongqing") if strength.best(side)}


def test_a_strength_without_evidence_says_so(atlas: Atlas) -> None:
    (strength,) = strength_places(replace(atlas, evidence=()), [atlas.sector["monorail"]])
    assert (strength.places, strength.finding, strength.best("sichuan")) == ((), "none", None)
    assert strength_places(atlas, [atlas.sector["rail-transit"]]) == ()  # a field is no strength
