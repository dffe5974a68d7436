"""Distances on the page of places as a reader uses them: by link, click, keyboard, telephone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from atlas.analysis.distance import Position
from atlas.map.reach_map import reach_view
from tests.browser.conftest import Visit
from tests.browser.test_journeys import canvas, spot_on, taken_in

pytestmark = pytest.mark.browser


def address(query: str) -> re.Pattern[str]:
    """Match an address that ends in exactly this query string."""
    return re.compile(re.escape(query) + "$")


def beside(page: Page) -> list[str]:
    return page.locator("table.beside thead th a").all_inner_texts()


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=f"Compare {name}", exact=True).first


def test_two_clicks_compare_two_places_and_back_undoes_the_last(go_to: Visit) -> None:
    page = go_to("places?lang=en")
    choice(page, "Deyang").click()
    expect(page).to_have_url(address("?lang=en&compare=deyang"))
    expect(choice(page, "Deyang")).to_have_attribute("aria-current", "true")
    choice(page, "Yubei").click()
    expect(page).to_have_url(address("?lang=en&compare=deyang,yubei"))
    expect(page.locator("table.beside")).to_be_visible()
    expect(page.locator("#side-by-side")).to_be_in_viewport()
    assert beside(page) == ["Deyang", "Yubei"]
    page.go_back()
    expect(page.locator("table.beside")).to_have_count(0)
    expect(choice(page, "Deyang")).to_have_attribute("aria-current", "true")


def test_a_coordinate_typed_by_keyboard_changes_list_and_address(go_to: Visit) -> None:
    page = go_to("places?lang=en&radius=25")
    field = page.get_by_label("Place or coordinate")
    field.focus()
    page.keyboard.type("31°7′48″N，104°22′48″E")
    page.keyboard.press("Enter")
    expect(page.locator(".from")).to_contain_text("31.13° N, 104.38° E")
    expect(page.locator("#reached")).to_have_text("2 places within 25 km")
    page.reload()
    page.wait_for_selector(".foot")
    expect(page.locator(".from")).to_contain_text("31.13° N, 104.38° E")


def test_a_click_on_the_map_measures_from_that_place(go_to: Visit) -> None:
    page = go_to("places?lang=en&near=30.7,104.2")
    page.wait_for_selector(".map.live")
    taken_in(page)
    page.get_by_test_id("stDataFrame").wait_for()  # It moves what stands below it.
    page.locator(".map").scroll_into_view_if_needed()
    size = canvas(page.locator(".map").evaluate("(map) => map.clientWidth"))
    view = reach_view(Position(30.7, 104.2), 100, min(size))
    at = spot_on(page, view, 104.38198, 31.13019)
    page.mouse.move(at[0] + 2, at[1] + 2)
    page.mouse.move(*at)
    expect(page.locator(".atlas-tip")).to_contain_text("Deyang")
    page.mouse.click(*at)
    expect(page).to_have_url(address("?lang=en&near=deyang"))
    expect(page.get_by_label("Place or coordinate")).to_have_value("Deyang")


def test_the_links_at_the_top_lead_to_their_part_of_the_page(go_to: Visit) -> None:
    page = go_to("places?lang=en")
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("link", name="Within reach").click()
    expect(page.locator("#reach")).to_be_focused()
    expect(page.locator("#reach")).to_be_in_viewport()
    expect(page.get_by_label("Place or coordinate")).to_be_in_viewport()


def test_from_a_distance_to_a_profile_and_back_to_the_map_on_the_same_selection(
    go_to: Visit,
) -> None:
    page = go_to("places?lang=en&side=chongqing&compare=yubei,jiangjin")
    page.locator("table.matrix tbody th a", has_text="Yubei").click()
    expect(page).to_have_url(re.compile(r"/place\?lang=en&side=chongqing&place=yubei"))
    expect(page.locator("h1")).to_contain_text("Yubei")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Map").click()
    expect(page.locator(".sentence")).to_contain_text("region: Chongqing")
