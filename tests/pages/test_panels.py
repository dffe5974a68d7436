"""The panels that a browser fetches: each depends on what its address holds, and on no more."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.model.pages import PAGES
from atlas.model.selection import PARAMETERS, PLACE_FILTERS, Selection
from atlas.pages import addressed, whole
from atlas.pages.panels import flat, without_script
from atlas.pages.view import View
from atlas.ui import html
from tests.conftest import examples, real_atlas, selections

# Every panel with an address, on every page that has it.
ADDRESSED = [(page, name) for page in PAGES for name in addressed(page)]


def view(selection: Selection, page: str = "", embedded: bool = False) -> View:
    return View(real_atlas(), selection, page, theme="light", embedded=embedded)


@pytest.mark.parametrize(("page", "name"), ADDRESSED)
@examples(12)
@given(selection=selections(q=st.sampled_from(["", "de", "重庆"])), embedded=st.booleans())
def test_a_panel_says_the_same_whatever_changes_that_its_address_does_not_hold(
    page: str, name: str, selection: Selection, embedded: bool
) -> None:
    panel, seen = addressed(page)[name], view(selection, page, embedded)
    assert panel.markup(seen) == panel.fill(seen)


def test_a_panel_follows_parameters_that_an_address_can_hold() -> None:
    for panel in (addressed(page)[name] for page, name in ADDRESSED):
        assert panel.parameters[0] == "lang"
        assert set(panel.parameters) <= set(PARAMETERS)


def test_the_filters_stand_for_every_parameter_that_chooses_places() -> None:
    assert set(addressed("")["overview.grid"].parameters) == {"lang", *PLACE_FILTERS}


def test_names_in_addresses_are_words_and_dots() -> None:
    assert [name for _, name in ADDRESSED if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []


def test_panels_in_a_stack_are_one_element_with_a_place_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(html, "put", drawn.append)
    html.stack([addressed("")["overview.sides"], addressed("")["overview.grid"]])
    (element,) = drawn
    assert re.findall('data-panel="(.*?)"', element) == ["overview.sides", "overview.grid"]
    assert "<table" not in element


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_script_holds_the_panels_themselves(page: str) -> None:
    plain = "".join(without_script(replace(view(Selection(), page), plain=True), whole(page)))
    assert "data-panel" not in plain
    for panel in addressed(page).values():
        assert panel.fill(replace(view(Selection(), page), plain=True)) in plain


@pytest.mark.parametrize("page", PAGES)
def test_no_part_stands_twice_on_a_page(page: str) -> None:
    parts = list(flat(whole(page)))
    assert len(parts) == len(set(parts))
