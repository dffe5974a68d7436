"""The claims and the places as tables that sort and search in the browser.

Pandas is imported when a table is drawn: it takes a fifth of the start and 60 MB.
"""

from typing import Any

import streamlit as st

from atlas.analysis.comparison import FigureColumn, figure_columns, place_rows
from atlas.claims.listing import listed
from atlas.claims.record import Claim, joined
from atlas.model.records import Figure
from atlas.model.selection import MOST_ROWS
from atlas.pages.rendering import is_link
from atlas.pages.view import View
from atlas.query.facets import shown
from atlas.query.profile import Profile
from atlas.query.vocabulary import word
from atlas.query.wording import in_own_units, region_names, sector_names, source_line, unit_name

# Heights and widths in pixels; the other columns are as wide as their contents.
CLAIMS_HEIGHT = 520
WIDTHS = {"subject": 170, "claim": 380, "address": 120}
ROW_HEIGHT, MOST_HEIGHT, PLACE_WIDTH = 35, 560, 130


def draw_claims(view: View) -> None:
    """Draw the listed claims as a table, if the selection asks for one.

    Only then does the browser load Streamlit's script for tables.
    """
    rows = listed(view.atlas, view.selection)[:MOST_ROWS] if view.selection.form == "table" else ()
    if not rows:
        return
    labels = _claim_labels(view)
    import pandas as pd

    columns = {
        labels[name]: st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()
    }
    columns[labels["address"]] = st.column_config.LinkColumn(width=WIDTHS["address"])
    st.dataframe(
        pd.DataFrame([_claim_cells(view, claim) for claim in rows]).rename(columns=labels),
        height=CLAIMS_HEIGHT,
        hide_index=True,
        key=view.widget_key("claims"),
        column_config=columns,
        alt=view.text.gettext("Table of the claims."),
    )


def _claim_labels(view: View) -> dict[str, str]:
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


def _claim_cells(view: View, claim: Claim) -> dict[str, str | None]:
    source = view.atlas.source[claim.source]
    return {
        "kind": word(view.text, "claim", claim.kind),
        "place": view.text.all_of([place.name[view.selection.lang] for place in claim.places]),
        "subject": claim.subject,
        "claim": joined(claim.sentence, claim.note),
        "sure": _certainty(view, claim),
        "reliability": claim.reliability,
        "date": claim.date,
        "source": f"{claim.source} {source_line(view.text, source)}",
        "address": source.address if is_link(source) else None,
        "value": claim.value,
    }


def _certainty(view: View, claim: Claim) -> str:
    if claim.confidence:
        return word(view.text, "confidence", claim.confidence)
    return view.status(claim.grade or "")


def draw_places(view: View) -> None:
    """Draw the places shown as a table with numbers that sort as numbers.

    Links to profiles open in a new tab, as Streamlit's tables always do.
    """
    rows = place_rows(view.atlas, shown(view.atlas, view.selection))
    if not rows:
        return
    import pandas as pd

    table = pd.DataFrame([_place_cells(view, *row) for row in rows])
    st.dataframe(
        table.loc[:, table.astype(bool).any()],  # Leaves out empty columns.
        height=min((len(rows) + 1) * ROW_HEIGHT + 3, MOST_HEIGHT),
        hide_index=True,
        key=view.widget_key("places"),
        placeholder="",
        column_config=_place_columns(view),
        alt=view.text.gettext("Table of the places shown; the list below it names all places."),
    )


def _place_columns(view: View) -> dict[str, Any]:
    _ = view.text.gettext
    columns: dict[str, Any] = {
        "place": st.column_config.TextColumn(_("Place"), pinned=True, width=PLACE_WIDTH),
        "profile": st.column_config.LinkColumn(_("Profile"), display_text=_("Open"), width="small"),
        "kind": st.column_config.TextColumn(_("Kind")),
        "regions": st.column_config.TextColumn(_("Where")),
        "grade": st.column_config.TextColumn(_("Status")),
    }
    columns["sectors"] = st.column_config.NumberColumn(_("Sectors"), width="small")
    columns["firms"] = st.column_config.NumberColumn(_("Firms"), width="small")
    for column in figure_columns(view.atlas):
        id = column.indicator.id
        heading = _heading(view, column)
        columns[id] = st.column_config.NumberColumn(heading, format="localized")
        columns[f"{id} year"] = st.column_config.NumberColumn(_("Year"), format="%d", width="small")
    columns["names"] = st.column_config.TextColumn(_("Names of the sectors"), width="large")
    return columns


def _heading(view: View, column: FigureColumn) -> str:
    name, unit = column.indicator.name[view.selection.lang], unit_name(view.text, column.unit)
    return f"{name} ({unit})" if unit else name


def _place_cells(
    view: View, details: Profile, figures: list[Figure | None]
) -> dict[str, str | float | None]:
    place = details.place
    cells: dict[str, str | float | None] = {
        "place": place.short[view.selection.lang],
        "profile": view.link("place", place=place.id),
        "kind": view.kind(place),
        "regions": region_names(view.atlas, view.text, *place.regions),
        "grade": view.grade(place),
        "sectors": len(details.sectors),
        "firms": len(details.enterprises),
    }
    for column, figure in zip(figure_columns(view.atlas), figures, strict=True):
        value = figure.value if figure else None
        cells[column.indicator.id] = (
            None if value is None else float(in_own_units(view.text, value, column.unit))
        )
        cells[f"{column.indicator.id} year"] = figure.year if figure else None
    cells["names"] = sector_names(view.atlas, view.text, place)
    return cells
