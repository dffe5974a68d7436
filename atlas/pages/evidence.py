"""The page of evidence: every claim with its source, and in folds how the atlas was made."""

from atlas.analysis.gaps import disagreements
from atlas.claims.all_claims import claims
from atlas.claims.listing import choices, claim_counts, listed
from atlas.claims.record import Claim
from atlas.export.citation import claim_citation
from atlas.model.selection import MOST_ROWS, ORDERS, ROWS_AT_ONCE, Selection
from atlas.pages.panels import Element, Parts, panel
from atlas.pages.parts import about, filters, sources
from atlas.pages.parts.sources import rows_to
from atlas.pages.rendering import is_link, render
from atlas.pages.view import View
from atlas.query import facets
from atlas.query.list_limits import beginning
from atlas.query.sentences import sentence


@panel("lang")
def heading(view: View) -> str:
    """Render the title, the questions that the page answers, and the table of contents."""
    _ = view.text.gettext
    atlas = view.atlas
    contents = {
        "claims": (_("Claims"), len(claims(atlas, view.selection.lang))),
        "disagreements": (_("Where sources disagree"), len(disagreements(atlas))),
        "corrections": (_("What the source article gets wrong"), len(atlas.corrections)),
        "questions": (_("What we do not know"), len(atlas.questions)),
        "sources": (_("Sources"), len(atlas.sources)),
    }
    linked_count = sum(map(is_link, atlas.sources))
    return render("evidence/heading", view, contents=contents, linked_count=linked_count)


@panel()
def filters_note(view: View) -> str:
    """Render what the numbers next to the filters count."""
    return render("evidence/filters_note", view)


@panel()
def chosen(view: View) -> str:
    """Render which claims are listed, and the filters for claims."""
    return render(
        "evidence/choices",
        view,
        count=len(listed(view.atlas, view.selection)),
        total=len(claims(view.atlas, view.selection.lang)),
        place=view.open_place,
        places_sentence=_places_sentence(view),
        show_all_link=view.link(**view.show_all, rows=ROWS_AT_ONCE),
        choices=_choices(view),
    )


@panel()
def order(view: View) -> str:
    """Render the choice of the list's order and form."""
    has_values = {
        "reliability": any(source.reliability for source in view.atlas.sources),
        "confidence": view.has_confidences or view.has_grades,
    }
    orders = [order for order in ORDERS if has_values.get(order, True)]
    return render("evidence/order", view, orders=orders)


@panel()
def ledger(view: View) -> str:
    """Render the first of the selected claims, and links to more of them."""
    rows, end = listed(view.atlas, view.selection), view.selection.rows
    return render(
        "evidence/list",
        view,
        rows=rows[:end],
        more=len(rows[end:]),
        next_claim=next(iter(rows[end:]), None),
        step=ROWS_AT_ONCE,
        most=MOST_ROWS,
        show_all_link=view.link(**view.show_all, rows=ROWS_AT_ONCE),
        citation=lambda claim: _citation(view, claim),
    )


@panel()
def certainty(view: View) -> str:
    """Render how reliable and certain the listed claims are."""
    rows = listed(view.atlas, view.selection)
    counts = claim_counts(view.atlas, rows)
    scales = (counts.reliability, counts.confidence, counts.grade)
    if not any(any(scale.values()) for scale in scales):
        return ""
    return render("evidence/certainty", view, counts=counts, rows=rows)


def _citation(view: View, claim: Claim) -> str:
    selection = Selection(lang=view.selection.lang, rows=rows_to(view, claim))
    link = view.site.page("evidence", selection)
    return claim_citation(view.atlas, view.text, claim, f"{link}#{claim.id}")


def _places_sentence(view: View) -> str:
    """Return in words which places the filters show, "" if no filter of places is on."""
    places = facets.filters(view.selection).but(q="", sets=())
    if places == Selection():
        return ""
    return sentence(view.atlas, view.selection.but(q=""), view.text)


def _choices(view: View) -> dict[str, dict[str, int]]:
    """Return the values of the filters for claims, each with its number of claims."""
    counts = choices(view.atlas, view.selection)
    kinds = {claim.kind for claim in claims(view.atlas, view.selection.lang)}
    counts["claim"] = {kind: count for kind, count in counts["claim"].items() if kind in kinds}
    if not any(source.reliability for source in view.atlas.sources):
        del counts["reliability"]
    return counts


@panel("lang")
def differences(view: View) -> str:
    """Render the figures with several values, each with the reason for the first one."""
    rows, more = beginning(disagreements(view.atlas))
    return render("evidence/disagreements", view, disagreements=rows, more=more) if rows else ""


@panel("lang")
def corrections(view: View) -> str:
    """Render the corrections, with the article if all of them are of one source."""
    rows = view.atlas.corrections
    if not rows:
        return ""
    common_ids = set.intersection(*({row.source, *row.also} for row in rows))
    article = view.atlas.source[common_ids.pop()] if len(common_ids) == 1 else None
    return render("evidence/corrections", view, article=article)


@panel("lang")
def questions(view: View) -> str:
    """Render the open questions."""
    return render("evidence/questions", view) if view.atlas.questions else ""


PARTS: Parts = (
    heading,
    filters.search,
    filters.fields,
    filters.further,
    filters_note,
    chosen,
    order,
    Element("claims table"),
    ledger,
    certainty,
    differences,
    corrections,
    questions,
    sources.listed,
    *about.PARTS,
)
