"""The claims a selection lists: chosen, ordered, counted, and described in a sentence."""

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
    """Return the claims a selection lists, in its order.

    Without a filter these are all. Filters of places leave the claims on the places
    they show. Of these, a filter on sectors leaves the claims on the sectors; one on
    confidence, grade, reliability, state or firms takes out the claims with another. A search
    finds names of places as well as words of a claim.
    """
    chosen = [claim for claim in _on_places(atlas, selection) if _passes(claim, selection)]
    newest_first = selection.order == "date"
    return tuple(sorted(chosen, key=_sort_key(atlas, selection.order), reverse=newest_first))


def choices(atlas: Atlas, selection: Selection) -> dict[str, dict[str, int]]:
    """Return, for each kind and each reliability, how many claims it would list."""
    of_kinds = listed(atlas, selection.but(claim=()))
    of_grades = listed(atlas, selection.but(reliability=()))
    return {
        "claim": counted(CLAIMS, (claim.kind for claim in of_kinds)),
        "reliability": counted(RELIABILITIES, (claim.reliability for claim in of_grades)),
    }


def counted(scale: Iterable[str], values: Iterable[str | None]) -> dict[str, int]:
    """Return how often each value of a scale occurs; 0 for a value that does not."""
    counts = Counter(values)
    return {value: counts[value] for value in scale}


def _on_places(atlas: Atlas, selection: Selection) -> list[Claim]:
    rows = matching_claims(atlas, selection.lang, selection.q)
    shown_ids = _places(atlas, selection)
    if shown_ids is not None:
        rows = [claim for claim in rows if any(place.id in shown_ids for place in claim.places)]
    if selection.place:
        rows = [
            claim for claim in rows if any(place.id == selection.place for place in claim.places)
        ]
    return rows


def _places(atlas: Atlas, selection: Selection) -> set[str] | None:
    """Return the places the filters show, or None where no filter of places is on."""
    on = {name for name in NARROWING if name != "q" and is_on(selection, name)}
    if not on:
        return None
    ids = {place.id for place in shown(atlas, selection.but(q=""))}
    if on == {"side"}:
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
        and (claim.kind != "enterprise" or _is_of_firms(claim, selection))
    )


def _is_of_firms(claim: Claim, selection: Selection) -> bool:
    is_chosen = claim.id.removeprefix("claim-enterprise-") in selection.firm
    has_state = claim.state in selection.state
    return (not selection.firm or is_chosen) and (not selection.state or has_state)


def _agrees(value: str | None, wanted: tuple[str, ...]) -> bool:
    return value is None or not wanted or value in wanted


def _sort_key(atlas: Atlas, order: str) -> Callable[[Claim], Any]:
    if order == "place":
        position = {place.id: number for number, place in enumerate(atlas.places)}
        return lambda claim: position[claim.places[0].id] if claim.places else len(position)
    if order == "date":
        return lambda claim: claim.date
    if order == "reliability":
        return lambda claim: claim.reliability
    if order == "confidence":
        # Confidences come before statuses, and what has neither comes last.
        sureness = (*CONFIDENCES, *atlas.status, "", None)
        return lambda claim: sureness.index(claim.confidence or claim.grade)
    return lambda claim: CLAIMS.index(claim.kind)


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """How many of some claims there are of each reliability, confidence and grade.

    `weak` claims rest on a source of the lowest reliability; `backed` of these name a further,
    more reliable source.
    """

    total: int
    reliability: dict[str, int]
    confidence: dict[str, int]
    grade: dict[str, int]
    weak: int
    backed: int


def claim_counts(atlas: Atlas, rows: Sequence[Claim]) -> ClaimCounts:
    """Return how many of some claims there are of each reliability, confidence and grade."""
    lowest = RELIABILITIES[-1]
    weak = [claim for claim in rows if claim.reliability == lowest]
    better = [any(atlas.source[id].reliability != lowest for id in row.also) for row in weak]
    return ClaimCounts(
        total=len(rows),
        reliability=counted(RELIABILITIES, (claim.reliability for claim in rows)),
        confidence=counted(CONFIDENCES, (claim.confidence for claim in rows)),
        grade=counted(atlas.status, (claim.grade for claim in rows)),
        weak=len(weak),
        backed=sum(better),
    )


def claims_sentence(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return how many claims of how many a selection lists, and every filter that is on."""
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
        yield _labelled_parameter(text, "place", atlas.place[selection.place].name[text.language])
    if selection.q:
        yield text.gettext("words searched for: “%(search)s”", search=selection.q)
    for parameter in ("claim", "reliability"):
        if values := getattr(selection, parameter):
            yield _labelled_parameter(
                text, parameter, text.any_of([_name(text, parameter, value) for value in values])
            )
    # A further set widens the map; it leaves out no claim.
    if filters(selection).but(q="", sets=()) != Selection():
        shown = text.gettext("Places shown").lower()
        yield labelled(text, shown, sentence(atlas, selection.but(q=""), text))


def _name(text: Text, parameter: str, value: str) -> str:
    return value if parameter == "reliability" else word(text, parameter, value).lower()


def _labelled_parameter(text: Text, parameter: str, value: str) -> str:
    return labelled(text, word(text, "parameter", parameter), value)
