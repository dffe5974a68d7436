"""The key figures, the bars and the grid follow the filters."""

import pytest
from hypothesis import given

from atlas.analysis.summary import GroupCount, summary
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.conftest import real_atlas, selections

BEST_FIRST = ("high", "medium", "low")


def test_the_first_view_counts_the_eight_and_the_six_with_their_grades(atlas: Atlas) -> None:
    counted = summary(atlas, Selection())
    assert (counted.shown, counted.total) == (14, 14)
    assert counted.groups == (
        GroupCount("members", 8, 8, (("named", 8),)),
        GroupCount("demonstration", 6, 6, (("named", 2), ("inferred", 4))),
    )


def test_a_filter_changes_what_is_shown_and_not_what_is_claimed(atlas: Atlas) -> None:
    counted = summary(atlas, Selection(grade=("inferred",)))
    assert (counted.shown, counted.total) == (4, 14)
    assert counted.groups == (
        GroupCount("members", 0, 8, ()),
        GroupCount("demonstration", 4, 6, (("inferred", 4),)),
    )


def test_a_set_raises_the_total_by_its_new_members_and_leaves_the_groups(atlas: Atlas) -> None:
    # Four of the eight signatories are among the six already.
    counted = summary(atlas, Selection(sets=("signatories",)))
    assert (counted.shown, counted.total) == (18, 18)
    assert counted.groups == summary(atlas, Selection()).groups


def test_nothing_shown_is_counted_as_nothing(atlas: Atlas) -> None:
    counted = summary(atlas, Selection(q="nowhere"))
    assert (counted.shown, counted.sectors, counted.bars, counted.grid) == (0, (), (), ())
    assert (counted.total, [group.shown for group in counted.groups]) == (14, [0, 0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_are_the_same_in_every_language_and_with_every_card(
    atlas: Atlas, language: Language
) -> None:
    view = Selection(sector=("monorail",))
    opened = view.but(lang=language, place="deyang")
    assert summary(atlas, opened).groups == summary(atlas, view).groups
    assert summary(atlas, opened).bars == summary(atlas, view).bars


@given(selection=selections())
def test_a_sector_is_present_if_a_shown_place_has_evidence_for_it(selection: Selection) -> None:
    atlas = real_atlas()
    ids = {place.id for place in shown(atlas, selection)}
    levels = selection.confidence or BEST_FIRST
    found = {row.sector for row in atlas.evidence if row.place in ids and row.confidence in levels}
    present = [sector.id for sector in summary(atlas, selection).sectors]
    assert present == [sector.id for sector in atlas.sectors if sector.id in found]


@given(selection=selections())
def test_a_bar_is_as_long_as_the_places_of_its_side_that_have_the_sector(
    selection: Selection,
) -> None:
    atlas = real_atlas()
    for bar in summary(atlas, selection).bars:
        levels = selection.confidence or BEST_FIRST
        found = {
            row.place
            for row in atlas.evidence
            if row.confidence in levels
            and bar.sector.id in (row.sector, atlas.sector[row.sector].parent)
        }
        held = [place for place in shown(atlas, selection) if place.id in found]
        assert bar.places == len(held)
        assert bar.counts == tuple(
            sum(region.id in place.regions for place in held) for region in atlas.regions
        )


def test_the_grid_shows_the_best_evidence_of_every_place_and_sector(atlas: Atlas) -> None:
    grid = {row.place.id: row.cells for row in summary(atlas, Selection()).grid}
    assert list(grid) == [place.id for place in shown(atlas, Selection())]
    for place, cells in grid.items():
        for sector, cell in zip(atlas.sectors, cells, strict=True):
            levels = {
                row.confidence
                for row in atlas.evidence
                if (row.place, row.sector) == (place, sector.id)
            }
            assert cell == next((level for level in BEST_FIRST if level in levels), None)


@given(selection=selections())
def test_the_grid_marks_evidence_for_every_sector_that_is_present(selection: Selection) -> None:
    counted = summary(real_atlas(), selection)
    marked = {
        sector.id
        for row in counted.grid
        for sector, cell in zip(real_atlas().sectors, row.cells, strict=True)
        if cell
    }
    assert marked == {sector.id for sector in counted.sectors}


@given(selection=selections())
def test_the_grid_holds_no_confidence_that_is_filtered_out(selection: Selection) -> None:
    levels = selection.confidence or BEST_FIRST
    cells = {cell for row in summary(real_atlas(), selection).grid for cell in row.cells}
    assert cells - {None} <= set(levels)
