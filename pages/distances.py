"""How far the places lie from each other, how they compare, and what lies within reach."""

from atlas.ui import frame

frame.draw("distances")
