"""The map in the first answer: the marks, labels and names of the live map, at the same offsets."""

import json
import re
import xml.etree.ElementTree as ET
from html import unescape
from typing import Any

import pytest

from atlas.map.base_style import STRONG, WEAK
from atlas.model.languages import LANGUAGES
from atlas.model.palette import custom_properties
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.pages import panels
from atlas.pages.assets import stylesheet
from atlas.pages.panels import Map
from atlas.pages.view import MAP_LIMITS, MAP_SIZES, View
from tests.conftest import combined
from tests.picture.test_picture import HALF_LETTER, VIEWS, Live, near

CASES = [
    ("", VIEWS["all"]),
    ("", VIEWS["every set"]),
    ("", VIEWS["a sector, a place open"]),
    ("", VIEWS["a park open"]),
    ("", VIEWS["nothing"]),
    ("place", Selection(place="deyang")),
    ("place", Selection(place="konggang-ip", side=("sichuan",))),
    ("sectors", Selection(sector=("rail-transit",))),
    ("sectors", Selection(sector=("aerospace",), place="ziyang")),
    ("places", Selection(near="31.13 N, 104.38 E", radius=60)),
    ("places", Selection(near="deyang")),
]
SVG = "{http://www.w3.org/2000/svg}"
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", re.IGNORECASE)


def map_panel(page: str) -> Map:
    (only,) = (panel for panel in panels(page).values() if isinstance(panel, Map))
    return only


class Inline:
    """The drawing of one canvas."""

    def __init__(self, markup: str, canvas: str) -> None:
        # HTML gives the drawing its name space.
        svg = str(markup)[markup.index("<svg") : markup.rindex("</svg>") + 6]
        root = ET.fromstring(svg.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))  # noqa: S314
        groups = {group.get("class"): group for group in root.iter(f"{SVG}g")}
        self.group = groups[f"for-{canvas}"]

    def rows(self, tag: str, style: str) -> list[tuple[Any, float, float]]:
        """Return elements of a class, with their offset from the middle of the map in pixels."""
        return [
            (element, *(number(element, axis) for axis in "xy"))
            for element in self.group.iter(SVG + tag)
            if style in element.get("class", "").split()
        ]


def number(element: ET.Element, name: str) -> float:
    """Return a custom property of an element."""
    return float(re.findall(rf"--{name}:(-?[\d.]+)", element.attrib["style"])[0])


def live(page: str, view: View) -> Live:
    """Return the deck of a page for the canvas of a view, around the middle of the map."""
    return Live(json.loads(map_panel(page).answer(view))["deck"])


def centred(deck: Live, layer: str) -> list[tuple[dict[str, Any], float, float]]:
    """Return the rows of a layer, with their offset from the middle in pixels."""
    return [(row, *deck.at(row)) for row in deck.rows(layer)]


def symbols(rows: list[tuple[Any, float, float]]) -> list[tuple[ET.Element, float, float]]:
    """Return symbols with the offset of their middle, which SVG places by their corner."""
    return [(symbol, x + middle(symbol, "x"), y + middle(symbol, "y")) for symbol, x, y in rows]


def middle(symbol: ET.Element, axis: str) -> float:
    return float(symbol.attrib[axis]) + float(symbol.attrib["width"]) / 2


def short(value: object) -> str:
    return str(value)[:20]


@pytest.mark.parametrize(("case", "canvas"), combined(CASES, list(MAP_SIZES)), ids=short)
def test_the_drawing_holds_what_the_deck_of_its_canvas_does_at_the_same_offsets(
    atlas: Atlas, case: tuple[str, Selection], canvas: str
) -> None:
    page, selection = case
    view = View(atlas, selection, page, map_size=canvas)
    drawing, deck = Inline(map_panel(page).markup(view), canvas), live(page, view)

    marks = [
        (mark.attrib["data-place"], mark.attrib["href"], x, y)
        for mark, x, y in symbols(drawing.rows("use", "mark-at"))
        if "halo" not in mark.attrib["class"]
    ]
    places = {tuple(row["at"]): row["id"] for row in deck.rows("pick-marks")}
    live_marks = [
        (places[tuple(row["at"])], f"#mark-{row['icon']}", x, y)
        for row, x, y in centred(deck, "marks")
        if tuple(row["at"]) in places
    ]
    assert near(sorted(marks), sorted(live_marks))

    halos = [at for _, *at in symbols(drawing.rows("use", "halo"))]
    assert near(sorted(halos), sorted(at for _, *at in centred(deck, "halo")))

    labels = [
        (label.text, x + float(label.get("x", 0)), y + float(label.get("y", 0)))
        for label, x, y in drawing.rows("text", "label")
    ]
    live_labels = [(row["text"], x, y + HALF_LETTER) for row, x, y in centred(deck, "labels")]
    assert near(sorted(labels), sorted(live_labels))

    cells = [
        (cell.attrib["href"], x, y)
        for group, left, top in drawing.rows("g", "cells")
        for cell, x, y in symbols([(cell, left, top) for cell in group])
    ]
    live_cells = [(f"#mark-{row['icon']}", x, y) for row, x, y in centred(deck, "cells")]
    assert len(cells) == len(live_cells)
    for live_cell in live_cells:
        assert any(near([cell], [live_cell]) for cell in cells), live_cell

    names = [
        (name.text, x + float(name.get("x", 0)))
        for name, x, _ in drawing.rows("text", "text")
        if not {"label", "length"} & set(name.attrib["class"].split())
    ]
    assert near(sorted(names), sorted((row["text"], x) for row, x, _ in centred(deck, "names")))

    circles = [(x, y, number(circle, "r")) for circle, x, y in drawing.rows("circle", "circle")]
    precise = [(x, y, deck.pixels(row)) for row, x, y in centred(deck, "precision")]
    assert near(sorted(circles), sorted(precise))

    if {"arcs", "lengths"} <= set(deck.layers):
        lengths = [(length.text, x, y) for length, x, y in drawing.rows("text", "length")]
        live_lengths = [(row["text"], x, y) for row, x, y in centred(deck, "lengths")]
        assert near(sorted(lengths), sorted(live_lengths))


@pytest.mark.parametrize(("case", "lang"), combined(CASES, list(LANGUAGES)), ids=short)
def test_its_colours_are_those_of_the_page_and_its_texts_in_the_language_of_the_reader(
    atlas: Atlas, case: tuple[str, Selection], lang: str
) -> None:
    page, selection = case
    view = View(atlas, selection.but(lang=lang), page)
    markup = map_panel(page).markup(view)
    # Fragments (`#mark-disc`) are no colours.
    bare = re.sub(r'(?:href|id)="[^"]*"', "", markup)
    assert not COLOUR.search(bare)
    assert set(re.findall(r'\b(?:fill|stroke|color)="([^"]*)"', bare)) <= {
        "currentColor",
        "none",
        "evenodd",
    }
    labels = re.findall(r'class="text label[^>]*>([^<]*)<', markup)
    names = {name for place in atlas.places for name in (place.short[lang], place.name[lang])}
    assert set(map(unescape, labels)) <= names


def test_the_style_of_the_drawing_has_the_numbers_of_the_map() -> None:
    style = stylesheet().content.decode()
    for name, (width, height) in MAP_SIZES.items():
        scale = f"--scale: min(100cqw / {width}, 100cqh / {height})"
        assert re.search(rf"\.for-{name} \{{[^}}]*{re.escape(scale)}", style), name
    for limit in MAP_LIMITS.values():
        assert f"@container map (max-width: {limit}px)" in style
    for name, share in {"shown": STRONG, "base": WEAK}.items():
        fill = rf"\.geo\.land\.{name} {{ fill: color-mix\(in srgb, var\(--side\) (\d+)%"
        assert re.findall(fill, style) == [str(round(100 * share))]
    properties = set(re.findall(r"var\((--[a-z-]+)", style))
    assert {"--first", "--second", "--both", "--land", "--river"} <= properties
    assert {"--first", "--second", "--both"} <= set(custom_properties())


def test_the_land_of_the_places_shown_is_told_from_other_land(atlas: Atlas) -> None:
    def looks(selection: Selection) -> set[str]:
        markup = map_panel("").markup(View(atlas, selection, ""))
        return set(re.findall(r'class="geo land ?([^"]*)"', markup))

    everywhere = {"side-first shown", "side-second shown", ""}
    assert looks(Selection()) == everywhere
    assert looks(Selection(side=("sichuan",))) == {"side-first shown", "side-second base", ""}
    opened = map_panel("").markup(View(atlas, Selection(place="deyang"), ""))
    assert opened.count('class="geo open"') == 1


def test_without_boundaries_the_drawing_has_discs(without_boundaries: Atlas) -> None:
    markup = map_panel("").markup(View(without_boundaries, Selection(side=("sichuan",)), ""))
    assert markup.count('class="geo disc side-first"') == 4
    assert 'class="geo land' not in markup


def test_the_reach_of_a_point_is_drawn_as_a_circle(atlas: Atlas) -> None:
    view = View(atlas, Selection(near="deyang", radius=50), "places")
    assert map_panel("places").markup(view).count('class="geo line reach"') == 1


def test_every_pair_of_a_sector_is_drawn_as_an_arc(atlas: Atlas) -> None:
    view = View(atlas, Selection(sector=("rail-transit",)), "sectors")
    arcs = re.findall(r'class="geo line (arc[^"]*)"', map_panel("sectors").markup(view))
    assert len(arcs) == len(live("sectors", view).rows("arcs"))
    assert any("nearest" in arc for arc in arcs)


def test_the_map_of_sectors_marks_the_places_of_each_whatever_any_or_all(atlas: Atlas) -> None:
    both = Selection(sector=("monorail", "nuclear-power"), match="all")
    assert len(live("sectors", View(atlas, both, "sectors")).rows("marks")) == 5
