"""The About page."""

from atlas.ui import about, frame, panels

with frame.page("about") as view:
    panels.dropped(view)
    about.contents(view)
