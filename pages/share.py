"""Share: the view one came from as a link, picture, print, frame, citation and data."""

from atlas.ui import frame

frame.draw("share")
