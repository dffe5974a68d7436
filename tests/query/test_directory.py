"""The list of all places, and the way from one to the next."""

from atlas.model.records import Atlas
from atlas.query.directory import beside, shelves
from tests.conftest import Folder


def test_every_place_is_on_a_shelf(atlas: Atlas) -> None:
    found = {place.id for shelf in shelves(atlas) for place in shelf.places}
    assert found == set(atlas.place)


def test_a_shelf_holds_its_group_and_no_other_place(atlas: Atlas) -> None:
    for shelf in shelves(atlas):
        if shelf.group:
            rows = [row for row in atlas.memberships if row.group == shelf.group.id]
            assert [place.id for place in shelf.places] == [row.place for row in rows]


def test_the_groups_on_the_map_come_first_and_what_is_in_no_group_last(atlas: Atlas) -> None:
    groups = [shelf.group.id if shelf.group else None for shelf in shelves(atlas)]
    assert tuple(groups[: len(atlas.base_groups)]) == atlas.base_groups
    assert groups[-1] is None
    assert {place.kind for place in shelves(atlas)[-1].places} == {"region"}


def test_an_atlas_without_base_groups_lists_its_places_too(tiny: Folder) -> None:
    found = [
        (shelf.group and shelf.group.id, [place.id for place in shelf.places])
        for shelf in shelves(tiny.load())
    ]
    assert found == [("towns", ["alpha"]), (None, ["beta"])]


def test_the_next_of_each_place_leads_through_the_whole_table_and_back(atlas: Atlas) -> None:
    passed = [atlas.places[0]]
    while after := beside(atlas, passed[-1])[1]:
        assert beside(atlas, after)[0] == passed[-1]
        passed.append(after)
    assert tuple(passed) == atlas.places
    assert beside(atlas, atlas.places[0])[0] is None
