"""The profile of one place."""

from atlas.ui import frame

frame.draw("place")
