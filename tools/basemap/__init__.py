"""Builds the map files of the atlas, `data/map/`, from published packages.

Nothing here is needed to run the atlas: the files are committed. All geometry that
leaves the package is WGS 84, degrees, longitude before latitude.
"""
