"""Compares the coordinates of the atlas with a geocoder's: `python -m tools.geocode --help`.

It only compares. What a geocoder calls by a place's name need not be what the atlas means
by it, so a coordinate is changed by hand, in `places.csv`, with its source and precision.
"""
