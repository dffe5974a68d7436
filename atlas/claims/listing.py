"""The claims that a selection lists: filtered, sorted, counted, and described in a sentence."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from atlas.claims.all_claims import claims, matching_claims
from atlas.claims.record import Claim
from atlas.model.records import Atlas
from atlas.model.selection import CLAIMS, NARROWING, Selection
from atlas.model.text import Text
from atlas.model.values import CONFIDENCES, RELIABILITIES
from atlas.query.facets import filters, is_on, shown
from atlas.query.sentences import sentence
from atlas.query.vocabulary import word
from atlas.query.wording import labelled


def listed(atlas: Atlas, selection: Selection) -> tuple[Claim, ...]:
    """Return the claims that a selection lists, in its order; without filters all of them.

    With filters of places, these are claims on the places shown. A filter on sectors keeps the
    claims on these sectors; one on confidence, grade, reliability, state or firms excludes claims
    with other values. The search matches names of places and words of a claim.
    """
    rows = [claim for claim in _on_places(atlas, selection) if _passes(claim, selection)]
    newest_first = selection.order == "date"
    return tuple(sorted(rows, key=_sort_key(atlas, selection.order), reverse=newest_first))


def choices(atlas: Atlas, selection: Selection) -> dict[str, dict[str, int]]:
    """Return how many claims each kind and each reliability would list."""
    any_kind = listed(atlas, selection.but(claim=()))
    any_reliability = listed(atlas, selection.but(reliability=()))
    return {
        "claim": counted(CLAIMS, (claim.kind for claim in any_kind)),
        "reliability": counted(RELIABILITIES, (claim.reliability for claim in any_reliability)),
    }


def counted(scale: Iterable[str], values: Iterable[str | None]) -> dict[str, int]:
    """Return how often each value of a scale occurs, in its order."""
    counts = Counter(values)
    return {value: counts[value] for value in scale}


def _on_places(atlas: Atlas, selection: Selection) -> list[Claim]:
    """Return the claims that match the search, the filters of places, and the open place."""
    rows = matching_claims(atlas, selection.lang, selection.q)
    ids = _place_ids(atlas, selection)
    if ids is not None:
        rows = [claim for claim in rows if any(place.id in ids for place in claim.places)]
    if selection.place:
        place = atlas.place[selection.place]
        rows = [claim for claim in rows if place in claim.places]
    return rows


def _place_ids(atlas: Atlas, selection: Selection) -> set[str] | None:
    """Return the ids of the places that the filters show, None if no filter of places is on."""
    active = {name for name in NARROWING if name != "q" and is_on(selection, name)}
    if not active:
        return None
    ids = {place.id for place in shown(atlas, selection.but(q=""))}
    if active == {"side"}:
        regions = (place for place in atlas.places if place.extent == "region")
        ids |= {place.id for place in regions if {*place.regions} & {*selection.side}}
    return ids


def _passes(claim: Claim, selection: Selection) -> bool:
    return (
        (not selection.sector or any(sector in selection.sector for sector in claim.sectors))
        and _agrees(claim.confidence, selection.confidence)
        and _agrees(claim.grade, selection.grade)
        and _agrees(claim.kind, selection.claim)
        and _agrees(claim.reliability, selection.reliability)
        and (claim.kind != "enterprise" or _firm_passes(claim, selection))
    )


def _firm_passes(claim: Claim, selection: Selection) -> bool:
    is_selected = claim.id.removeprefix("claim-enterprise-") in selection.firm
    has_state = claim.state in selection.state
    return (not selection.firm or is_selected) and (not selection.state or has_state)


def _agrees(value: str | None, allowed: tuple[str, ...]) -> bool:
    return value is None or not allowed or value in allowed


def _sort_key(atlas: Atlas, order: str) -> Callable[[Claim], Any]:
    if order == "place":
        position = {place.id: number for number, place in enumerate(atlas.places)}
        return lambda claim: position[claim.places[0].id] if claim.places else len(position)
    if order == "date":
        return lambda claim: claim.date
    if order == "reliability":
        return lambda claim: claim.reliability
    if order == "confidence":
        # Confidences come before statuses, and claims with neither come last.
        scale = (*CONFIDENCES, *atlas.status, "", None)
        return lambda claim: scale.index(claim.confidence or claim.grade)
    return lambda claim: CLAIMS.index(claim.kind)


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """How many claims there are, and how many of each reliability, confidence and grade.

    `weak` claims are based on a source of the lowest reliability; `backed` is how many of these
    have a further, more reliable source.
    """

    total: int
    reliability: dict[str, int]
    confidence: dict[str, int]
    grade: dict[str, int]
    weak: int
    backed: int


def claim_counts(atlas: Atlas, rows: Sequence[Claim]) -> ClaimCounts:
    """Return the counts of some claims."""
    lowest = RELIABILITIES[-1]
    weak = [claim for claim in rows if claim.reliability == lowest]
    backed = [any(atlas.source[id].reliability != lowest for id in claim.also) for claim in weak]
    return ClaimCounts(
        total=len(rows),
        reliability=counted(RELIABILITIES, (claim.reliability for claim in rows)),
        confidence=counted(CONFIDENCES, (claim.confidence for claim in rows)),
        grade=counted(atlas.status, (claim.grade for claim in rows)),
        weak=len(weak),
        backed=sum(backed),
    )


def claims_sentence(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return a sentence with the number of claims listed, and every filter that is on."""
    total = len(claims(atlas, text.language))
    head = text.ngettext(
        "%(shown)s of %(num)s claim",
        "%(shown)s of %(num)s claims",
        total,
        num=text.number(total),
        shown=text.number(len(listed(atlas, selection.but(lang=text.language)))),
    )
    conditions = _conditions(atlas, selection, text)
    return text.pgettext("between conditions", "; ").join((head, *conditions))


def _conditions(atlas: Atlas, selection: Selection, text: Text) -> Iterator[str]:
    if selection.place:
        name = atlas.place[selection.place].name[text.language]
        yield labelled(text, word(text, "parameter", "place"), name)
    if selection.q:
        yield text.gettext("words searched for: “%(search)s”", search=selection.q)
    if selection.claim:
        kinds = text.any_of([word(text, "claim", kind).lower() for kind in selection.claim])
        yield labelled(text, word(text, "parameter", "claim"), kinds)
    if selection.reliability:
        grades = text.any_of([*selection.reliability])
        yield labelled(text, word(text, "parameter", "reliability"), grades)
    # Further groups widen the map; they exclude no claim.
    if filters(selection).but(q="", sets=()) != Selection():
        label = text.gettext("Places shown").lower()
        yield labelled(text, label, sentence(atlas, selection.but(q=""), text))
