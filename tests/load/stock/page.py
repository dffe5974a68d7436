"""The map page as one would write it first: the same chips, figures and map, default settings."""

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

st.pydeck_chart(
    pdk.Deck(
        layers=[
            pdk.Layer(
                "ScatterplotLayer",
                shown[["id", "name_en", "longitude", "latitude"]].dropna(),
                get_position=["longitude", "latitude"],
                get_radius=6_000,
                get_fill_color=[11, 107, 130],
                pickable=True,
            )
        ],
        initial_view_state=pdk.ViewState(latitude=30, longitude=105.2, zoom=6.3),
        tooltip={"text": "{name_en}"},
    ),
    height=500,
)
