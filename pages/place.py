"""The place page: the profile of one place, or without one the list of all."""

from atlas.ui import frame

frame.draw("place")
