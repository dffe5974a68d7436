"""The parts of the page of evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from atlas.analysis.disagreements import disagreements
from atlas.claims.all_claims import citing, claims
from atlas.claims.counts import standing
from atlas.claims.listing import choices, listed
from atlas.claims.record import Claim
from atlas.model.records import Correction
from atlas.model.selection import ORDERS, RELIABILITIES, Selection, toggled
from atlas.model.vocabulary import word
from atlas.pages.view import View
from atlas.query import list_limits
from atlas.query.facets import filters
from atlas.query.list_limits import FIRST_CLAIMS, MOST_CLAIMS, Beginning
from atlas.query.wording import sentence
from atlas.ui import claim_table, controls, html

# As many claims as a page without script begins with: all would make every page heavy.
FIRST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that switches one value of a filter on or off."""

    name: str
    hint: str
    count: int
    href: str
    is_chosen: bool


def heading(view: View) -> None:
    """Draw the title, what the page answers, and what is on it."""
    _ = view.text.gettext
    atlas = view.atlas
    contents = (
        ("claims", _("Claims"), len(claims(atlas, view.selection.lang))),
        ("disagreements", _("Where sources disagree"), len(disagreements(atlas))),
        ("corrections", _("What the source article has wrong"), len(atlas.corrections)),
        ("questions", _("What we do not know"), len(atlas.questions)),
        ("sources", _("Sources"), len(atlas.sources)),
    )
    html.place("evidence/heading", view, contents=contents)


def sidebar(view: View) -> None:
    """Draw the filters of the map."""
    with st.sidebar:
        controls.fields(view)
    controls.sidebar(view)
    st.sidebar.caption(view.text.gettext("The numbers beside the filters count places."))


def ledger(view: View) -> None:
    """Draw the claims that the selection lists: what they are, how sure, and each of them."""
    rows = listed(view.atlas, view.selection)
    counted = standing(view.atlas, rows)
    html.place(
        "evidence/choices",
        view,
        rows=rows,
        standing=counted,
        total=len(claims(view.atlas, view.selection.lang)),
        place=view.atlas.place.get(view.selection.place or ""),
        covered=_covered(view),
        everything=_everything(view),
        choices=_choices(view),
    )
    html.place("evidence/order", view, orders=ORDERS)
    kept = _kept(rows)
    if view.selection.form == "table" and rows:
        claim_table.draw(view, kept.rows)
    _list(view, kept)
    if rows:
        html.place("evidence/standing", view, standing=counted)


def beginning(view: View) -> None:
    """Draw the first claims that the selection lists, for readers without script."""
    rows = listed(view.atlas, view.selection)
    _list(view, Beginning(rows[:FIRST], more=0))


def _list(view: View, kept: Beginning[Claim]) -> None:
    html.place("evidence/list", view, rows=kept.rows, more=kept.more, everything=_everything(view))


def _kept(rows: tuple[Claim, ...]) -> Beginning[Claim]:
    return list_limits.beginning(rows, MOST_CLAIMS, FIRST_CLAIMS)


def _covered(view: View) -> str:
    """Return which places the filters show, in words, if a filter of places is on."""
    places = filters(view.selection).but(q="", sets=())
    if places == Selection():
        return ""
    return sentence(view.atlas, view.selection.but(q=""), view.text)


def _everything(view: View) -> str:
    cleared = view.selection.cleared().but(place=None)
    return f"?{cleared.to_query()}"


def _choices(view: View) -> list[tuple[str, list[Choice]]]:
    _ = view.text.gettext
    labels = {"claim": _("Kind of claim"), "reliability": _("Reliability of the source")}
    counted = choices(view.atlas, view.selection)
    return [
        (label, [_choice(view, name, value, counted[name]) for value in counted[name]])
        for name, label in labels.items()
    ]


def _choice(view: View, parameter: str, value: str, counted: dict[str, int]) -> Choice:
    chosen: tuple[str, ...] = getattr(view.selection, parameter)
    said = word(view.text, parameter, value)
    is_letter = parameter == "reliability"
    return Choice(
        name=value if is_letter else said,
        hint=said if is_letter else "",
        count=counted[value],
        href=f"?{toggled(view.atlas, view.selection, parameter, value).to_query()}#claims",
        is_chosen=value in chosen,
    )


def differences(view: View) -> None:
    """Draw figures with several values, and the errors of the article, each with the reason."""
    found = list_limits.beginning(disagreements(view.atlas), MOST_CLAIMS, FIRST_CLAIMS)
    html.place("evidence/disagreements", view, found=found.rows, more=found.more)
    html.place("evidence/corrections", view)


def questions(view: View) -> None:
    """Draw what is not known."""
    html.place("evidence/questions", view)


def sources(view: View) -> None:
    """Draw every source with what it supports and the claims that name it."""
    graded: Counter[str] = Counter(one.reliability for one in view.atlas.sources)
    html.place(
        "evidence/sources",
        view,
        reliability={grade: graded[grade] for grade in RELIABILITIES},
        citing={
            source: list_limits.beginning(rows, whole=FIRST_CLAIMS)
            for source, rows in citing(view.atlas, view.selection.lang).items()
        },
        correcting=_correcting(view.atlas.corrections),
        visible={one.id for one in _kept(listed(view.atlas, view.selection)).rows},
        everything=_everything(view),
    )


def _correcting(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for row in corrections:
        for source in (row.source, *row.also):
            found[source].append(row)
    return found
