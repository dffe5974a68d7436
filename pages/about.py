"""The About page."""

from atlas.ui import frame

frame.draw("about")
