"""The map page as one would write it first: the same chips, figures and map, default settings.

The map has the same boundaries, rivers and borders, as part of what is drawn anew each time.
"""

import json
import os
from pathlib import Path

import pandas as pd
import pydeck as pdk
import streamlit as st

DATA = Path(os.environ.get("ATLAS_DATA") or Path(__file__).parents[3] / "data")
BASE = ["members", "demonstration"]


@st.cache_data
def table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv")


sectors, memberships = table("sectors"), table("memberships")
names = dict(zip(sectors["id"], sectors["name_en"], strict=True))
fields = sectors.loc[sectors["level"] != "strength", "id"].tolist()
based = memberships[memberships["group"].isin(BASE)]
places = table("places")
shown = places[places["id"].isin(based["place"])]
total = len(shown)

figures = st.container(horizontal=True)
chosen = st.pills("Sectors", fields, selection_mode="multi", format_func=lambda one: names[one])
evidence = table("evidence")
if chosen:
    parts = sectors.loc[sectors["parent"].isin(chosen), "id"]
    evidence = evidence[evidence["sector"].isin([*chosen, *parts])]
    shown = shown[shown["id"].isin(evidence["place"])]
evidence = evidence[evidence["place"].isin(shown["id"])]

figures.metric("Places shown", f"{len(shown)} of {total}")
for group in BASE:
    members = based.loc[based["group"] == group, "place"]
    figures.metric(group.title(), f"{members.isin(shown['id']).sum()} of {len(members)}")
figures.metric("Sectors with evidence", evidence["sector"].nunique())

points = shown[["id", "short_en", "name_en", "longitude", "latitude"]].dropna()
at = ["longitude", "latitude"]
grounds = {"boundaries": [250, 249, 246], "rivers": [126, 176, 214], "provinces": [110, 104, 96]}
st.pydeck_chart(
    pdk.Deck(
        layers=[
            *(
                pdk.Layer(
                    "GeoJsonLayer",
                    json.loads((DATA / "map" / f"{name}.geojson").read_text()),
                    get_fill_color=colour,
                    get_line_color=[150, 150, 150] if name == "boundaries" else colour,
                    line_width_min_pixels=1,
                )
                for name, colour in grounds.items()
                if (DATA / "map" / f"{name}.geojson").exists()
            ),
            pdk.Layer(
                "ScatterplotLayer",
                points,
                get_position=at,
                get_radius=6_000,
                get_fill_color=[11, 107, 130],
                pickable=True,
            ),
            pdk.Layer("TextLayer", points, get_position=at, get_text="short_en", get_size=13),
        ],
        initial_view_state=pdk.ViewState(latitude=30, longitude=105.2, zoom=6.3),
        tooltip={"text": "{name_en}"},
    ),
    height=500,
)
