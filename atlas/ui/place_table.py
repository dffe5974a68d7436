"""The places shown as a table that sorts and searches in the browser."""

from typing import Any

import streamlit as st

from atlas.analysis.comparison import FigureColumn, figure_columns, place_rows
from atlas.model.records import Figure
from atlas.pages.view import View
from atlas.query.facets import shown
from atlas.query.profile import Profile
from atlas.query.wording import in_own_units, region_names, sector_names, unit_name

# In pixels.
ROW, MOST_HEIGHT, PLACE_WIDTH = 35, 560, 130


def draw(view: View) -> None:
    """Draw the places shown as a table with numbers that sort as numbers.

    A name opens its profile in another tab: that is how Streamlit's table follows links.
    """
    rows = place_rows(view.atlas, shown(view.atlas, view.selection))
    if not rows:
        return
    import pandas as pd  # A fifth of the start and 60 MB, for whoever opens this page first.

    table = pd.DataFrame([_cells(view, *row) for row in rows])
    st.dataframe(
        table.loc[:, table.astype(bool).any()],  # What no place has is no column.
        height=min((len(rows) + 1) * ROW + 3, MOST_HEIGHT),
        hide_index=True,
        key=view.key("places"),
        placeholder="",
        column_config=_columns(view),
        alt=view.text.gettext("Table of the places shown; the list below it names all places."),
    )


def _columns(view: View) -> dict[str, Any]:
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


def _cells(
    view: View, details: Profile, figures: list[Figure | None]
) -> dict[str, str | float | None]:
    place = details.place
    cells: dict[str, str | float | None] = {
        "place": place.short[view.selection.lang] or place.name[view.selection.lang],
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
