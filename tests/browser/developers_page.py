"""The map page, and below it a map of a developer's own: run by `test_deck_map.py`."""

if __name__ == "__main__":
    import pydeck as pdk
    import streamlit as st

    from atlas.ui import frame
    from atlas.ui.deck_map import deck_map

    frame.draw("")
    works = pdk.Layer(
        "ScatterplotLayer",
        [
            {"id": "north", "name": "North works", "at": [104.4, 31.1]},
            {"id": "south", "name": "South works", "at": [106.5, 29.6]},
        ],
        id="works",
        get_position="at",
        get_radius=st.slider("Radius", 1, 9, 9) * 1000,
        pickable=True,
    )
    view = pdk.ViewState(latitude=30.3, longitude=105.5, zoom=6)
    picked = deck_map(
        pdk.Deck([works], initial_view_state=view, map_provider=None), label="Works", key="works"
    )
    st.write(f"Picked: {picked}")
else:
    import streamlit as st

    from atlas import server

    server.prepare()
    app = st.App(
        __file__,
        routes=server.routes(),
        middleware=server.middleware(),
        lifespan=server.lifespan,
    )
