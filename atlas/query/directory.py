"""The places as they are listed: by group, and in the order of the table."""

from typing import NamedTuple

from atlas.model.records import Atlas, Membership, Place
from atlas.model.terms import Group


class GroupPlaces(NamedTuple):
    """The places of a group, in the order of its memberships; `group` is None for the rest."""

    group: Group | None
    places: tuple[Place, ...]


def places_by_group(atlas: Atlas) -> tuple[GroupPlaces, ...]:
    """Return the groups with their places, base groups first, then the places in no group.

    Groups without places are left out.
    """
    base_first = sorted(atlas.groups, key=lambda group: group.id not in atlas.base_groups)
    grouped = [
        GroupPlaces(group, tuple(atlas.place[row.place] for row in members(atlas, group.id)))
        for group in base_first
    ]
    members_of_any = {row.place for row in atlas.memberships}
    rest = tuple(place for place in atlas.places if place.id not in members_of_any)
    return tuple(entry for entry in (*grouped, GroupPlaces(None, rest)) if entry.places)


def members(atlas: Atlas, group: str) -> tuple[Membership, ...]:
    """Return the memberships of a group, in the order of the table."""
    return tuple(row for row in atlas.memberships if row.group == group)


def places_before_and_after(atlas: Atlas, place: Place) -> tuple[Place | None, Place | None]:
    """Return the places before and after a place in the table, None at its ends."""
    index = atlas.places.index(place)
    before = atlas.places[index - 1] if index else None
    after = atlas.places[index + 1] if index + 1 < len(atlas.places) else None
    return before, after


def ended_places(atlas: Atlas) -> tuple[Place, ...]:
    """Return the places of the base groups that no longer exist."""
    base_ids = {row.place for row in atlas.memberships if row.group in atlas.base_groups}
    return tuple(place for place in atlas.places if place.end_event and place.id in base_ids)
