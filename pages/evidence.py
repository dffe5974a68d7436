"""Evidence: how do we know? Every claim with its source, and what speaks against it."""

from atlas.ui import frame

frame.draw("evidence")
