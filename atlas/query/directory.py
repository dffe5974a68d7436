"""Lists of places and firms: places in groups, neighbours in the table, and the firms of a view."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from atlas.model.records import Atlas, Enterprise, Membership, Place
from atlas.model.selection import NARROWING, Selection
from atlas.model.terms import Group
from atlas.query.facets import is_on, shown
from atlas.query.profile import rows_on
from atlas.query.search import by_place, firms_found


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
    return tuple(
        place for place in atlas.places if place.end_event and place.id in atlas.base_places
    )


def firms_listed(atlas: Atlas, selection: Selection) -> tuple[Enterprise, ...]:
    """Return the firms that a selection lists, in the order of the table.

    Without filters these are all firms; with filters, those at the places shown that are
    themselves in the selected sectors and states, or selected. If the search matches firms and not
    only places, only these are listed.
    """
    matches = {firm.id for firms in firms_found(atlas, selection.q).values() for firm in firms}
    return tuple(
        firm
        for firm in _at_shown_places(atlas, selection)
        if _passes(atlas, selection, firm) and (not matches or firm.id in matches)
    )


def _at_shown_places(atlas: Atlas, selection: Selection) -> tuple[Enterprise, ...]:
    if not any(is_on(selection, name) for name in NARROWING):
        return atlas.enterprises
    ids = {place.id for place in shown(atlas, selection)}
    return tuple(firm for firm in atlas.enterprises if not ids.isdisjoint(firm.places))


def _passes(atlas: Atlas, selection: Selection, firm: Enterprise) -> bool:
    sectors = {firm.sector, atlas.sector[firm.sector].parent}
    return (
        (not selection.sector or not sectors.isdisjoint(selection.sector))
        and (not selection.state or firm.state in selection.state)
        and (not selection.firm or firm.id in selection.firm)
    )


def shown_alone(atlas: Atlas, firm: Enterprise) -> dict[str, Any]:
    """Return the changes to a selection that show the places of a firm, and no others.

    They switch on an optional group if the firm is in no base group. A firm of a whole region has
    no place that could be shown; it has no changes.
    """
    memberships = chain.from_iterable(rows_on(atlas, "memberships", id) for id in firm.places)
    groups = [row.group for row in memberships]
    if not groups:
        return {}
    is_in_base = not set(atlas.base_groups).isdisjoint(groups)
    return {"firm": (firm.id,), "sets": () if is_in_base else tuple(groups[:1]), "q": ""}


def firms_named(atlas: Atlas, selection: Selection) -> Mapping[str, list[Enterprise]]:
    """Return the firms selected by id, or else by the search, by the ids of their places."""
    if not selection.firm:
        return firms_found(atlas, selection.q)
    return by_place(atlas.enterprise[id] for id in selection.firm)
