"""The scale bar: a round length on the ground, measured along the geodesic."""

import math
from typing import NamedTuple

from markupsafe import Markup

from atlas.model.palette import Palette
from atlas.model.text import Text
from atlas.picture.canvas import Canvas
from atlas.picture.lettering import haloed, line
from atlas.picture.svg import element, hexadecimal

# A seventh of the map at most, and no more than this.
LONGEST_PIXELS = 120.0
MARGIN = 14
_TEXT = 11


class Bar(NamedTuple):
    """A length in km and how long it is in pixels."""

    km: float
    pixels: float


def bar(canvas: Canvas) -> Bar:
    """Return the longest of 1, 2 and 5 times a power of ten km that is no longer than allowed.

    It holds for the centre of the map: Web Mercator enlarges towards the poles.
    """
    longest = min(LONGEST_PIXELS, canvas.size.width / 7)
    most_km = canvas.kilometres(longest)
    power = 10.0 ** math.floor(math.log10(most_km))
    km = max(step * power for step in (1, 2, 5) if step * power <= most_km)
    return Bar(km, longest * km / most_km)


def scale_bar(canvas: Canvas, text: Text, colours: Palette) -> Markup:
    """Return the scale bar in the lower left corner of the map."""
    km, pixels = bar(canvas)
    left, down = MARGIN, canvas.size.height - MARGIN
    colour = hexadecimal(colours.ink)
    said = text.gettext("%(distance)s km", distance=text.number(round(km, 6)))
    return element(
        "g",
        element(
            "path",
            d=f"M{left} {down - 5}v5h{pixels:.1f}v-5",
            fill="none",
            stroke=colour,
            stroke_width=1.4,
        ),
        line(
            said,
            left + pixels / 2,
            down - 10,
            _TEXT,
            colours.ink,
            text_anchor="middle",
            **haloed(colours.beyond),
        ),
        id="scale",
    )
