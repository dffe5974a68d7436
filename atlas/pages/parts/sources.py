"""The sources: the list of them all, and what a badge such as S38 opens beside a claim."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from atlas.claims.all_claims import citing, claims
from atlas.claims.listing import counted
from atlas.claims.record import Claim
from atlas.model.languages import Language
from atlas.model.notes import Correction
from atlas.model.records import Atlas
from atlas.model.selection import MOST_ROWS, ROWS_AT_ONCE
from atlas.model.values import RELIABILITIES
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.list_limits import beginning


@panel("lang", later=True)
def boxes(view: View) -> str:
    """Draw what is known of each source, which a badge opens beside itself."""
    return render("source_boxes", view)


@panel("lang")
def listed(view: View) -> str:
    """Draw every source with what it supports and the claims that cite it."""
    if not view.atlas.sources:
        return ""
    return render(
        "evidence/sources",
        view,
        graded=counted(RELIABILITIES, (source.reliability for source in view.atlas.sources)),
        citing={
            source: beginning(rows, whole=ROWS_AT_ONCE)
            for source, rows in citing(view.atlas, view.selection.lang).items()
        },
        rows_to=lambda claim: rows_to(view, claim),
        correcting=_correcting(view.atlas.corrections),
    )


def rows_to(view: View, claim: Claim) -> int:
    """Return how long the list has to be to hold a claim, without filters."""
    steps = _positions(view.atlas, view.selection.lang)[claim.id] // ROWS_AT_ONCE + 1
    return min(steps * ROWS_AT_ONCE, MOST_ROWS)


# The list of sources asks for some thousand.
@lru_cache(maxsize=8)
def _positions(atlas: Atlas, language: Language) -> dict[str, int]:
    return {claim.id: number for number, claim in enumerate(claims(atlas, language))}


def _correcting(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    by_source: defaultdict[str, list[Correction]] = defaultdict(list)
    for row in corrections:
        for source in (row.source, *row.also):
            by_source[source].append(row)
    return by_source
