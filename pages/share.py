"""Share: the view one came from as a link, picture, print, frame, citation and data."""

from atlas.ui import frame, sharing

with frame.page("share") as view:
    sharing.contents(view)
    sharing.frame(view)
    sharing.citing(view)
    sharing.data(view)
