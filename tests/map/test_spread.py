"""Marks that share a point: none lies hidden below another."""

from dataclasses import replace
from itertools import combinations
from math import dist

import pytest

from atlas.map.scene.marks import scene
from atlas.map.scene.placing import STEP, ViewPoint
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.list_limits import MOST_LABELLED
from tests.conftest import Folder

HERE = (51.2, 4.4)


def at_one_point(atlas: Atlas, number: int) -> Atlas:
    """A cluster of so many places at one point."""
    place = replace(atlas.places[0], kind="", latitude=HERE[0], longitude=HERE[1])
    places = tuple(replace(place, id=f"place-{index}") for index in range(number))
    row = atlas.memberships[0]
    members = tuple(replace(row, place=place.id) for place in places)
    return replace(atlas, places=places, memberships=members, evidence=(), enterprises=())


@pytest.mark.parametrize("number", [3, 40, MOST_LABELLED + 3])
def test_no_mark_on_the_map_hides_another(tiny: Folder, number: int) -> None:
    atlas = at_one_point(tiny.load(), number)
    marks = scene(atlas, Selection(), ViewPoint(*HERE, 9)).marks
    assert len(marks) == number
    offsets = [mark.offset for mark in marks]
    assert (0, 0) in offsets
    assert min(dist(*pair) for pair in combinations(offsets, 2)) > STEP - 2
