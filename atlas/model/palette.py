"""The colours of the map and the panels, for a light and a dark page.

The two sides are told apart by blue and orange, which stay apart in the three common
kinds of colour blindness; nothing is told by colour alone.
"""

from dataclasses import dataclass, fields

from atlas.model.values import SIDES

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as (red, green, blue), 0-255."""

    beyond: Colour
    land: Colour
    border: Colour
    province: Colour
    river: Colour
    river_label: Colour
    ink: Colour
    faint: Colour
    first: Colour
    second: Colour
    both: Colour
    highlight: Colour

    def side(self, side: str) -> Colour:
        """Return the colour of a side: `first`, `second` or `both`."""
        colour: Colour = getattr(self, side if side in SIDES else "both")
        return colour

    def name(self, kind: str) -> Colour:
        """Return the colour of a name for orientation: of a `river`, a `province` or a `city`."""
        return {"river": self.river_label, "province": self.province}.get(kind, self.faint)


LIGHT = Palette(
    beyond=(232, 238, 243),
    land=(250, 249, 246),
    border=(205, 201, 192),
    province=(110, 104, 96),
    river=(126, 176, 214),
    river_label=(54, 104, 146),
    ink=(28, 32, 36),
    faint=(112, 112, 110),
    first=(28, 92, 166),
    second=(172, 70, 12),
    both=(84, 36, 80),
    highlight=(200, 16, 110),
)
DARK = Palette(
    beyond=(18, 24, 30),
    land=(30, 37, 44),
    border=(66, 75, 84),
    province=(150, 156, 160),
    river=(58, 106, 146),
    river_label=(130, 180, 220),
    ink=(236, 238, 240),
    faint=(150, 156, 160),
    first=(110, 176, 246),
    second=(246, 160, 88),
    both=(250, 210, 238),
    highlight=(255, 120, 190),
)


def palette(theme: str | None) -> Palette:
    """Return the palette of a page theme, `light` (also where it is not known) or `dark`."""
    return DARK if theme == "dark" else LIGHT


def custom_properties() -> dict[str, str]:
    """Return every colour as a custom property of CSS that follows the theme of the page."""
    return {
        f"--{name.replace('_', '-')}": f"light-dark({hexadecimal(light)}, {hexadecimal(dark)})"
        for name in (one.name for one in fields(Palette))
        for light, dark in [(getattr(LIGHT, name), getattr(DARK, name))]
    }


def hexadecimal(colour: Colour) -> str:
    """Return a colour as CSS and SVG take it."""
    return f"#{bytes(colour).hex()}"


def mixed(ground: Colour, tint: Colour, share: float) -> Colour:
    """Return a colour as it looks when `share` of the tint lies over the ground."""
    red, green, blue = (
        round(below + (above - below) * share) for below, above in zip(ground, tint, strict=True)
    )
    return red, green, blue
