"""The map of any view as a picture, made without a browser: SVG, PNG, and link previews."""

from atlas.map.extent import Size
from atlas.picture.card import PREVIEW_SIZE, preview
from atlas.picture.sheet import map_png, map_svg, pictured
from atlas.picture.svg import png

__all__ = ["PREVIEW_SIZE", "Size", "map_png", "map_svg", "pictured", "png", "preview"]
