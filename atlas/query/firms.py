"""Firms: which ones a view lists, and the view that shows where one of them is."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from atlas.model.records import Atlas, Enterprise
from atlas.model.selection import NARROWING, Selection
from atlas.query.facets import is_on, shown
from atlas.query.profile import rows_on
from atlas.query.search import by_place, firms_found


def firms_listed(atlas: Atlas, selection: Selection) -> tuple[Enterprise, ...]:
    """Return the firms a selection lists, in the order of the table.

    Without a filter of places these are all. Filters of places leave the firms at the places they
    show; of these, one on sectors, states or firms leaves those that are meant. Where a search
    finds firms and not only places, it leaves them.
    """
    found = {row.id for rows in firms_found(atlas, selection.q).values() for row in rows}
    return tuple(
        firm
        for firm in _at_places(atlas, selection)
        if _passes(atlas, selection, firm) and (not found or firm.id in found)
    )


def _at_places(atlas: Atlas, selection: Selection) -> tuple[Enterprise, ...]:
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
    """Return the changes of a view that show where a firm is, and no other place.

    They switch on the further places that it is among. A firm of a whole region is at no place
    that could be shown: then there are none.
    """
    memberships = chain.from_iterable(rows_on(atlas, "memberships", id) for id in firm.places)
    groups = [row.group for row in memberships]
    if not groups:
        return {}
    is_in_base = not set(atlas.base_groups).isdisjoint(groups)
    return {"firm": (firm.id,), "sets": () if is_in_base else tuple(groups[:1]), "q": ""}


def firms_named(atlas: Atlas, selection: Selection) -> Mapping[str, list[Enterprise]]:
    """Return the firms a selection names, by id or else by a search, by the id of their place."""
    if not selection.firm:
        return firms_found(atlas, selection.q)
    return by_place(atlas.enterprise[id] for id in selection.firm)
