"""The first view of a map: it holds what is always shown, wherever that is."""

import math
import re
from dataclasses import replace

import pytest
import shapely

from atlas.analysis.distance import nearest_places
from atlas.datapackage.land.map_features import features_of
from atlas.datapackage.loader import load
from atlas.map.arcs import along, strokes
from atlas.map.base_style import discs
from atlas.map.extent import NEAREST_ZOOM, Size, first_view
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import ViewPoint, text_width
from atlas.map.served_files import segments
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.picture.canvas import Canvas, outlines
from atlas.query.facets import shown
from tests.conftest import Folder
from tests.map.drawn import spot

SIZES = [Size(720, 500), Size(358, 500), Size(1280, 700), Size(420, 320), Size(1600, 300)]


def on_screen(view: ViewPoint, size: Size, latitude: float, longitude: float) -> shapely.Point:
    """Return where a point is on a canvas, in pixels right and down from its corner."""
    x, y = spot(latitude, longitude, view.zoom)
    middle = spot(view.latitude, view.longitude, view.zoom)
    return shapely.Point(size.width / 2 + x - middle[0], size.height / 2 + y - middle[1])


def moved(place: Place, latitude: float | None, longitude: float | None) -> Place:
    position = "none" if latitude is None else "point"
    return replace(place, latitude=latitude, longitude=longitude, position=position)


def elsewhere(atlas: Atlas, *at: tuple[float, float] | None) -> Atlas:
    """The tiny package with its towns in the base groups, at other points."""
    places = tuple(
        moved(place, *(point or (None, None)))
        for place, point in zip(atlas.places, at, strict=True)
    )
    return replace(atlas, places=places, base_groups=("towns",))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_land_of_the_base_groups_lies_on_the_canvas(atlas: Atlas, size: Size) -> None:
    view = first_view(atlas, size)
    base = {place.id for place in shown(atlas, Selection())}
    canvas = shapely.box(0, 0, *size)
    for feature in features_of(atlas, "boundaries"):
        if feature["properties"].get("place") in base:
            for longitude, latitude in shapely.get_coordinates(
                shapely.geometry.shape(feature["geometry"])
            ):
                assert canvas.covers(on_screen(view, size, latitude, longitude))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [Size(720, 500), Size(1280, 700), Size(427, 326)], ids=str)
def test_every_label_of_the_base_groups_lies_on_the_canvas(
    atlas: Atlas, size: Size, language: str
) -> None:
    view = first_view(atlas, size)
    for mark in scene(atlas, Selection(lang=language), view).marks:
        at = on_screen(view, size, mark.latitude, mark.longitude)
        width = text_width(mark.label)
        left = at.x + mark.label_offset[0]
        left -= {"start": 0, "middle": width / 2, "end": width}[mark.label_anchor]
        assert left >= 0
        assert left + width <= size.width


def test_the_view_is_as_near_as_the_canvas_allows(atlas: Atlas) -> None:
    zooms = [first_view(atlas, Size(width, width)).zoom for width in (300, 600, 1_200)]
    assert zooms[1] - zooms[0] > 0.9
    assert zooms[2] - zooms[1] > 0.9


def test_the_view_is_that_for_which_the_labels_of_this_cluster_were_placed(atlas: Atlas) -> None:
    assert first_view(atlas, Size(720, 500))[:3] == pytest.approx((30.17, 105.15, 6.45), abs=0.1)


def test_without_boundaries_the_discs_that_stand_for_land_lie_on_the_canvas(
    without_boundaries: Atlas,
) -> None:
    size = Size(720, 500)
    view = first_view(without_boundaries, size)
    km_per_pixel = 40_075 * math.cos(math.radians(view.latitude)) / (512 * 2**view.zoom)
    drawn = discs(without_boundaries, shown(without_boundaries, Selection()))
    assert len(drawn) == 8
    for disc in drawn:
        at = on_screen(view, size, disc.latitude, disc.longitude)
        reach = at.buffer(0.98 * disc.radius_km / km_per_pixel)
        assert shapely.box(0, 0, *size).covers(reach)


@pytest.mark.parametrize("point", [(48.2, 16.4), (-33.9, 151.2), (64.1, -21.9), (0.0, 0.0)])
def test_another_cluster_is_shown_where_it_is(tiny: Folder, point: tuple[float, float]) -> None:
    other = (point[0] + 0.4, point[1] + 1.0)
    atlas = elsewhere(tiny.load(), point, other)
    atlas = replace(
        atlas, memberships=(*atlas.memberships, replace(atlas.memberships[0], place="beta"))
    )
    size = Size(720, 500)
    view = first_view(atlas, size)
    for latitude, longitude in (point, other):
        at = on_screen(view, size, latitude, longitude)
        assert shapely.box(60, 20, size.width - 60, size.height - 20).covers(at)


def test_a_single_place_is_shown_with_what_is_around_it(tiny: Folder) -> None:
    view = first_view(elsewhere(tiny.load(), (48.2, 16.4), None), Size(720, 500))
    assert view[:3] == pytest.approx((48.2, 16.4, NEAREST_ZOOM), abs=0.01)


def test_without_a_position_in_the_base_groups_the_other_places_are_shown(tiny: Folder) -> None:
    view = first_view(elsewhere(tiny.load(), None, (48.3, 16.5)), Size(720, 500))
    assert view[:2] == pytest.approx((48.3, 16.5), abs=0.01)


def test_without_any_position_the_world_is_shown(tiny: Folder) -> None:
    assert first_view(elsewhere(tiny.load(), None, None), Size(720, 500)).zoom == 0


@pytest.mark.parametrize("size", [Size(1, 1), Size(40, 1_000), Size(3_000, 20)], ids=str)
def test_a_canvas_of_any_size_has_a_view(atlas: Atlas, size: Size) -> None:
    view = first_view(atlas, size)
    assert view.zoom >= 0
    assert 28 < view.latitude < 32
    assert 102 < view.longitude < 108


# Both sides of 180 degrees

FIJI = """\
name,latitude,longitude,region,sectors
Suva,-18.1416,178.4419,Viti Levu,sugar
Labasa,-16.4333,179.3667,Vanua Levu,sugar
Matei,-16.6876,-179.8782,Taveuni,sugar
Lakeba,-18.2167,-178.8,Lau,sugar
"""


@pytest.fixture(scope="module")
def fiji(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    table = tmp_path_factory.mktemp("fiji") / "fiji.csv"
    table.write_text(FIJI, encoding="utf-8")
    return load(table)


@pytest.mark.parametrize("size", [Size(720, 500), Size(358, 420)], ids=str)
def test_places_on_both_sides_of_180_degrees_lie_beside_each_other(fiji: Atlas, size: Size) -> None:
    view = first_view(fiji, size)
    assert view.zoom > 5
    marks = scene(fiji, Selection(), view).marks
    spots = [on_screen(view, size, mark.latitude, mark.longitude) for mark in marks]
    assert all(shapely.box(20, 20, size.width - 20, size.height - 20).covers(at) for at in spots)
    from_west = sorted(marks, key=lambda mark: mark.longitude)
    assert [mark.place.id for mark in from_west] == ["suva", "labasa", "matei", "lakeba"]


def test_land_goes_on_across_180_degrees(fiji: Atlas) -> None:
    canvas = Canvas(Size(720, 500), first_view(fiji, Size(720, 500)))
    land = "".join(outlines(fiji, "boundaries", canvas))
    assert outlines(fiji, "rivers", canvas) == ()
    starts = [float(x) for x in re.findall(r"M(-?[\d.]+)", land)]
    middle, _ = canvas.at(-17.0, 180.0)
    assert min(starts) < middle - 100
    assert max(starts) > middle + 50
    for segment in segments(fiji, "boundaries"):
        assert {abs(segment[end][0]) for end in "ab"} != {180}


def test_an_arc_takes_the_short_way_across_180_degrees(fiji: Atlas) -> None:
    selection = Selection(sector=("sugar",))
    for pair in strokes(fiji, selection):
        longitudes = [along(pair, share)[0] for share in (0.0, 0.5, 1.0)]
        assert max(longitudes) - min(longitudes) < 4
    nearest = nearest_places(fiji, fiji.place["matei"], 3)
    assert {near.place.id: near.distance_km for near in nearest} == pytest.approx(
        {"labasa": 85.4, "lakeba": 204.3, "suva": 240.3}, abs=0.1
    )
