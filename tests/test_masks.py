"""The browser's filter of a large atlas shows the same places as the server's."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas import masks
from atlas.facets import facet_index, shown
from atlas.marks import shape
from atlas.masks import expression, graded, on_side
from atlas.records import Atlas
from atlas.selection import Selection
from tests.conftest import real_atlas, selections

# Names of places and what is in none, in part and in run-on form.
SEARCHES = st.sampled_from(["", "deyang", "de yang", "德阳", "park", "g", "nowhere", "'", "\\"])
EVERYTHING = Selection(sets=("signatories", "first-batch", "outside"))


def digit(digits: str, position: int) -> int:
    """Return what JavaScript makes of `'0x' + (digits)[position]` in a bit operation."""
    return int(digits[position], 16) if 0 <= position < len(digits) else 0


def computed(written: str, row: Mapping[str, Any]) -> Any:
    """Compute an expression for a row; what a row lacks counts as nothing, in both languages."""
    for foreign, own in ((" && ", " and "), (" || ", " or ")):
        written = written.replace(foreign, own)
    written = re.sub(r"'0x' \+ \('(\w+)'\)\[([^]]+)\]", r"digit('\1', \2)", written)
    names = {"digit": digit, **dict.fromkeys(re.findall(r"\b[a-z]+\d*\b", written), 0), **row}
    return eval(written, {"__builtins__": {}}, names | {"digit": digit})  # noqa: S307 - our own


def shown_in_browser(atlas: Atlas, selection: Selection) -> list[str]:
    known, written = masks.masks(atlas), expression(atlas, selection)
    return [
        place.id
        for number, place in enumerate(facet_index(atlas).places)
        if computed(written, {**known[place.id], masks.NUMBER: number})
    ]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("width", [31, 3])
@given(selection=selections(SEARCHES))
def test_the_browser_filters_as_the_server_does_however_the_bits_are_split(
    monkeypatch: pytest.MonkeyPatch, width: int, selection: Selection
) -> None:
    monkeypatch.setattr(masks, "WIDTH", width)
    wanted = [place.id for place in shown(real_atlas(), selection)]
    assert shown_in_browser(real_atlas(), selection) == wanted


@given(selection=selections(SEARCHES))
def test_no_number_is_wider_than_a_bit_operation_of_javascript(selection: Selection) -> None:
    numbers = [bits for row in masks.masks(real_atlas()).values() for bits in row.values()]
    written = re.findall(r"\b\d+\b", re.sub(r"'\w+'", "", expression(real_atlas(), selection)))
    assert all(0 < bits < 2**31 for bits in numbers)
    assert all(int(number) < 2**31 for number in written)


@given(sets=st.sets(st.sampled_from(EVERYTHING.sets)))
def test_a_park_has_the_grade_it_has_in_the_groups_that_are_on(sets: set[str]) -> None:
    atlas = real_atlas()
    groups = (*atlas.base_groups, *(one for one in EVERYTHING.sets if one in sets))
    known, written = masks.masks(atlas), graded(atlas, groups)
    parks = [one for one in atlas.places if one.kind == "park" and one.position != "area"]
    for park in parks:
        found = computed(written, known[park.id])
        assert (found or "listed") == shape(atlas, park, groups)


def test_a_place_on_the_border_lies_on_both_sides(atlas: Atlas) -> None:
    known = masks.masks(atlas)
    for place in atlas.places:
        lies_on = [
            side for side in ("sichuan", "chongqing") if computed(on_side(side), known[place.id])
        ]
        assert lies_on == (["sichuan", "chongqing"] if place.side == "both" else [place.side])
