"""The claims a selection lists: chosen, ordered, counted."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from atlas.claims.record import Claim
from atlas.claims.search import found
from atlas.model.records import Atlas
from atlas.model.selection import CLAIMS, NARROWING, Selection
from atlas.model.values import CONFIDENCES, GRADES, RELIABILITIES
from atlas.query.facets import is_on, shown

# How sure claims are, surest first: confidences, then grades, then those that have neither.
_SURENESS = (*CONFIDENCES, *GRADES, None)


def listed(atlas: Atlas, selection: Selection) -> tuple[Claim, ...]:
    """Return the claims a selection lists, in its order.

    Without a filter these are all. Filters of places leave the claims on the places
    they show. Of these, a filter on sectors leaves the claims on the sectors; one on
    confidence, grade or reliability takes out the claims with another. A search finds
    names of places as well as words of a claim.
    """
    chosen = [one for one in _on_places(atlas, selection) if _passes(one, selection)]
    newest_first = selection.order == "date"
    return tuple(sorted(chosen, key=_key(atlas, selection.order), reverse=newest_first))


def choices(atlas: Atlas, selection: Selection) -> dict[str, dict[str, int]]:
    """Return, for each kind and each reliability, how many claims it would list."""
    kinds = Counter(one.kind for one in listed(atlas, selection.but(claim=())))
    grades = Counter(one.reliability for one in listed(atlas, selection.but(reliability=())))
    return {
        "claim": {kind: kinds[kind] for kind in CLAIMS},
        "reliability": {grade: grades[grade] for grade in RELIABILITIES},
    }


def _on_places(atlas: Atlas, selection: Selection) -> list[Claim]:
    rows = found(atlas, selection.lang, selection.q)
    wanted = _places(atlas, selection)
    if wanted is not None:
        rows = [one for one in rows if any(place.id in wanted for place in one.places)]
    if selection.place:
        rows = [one for one in rows if any(place.id == selection.place for place in one.places)]
    return rows


def _places(atlas: Atlas, selection: Selection) -> set[str] | None:
    """Return the places the filters show, or None where no filter of places is on."""
    on = {name for name in NARROWING if name != "q" and is_on(selection, name)}
    if not on:
        return None
    wanted = {place.id for place in shown(atlas, selection.but(q=""))}
    if on == {"side"}:
        regions = (place for place in atlas.places if place.kind == "region")
        wanted |= {place.id for place in regions if place.side in selection.side}
    return wanted


def _passes(one: Claim, selection: Selection) -> bool:
    return (
        (not selection.sector or any(sector in selection.sector for sector in one.sectors))
        and _agrees(one.confidence, selection.confidence)
        and _agrees(one.grade, selection.grade)
        and _agrees(one.kind, selection.claim)
        and _agrees(one.reliability, selection.reliability)
    )


def _agrees(value: str | None, wanted: tuple[str, ...]) -> bool:
    return value is None or not wanted or value in wanted


def _key(atlas: Atlas, order: str) -> Callable[[Claim], Any]:
    if order == "place":
        position = {place.id: number for number, place in enumerate(atlas.places)}
        return lambda one: position[one.places[0].id] if one.places else len(position)
    if order == "date":
        return lambda one: one.date
    if order == "reliability":
        return lambda one: one.reliability
    if order == "confidence":
        return lambda one: _SURENESS.index(one.confidence or one.grade)
    return lambda one: CLAIMS.index(one.kind)
