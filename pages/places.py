"""Places: a table, a comparison, distances, what lies within reach, and the firms."""

from atlas.ui import frame

frame.draw("places")
