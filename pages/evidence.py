"""The page of evidence: every claim with its source."""

from atlas.ui import frame

frame.draw("evidence")
