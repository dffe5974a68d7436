"""The claims as a table that sorts and searches in the browser."""

import streamlit as st

from atlas.claims.listing import listed
from atlas.claims.record import Claim, joined
from atlas.model.selection import MOST_ROWS
from atlas.pages.rendering import is_link
from atlas.pages.view import View
from atlas.query.vocabulary import word
from atlas.query.wording import source_line

HEIGHT = 520
# In pixels; the other columns are as wide as their contents.
WIDTHS = {"subject": 170, "claim": 380, "address": 120}


def draw(view: View) -> None:
    """Draw the claims listed as a table, if the selection asks for one.

    The browser loads the script for tables only then.
    """
    rows = listed(view.atlas, view.selection)[:MOST_ROWS] if view.selection.form == "table" else ()
    if not rows:
        return
    labels = _labels(view)
    import pandas as pd  # A fifth of the start and 60 MB, for whoever asks for this table first.

    columns = {
        labels[name]: st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()
    }
    columns[labels["address"]] = st.column_config.LinkColumn(width=WIDTHS["address"])
    st.dataframe(
        pd.DataFrame([_cells(view, claim) for claim in rows]).rename(columns=labels),
        height=HEIGHT,
        hide_index=True,
        key=view.key("claims"),
        column_config=columns,
        alt=view.text.gettext("Table of the claims."),
    )


def _labels(view: View) -> dict[str, str]:
    _ = view.text.gettext
    return {
        "kind": _("Kind"),
        "place": _("Place"),
        "subject": _("Subject"),
        "claim": _("Claim"),
        "sure": _("How sure"),
        "reliability": _("Reliability"),
        "date": _("Date of the source"),
        "source": _("Source"),
        "address": _("Address"),
        "value": _("Value"),
    }


def _cells(view: View, claim: Claim) -> dict[str, str | None]:
    source = view.atlas.source[claim.source]
    return {
        "kind": word(view.text, "claim", claim.kind),
        "place": view.text.all_of([place.name[view.selection.lang] for place in claim.places]),
        "subject": claim.subject,
        "claim": joined(claim.sentence, claim.note),
        "sure": _sure(view, claim),
        "reliability": claim.reliability,
        "date": claim.date,
        "source": f"{claim.source} {source_line(view.text, source)}",
        "address": source.address if is_link(source) else None,
        "value": claim.value,
    }


def _sure(view: View, claim: Claim) -> str:
    if claim.confidence:
        return word(view.text, "confidence", claim.confidence)
    return view.status(claim.grade or "")
