"""The parts of the page of evidence: every claim, and below it folded how the atlas knows."""

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
    """Draw the title, what the page answers, how to check it, and the table of contents."""
    _ = view.text.gettext
    atlas = view.atlas
    contents = {
        "claims": (_("Claims"), len(claims(atlas, view.selection.lang))),
        "disagreements": (_("Where sources disagree"), len(disagreements(atlas))),
        "corrections": (_("What the source article gets wrong"), len(atlas.corrections)),
        "questions": (_("What we do not know"), len(atlas.questions)),
        "sources": (_("Sources"), len(atlas.sources)),
    }
    return render(
        "evidence/heading",
        view,
        contents=contents,
        addressed=sum(map(is_link, atlas.sources)),
    )


@panel()
def filters_note(view: View) -> str:
    """Explain what the numbers next to the filters count."""
    return render("evidence/filters_note", view)


@panel()
def chosen(view: View) -> str:
    """Draw which claims are listed, and the filters for claims."""
    return render(
        "evidence/choices",
        view,
        shown=len(listed(view.atlas, view.selection)),
        total=len(claims(view.atlas, view.selection.lang)),
        place=view.atlas.place.get(view.selection.place or ""),
        covered=_covered(view),
        everything=view.link(**view.everything, rows=ROWS_AT_ONCE),
        choices=_choices(view),
    )


@panel()
def order(view: View) -> str:
    """Draw the choice of the order and form of the list."""
    judged = {
        "reliability": any(source.reliability for source in view.atlas.sources),
        "confidence": view.has_confidences or view.has_grades,
    }
    orders = [order for order in ORDERS if judged.get(order, True)]
    return render("evidence/order", view, orders=orders)


@panel()
def ledger(view: View) -> str:
    """Draw the list of the selected claims, and the ways to more of them."""
    rows, end = listed(view.atlas, view.selection), view.selection.rows
    return render(
        "evidence/list",
        view,
        rows=rows[:end],
        more=len(rows[end:]),
        next_claim=next(iter(rows[end:]), None),
        step=ROWS_AT_ONCE,
        most=MOST_ROWS,
        everything=view.link(**view.everything, rows=ROWS_AT_ONCE),
        citation=lambda claim: _citation(view, claim),
    )


@panel()
def certainty(view: View) -> str:
    """Draw how reliable and certain the listed claims are."""
    rows = listed(view.atlas, view.selection)
    standing = claim_counts(view.atlas, rows)
    judged = (standing.reliability, standing.confidence, standing.grade)
    if not any(any(counted.values()) for counted in judged):
        return ""
    return render(
        "evidence/standing",
        view,
        standing=standing,
        rows=rows,
    )


def _citation(view: View, claim: Claim) -> str:
    alone = Selection(lang=view.selection.lang, rows=rows_to(view, claim))
    link = view.site.page("evidence", alone)
    return claim_citation(view.atlas, view.text, claim, f"{link}#{claim.id}")


def _covered(view: View) -> str:
    """Return in words which places the filters show, "" where no filter of places is on."""
    places = facets.filters(view.selection).but(q="", sets=())
    if places == Selection():
        return ""
    return sentence(view.atlas, view.selection.but(q=""), view.text)


def _choices(view: View) -> dict[str, dict[str, int]]:
    """Return the values of the filters for claims that the atlas has, each with its number."""
    offered = choices(view.atlas, view.selection)
    kinds = {claim.kind for claim in claims(view.atlas, view.selection.lang)}
    offered["claim"] = {kind: count for kind, count in offered["claim"].items() if kind in kinds}
    if not any(source.reliability for source in view.atlas.sources):
        del offered["reliability"]
    return offered


@panel("lang")
def differences(view: View) -> str:
    """Draw the figures with several values, each with the reason."""
    shown, more = beginning(disagreements(view.atlas))
    return render("evidence/disagreements", view, found=shown, more=more) if shown else ""


@panel("lang")
def corrections(view: View) -> str:
    """Draw the errors of the article, the one source of all corrections, each put right."""
    rows = view.atlas.corrections
    if not rows:
        return ""
    named = set.intersection(*({row.source, *row.also} for row in rows))
    article = view.atlas.source[named.pop()] if len(named) == 1 else None
    return render("evidence/corrections", view, started_from=article)


@panel("lang")
def questions(view: View) -> str:
    """Draw the open questions."""
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
