"""The colours: contrast by WCAG 2.2, and told apart by readers of every kind of colour vision.

Colour blindness is simulated at full severity after Machado, Oliveira and Fernandes (2009,
IEEE TVCG 15:6), differences are CIEDE2000, both as coloraide computes them. A difference
of 2.3 is just noticed side by side; marks apart on a map are held to much more.
"""

import re
from itertools import combinations
from pathlib import Path

import pytest
from coloraide import Color

from atlas.map.base_style import STRONG, WEAK, tint
from atlas.model.palette import DARK, LIGHT, Colour, Palette, custom_properties
from atlas.pages.assets import stylesheet

ROOT = Path(__file__).parents[2]
TEXT, SIGN = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
APART, FAINTLY_APART = 15.0, 4.5
SIDES = ("first", "second")

palettes = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
visions = pytest.mark.parametrize("vision", ["normal", "protan", "deutan", "tritan"])


def colour(channels: Colour) -> Color:
    return Color("srgb", [channel / 255 for channel in channels])


def contrast(first: Colour, second: Colour) -> float:
    return colour(first).contrast(colour(second), method="wcag21")


def seen(channels: Colour, vision: str) -> Color:
    normal = colour(channels)
    return normal if vision == "normal" else normal.filter(vision, method="machado")


def difference(vision: str, *colours: Colour) -> float:
    """Return the least difference between any two of the colours."""
    pairs = combinations([seen(channels, vision) for channels in colours], 2)
    return min(first.delta_e(second, method="2000") for first, second in pairs)


@palettes
@pytest.mark.parametrize("name", ["ink", "faint", "province", "river_label", *SIDES, "both"])
def test_words_are_legible_on_the_land(colours: Palette, name: str) -> None:
    assert contrast(getattr(colours, name), colours.land) >= TEXT


@palettes
@pytest.mark.parametrize("side", SIDES)
def test_a_mark_is_seen_on_the_tinted_land_of_either_side(colours: Palette, side: str) -> None:
    for mark in (*SIDES, "both"):
        assert contrast(getattr(colours, mark), tint(colours, side, STRONG)) >= SIGN
    assert contrast(colours.highlight, colours.land) >= SIGN


@palettes
@visions
def test_the_marks_of_the_sides_are_told_apart(colours: Palette, vision: str) -> None:
    assert difference(vision, colours.first, colours.second, colours.both) >= APART


@palettes
@visions
def test_the_tints_are_told_from_each_other_and_from_plain_land(
    colours: Palette, vision: str
) -> None:
    for share, least in ((STRONG, APART), (WEAK, FAINTLY_APART)):
        tints = (tint(colours, side, share) for side in SIDES)
        assert difference(vision, colours.land, *tints) >= least


@pytest.mark.parametrize("name", [*SIDES, "both", "ink", "beyond"])
def test_the_panels_have_the_colours_of_the_map(name: str) -> None:
    light, dark = (colour(getattr(colours, name)).to_string(hex=True) for colours in (LIGHT, DARK))
    assert f"--{name}: light-dark({light}, {dark});" in stylesheet().content.decode()


def test_a_colour_of_the_map_stands_nowhere_else_in_the_styles() -> None:
    for path in (ROOT / "atlas/pages/styles").glob("*.css"):
        style = path.read_text(encoding="utf-8")
        set_here = (rf"{name}\s*:(?! CanvasText)" for name in custom_properties())
        assert [pattern for pattern in set_here if re.search(pattern, style)] == []
        assert [pair for pair in custom_properties().values() if pair in style] == []


def test_every_property_that_the_styles_read_is_set() -> None:
    style = stylesheet().content.decode()
    rooms = (ROOT / "atlas/pages", ROOT / "atlas/picture")
    kinds = ("html", "svg", "py")
    makers = [path for room in rooms for kind in kinds for path in room.rglob(f"*.{kind}")]
    sources = (style, *(path.read_text(encoding="utf-8") for path in makers))
    are_set = {name for source in sources for name in re.findall(r"(--[\w-]+)\s*:", source)}
    assert set(re.findall(r"var\((--[\w-]+)", style)) <= are_set
