"""The colours of the map and the panels, for a light and a dark page.

The two sides are blue and orange, which remain distinct with the three common kinds of colour
blindness. No information is given by colour alone.
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
        """Return the colour of a label of the base map: of a `river`, `province` or `city`."""
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
    """Return the palette of a page theme: `dark`, or `light` for anything else."""
    return DARK if theme == "dark" else LIGHT


def custom_properties() -> dict[str, str]:
    """Return the colours as CSS custom properties that follow the theme of the page."""
    return {
        f"--{name.replace('_', '-')}": f"light-dark({light}, {dark})"
        for name in (colour.name for colour in fields(Palette))
        for light, dark in [(hexadecimal(getattr(theme, name)) for theme in (LIGHT, DARK))]
    }


def hexadecimal(colour: Colour) -> str:
    """Return a colour in hexadecimal notation of CSS and SVG."""
    return f"#{bytes(colour).hex()}"


def mixed(ground: Colour, tint: Colour, share: float) -> Colour:
    """Return the colour of a tint over a ground; `share` is the opacity of the tint."""
    red, green, blue = (
        round(below + (above - below) * share) for below, above in zip(ground, tint, strict=True)
    )
    return red, green, blue
