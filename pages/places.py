"""The page of places: table, comparison, distances, reach and firms."""

from atlas.ui import frame

frame.draw("places")
