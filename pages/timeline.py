"""Timeline: what happened when, and what became of the targets."""

from atlas.ui import frame

frame.draw("timeline")
