"""The page in Streamlit, with every setting as it comes."""

import sys
from pathlib import Path

import pydeck as pdk
import streamlit as st

sys.path.append(str(Path(__file__).parents[1]))
import content
from content import View

st.set_page_config(page_title=content.TITLE, layout="wide")
st.title(content.TITLE)
sentence, figures = st.empty(), st.container(horizontal=True)
chosen = st.pills(
    "Sectors", content.FIELDS, selection_mode="multi", format_func=content.CHIPS.__getitem__
)
view = View(tuple(chosen))
sentence.write(view.sentence)
for label, value in view.figures.items():
    figures.metric(label, value)


def rgb(colour: str) -> list[int]:
    return list(bytes.fromhex(colour[1:]))


@st.cache_data
def ground() -> list[pdk.Layer]:
    return [
        pdk.Layer(
            "GeoJsonLayer",
            layer,
            id=name,
            get_fill_color=rgb(content.LAYERS[name]),
            get_line_color=[150, 150, 150] if name == "boundaries" else rgb(content.LAYERS[name]),
            line_width_min_pixels=1,
        )
        for name, layer in content.layers().items()
    ]


at = ["longitude", "latitude"]
marks = pdk.Layer(
    "ScatterplotLayer",
    view.marks,
    id="marks",
    get_position=at,
    get_radius=6_000,
    get_fill_color=rgb(content.MARK),
    pickable=True,
)
names = pdk.Layer(
    "TextLayer", view.marks, id="names", get_position=at, get_text="name", get_size=13
)
latitude, longitude = content.CENTRE
st.pydeck_chart(
    pdk.Deck(
        layers=[*ground(), marks, names],
        initial_view_state=pdk.ViewState(latitude=latitude, longitude=longitude, zoom=6.3),
        map_provider=None,
        tooltip={"text": "{name}"},
    ),
    height=500,
)
st.markdown("\n".join(f"- {line}" for line in view.lines))
