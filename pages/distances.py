"""How far the places lie from each other, how they compare, and what lies within reach."""

from atlas.ui import distances, frame, panels, reach

with frame.page("distances") as view:
    distances.heading(view)
    panels.empty(view)
    distances.choice(view)
    distances.matrix(view)
    distances.nearest(view)
    distances.comparison(view)
    reach.section(view)
