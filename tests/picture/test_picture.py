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
from atlas.map.places_map import deck
from atlas.map.scene.placing import ViewPoint
from atlas.model.languages import LANGUAGES, Language, Words
from atlas.model.palette import DARK, LIGHT
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import catalogue, text
from atlas.pages.assets import stylesheet
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

SIZE = Size(1_000, 640)
NOWHERE = Size(0, 0)
# deck.gl centres a label on its height, SVG sets it on its base line.
HALF_LETTER = 0.36 * 13
EVERYTHING = Selection(sets=("signatories", "first-batch", "outside"))
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
    """An SVG, read again."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)  # noqa: S314 - our own

    def all(self, tag: str, within: str | None = None) -> list[ET.Element]:
        start = self.root if within is None else self.group(within)
        return [] if start is None else list(start.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))

    def group(self, id: str) -> ET.Element | None:
        return next((one for one in self.root.iter() if one.get("id") == id), None)

    def texts(self) -> list[str]:
        return ["".join(one.itertext()) for one in self.all("text")]

    @property
    def canvas(self) -> Size:
        chart = self.group("map")
        assert chart is not None
        return Size(*map(int, chart.attrib["viewBox"].split()[2:]))


def drawn(atlas: Atlas, selection: Selection, theme: str = "light") -> Drawing:
    return Drawing(map_svg(atlas, selection, SIZE, theme))


class Live:
    """A deck, with positions in the pixels of a canvas, or from its middle."""

    def __init__(self, content: dict[str, Any], size: Size = NOWHERE) -> None:
        self.size = size
        self.view = ViewPoint(
            *(content["initialViewState"][one] for one in ("latitude", "longitude", "zoom"))
        )
        self.layers: dict[str, dict[str, Any]] = {one["id"]: one for one in content["layers"]}

    def rows(self, layer: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.layers[layer]["data"]
        return found

    def at(self, row: dict[str, Any]) -> tuple[float, float]:
        scale = 512 * 2**self.view.zoom / math.tau
        longitude, latitude = row["at"]

        def northing(degrees: float) -> float:
            return math.asinh(math.tan(math.radians(degrees)))

        right, down = row.get("offset", (0, 0))
        return (
            self.size.width / 2 + scale * math.radians(longitude - self.view.longitude) + right,
            self.size.height / 2
            - scale * (northing(latitude) - northing(self.view.latitude))
            + down,
        )

    def pixels(self, row: dict[str, Any]) -> float:
        around = 2 * math.pi * 6_378_137 * math.cos(math.radians(row["at"][1]))
        return float(row["radius"] / around * 512 * 2**self.view.zoom)


def live_map(atlas: Atlas, selection: Selection, theme: str, size: Size) -> Live:
    """Return the live map at the view of a picture."""
    view = first_view(atlas, size)
    return Live(json.loads(deck(atlas, selection, theme, view).to_json()), size)


def colour(channels: list[int]) -> str:
    return "#" + "".join(f"{one:02x}" for one in channels[:3])


def used(drawing: Drawing, group: str) -> list[tuple[str, float, float, str]]:
    """Shape, centre and colour of each symbol in a group."""
    return sorted(
        (
            one.attrib["href"].removeprefix("#mark-"),
            float(one.attrib["x"]) + float(one.attrib["width"]) / 2,
            float(one.attrib["y"]) + float(one.attrib["height"]) / 2,
            one.attrib["color"],
        )
        for one in drawing.all("use", group)
    )


def near(found: Any, expected: Any) -> bool:
    return bool(
        len(found) == len(expected)
        and all(
            one == pytest.approx(other, abs=0.11) if isinstance(other, float) else one == other
            for row, wanted in zip(found, expected, strict=True)
            for one, other in zip(row, wanted, strict=True)
        )
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
        (one.text, one.attrib["text-anchor"], float(one.attrib["x"]), float(one.attrib["y"]))
        for one in picture.all("text", "labels")
    ]
    rows = [(row["text"], row["anchor"], *live.at(row)) for row in live.rows("labels")]
    assert near(sorted(labels), sorted((*row[:3], row[3] + HALF_LETTER) for row in rows))
    circles = sorted(
        tuple(float(one.attrib[key]) for key in ("cx", "cy", "r"))
        for one in picture.all("circle", "precision")
    )
    precise = [(*live.at(row), live.pixels(row)) for row in live.rows("precision")]
    assert near(circles, sorted(precise))
    names = {one.text: one for one in picture.all("text", "names")}
    named = {row["text"]: row for row in live.rows("names")}
    assert set(names) == set(named)
    for words, row in named.items():
        one = names[words]
        assert near([(float(one.attrib["x"]),)], [live.at(row)[:1]])
        assert one.attrib["fill"] == colour(row["colour"])
        assert one.attrib["font-size"] == str(row["size"])
        turn = re.match(r"rotate\((\S+)", one.get("transform", "rotate(0"))
        assert turn is not None
        assert float(turn[1]) == pytest.approx(-row["angle"], abs=0.06)


@both_in_themes
def test_land_is_tinted_as_on_the_live_map(atlas: Atlas, selection: Selection, theme: str) -> None:
    picture = drawn(atlas, selection, theme)
    live = live_map(atlas, selection, theme, picture.canvas)
    layer = live.layers["boundaries"]
    features = [one["properties"] for one in features_of(atlas, "boundaries")]
    live_fills = {
        one["place"]: colour(fill[:3])
        for one, fill in zip(features, land_colours(layer), strict=True)
    }
    plain = live_fills.pop("")
    land = picture.group("land")
    assert land is not None
    assert land.attrib["fill"] == plain
    units = picture.all("path", "land")
    fills = {place: one.get("fill", plain) for one in units if (place := one.get("data-place"))}
    assert fills == live_fills
    lit = [one for one in units if one.get("fill") == "none"]
    assert len(lit) == live.layers["open-land"]["visible"]
    for one in lit:
        own = selection.place
        assert one.attrib["d"] == next(
            unit.attrib["d"] for unit in units if unit.get("data-place") == own
        )


def test_rivers_and_the_border_have_the_colour_and_width_of_the_live_map(atlas: Atlas) -> None:
    picture = drawn(atlas, Selection())
    live = live_map(atlas, Selection(), "light", picture.canvas)
    for role in ("rivers", "rivers-osm", "provinces"):
        line = picture.group(role)
        assert line is not None
        assert line.attrib["stroke"] == colour(live.layers[role]["getColor"])
        assert float(line.attrib["stroke-width"]) == live.layers[role]["getWidth"]


def test_without_boundaries_the_discs_of_the_live_map_stand_in(data: Folder) -> None:
    (data.path / "map/boundaries.geojson").unlink()
    atlas = data.load()
    picture = drawn(atlas, Selection(side=("sichuan",)))
    live = live_map(atlas, Selection(side=("sichuan",)), "light", picture.canvas)
    found = sorted(
        (*(float(one.attrib[key]) for key in ("cx", "cy", "r")), one.attrib["fill"])
        for one in picture.all("circle", "land")
    )
    rows = live.rows("discs")
    assert len(rows) == 4
    assert near(
        found, sorted((*live.at(row), live.pixels(row), colour(row["colour"])) for row in rows)
    )


def test_what_lies_beyond_the_land_has_the_colour_of_the_page(atlas: Atlas) -> None:
    style = stylesheet().content.decode()
    ground = re.search(r"--beyond: light-dark\((\S+), (\S+)\)", style)
    assert ground is not None
    assert ground.groups() == (colour([*LIGHT.beyond]), colour([*DARK.beyond]))
    for theme, fill in zip(("light", "dark"), ground.groups(), strict=True):
        assert drawn(atlas, Selection(), theme).all("rect", "map")[0].attrib["fill"] == fill


def test_an_outline_follows_its_boundary_to_less_than_a_pixel(atlas: Atlas) -> None:
    picture = drawn(atlas, Selection())
    live = live_map(atlas, Selection(), "light", picture.canvas)
    path = next(one for one in picture.all("path", "land") if one.get("data-place") == "ziyang")
    numbers = [float(one) for one in re.findall(r"-?\d*\.?\d+", path.attrib["d"])]
    steps = zip(numbers[::2], numbers[1::2], strict=True)
    x = y = 0.0
    corners = [(x := x + right, y := y + down) for right, down in steps]
    fetched = json.loads(static_files(atlas)[live.layers["boundaries"]["data"]].content)
    feature = next(
        drawn
        for drawn, own in zip(fetched["features"], features_of(atlas, "boundaries"), strict=True)
        if own["properties"]["place"] == "ziyang"
    )
    true = [live.at({"at": point}) for point in feature["geometry"]["coordinates"][0]]
    assert 40 < len(corners) < len(true)
    assert max(min(math.dist(one, other) for other in true) for one in corners) < 0.2


# What it says


@both_in_languages
def test_it_is_read_out_as_the_selection_in_words_and_every_place_with_its_grade(
    atlas: Atlas, selection: Selection, language: Language
) -> None:
    picture = drawn(atlas, selection.but(lang=language))
    assert picture.root.attrib["role"] == "img"
    assert picture.root.attrib["aria-labelledby"] == "title desc"
    title, said = (picture.group(id) for id in ("title", "desc"))
    assert title is not None
    assert atlas.title[language] in str(title.text)
    assert said is not None
    assert str(said.text).startswith(sentence(atlas, selection.but(lang=language), text(language)))
    for place in shown(atlas, selection):
        assert place.name[language] in str(said.text)


def test_what_is_inferred_is_read_out_as_inferred(atlas: Atlas) -> None:
    said = drawn(atlas, Selection()).group("desc")
    assert said is not None
    parts = str(said.text).split("; ")
    assert "Sichuan-Chongqing Gaozhu New Area: Park, Sichuan and Chongqing, inferred" in parts
    assert sum(one.endswith(", inferred") for one in parts) == 4


def test_places_without_a_position_are_said_to_be_missing(atlas: Atlas) -> None:
    count = sum(place.position == "none" for place in shown(atlas, EVERYTHING))
    picture = drawn(atlas, EVERYTHING)
    phrase = f"{count} places have no sourced position and are not on the map."
    assert phrase in " ".join(picture.texts())
    said = picture.group("desc")
    assert said is not None
    assert str(said.text).count("not on the map: no sourced position") == count
    assert "not on the map" not in " ".join(drawn(atlas, Selection()).texts())


@languages
def test_it_carries_its_date_its_version_and_every_credit(atlas: Atlas, language: Language) -> None:
    for svg in (
        map_svg(atlas, Selection(lang=language), SIZE),
        card(atlas, Selection(lang=language), ""),
    ):
        said = "".join("".join(Drawing(svg).texts()).split())
        assert atlas.version in said
        assert "".join(text(language).date(atlas.as_of.isoformat()).split()) in said
        for credit in credits(atlas):
            assert "".join(credit[language].split()) in said


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


def overruns(svg: str, width: int) -> list[str]:
    """Texts outside the map that leave the picture."""
    drawing = Drawing(svg)
    inside = {id(one) for one in drawing.all("text", "map")}
    return [
        str(one.text)
        for one in drawing.all("text")
        if id(one) not in inside
        and float(one.attrib["x"]) + font(float(one.attrib["font-size"])).getlength(str(one.text))
        > width
    ]


@both_in_languages
def test_no_text_leaves_the_picture_or_runs_into_the_map_of_the_preview(
    atlas: Atlas, selection: Selection, language: Language
) -> None:
    assert overruns(map_svg(atlas, selection.but(lang=language), SIZE), SIZE.width) == []
    drawing = card(atlas, selection.but(lang=language), "")
    assert overruns(drawing, 1_200) == []
    edge = float(Drawing(drawing).group("map").attrib["x"])  # type: ignore[union-attr]
    beside = [one for one in overruns(drawing, int(edge)) if one not in credit_lines(drawing)]
    assert beside == []


@languages
def test_what_is_said_beside_the_map_of_a_preview_does_not_overlap(
    atlas: Atlas, language: Language
) -> None:
    many = Selection(sector=tuple(one.id for one in atlas.sectors[:4]), sets=EVERYTHING.sets)
    for selection in (*VIEWS.values(), many, many.but(side=("sichuan",)), many.but(place="deyang")):
        drawing = Drawing(card(atlas, selection.but(lang=language), "evidence"))
        chart = {id(one) for one in drawing.all("text", "map")}
        lines = sorted(
            {
                (float(one.attrib["y"]), float(one.attrib["font-size"]))
                for one in drawing.all("text")
                if id(one) not in chart and one.get("font-size") != "10"
            }
        )
        for (above, _), (below, size) in itertools.pairwise(lines):
            assert below - above > size


def credit_lines(svg: str) -> list[str]:
    return [str(one.text) for one in Drawing(svg).all("text") if one.get("font-size") == "10"]


@languages
def test_labels_of_the_preview_are_read_at_a_third_of_its_size(
    atlas: Atlas, language: Language
) -> None:
    drawing = Drawing(card(atlas, Selection(lang=language), ""))
    chart = drawing.group("map")
    assert chart is not None
    enlarged = float(chart.attrib["width"]) / drawing.canvas.width
    sizes = [float(one.attrib["font-size"]) * enlarged for one in drawing.all("text", "labels")]
    assert len(sizes) >= 13
    assert min(sizes) >= 22


def test_text_breaks_between_words_and_not_before_a_full_stop() -> None:
    said = "The first, the second. Sichuan-Chongqing 四川省，重庆市。（成都）"
    for width in range(40, 400, 7):
        lines = wrapped(said, 10, width)
        assert "".join("".join(lines).split()) == "".join(said.split())
        assert [one for one in lines if one[0] in "，。）"] == []
        assert [one for one in lines if one[-1] == "（"] == []
    assert wrapped(said, 10, 80, most=2)[-1].endswith("…")
    assert len(wrapped(said, 10, 80, most=2)) == 2
    assert len(wrapped("x" * 100, 10, 100)) > 1


def spoken(atlas: Atlas) -> str:
    """Every character that the pictures of this atlas may have to show."""
    words = [atlas.title, *(credits(atlas))]
    for rows in (atlas.places, atlas.sectors, atlas.groups):
        words += [row.name for row in rows]
    words += [place.short for place in atlas.places]
    said = "".join(one[language] for one in words for language in LANGUAGES)
    said += "".join(str(one) for one in atlas.maps)
    said += "".join(catalogue(language).read_text(encoding="utf-8") for language in ("zh", "id"))
    for feature in json.loads((atlas.folder / "map/labels.geojson").read_text())["features"]:
        said += "".join(map(str, feature["properties"].values()))
    # A key of the keyboard is named on the page alone.
    return "".join(sorted(set(said) - set(" \n\u3000⌘")))


def test_our_font_has_every_character_that_it_is_said_to_have(atlas: Atlas) -> None:
    cell, across = 24, 40
    printed = filter(str.isprintable, map(chr, range(0x21, 0xFFFF)))
    ours = set(filter(in_our_font, printed))
    assert set(spoken(atlas)) <= ours
    said = "".join(sorted(ours - set("&<>\u3000"))) + "\ue000"
    cells = "".join(
        f'<text x="{number % across * cell}" y="{number // across * cell + 18}">'
        f"&#{ord(char)};</text>"
        for number, char in enumerate(said)
    )
    high = (len(said) // across + 1) * cell
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across * cell}" height="{high}" '
        f'font-family="\'{FONT}\'" font-size="16">{cells}</svg>'
    )
    image = Image.open(io.BytesIO(png(svg))).convert("RGBA")

    def seen(number: int) -> bytes:
        left, top = number % across * cell, number // across * cell
        return image.crop((left, top, left + cell, top + cell)).tobytes()

    missing = seen(len(said) - 1)
    assert any(missing)
    assert [char for number, char in enumerate(said[:-1]) if seen(number) == missing] == []
    assert [char for number, char in enumerate(said[:-1]) if not any(seen(number))] == []


# Whatever is selected, whatever the data hold


@examples(40)
@given(selection=selections(q=st.text(max_size=40)), theme=st.sampled_from(["light", "dark"]))
def test_every_selection_has_a_picture_and_a_preview(selection: Selection, theme: str) -> None:
    svg = map_svg(real_atlas(), selection, SIZE, theme)
    assert len(svg.encode()) < 150_000
    for one in (svg, card(real_atlas(), selection, selection.of)):
        links = [value for node in Drawing(one).root.iter() for value in node.attrib.values()]
        assert [value for value in links if "//" in value or "javascript" in value] == []


@pytest.mark.parametrize("selection", at_night(VIEWS.values(), [*VIEWS.values()][:2]))
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


@pytest.mark.parametrize("name", at_night(HOSTILE, HOSTILE[1:5]))
def test_a_hostile_name_is_shown_as_it_is_and_breaks_nothing(atlas: Atlas, name: str) -> None:
    words = Words.untranslated(name)
    hostile = replace(
        atlas,
        title=words,
        version=name,
        places=tuple(replace(one, name=words, short=words) for one in atlas.places),
        sectors=tuple(replace(one, name=words) for one in atlas.sectors),
        maps=tuple(replace(one, credit=words) for one in atlas.maps),
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
    found = tiny.load()
    nowhere = {"position": "none", "latitude": None, "longitude": None}
    places = tuple(replace(place, **nowhere) for place in found.places)
    drawing = drawn(replace(found, places=places, base_groups=("towns",)), Selection())
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
        said = "".join("".join(Drawing(card(atlas, selection, page)).texts()).split())
        expected = headline(atlas, selection, text(language), page)
        assert "".join(expected.split()) in said
        assert "".join(atlas.title[language].split()) in said


def test_a_preview_of_an_inferred_park_says_so(atlas: Atlas) -> None:
    said = " ".join(Drawing(card(atlas, Selection(place="gaozhu-na"), "")).texts())
    assert "Six demonstration parks: inferred" in said


def test_a_preview_with_a_sector_explains_its_signs(atlas: Atlas) -> None:
    said = Drawing(card(atlas, Selection(sector=("rail-transit",)), "")).texts()
    assert {"high", "medium", "low"} <= set(said)
    assert "medium" not in Drawing(card(atlas, Selection(), "")).texts()


def test_a_preview_shows_what_is_selected_and_nothing_else(atlas: Atlas) -> None:
    first = card(atlas, Selection(), "")
    assert card(atlas, Selection(sector=("rail-transit",)), "") != first
    assert card(atlas, Selection(lang="zh"), "") != first
    assert card(atlas, Selection(near="30,104", compare=("deyang", "ziyang")), "") == first


# Drawn from several threads, on any machine


def test_threads_draw_the_same_bytes_as_one_after_the_other(atlas: Atlas) -> None:
    small = Size(360, 240)
    pictures = [map_svg(atlas, Selection(lang=language), small) for language in LANGUAGES]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(png, pictures)) == [png(one) for one in pictures]


def test_no_font_of_the_machine_is_used() -> None:
    text_in = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="40">'
        '<text y="30" font-family="{}" font-size="20">Deyang</text></svg>'
    ).format
    ours = png(text_in(FONT))
    for family in ("sans-serif", "Noto Sans CJK SC", "Liberation Sans"):
        assert png(text_in(family)) in (ours, png(text_in("no such family")))


def lettered(words: str) -> bytes:
    """A picture of nothing but words."""
    return png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="40" font-family="{FONT}">'
        f'<text y="30" font-size="20">{words}</text></svg>'
    )


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
