"""The sources: the list of all, and the boxes that badges such as S38 open next to a claim."""

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
    """Render a box with the details of each source, which its badges open."""
    return render("source_boxes", view)


@panel("lang")
def listed(view: View) -> str:
    """Render every source with the claims and corrections that cite it."""
    if not view.atlas.sources:
        return ""
    return render(
        "evidence/sources",
        view,
        reliabilities=counted(RELIABILITIES, (source.reliability for source in view.atlas.sources)),
        claims_by_source={
            source: beginning(rows, whole=ROWS_AT_ONCE)
            for source, rows in citing(view.atlas, view.selection.lang).items()
        },
        rows_to=lambda claim: rows_to(view, claim),
        corrections_by_source=_by_source(view.atlas.corrections),
    )


def rows_to(view: View, claim: Claim) -> int:
    """Return the number of rows at which the list without filters includes a claim."""
    steps = _positions(view.atlas, view.selection.lang)[claim.id] // ROWS_AT_ONCE + 1
    return min(steps * ROWS_AT_ONCE, MOST_ROWS)


# The list of sources looks up some thousand claims.
@lru_cache(maxsize=8)
def _positions(atlas: Atlas, language: Language) -> dict[str, int]:
    return {claim.id: number for number, claim in enumerate(claims(atlas, language))}


def _by_source(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    by_source: defaultdict[str, list[Correction]] = defaultdict(list)
    for row in corrections:
        for source in (row.source, *row.also):
            by_source[source].append(row)
    return by_source
