"""The page that shares a view: as link, picture, print, frame, citation and data."""

from atlas.ui import frame

frame.draw("share")
