"""Compares the coordinates of the atlas with a geocoder's: `python -m tools.geocode --help`.

It only compares. A geocoder may mean another place by a name than the atlas does, so that
coordinates are changed by hand, in `places.csv`, with their source and precision.
"""
