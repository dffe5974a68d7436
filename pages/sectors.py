"""The page of sectors: the places that work in each, and their counterparts."""

from atlas.ui import frame

frame.draw("sectors")
