"""Evidence: how do we know? Every claim with its source, and what speaks against it."""

from atlas.ui import evidence, frame

with frame.page("evidence") as view:
    evidence.heading(view)
    if not view.embedded:
        evidence.sidebar(view)
    evidence.ledger(view)
    evidence.differences(view)
    evidence.questions(view)
    evidence.sources(view)
