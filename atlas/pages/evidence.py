"""The parts of the page of evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from atlas.analysis.disagreements import disagreements
from atlas.claims.all_claims import citing, claims
from atlas.claims.counts import claim_counts
from atlas.claims.listing import choices, listed
from atlas.claims.record import Claim
from atlas.model.records import Correction
from atlas.model.selection import ORDERS, Selection, toggled
from atlas.model.values import RELIABILITIES
from atlas.model.vocabulary import word
from atlas.pages import filters
from atlas.pages.panels import Element, Parts, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query import facets, list_limits
from atlas.query.list_limits import FIRST_CLAIMS, MOST_CLAIMS, Beginning
from atlas.query.wording import sentence


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that switches one value of a filter on or off."""

    name: str
    hint: str
    count: int
    href: str
    is_chosen: bool


@panel()
def heading(view: View) -> str:
    """Draw the title, what the page answers, and its table of contents."""
    _ = view.text.gettext
    atlas = view.atlas
    contents = (
        ("claims", _("Claims"), len(claims(atlas, view.selection.lang))),
        ("disagreements", _("Where sources disagree"), len(disagreements(atlas))),
        ("corrections", _("What the source article gets wrong"), len(atlas.corrections)),
        ("questions", _("What we do not know"), len(atlas.questions)),
        ("sources", _("Sources"), len(atlas.sources)),
    )
    kept = [entry for entry in contents if entry[2] or entry[0] in ("claims", "sources")]
    return render("evidence/heading", view, contents=kept)


@panel()
def filters_note(view: View) -> str:
    """Explain what the numbers next to the filters count."""
    return render("evidence/filters_note", view)


@panel()
def chosen(view: View) -> str:
    """Draw which claims are listed, and the filters for claims."""
    rows = listed(view.atlas, view.selection)
    return render(
        "evidence/choices",
        view,
        rows=rows,
        standing=claim_counts(view.atlas, rows),
        total=len(claims(view.atlas, view.selection.lang)),
        place=view.atlas.place.get(view.selection.place or ""),
        covered=_covered(view),
        everything=_everything(view),
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
    """Draw the list of the selected claims."""
    shown, everything = claims_shown(view), _everything(view)
    return render("evidence/list", view, rows=shown.rows, more=shown.more, everything=everything)


@panel()
def certainty(view: View) -> str:
    """Draw how reliable and certain the listed claims are."""
    standing = claim_counts(view.atlas, listed(view.atlas, view.selection))
    judged = (standing.reliability, standing.confidence, standing.grade)
    if not any(any(counted.values()) for counted in judged):
        return ""
    return render("evidence/standing", view, standing=standing)


def claims_shown(view: View) -> Beginning[Claim]:
    """Return the selected claims, as many as are shown at once."""
    rows = listed(view.atlas, view.selection)
    return list_limits.beginning(rows, MOST_CLAIMS, FIRST_CLAIMS)


def _covered(view: View) -> str:
    """Return in words which places the filters show, "" where no filter of places is on."""
    places = facets.filters(view.selection).but(q="", sets=())
    if places == Selection():
        return ""
    return sentence(view.atlas, view.selection.but(q=""), view.text)


def _everything(view: View) -> str:
    cleared = view.selection.cleared().but(place=None)
    return f"?{cleared.to_query()}"


def _choices(view: View) -> list[tuple[str, list[Choice]]]:
    _ = view.text.gettext
    labels = {"claim": _("Kind of claim"), "reliability": _("Reliability of the source")}
    counts = choices(view.atlas, view.selection)
    occurring = {claim.kind for claim in claims(view.atlas, view.selection.lang)}
    offered = occurring.union(RELIABILITIES)
    return [
        (
            label,
            [
                _choice(view, name, value, counts[name])
                for value in counts[name]
                if value in offered
            ],
        )
        for name, label in labels.items()
        if name != "reliability" or any(source.reliability for source in view.atlas.sources)
    ]


def _choice(view: View, parameter: str, value: str, counts: dict[str, int]) -> Choice:
    chosen: tuple[str, ...] = getattr(view.selection, parameter)
    label = word(view.text, parameter, value)
    is_letter = parameter == "reliability"
    return Choice(
        name=value if is_letter else label,
        hint=label if is_letter else "",
        count=counts[value],
        href=f"?{toggled(view.atlas, view.selection, parameter, value).to_query()}#claims",
        is_chosen=value in chosen,
    )


@panel()
def differences(view: View) -> str:
    """Draw the figures with several values, each with the reason."""
    if not disagreements(view.atlas):
        return ""
    figures = list_limits.beginning(disagreements(view.atlas), MOST_CLAIMS, FIRST_CLAIMS)
    return render("evidence/disagreements", view, found=figures.rows, more=figures.more)


@panel()
def corrections(view: View) -> str:
    """Draw the errors of the article, each with its correction."""
    return render("evidence/corrections", view) if view.atlas.corrections else ""


@panel()
def questions(view: View) -> str:
    """Draw the open questions."""
    return render("evidence/questions", view) if view.atlas.questions else ""


@panel()
def sources(view: View) -> str:
    """Draw every source with what it supports and the claims that cite it."""
    graded_sources: Counter[str] = Counter(source.reliability for source in view.atlas.sources)
    return render(
        "evidence/sources",
        view,
        reliability={grade: graded_sources[grade] for grade in RELIABILITIES},
        citing={
            source: list_limits.beginning(rows, whole=FIRST_CLAIMS)
            for source, rows in citing(view.atlas, view.selection.lang).items()
        },
        correcting=_correcting(view.atlas.corrections),
        visible={claim.id for claim in claims_shown(view).rows},
        everything=_everything(view),
    )


def _correcting(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    by_source: defaultdict[str, list[Correction]] = defaultdict(list)
    for row in corrections:
        for source in (row.source, *row.also):
            by_source[source].append(row)
    return by_source


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
    sources,
)
