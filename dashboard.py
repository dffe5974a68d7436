"""The map page, and the server's entry: `streamlit run dashboard.py`."""

if __name__ == "__main__":  # Streamlit runs this file for every reader ...
    import streamlit as st

    from atlas.ui import controls, frame, html, map_view, panels

    with frame.page("") as view:
        above = () if view.embedded else (panels.key_figures, controls.fields)
        html.stack(view, panels.empty, *above)
        if not view.embedded:
            controls.sidebar(view)
            map_view.tiles_switch(view)
        ground, beside = st.columns([1.75, 1], gap="small")
        with ground:
            map_view.draw(view)
        with beside:
            panels.places(view)
        if not view.embedded:
            html.stack(view, panels.sides, panels.grid, panels.people_and_land, panels.claims)
else:  # ... and its server imports it once, for the routes.
    import streamlit as st

    from atlas import metrics, server

    server.prepare()
    app = st.App(
        __file__,
        routes=server.routes(),
        middleware=server.middleware(),
        lifespan=server.lifespan,
        on_script_error=metrics.failed,
    )
