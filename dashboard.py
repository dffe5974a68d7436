"""The map page, and the entry point of the server: `streamlit run dashboard.py`."""

if __name__ == "__main__":  # Streamlit runs this file for every reader ...
    from atlas.ui import frame

    frame.draw("")
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
