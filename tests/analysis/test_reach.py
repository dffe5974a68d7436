"""What lies within reach: the edge to the metre, rough positions, the circle, the map."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from atlas.analysis.distance import Position, geodesic_km
from atlas.analysis.origin import Origin, find_origin, place_origin
from atlas.analysis.reach import Reach, circle, reach
from atlas.map.reach_map import MARGIN, reach_deck, reach_view
from atlas.map.scene.placing import pixel
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.conftest import real_atlas

METRE_KM = 0.001


def at(atlas: Atlas, name: str) -> Origin:
    origin = find_origin(atlas, name)
    assert isinstance(origin, Origin)
    return origin


def somewhere(start: Position, bearing: float, km: float, precision_km: float = 0.0) -> Place:
    """Return a place at a distance from a point, in some direction."""
    end = geodesic(kilometers=km).destination(start, bearing=bearing)
    place = replace(real_atlas().place["deyang"], id="somewhere", precision_km=precision_km)
    return replace(place, latitude=end.latitude, longitude=end.longitude)


@given(
    latitude=st.floats(-80, 80),
    longitude=st.floats(-180, 180),
    bearing=st.floats(0, 360),
    radius=st.integers(1, 1000),
)
def test_exactly_on_the_edge_is_inside_and_a_metre_more_is_not(
    latitude: float, longitude: float, bearing: float, radius: int
) -> None:
    start = Origin(Position(latitude, longitude))
    for beyond_km, is_inside in ((-METRE_KM, True), (0, True), (METRE_KM, False)):
        place = somewhere(start.position, bearing, radius + beyond_km)
        split = reach(start, radius, [place])
        assert [near.place for near in (split.inside if is_inside else split.outside)] == [place]


def test_places_without_a_position_are_named_apart(atlas: Atlas) -> None:
    rongchang = atlas.place["rongchang-htz"]
    assert reach(at(atlas, "chengdu"), 100, [rongchang]) == Reach((), (), (rongchang,))
    assert not isinstance(place_origin(rongchang), Origin)


@pytest.mark.parametrize(
    ("km", "precision_km", "is_certain"),
    [(95, 4, True), (97, 4, False), (103, 4, False), (105, 4, True), (100, 0, True)],
)
def test_a_rough_place_near_the_edge_may_be_on_either_side(
    km: float, precision_km: float, is_certain: bool
) -> None:
    start = Origin(Position(30, 104))
    split = reach(start, 100, [somewhere(start.position, 90, km, precision_km)])
    (only,) = (*split.inside, *split.outside)
    assert only.is_certain is is_certain


# The circle and its map


@given(latitude=st.floats(-70, 70), longitude=st.floats(-180, 180), radius=st.integers(1, 1_000))
def test_every_corner_of_the_circle_lies_at_the_radius(
    latitude: float, longitude: float, radius: int
) -> None:
    corners = circle(Position(latitude, longitude), radius)
    assert corners[0] == corners[-1]
    assert len(corners) > 100
    for east, north in corners[::20]:
        assert geodesic_km((latitude, longitude), (north, (east + 540) % 360 - 180)) == (
            pytest.approx(radius, abs=METRE_KM)
        )


def test_the_circle_is_one_line_where_it_crosses_the_date_line() -> None:
    corners = circle(Position(0, 179.9), 500)
    steps = [abs(east - before) for (before, _), (east, _) in pairwise(corners)]
    assert max(steps) < 1


@pytest.mark.parametrize("latitude", [89, -89])
def test_a_circle_that_holds_a_pole_is_not_drawn(latitude: float) -> None:
    assert circle(Position(latitude, 10), 500) == []
    assert circle(Position(latitude, 10), 50) != []


@pytest.mark.parametrize("radius", [5, 100, 1_000])
@pytest.mark.parametrize("pixels", [340, 460])
def test_the_circle_fits_into_the_view_with_some_ground_around_it(radius: int, pixels: int) -> None:
    centre = Position(30, 105)
    view = reach_view(centre, radius, pixels)
    corners = [pixel(north, east, view.zoom) for east, north in circle(centre, radius)]
    for axis in (0, 1):
        along_axis = [corner[axis] for corner in corners]
        size = max(along_axis) - min(along_axis)
        assert pixels / MARGIN / 2 < size < pixels


def reach_layers(atlas: Atlas, selection: Selection, start: Origin) -> dict[str, Any]:
    view = reach_view(start.position, selection.radius, 460)
    sent = json.loads(reach_deck(atlas, selection, start, "light", view).to_json())
    return {layer["id"]: layer for layer in sent["layers"]}


def test_the_map_holds_the_circle_and_the_marks_of_the_places(atlas: Atlas) -> None:
    start = at(atlas, "30.5, 104.5")
    selection = Selection(radius=150, side=("sichuan",), near="30.5, 104.5")
    layers = reach_layers(atlas, selection, start)
    (outline,) = layers["reach"]["data"]
    assert outline["geometry"]["coordinates"] == [circle(start.position, 150)]
    assert layers["origin"]["data"] == [{"at": [104.5, 30.5]}]
    assert len(layers["marks"]["data"]) == len(shown(atlas, selection))


def test_from_a_place_the_map_rings_its_mark(atlas: Atlas) -> None:
    start = at(atlas, "guanghan")  # it is in none of the base groups
    layers = reach_layers(atlas, Selection(), start)
    assert "origin" not in layers
    (ring,) = layers["halo"]["data"]
    assert ring["at"] == [start.position.longitude, start.position.latitude]
