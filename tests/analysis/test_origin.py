"""Which point a reader means: names in every language, pinyin, ids, coordinates."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.analysis.distance import Position, point
from atlas.analysis.origin import (
    Origin,
    Unclear,
    examples,
    find_origin,
    position_text,
    read_coordinate,
)
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.text import text


def test_every_place_is_found_by_its_id_by_every_full_name_and_by_pinyin(atlas: Atlas) -> None:
    for place in atlas.places:
        names = [place.id, place.pinyin, *(place.name[language] for language in LANGUAGES)]
        for name in names:
            at = point(place)
            expected = Origin(at, place) if at else Unclear("unplaced", (place,))
            assert find_origin(atlas, name) == expected, name


@pytest.mark.parametrize(
    ("written", "place"),
    [
        *((name, "deyang") for name in ("DEYANG", " Deyang ", "Déyáng", "Déyáng Shì", "déyángshì")),
        *((name, "deyang") for name in ("德阳", "Kota Deyang")),
        # A part of a name will do if only one place has it; a whole name goes before a part.
        ("鱼复工业", "yufu-idz"),
        ("Jiangjin", "jiangjin"),
    ],
)
def test_spelling_matters_little(atlas: Atlas, written: str, place: str) -> None:
    origin = find_origin(atlas, written)
    assert isinstance(origin, Origin)
    assert origin.place == atlas.place[place]
    assert origin.precision_km == (atlas.place[place].precision_km or 0)


@pytest.mark.parametrize("written", ["an", "d", "区", "", "Tianfu Square 1"])
def test_a_very_short_part_or_anything_else_names_nothing(atlas: Atlas, written: str) -> None:
    assert find_origin(atlas, written) == Unclear("unknown")


def test_a_coordinate_is_a_point_without_a_place_and_counts_as_exact(atlas: Atlas) -> None:
    origin = find_origin(atlas, "31.13, 104.38")
    assert origin == Origin(Position(31.13, 104.38))
    assert origin.precision_km == 0


def test_one_name_of_two_places_is_asked_back(atlas: Atlas) -> None:
    twin = replace(atlas.place["meishan"], id="twin", name=atlas.place["deyang"].name)
    doubled = replace(atlas, places=(*atlas.places, twin))
    origin = find_origin(doubled, "德阳市")
    assert isinstance(origin, Unclear)
    assert [place.id for place in origin.places] == ["deyang", "twin"]


def test_a_point_is_written_with_its_hemispheres() -> None:
    assert position_text(text("en"), Position(31.13, 104.382341)) == "31.13° N, 104.38234° E"
    assert position_text(text("en"), Position(-33.9, -70.2)) == "33.9° S, 70.2° W"


# Coordinates

HERE = Position(31.13, 104.38)
latitudes = st.floats(-90, 90).map(lambda value: round(value, 6))
longitudes = st.floats(-180, 180).map(lambda value: round(value, 6))


def sexagesimal(value: float) -> str:
    """Degrees, minutes and seconds to a millionth of a second, without a sign."""
    micro = round(abs(value) * 3_600_000_000)
    minutes, seconds = divmod(micro, 60_000_000)
    degrees, minutes = divmod(minutes, 60)
    whole, rest = divmod(seconds, 1_000_000)
    return f"{degrees}°{minutes}'{whole}.{rest:06}\""


@given(latitude=latitudes, longitude=longitudes)
def test_a_point_written_in_a_usual_notation_reads_back(latitude: float, longitude: float) -> None:
    north, east = "NS"[latitude < 0], "EW"[longitude < 0]
    for written in (
        f"{latitude:.6f}, {longitude:.6f}",
        f"{latitude:.6f},{longitude:.6f}",
        f"{latitude:.6f} {longitude:.6f}",
        f"{abs(latitude):.6f}°{north} {abs(longitude):.6f}°{east}",
        f"{north}{abs(latitude):.6f} {east}{abs(longitude):.6f}",
        f"{sexagesimal(latitude)}{north} {sexagesimal(longitude)}{east}",
    ):
        position = read_coordinate(written)
        assert isinstance(position, Position), written
        assert position == pytest.approx((latitude, longitude), abs=1e-6), written


@pytest.mark.parametrize("at", [(31.13, 104.38), (-2.83, -59.99), (0.0, 179.995)])
def test_every_example_that_the_page_offers_is_the_point_of_the_first_place(
    atlas: Atlas, at: tuple[float, float]
) -> None:
    place = replace(atlas.places[0], latitude=at[0], longitude=at[1])
    for example in examples(replace(atlas, places=(place,))):
        assert read_coordinate(example) == pytest.approx(at, abs=0.0051)


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("31.13/104.38", HERE),
        ("31.13; 104.38", HERE),
        ("３１．１３，１０４．３８", HERE),
        ("31.13N 104.38E", HERE),
        ("31.13n, 104.38e", HERE),
        ("31º07’48” n 104º22’48” e", HERE),
        ("31°7'48'' N, 104°22'48'' E", HERE),
        ("-0°30', −0°15'", (-0.5, -0.25)),
        ("33.9S 70.2W", (-33.9, -70.2)),
        ("90, 180", (90, 180)),
        ("-90, -180", (-90, -180)),
    ],
)
def test_further_ways_to_write_a_point(written: str, point: tuple[float, float]) -> None:
    assert read_coordinate(written) == pytest.approx(point, abs=1e-9)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31", "unreadable"),
        ("31.13N", "unreadable"),
        ("31.13N 104.38N", "unreadable"),
        ("104.38E 31.13N", "unreadable"),
        ("31.13, 104.38, 500", "unreadable"),
        ("31.13-104.38", "unreadable"),
        ("31,13; 104,38", "unreadable"),
        ("31 7 48 104 22 48", "unreadable"),
        ("1,2,3,4,5,6,7,8", "unreadable"),
        ("31°60'N 104°E", "unreadable"),
        ("31°7'75\"N 104°E", "unreadable"),
        ("-33.9S 70.2W", "unreadable"),
        ("91, 10", "latitude"),
        ("90°30'N 10°E", "latitude"),
        ("10, 180.5", "longitude"),
        ("31N 204E", "longitude"),
        ("0°N 180°30'E", "longitude"),
    ],
)
def test_what_is_no_point_is_refused_with_the_reason(written: str, reason: str) -> None:
    refused = read_coordinate(written)
    assert isinstance(refused, Unclear)
    assert refused.reason == reason


def test_longitude_before_latitude_is_refused_with_what_was_perhaps_meant() -> None:
    assert read_coordinate("104.38, 31.13") == Unclear("latitude", suggestion=HERE)
    assert read_coordinate("104.38N 31.13E") == Unclear("latitude")  # letters leave no doubt


@pytest.mark.parametrize(
    "written",
    ["", " ", "-", "Deyang", "德阳", "12 Main Street", "北京路12号", "31, here"],
)
def test_what_holds_more_than_a_coordinate_is_none(written: str) -> None:
    assert read_coordinate(written) is None


@given(st.text(alphabet="0123456789.,;:/+-NSEW°'\" ms度", max_size=80))
def test_any_text_is_a_point_on_the_earth_or_none_or_refused(written: str) -> None:
    position = read_coordinate(written)
    if isinstance(position, Position):
        assert abs(position.latitude) <= 90
        assert abs(position.longitude) <= 180
