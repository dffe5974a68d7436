"""Compares the coordinates of the atlas with a geocoder's: `python -m tools.geocode --help`.

It only compares. A geocoder may mean something else by a name than the atlas does, so a
coordinate is changed by hand, in `places.csv`, with its source and precision.
"""
