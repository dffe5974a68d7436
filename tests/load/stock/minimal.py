"""The least that filters, with every setting of Streamlit as it comes: chips and a line of text."""

import streamlit as st

chosen = st.pills("Sectors", [f"Sector {number}" for number in range(1, 7)], selection_mode="multi")
st.write(f"{len(chosen)} chosen")
