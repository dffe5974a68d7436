"""The list of all places, and the way from one to the next."""

from atlas.model.records import Atlas
from atlas.query.directory import places_before_and_after, places_by_group
from tests.conftest import Folder


def test_every_place_is_in_an_entry(atlas: Atlas) -> None:
    found = {place.id for entry in places_by_group(atlas) for place in entry.places}
    assert found == set(atlas.place)


def test_an_entry_holds_its_group_and_no_other_place(atlas: Atlas) -> None:
    for entry in places_by_group(atlas):
        if entry.group:
            rows = [row for row in atlas.memberships if row.group == entry.group.id]
            assert [place.id for place in entry.places] == [row.place for row in rows]


def test_the_groups_on_the_map_come_first_and_what_is_in_no_group_last(atlas: Atlas) -> None:
    groups = [entry.group.id if entry.group else None for entry in places_by_group(atlas)]
    assert tuple(groups[: len(atlas.base_groups)]) == atlas.base_groups
    assert groups[-1] is None
    assert {place.kind for place in places_by_group(atlas)[-1].places} == {"region"}


def test_an_atlas_without_base_groups_lists_its_places_too(tiny: Folder) -> None:
    found = [
        (entry.group and entry.group.id, [place.id for place in entry.places])
        for entry in places_by_group(tiny.load())
    ]
    assert found == [("towns", ["alpha"]), (None, ["beta"])]


def test_the_next_of_each_place_leads_through_the_whole_table_and_back(atlas: Atlas) -> None:
    passed = [atlas.places[0]]
    while after := places_before_and_after(atlas, passed[-1])[1]:
        assert places_before_and_after(atlas, after)[0] == passed[-1]
        passed.append(after)
    assert tuple(passed) == atlas.places
    assert places_before_and_after(atlas, atlas.places[0])[0] is None
