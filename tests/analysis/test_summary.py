"""The key figures, the bars and the grid follow the filters."""

from hypothesis import given

from atlas.analysis.summary import GroupCount, summary
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.conftest import real_atlas, selections

BEST_FIRST = ("high", "medium", "low")


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


@given(selection=selections())
def test_sectors_bars_and_grid_are_those_of_the_evidence_of_the_places_shown(
    selection: Selection,
) -> None:
    atlas = real_atlas()
    counted = summary(atlas, selection)
    places = {place.id: place for place in shown(atlas, selection)}
    levels = selection.confidence or BEST_FIRST
    rows = [row for row in atlas.evidence if row.place in places and row.confidence in levels]
    present = {row.sector for row in rows}
    assert list(counted.sectors) == [sector for sector in atlas.sectors if sector.id in present]
    for bar in counted.bars:
        at_work = {
            row.place
            for row in rows
            if bar.sector.id in (row.sector, atlas.sector[row.sector].parent)
        }
        assert bar.places == len(at_work)
        assert bar.counts == tuple(
            sum(region.id in places[id].regions for id in at_work) for region in atlas.regions
        )
    assert [place.id for place, _ in counted.grid] == list(places)
    for place, cells in counted.grid:
        for sector in atlas.sectors:
            own = {
                row.confidence for row in rows if (row.place, row.sector) == (place.id, sector.id)
            }
            best = next((level for level in BEST_FIRST if level in own), None)
            assert cells.get(sector.id) == best
