"""Places in groups, and in the order of the table."""

from atlas.model.records import Atlas, Membership, Place
from atlas.model.terms import Group


def places_by_group(atlas: Atlas) -> list[tuple[Group | None, list[Place]]]:
    """Return the groups that have places with these, base groups first; None for no group.

    The places of a group are in the order of the memberships.
    """
    base_first = sorted(atlas.groups, key=lambda group: group.id not in atlas.base_groups)
    groups: list[tuple[Group | None, list[Place]]] = [
        (group, [atlas.place[row.place] for row in members(atlas, group.id)])
        for group in base_first
    ]
    in_groups = {row.place for row in atlas.memberships}
    groups.append((None, [place for place in atlas.places if place.id not in in_groups]))
    return [(group, places) for group, places in groups if places]


def members(atlas: Atlas, group: str) -> tuple[Membership, ...]:
    """Return the memberships of a group, in the order of the table."""
    return tuple(row for row in atlas.memberships if row.group == group)


def places_before_and_after(atlas: Atlas, place: Place) -> tuple[Place | None, Place | None]:
    """Return the places before and after a place in the table, None at its ends."""
    index = atlas.places.index(place)
    padded = (None, *atlas.places, None)
    return padded[index], padded[index + 2]


def ended_places(atlas: Atlas) -> tuple[Place, ...]:
    """Return the places of the base groups that no longer exist."""
    base_ids = {row.place for row in atlas.memberships if row.group in atlas.base_groups}
    return tuple(place for place in atlas.places if place.end_event and place.id in base_ids)
