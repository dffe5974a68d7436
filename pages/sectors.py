"""Sectors: who works in which on either side of the border, and who stands opposite whom."""

from atlas.ui import frame, sectors

with frame.page("sectors") as view:
    sectors.heading(view)
    if view.selection.sector:
        sectors.counterparts(view)
        sectors.evidence(view)
    else:
        sectors.index(view)
    sectors.strengths(view)
    sectors.grid(view)
    sectors.overlap(view)
