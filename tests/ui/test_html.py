"""The panels that a browser fetches: each depends on what its address holds, and on no more."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.model.pages import PAGES
from atlas.model.selection import PARAMETERS, PLACE_FILTERS, Selection
from atlas.pages.view import View
from atlas.ui import html, plain
from atlas.ui.html import PANELS
from tests.conftest import examples, real_atlas, selections

# On these pages of each; what a page lacks costs a test nothing.
ON = {"controls.further": ("", "evidence"), "map_view.legend": ("", "place", "sectors")}


def view(selection: Selection, page: str = "", embedded: bool = False) -> View:
    return View(real_atlas(), selection, page, theme="light", embedded=embedded)


@pytest.mark.parametrize("name", sorted(PANELS))
@examples(25)
@given(selection=selections(q=st.sampled_from(["", "de", "重庆"])), embedded=st.booleans())
def test_a_panel_says_the_same_whatever_changes_that_its_address_does_not_hold(
    name: str, selection: Selection, embedded: bool
) -> None:
    for page in ON.get(name, ("",)):
        seen = view(selection, page, embedded)
        assert PANELS[name].markup(seen) == PANELS[name].filled(seen)


def test_a_panel_follows_parameters_that_an_address_can_hold() -> None:
    for panel in PANELS.values():
        assert panel.parameters[0] == "lang"
        assert set(panel.parameters) <= set(PARAMETERS)


def test_the_filters_stand_for_every_parameter_that_chooses_places() -> None:
    assert set(PANELS["panels.grid"].parameters) == {"lang", *PLACE_FILTERS}


def test_names_in_addresses_are_words_and_dots() -> None:
    assert [name for name in PANELS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []


def test_panels_in_a_stack_are_one_element_with_a_place_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(html, "put", drawn.append)
    html.stack(view(Selection()), PANELS["panels.sides"], PANELS["panels.grid"])
    (element,) = drawn
    assert re.findall('data-panel="(.*?)"', element) == ["panels.sides", "panels.grid"]
    assert "<table" not in element


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_script_holds_the_panels_themselves(page: str) -> None:
    parts = plain.parts(replace(view(Selection(), page), plain=True))
    assert "data-panel" not in "".join(parts)
    assert all(parts)
