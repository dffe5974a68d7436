"""The place page: the profile of one place, or without one the list of all."""

import streamlit as st

from atlas.ui import frame, profiles

with frame.page("place") as view:
    if view.selection.place:
        profiles.head(view)
        said, ground = st.columns([1.35, 1], gap="medium")
        with said:
            profiles.opening(view)
        with ground:
            profiles.position(view)
            profiles.locator(view)
        profiles.answers(view)
    else:
        profiles.index(view)
