"""The list of all places, and the way from one to the next."""

from atlas.model.records import Atlas
from atlas.query.directory import places_before_and_after, places_by_group
from tests.conftest import Folder


def test_the_groups_on_the_map_come_first_and_what_is_in_no_group_last(atlas: Atlas) -> None:
    *grouped, (nothing, rest) = places_by_group(atlas)
    groups = [group.id for group, _ in grouped if group]
    assert tuple(groups[: len(atlas.base_groups)]) == atlas.base_groups
    for id, (_, places) in zip(groups, grouped, strict=True):
        rows = [row.place for row in atlas.memberships if row.group == id]
        assert [place.id for place in places] == rows
    assert nothing is None
    assert {place.kind for place in rest} == {"region"}
    assert {place for _, places in grouped for place in places}.union(rest) == set(atlas.places)


def test_an_atlas_without_base_groups_lists_its_places_too(tiny: Folder) -> None:
    groups = places_by_group(tiny.load())
    assert [(group and group.id, [place.id for place in places]) for group, places in groups] == [
        ("towns", ["alpha"]),
        (None, ["beta"]),
    ]


def test_the_next_of_each_place_leads_through_the_whole_table_and_back(atlas: Atlas) -> None:
    passed = [atlas.places[0]]
    while after := places_before_and_after(atlas, passed[-1])[1]:
        assert places_before_and_after(atlas, after)[0] == passed[-1]
        passed.append(after)
    assert tuple(passed) == atlas.places
    assert places_before_and_after(atlas, atlas.places[0])[0] is None
