"""The places as they are listed: by group, and in the order of the table."""

from atlas.model.records import Atlas, Membership, Place
from atlas.model.terms import Group


def places_by_group(atlas: Atlas) -> list[tuple[Group | None, list[Place]]]:
    """Return the groups with their places, base groups first; under None the places in no group.

    Places are in the order of the memberships. Groups without places are left out.
    """
    base_first = sorted(atlas.groups, key=lambda group: group.id not in atlas.base_groups)
    grouped: list[tuple[Group | None, list[Place]]] = [
        (group, [atlas.place[row.place] for row in members(atlas, group.id)])
        for group in base_first
    ]
    in_some = {row.place for row in atlas.memberships}
    rest = [place for place in atlas.places if place.id not in in_some]
    grouped.append((None, rest))
    return [(group, places) for group, places in grouped if places]


def members(atlas: Atlas, group: str) -> tuple[Membership, ...]:
    """Return the memberships of a group, in the order of the table."""
    return tuple(row for row in atlas.memberships if row.group == group)


def places_before_and_after(atlas: Atlas, place: Place) -> tuple[Place | None, Place | None]:
    """Return the places before and after a place in the table, None at its ends."""
    index = atlas.places.index(place)
    around = (None, *atlas.places, None)
    return around[index], around[index + 2]


def ended_places(atlas: Atlas) -> tuple[Place, ...]:
    """Return the places of the base groups that no longer exist."""
    base_ids = {row.place for row in atlas.memberships if row.group in atlas.base_groups}
    return tuple(place for place in atlas.places if place.end_event and place.id in base_ids)
