"""Sectors: who works in which on either side of the border, and who stands opposite whom."""

from atlas.ui import frame

frame.draw("sectors")
