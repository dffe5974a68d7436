"""The places as they are listed: by group, and one after another."""

from typing import NamedTuple

from atlas.model.records import Atlas, Group, Membership, Place


class Shelf(NamedTuple):
    """The places of a group, in the order of its memberships; without a group, of none."""

    group: Group | None
    places: tuple[Place, ...]


def shelves(atlas: Atlas) -> tuple[Shelf, ...]:
    """Return the groups with their places, the base groups first, then what is in no group."""
    ranked = sorted(atlas.groups, key=lambda group: group.id not in atlas.base_groups)
    filled = [
        Shelf(group, tuple(atlas.place[row.place] for row in members(atlas, group.id)))
        for group in ranked
    ]
    placed = {row.place for row in atlas.memberships}
    rest = tuple(place for place in atlas.places if place.id not in placed)
    return tuple(shelf for shelf in (*filled, Shelf(None, rest)) if shelf.places)


def members(atlas: Atlas, group: str) -> tuple[Membership, ...]:
    """Return the memberships of a group, in the order of the table."""
    return tuple(row for row in atlas.memberships if row.group == group)


def beside(atlas: Atlas, place: Place) -> tuple[Place | None, Place | None]:
    """Return the places before and after one in the order of the table, None at its ends."""
    at = atlas.places.index(place)
    before = atlas.places[at - 1] if at else None
    after = atlas.places[at + 1] if at + 1 < len(atlas.places) else None
    return before, after


def ended(atlas: Atlas) -> tuple[Place, ...]:
    """Return the places of the base groups that are no longer in being."""
    based = {row.place for row in atlas.memberships if row.group in atlas.base_groups}
    return tuple(place for place in atlas.places if place.end_event and place.id in based)
