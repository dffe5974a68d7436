"""The map as a picture: the same as the live map, legible, and valid whatever the data hold."""

import io
import itertools
import json
import math
import re
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from atlas.datapackage.land.map_features import credits, features_of
from atlas.map.extent import first_view
from atlas.map.scene.placing import ViewPoint
from atlas.model.languages import LANGUAGES, Language, Words
from atlas.model.palette import DARK, LIGHT
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import catalogue, text
from atlas.picture import Size, map_png, map_svg, png, preview
from atlas.picture.card import card
from atlas.picture.lettering import wrapped
from atlas.picture.svg import FONT, FONT_FILE, _report_missing, in_our_font
from atlas.query.facets import shown
from atlas.query.sentences import headline, sentence
from atlas.server.routes.files import static_files
from tests.conftest import (
    Folder,
    at_night,
    combined,
    examples,
    land_colours,
    real_atlas,
    selections,
)
from tests.map.drawn import EVERYTHING, sent, spot

SIZE = Size(1_000, 640)
NOWHERE = Size(0, 0)
# deck.gl centres a label on its height, SVG sets it on its base line.
HALF_LETTER = 0.36 * 13
VIEWS = {
    "all": Selection(),
    "every set": EVERYTHING,
    "a sector, a place open": Selection(sector=("rail-transit",), place="deyang"),
    "a park open": Selection(place="konggang-ip"),
    "the open place not shown": Selection(kind=("park",), side=("chongqing",), place="chengdu"),
    "an area open": EVERYTHING.but(place="gangcheng-ip"),
    "a region open": Selection(place="sichuan"),
    "nothing": Selection(q="no place has this name"),
    "every language of search": Selection(q='<成都 & "العربية">', near="30,104"),
}
HOSTILE = (
    "<script>alert(1)</script>",
    "]]> & &amp; \"'",
    "\x00\x08\x0b\x1f\x7f\x85",
    "\ud800\udfff\ufffe\uffff",
    "\u202eevil\u2066",
    "@@=1",
    "a" * 600,
    "",
)


class Drawing:
    """A picture, parsed."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)  # noqa: S314 - our own

    def all(self, tag: str, within: str | None = None) -> list[ET.Element]:
        start = self.root if within is None else self.group(within)
        return [] if start is None else list(start.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))

    def group(self, id: str) -> ET.Element | None:
        return next((element for element in self.root.iter() if element.get("id") == id), None)

    def words(self, id: str) -> str:
        """Return the text of an element."""
        element = self.group(id)
        assert element is not None
        return str(element.text)

    def texts(self) -> list[str]:
        return ["".join(element.itertext()) for element in self.all("text")]

    @property
    def squeezed(self) -> str:
        """All texts without white space, as lines may break anywhere."""
        return "".join("".join(self.texts()).split())

    @property
    def canvas(self) -> Size:
        chart = self.group("map")
        assert chart is not None
        return Size(*map(int, chart.attrib["viewBox"].split()[2:]))


def drawn(atlas: Atlas, selection: Selection, theme: str = "light") -> Drawing:
    return Drawing(map_svg(atlas, selection, SIZE, theme))


class Live:
    """A deck, with positions in pixels from the corner of a canvas, or from its middle."""

    def __init__(self, content: dict[str, Any], size: Size = NOWHERE) -> None:
        self.size = size
        self.view = ViewPoint(
            *(content["initialViewState"][name] for name in ("latitude", "longitude", "zoom"))
        )
        self.layers: dict[str, Any] = {layer["id"]: layer for layer in content["layers"]}

    def rows(self, layer: str) -> list[dict[str, Any]]:
        return list(self.layers[layer]["data"])

    def at(self, row: dict[str, Any]) -> tuple[float, float]:
        x, y = spot(*reversed(row["at"]), self.view.zoom)
        middle = spot(self.view.latitude, self.view.longitude, self.view.zoom)
        right, down = row.get("offset", (0, 0))
        return (
            self.size.width / 2 + x - middle[0] + right,
            self.size.height / 2 + y - middle[1] + down,
        )

    def pixels(self, row: dict[str, Any]) -> float:
        around = 2 * math.pi * 6_378_137 * math.cos(math.radians(row["at"][1]))
        return float(row["radius"] / around * 512 * 2**self.view.zoom)


def live_map(atlas: Atlas, selection: Selection, theme: str, size: Size) -> Live:
    """Return the live map at the view of a picture."""
    view = first_view(atlas, size)
    return Live(sent(atlas, selection, theme, view), size)


def colour(channels: list[int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in channels[:3])


def used(drawing: Drawing, group: str) -> list[tuple[str, float, float, str]]:
    """Return shape, centre and colour of each symbol in a group."""
    return sorted(
        (
            symbol.attrib["href"].removeprefix("#mark-"),
            float(symbol.attrib["x"]) + float(symbol.attrib["width"]) / 2,
            float(symbol.attrib["y"]) + float(symbol.attrib["height"]) / 2,
            symbol.attrib["color"],
        )
        for symbol in drawing.all("use", group)
    )


def near(rows: Any, expected: Any) -> bool:
    """Tell whether rows are the same, and their numbers to a tenth of a pixel."""
    return len(rows) == len(expected) and all(
        abs(value - other) <= 0.11 if isinstance(other, float) else value == other
        for row, others in zip(rows, expected, strict=True)
        for value, other in zip(row, others, strict=True)
    )


# The same as the live map

languages = pytest.mark.parametrize("language", LANGUAGES)
both_in_languages = pytest.mark.parametrize(
    ("selection", "language"), combined(list(VIEWS.values()), list(LANGUAGES))
)
both_in_themes = pytest.mark.parametrize(
    ("selection", "theme"), combined(list(VIEWS.values()), ["light", "dark"])
)


@pytest.mark.parametrize(
    ("selection", "language", "theme"),
    combined(list(VIEWS.values()), list(LANGUAGES), ["light", "dark"]),
)
def test_what_stands_on_it_is_what_stands_on_the_live_map_in_the_same_spots(
    atlas: Atlas, selection: Selection, language: Language, theme: str
) -> None:
    selection = selection.but(lang=language)
    picture = drawn(atlas, selection, theme)
    live = live_map(atlas, selection, theme, picture.canvas)
    for group in ("marks", "halo"):
        rows = [(row["icon"], *live.at(row), colour(row["colour"])) for row in live.rows(group)]
        assert near(used(picture, group), sorted(rows)), group
    assert (len(used(picture, "halo")) == 1) == (
        selection.place in ("deyang", "konggang-ip", "chengdu")
    )
    labels = [
        (
            label.text,
            label.attrib["text-anchor"],
            float(label.attrib["x"]),
            float(label.attrib["y"]),
        )
        for label in picture.all("text", "labels")
    ]
    rows = [(row["text"], row["anchor"], *live.at(row)) for row in live.rows("labels")]
    assert near(sorted(labels), sorted((*row[:3], row[3] + HALF_LETTER) for row in rows))
    circles = sorted(
        tuple(float(circle.attrib[key]) for key in ("cx", "cy", "r"))
        for circle in picture.all("circle", "precision")
    )
    precise = [(*live.at(row), live.pixels(row)) for row in live.rows("precision")]
    assert near(circles, sorted(precise))
    names = {name.text: name for name in picture.all("text", "names")}
    live_names = {row["text"]: row for row in live.rows("names")}
    assert set(names) == set(live_names)
    for words, row in live_names.items():
        name = names[words]
        assert near([(float(name.attrib["x"]),)], [live.at(row)[:1]])
        assert name.attrib["fill"] == colour(row["colour"])
        assert name.attrib["font-size"] == str(row["size"])
        turn = re.match(r"rotate\((\S+)", name.get("transform", "rotate(0"))
        assert turn is not None
        assert float(turn[1]) == pytest.approx(-row["angle"], abs=0.06)


@both_in_themes
def test_land_is_tinted_as_on_the_live_map(atlas: Atlas, selection: Selection, theme: str) -> None:
    picture = drawn(atlas, selection, theme)
    live = live_map(atlas, selection, theme, picture.canvas)
    live_fills = {
        feature["properties"]["place"]: colour(fill)
        for feature, fill in zip(
            features_of(atlas, "boundaries"),
            land_colours(live.layers["boundaries"]),
            strict=True,
        )
    }
    plain = live_fills.pop("")
    land = picture.group("land")
    assert land is not None
    assert land.attrib["fill"] == plain
    units = picture.all("path", "land")
    fills = {place: unit.get("fill", plain) for unit in units if (place := unit.get("data-place"))}
    assert fills == live_fills
    outlined = [unit.attrib["d"] for unit in units if unit.get("fill") == "none"]
    assert len(outlined) == live.layers["open-land"]["visible"]
    opened = (unit.attrib["d"] for unit in units if unit.get("data-place") == selection.place)
    assert not outlined or outlined == [next(opened)]


def test_rivers_and_the_border_have_the_colour_and_width_of_the_live_map(atlas: Atlas) -> None:
    picture = drawn(atlas, Selection())
    live = live_map(atlas, Selection(), "light", picture.canvas)
    for role in ("rivers", "rivers-osm", "provinces"):
        line = picture.group(role)
        assert line is not None
        assert line.attrib["stroke"] == colour(live.layers[role]["getColor"])
        assert float(line.attrib["stroke-width"]) == live.layers[role]["getWidth"]


def test_without_boundaries_the_discs_of_the_live_map_stand_in(without_boundaries: Atlas) -> None:
    picture = drawn(without_boundaries, Selection(side=("sichuan",)))
    live = live_map(without_boundaries, Selection(side=("sichuan",)), "light", picture.canvas)
    discs = sorted(
        (*(float(disc.attrib[key]) for key in ("cx", "cy", "r")), disc.attrib["fill"])
        for disc in picture.all("circle", "land")
    )
    rows = live.rows("discs")
    assert len(rows) == 4
    assert near(
        discs, sorted((*live.at(row), live.pixels(row), colour(row["colour"])) for row in rows)
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_lies_beyond_the_land_has_the_colour_of_the_page(atlas: Atlas, theme: str) -> None:
    beyond = {"light": LIGHT, "dark": DARK}[theme].beyond
    background = drawn(atlas, Selection(), theme).all("rect", "map")[0]
    assert background.attrib["fill"] == colour([*beyond])


def test_an_outline_follows_its_boundary_to_less_than_a_pixel(atlas: Atlas) -> None:
    picture = drawn(atlas, Selection())
    live = live_map(atlas, Selection(), "light", picture.canvas)
    units = {unit.get("data-place"): unit for unit in picture.all("path", "land")}
    numbers = [float(step) for step in re.findall(r"-?\d*\.?\d+", units["ziyang"].attrib["d"])]
    steps = zip(numbers[::2], numbers[1::2], strict=True)
    x = y = 0.0
    corners = [(x := x + right, y := y + down) for right, down in steps]
    fetched = json.loads(static_files(atlas)[live.layers["boundaries"]["data"]].content)
    places = [one["properties"]["place"] for one in features_of(atlas, "boundaries")]
    feature = fetched["features"][places.index("ziyang")]
    exact = [live.at({"at": point}) for point in feature["geometry"]["coordinates"][0]]
    assert 40 < len(corners) < len(exact)
    assert max(min(math.dist(corner, point) for point in exact) for corner in corners) < 0.2


# What it says


@both_in_languages
def test_it_is_read_out_as_the_selection_in_words_and_every_place_with_its_grade(
    atlas: Atlas, selection: Selection, language: Language
) -> None:
    picture = drawn(atlas, selection.but(lang=language))
    assert picture.root.attrib["role"] == "img"
    assert picture.root.attrib["aria-labelledby"] == "title desc"
    assert atlas.title[language] in picture.words("title")
    description = picture.words("desc")
    assert description.startswith(sentence(atlas, selection.but(lang=language), text(language)))
    for place in shown(atlas, selection):
        assert place.name[language] in description


def test_what_is_inferred_is_read_out_as_inferred(atlas: Atlas) -> None:
    parts = drawn(atlas, Selection()).words("desc").split("; ")
    assert "Sichuan-Chongqing Gaozhu New Area: Park, Sichuan and Chongqing, inferred" in parts
    assert sum(part.endswith(", inferred") for part in parts) == 4


def test_places_without_a_position_are_said_to_be_missing(atlas: Atlas) -> None:
    count = sum(place.position == "none" for place in shown(atlas, EVERYTHING))
    picture = drawn(atlas, EVERYTHING)
    phrase = f"{count} places have no sourced position and are not on the map."
    assert phrase in " ".join(picture.texts())
    assert picture.words("desc").count("not on the map: no sourced position") == count
    assert "not on the map" not in " ".join(drawn(atlas, Selection()).texts())


@languages
def test_it_carries_its_date_its_version_and_every_credit(atlas: Atlas, language: Language) -> None:
    for svg in (
        map_svg(atlas, Selection(lang=language), SIZE),
        card(atlas, Selection(lang=language), ""),
    ):
        words = Drawing(svg).squeezed
        assert atlas.version in words
        assert "".join(text(language).date(atlas.as_of.isoformat()).split()) in words
        for credit in credits(atlas):
            assert "".join(credit[language].split()) in words


def test_the_legend_explains_every_shape_on_the_map(atlas: Atlas) -> None:
    for selection in (Selection(), EVERYTHING):
        picture = drawn(atlas, selection)
        explained = {shape for shape, *_ in used(picture, "legend")}
        assert {shape for shape, *_ in used(picture, "marks")} <= explained


@pytest.mark.parametrize("size", [SIZE, Size(1_280, 800), Size(720, 500)], ids=str)
def test_the_scale_bar_is_as_long_as_it_says(atlas: Atlas, size: Size) -> None:
    picture = Drawing(map_svg(atlas, Selection(), size))
    (bar,), (label,) = picture.all("path", "scale"), picture.all("text", "scale")
    pixels = float(re.findall(r"h([\d.]+)", bar.attrib["d"])[0])
    latitude, longitude, zoom = first_view(atlas, picture.canvas)[:3]
    degrees = pixels / (512 * 2**zoom) * 360
    length = geodesic((latitude, longitude - degrees / 2), (latitude, longitude + degrees / 2)).km
    assert length == pytest.approx(float(str(label.text).split()[0]), rel=0.01)


# Legible


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILE), size)


def beside_the_map(drawing: Drawing) -> list[ET.Element]:
    on_map = {id(words) for words in drawing.all("text", "map")}
    return [words for words in drawing.all("text") if id(words) not in on_map]


def overruns(drawing: Drawing, width: float) -> list[ET.Element]:
    """Return the texts beside the map that reach beyond a width."""
    return [
        words
        for words in beside_the_map(drawing)
        if float(words.attrib["x"])
        + font(float(words.attrib["font-size"])).getlength(str(words.text))
        > width
    ]


def is_credit(words: ET.Element) -> bool:
    return words.get("font-size") == "10"


@both_in_languages
def test_no_text_leaves_the_picture_or_runs_into_the_map_of_the_preview(
    atlas: Atlas, selection: Selection, language: Language
) -> None:
    assert overruns(Drawing(map_svg(atlas, selection.but(lang=language), SIZE)), SIZE.width) == []
    drawing = Drawing(card(atlas, selection.but(lang=language), ""))
    assert overruns(drawing, 1_200) == []
    edge = float(drawing.group("map").attrib["x"])  # type: ignore[union-attr]
    assert [words.text for words in overruns(drawing, edge) if not is_credit(words)] == []


MANY = EVERYTHING.but(sector=tuple(sector.id for sector in real_atlas().sectors[:4]))


@pytest.mark.parametrize(
    ("selection", "language"),
    combined(
        [*VIEWS.values(), MANY, MANY.but(side=("sichuan",)), MANY.but(place="deyang")],
        list(LANGUAGES),
    ),
)
def test_what_is_said_beside_the_map_of_a_preview_does_not_overlap(
    atlas: Atlas, selection: Selection, language: Language
) -> None:
    drawing = Drawing(card(atlas, selection.but(lang=language), "evidence"))
    lines = sorted(
        {
            (float(words.attrib["y"]), float(words.attrib["font-size"]))
            for words in beside_the_map(drawing)
            if not is_credit(words)
        }
    )
    for (above, _), (below, size) in itertools.pairwise(lines):
        assert below - above > size


@languages
def test_labels_of_the_preview_are_read_at_a_third_of_its_size(
    atlas: Atlas, language: Language
) -> None:
    drawing = Drawing(card(atlas, Selection(lang=language), ""))
    chart = drawing.group("map")
    assert chart is not None
    enlarged = float(chart.attrib["width"]) / drawing.canvas.width
    labels = drawing.all("text", "labels")
    sizes = [float(label.attrib["font-size"]) * enlarged for label in labels]
    assert len(sizes) >= 13
    assert min(sizes) >= 22


def test_text_breaks_between_words_and_not_before_a_full_stop() -> None:
    words = "The first, the second. Sichuan-Chongqing 四川省，重庆市。（成都）"
    for width in range(40, 400, 7):
        lines = wrapped(words, 10, width)
        assert "".join("".join(lines).split()) == "".join(words.split())
        assert [line for line in lines if line[0] in "，。）" or line[-1] == "（"] == []
    assert wrapped(words, 10, 80, most=2)[-1].endswith("…")
    assert len(wrapped(words, 10, 80, most=2)) == 2
    assert len(wrapped("x" * 100, 10, 100)) > 1


def written(atlas: Atlas) -> set[str]:
    """Return every character that the pictures of this atlas may have to show."""
    words = [atlas.title, *credits(atlas), *(place.short for place in atlas.places)]
    words += [row.name for row in (*atlas.places, *atlas.sectors, *atlas.groups)]
    texts = [text[language] for text in words for language in LANGUAGES]
    texts += [str(file) for file in atlas.maps]
    texts += [catalogue(language).read_text(encoding="utf-8") for language in ("zh", "id")]
    for feature in json.loads((atlas.folder / "map/labels.geojson").read_text())["features"]:
        texts += map(str, feature["properties"].values())
    # A key of the keyboard is named on the page alone.
    return set("".join(texts)) - set(" \n\u3000⌘")


def test_our_font_has_every_character_that_it_is_said_to_have(atlas: Atlas) -> None:
    cell, across = 24, 40
    printable = filter(str.isprintable, map(chr, range(0x21, 0xFFFF)))
    ours = sorted({char for char in printable if in_our_font(char)} - set("&<>\u3000"))
    assert written(atlas) - set("&<>") <= set(ours)
    chars = [*at_night(ours, [*ours[::20], *(written(atlas) - set("&<>"))]), "\ue000"]
    cells = "".join(
        f'<text x="{number % across * cell}" y="{number // across * cell + 18}">'
        f"&#{ord(char)};</text>"
        for number, char in enumerate(chars)
    )
    height = (len(chars) // across + 1) * cell
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across * cell}" height="{height}" '
        f'font-family="\'{FONT}\'" font-size="16">{cells}</svg>'
    )
    image = Image.open(io.BytesIO(png(svg))).convert("RGBA")
    pixels = [
        image.crop((left, top, left + cell, top + cell)).tobytes()
        for number in range(len(chars))
        for left, top in [(number % across * cell, number // across * cell)]
    ]
    missing = pixels.pop()
    assert any(missing)
    assert [char for char, seen in zip(chars, pixels, strict=False) if seen == missing] == []
    assert [char for char, seen in zip(chars, pixels, strict=False) if not any(seen)] == []


# Whatever is selected, whatever the data hold


@examples(40)
@given(selection=selections(q=st.text(max_size=40)), theme=st.sampled_from(["light", "dark"]))
def test_every_selection_has_a_picture_and_a_preview(selection: Selection, theme: str) -> None:
    svg = map_svg(real_atlas(), selection, SIZE, theme)
    assert len(svg.encode()) < 150_000
    for picture in (svg, card(real_atlas(), selection, selection.of)):
        values = [value for node in Drawing(picture).root.iter() for value in node.attrib.values()]
        assert [value for value in values if "//" in value or "javascript" in value] == []


@pytest.mark.parametrize("selection", at_night(VIEWS.values(), [VIEWS["every set"]]))
def test_every_picture_becomes_a_png_of_its_size(atlas: Atlas, selection: Selection) -> None:
    for content, size in (
        (map_png(atlas, selection, Size(360, 250)), (360, 250)),
        (map_png(atlas, selection, Size(180, 150), "dark", scale=2), (360, 300)),
        (preview(atlas, selection), (1_200, 630)),
    ):
        assert Image.open(io.BytesIO(content)).size == size


@pytest.mark.parametrize("size", [Size(200, 150), Size(360, 640), Size(2_400, 300)], ids=str)
def test_a_picture_of_any_size_gives_the_map_its_share(atlas: Atlas, size: Size) -> None:
    drawing = Drawing(map_svg(atlas, EVERYTHING, size))
    assert (drawing.root.attrib["width"], drawing.root.attrib["height"]) == tuple(map(str, size))
    height = float(drawing.root.attrib["viewBox"].split()[3])
    assert drawing.canvas.height > 0.45 * height


@pytest.mark.parametrize("name", at_night(HOSTILE, ["".join(HOSTILE[:5])]))
def test_a_hostile_name_is_shown_as_it_is_and_breaks_nothing(atlas: Atlas, name: str) -> None:
    words = Words.untranslated(name)
    hostile = replace(
        atlas,
        title=words,
        version=name,
        places=tuple(replace(place, name=words, short=words) for place in atlas.places),
        sectors=tuple(replace(sector, name=words) for sector in atlas.sectors),
        maps=tuple(replace(file, credit=words) for file in atlas.maps),
    )
    legal = re.sub("[\x00-\x08\x0b\x1f\ud800-\udfff\ufffe\uffff]", "", name)
    selection = Selection(place="deyang", sector=("aerospace",), q=name)
    for svg in (map_svg(hostile, selection, SIZE), card(hostile, selection, "")):
        drawing = Drawing(svg)
        labels = {str(one.text or "") for one in drawing.all("text", "labels")}
        assert labels <= {legal}
        assert drawing.all("script") == []
    png(svg)


def test_another_clusters_package_has_pictures(tiny: Folder) -> None:
    atlas = replace(tiny.load(), base_groups=("towns",))
    for language in LANGUAGES:
        selection = Selection(lang=language, place="beta")
        drawing = drawn(atlas, selection)
        assert {shape for shape, *_ in used(drawing, "marks")} == {"disc"}
        assert atlas.place["alpha"].short[language] in drawing.texts()
    assert len(preview(atlas, selection)) > 5_000


def test_a_package_without_any_position_has_a_picture(tiny: Folder) -> None:
    atlas = tiny.load()
    nowhere = {"position": "none", "latitude": None, "longitude": None}
    places = tuple(replace(place, **nowhere) for place in atlas.places)
    drawing = drawn(replace(atlas, places=places, base_groups=("towns",)), Selection())
    assert drawing.all("use", "marks") == []
    assert "1 place has no sourced position" in " ".join(drawing.texts())


# The preview


@languages
def test_a_preview_is_headed_by_what_the_view_or_page_is_about(
    atlas: Atlas, language: Language
) -> None:
    views = [
        (Selection(sector=("rail-transit",)), ""),
        (Selection(place="gaozhu-na"), ""),
        (Selection(), "timeline"),
    ]
    for view, page in views:
        selection = view.but(lang=language)
        words = Drawing(card(atlas, selection, page)).squeezed
        expected = headline(atlas, selection, text(language), page)
        assert "".join(expected.split()) in words
        assert "".join(atlas.title[language].split()) in words


def test_a_preview_of_an_inferred_park_says_so(atlas: Atlas) -> None:
    words = " ".join(Drawing(card(atlas, Selection(place="gaozhu-na"), "")).texts())
    assert "Six demonstration parks: inferred" in words


def test_a_preview_with_a_sector_explains_its_signs(atlas: Atlas) -> None:
    texts = Drawing(card(atlas, Selection(sector=("rail-transit",)), "")).texts()
    assert {"high", "medium", "low"} <= set(texts)
    assert "medium" not in Drawing(card(atlas, Selection(), "")).texts()


def test_a_preview_shows_what_is_selected_and_nothing_else(atlas: Atlas) -> None:
    first = card(atlas, Selection(), "")
    assert card(atlas, Selection(sector=("rail-transit",)), "") != first
    assert card(atlas, Selection(lang="zh"), "") != first
    assert card(atlas, Selection(near="30,104", compare=("deyang", "ziyang")), "") == first


# Drawn from several threads, on any machine


def test_threads_draw_the_same_bytes_as_one_after_the_other(atlas: Atlas) -> None:
    pictures = [map_svg(atlas, Selection(lang=language), Size(360, 240)) for language in LANGUAGES]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(png, pictures)) == [png(picture) for picture in pictures]


def lettered(words: str, family: str = FONT) -> bytes:
    """Return a picture of nothing but words."""
    return png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="40" font-family="{family}">'
        f'<text y="30" font-size="20">{words}</text></svg>'
    )


def test_no_font_of_the_machine_is_used() -> None:
    ours = [lettered("Deyang"), lettered("Deyang", "no such family")]
    for family in ("sans-serif", "Noto Sans CJK SC", "Liberation Sans"):
        assert lettered("Deyang", family) in ours


@pytest.mark.parametrize("letter", "عไह서堃")
def test_no_letter_of_another_script_is_a_box(letter: str) -> None:
    assert lettered(letter) != lettered("\ue000")


def test_dots_stand_for_words_that_no_font_has_and_the_host_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("atlas.picture.svg._is_missing", lambda char: char in "ไทย")
    _report_missing.cache_clear()
    assert lettered("ไทย ไทย 成都") == lettered("… 成都")
    assert "no font of this machine" in caplog.text


def test_what_is_not_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="root node"):
        png("<html>")
