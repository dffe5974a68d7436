"""The timeline: events, and targets with their later values."""

from atlas.ui import frame

frame.draw("timeline")
