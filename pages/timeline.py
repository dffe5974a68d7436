"""Timeline: what happened when, and what became of the targets."""

from atlas.ui import frame, timeline

with frame.page("timeline") as view:
    timeline.heading(view)
    timeline.drawn(view)
    timeline.targets(view)
    timeline.listed(view)
