"""The page of a place: its profile."""

from atlas.ui import frame

frame.draw("place")
