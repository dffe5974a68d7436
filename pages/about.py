"""The About page."""

from atlas.ui import about, frame

with frame.page("about") as view:
    about.contents(view)
