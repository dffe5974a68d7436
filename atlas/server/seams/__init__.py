"""Every use of what Streamlit and uvicorn keep private.

Each module says what a use buys, what breaks it, and which test notices. CONTRIBUTING.md has the
table of all seams, these and those of other rooms.
"""
