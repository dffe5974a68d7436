"""Points in words: what is read, in which notation, and what is refused rather than guessed."""

import pytest
from geopy import Point
from hypothesis import given
from hypothesis import strategies as st

from atlas.coordinates import CoordinateError, Position, position
from atlas.notation import EXAMPLES

HERE = Position(31.13, 104.38)
latitudes = st.floats(-90, 90).map(lambda value: round(value, 6))
longitudes = st.floats(-180, 180).map(lambda value: round(value, 6))


def decimal(value: float, mark: str = ".") -> str:
    return f"{value:.6f}".replace(".", mark)


def sexagesimal(value: float, marks: str = "°'\"") -> str:
    """Degrees, minutes and seconds to a millionth of a second, without a sign."""
    micro = round(abs(value) * 3_600_000_000)
    minutes, seconds = divmod(micro, 60_000_000)
    degrees, minutes = divmod(minutes, 60)
    whole, rest = divmod(seconds, 1_000_000)
    return f"{degrees}{marks[0]}{minutes}{marks[1]}{whole}.{rest:06}{marks[2]}"


def lettered(latitude: float, longitude: float) -> tuple[str, str]:
    return "NS"[latitude < 0], "EW"[longitude < 0]


def chinese(latitude: float, longitude: float) -> str:
    north, east = "南" if latitude < 0 else "北", "西" if longitude < 0 else "东"
    first = f"{east}经{sexagesimal(longitude, '度分秒')}"
    return f"{first}，{north}纬{sexagesimal(latitude, '度分秒')}"


def indonesian(latitude: float, longitude: float) -> str:
    south, west = "LS" if latitude < 0 else "LU", "BB" if longitude < 0 else "BT"
    first = f"{sexagesimal(latitude)} {south}"
    return f"{first}, {sexagesimal(longitude)} {west}"


def every_notation(latitude: float, longitude: float) -> dict[str, str]:
    north, east = lettered(latitude, longitude)
    here = Point(latitude, longitude)
    return {
        "decimal": f"{decimal(latitude)}, {decimal(longitude)}",
        "decimal, no space": f"{decimal(latitude)},{decimal(longitude)}",
        "white space": f"{decimal(latitude)} {decimal(longitude)}",
        "decimal comma": f"{decimal(latitude, ',')} {decimal(longitude, ',')}",
        "decimal comma, semicolon": f"{decimal(latitude, ',')}; {decimal(longitude, ',')}",
        "decimal comma, comma": f"{decimal(latitude, ',')}, {decimal(longitude, ',')}",
        "letters behind": f"{decimal(abs(latitude))}°{north} {decimal(abs(longitude))}°{east}",
        "longitude first": f"{east}{decimal(abs(longitude))} {north}{decimal(abs(latitude))}",
        "sexagesimal": f"{sexagesimal(latitude)}{north} {sexagesimal(longitude)}{east}",
        "colons": f"{sexagesimal(latitude, ':: ')}{north}, {sexagesimal(longitude, ':: ')}{east}",
        "geopy": here.format(),
        "geopy, primes": here.format_unicode(),
        "Chinese": chinese(latitude, longitude),
        "Indonesian": indonesian(latitude, longitude),
    }


@given(latitude=latitudes, longitude=longitudes)
def test_a_point_written_in_any_notation_reads_back(latitude: float, longitude: float) -> None:
    for notation, written in every_notation(latitude, longitude).items():
        found = position(written)
        assert found is not None, (notation, written)
        assert found == pytest.approx((latitude, longitude), abs=1e-6), (notation, written)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_that_the_page_offers_is_the_same_point(example: str) -> None:
    assert position(example) == pytest.approx(HERE, abs=1e-4)


@pytest.mark.parametrize(
    "written",
    [
        "(31.13, 104.38)",
        "geo:31.13,104.38",
        "31,13,104,38",
        "31.13/104.38",
        "３１．１３，１０４．３８",
        "31.13N 104.38E",
        "31.13 N, 104.38 E",
        "104.38E, 31.13N",
        "31.13° LU 104.38° BT",
        "lon: 104.38, lat: 31.13",
        "纬度31.13，经度104.38",
        "31d7m48s N 104d22m48s E",
        "31 7 48 104 22 48",
        "31°7.8', 104°22.8'",
        "31°07’48” n 104°22’48” e",
    ],
)
def test_further_ways_to_write_a_point(written: str) -> None:
    assert position(written) == pytest.approx(HERE, abs=1e-9)


def test_a_sign_holds_for_the_minutes_even_where_the_degrees_are_zero() -> None:
    assert position("-0°30', -0°15'") == (-0.5, -0.25)


def test_south_and_west_are_below_zero() -> None:
    assert position("33.9S 70.2W") == (-33.9, -70.2)
    assert position("33.9s, 70.2w") == (-33.9, -70.2)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("31", "incomplete"),
        ("31.13N", "incomplete"),
        ("31.13N 104.38N", "incomplete"),
        ("31.13, 104.38, 500", "incomplete"),
        ("31.13-104.38", "incomplete"),
        ("31.13 - 104.38", "incomplete"),
        ("31.5°30' 20°", "incomplete"),
        (".5, 10", "incomplete"),
        ("1,2,3,4,5,6,7,8", "incomplete"),
        ("31,13,104", "ambiguous"),
        ("31,10 20", "ambiguous"),
        ("31.13E 44", "ambiguous"),
        ("91, 10", "latitude"),
        ("90°30'N 10°E", "latitude"),
        ("10, 180.5", "longitude"),
        ("31N 204E", "longitude"),
        ("31°60'N 104°E", "sixty"),
        ("31°7'75\"N 104°E", "sixty"),
        ("-33.9S 70.2W", "sign"),
    ],
)
def test_what_is_no_point_or_more_than_one_is_refused(written: str, fault: str) -> None:
    with pytest.raises(CoordinateError) as caught:
        position(written)
    assert caught.value.fault == fault


def test_longitude_before_latitude_is_refused_with_what_was_perhaps_meant() -> None:
    with pytest.raises(CoordinateError) as caught:
        position("104.38, 31.13")
    assert caught.value.swapped == HERE


def test_with_letters_nothing_else_was_meant() -> None:
    with pytest.raises(CoordinateError) as caught:
        position("104.38N 31.13E")
    assert caught.value.fault == "latitude"
    assert caught.value.swapped is None


@pytest.mark.parametrize("edge", ["90, 180", "-90, -180", "0, 0"])
def test_the_ends_of_the_ranges_are_points(edge: str) -> None:
    assert position(edge) is not None


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "Deyang", "德阳", "12 Main Street", "北京路12号", "NE", "31.13, somewhere"],
)
def test_what_holds_more_than_a_coordinate_is_none(text: str) -> None:
    assert position(text) is None


@given(st.text(alphabet="0123456789.,;:+-NSEW°'\" ms度北纬", max_size=80))
def test_any_text_is_a_point_on_the_earth_or_none_or_refused(text: str) -> None:
    try:
        found = position(text)
    except CoordinateError:
        return
    assert found is None or (abs(found.latitude) <= 90 and abs(found.longitude) <= 180)
