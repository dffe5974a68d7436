"""SVG to PNG, through resvg, with the font of this repository and no other."""

from functools import lru_cache

import resvg_py

from atlas.map.extent import Size
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.lettering import FONT, FONT_FILE
from atlas.picture.sheet import map_svg, seen


def png(svg_text: str, scale: float = 1) -> bytes:
    """Return an SVG as PNG, enlarged by a factor. Raises ValueError for what is not an SVG.

    The same bytes on every machine: no font of the system is read. The interpreter's
    lock is released meanwhile, so several threads may draw at once.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg_text,
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(FONT_FILE)],
        font_family=FONT,
        sans_serif_family=FONT,
    )


def map_png(
    atlas: Atlas, selection: Selection, size: Size, theme: str = "light", scale: float = 1
) -> bytes:
    """Return the map of a selection as PNG: `size` times `scale` pixels, `light` or `dark`."""
    return _rastered(atlas, seen(selection), size, theme, scale)


# Up to 500 kB each at twice the usual size, so 32 MB.
@lru_cache(maxsize=64)
def _rastered(atlas: Atlas, selection: Selection, size: Size, theme: str, scale: float) -> bytes:
    return png(map_svg(atlas, selection, size, theme), scale)
