"""What a reader does: open a shared link, filter, open a place, change language, go back."""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Server

if TYPE_CHECKING:
    from atlas.map.extent import Size
    from atlas.map.placing import ViewPoint

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]


def address(query: str) -> re.Pattern[str]:
    """Match an address that ends in exactly this query string."""
    return re.compile(re.escape(query) + "$")


def sentence(page: Page, text: str) -> None:
    expect(page.locator(".sentence")).to_have_text(text)


def pixel_of(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point is on the first view of the map page's map, as the page computes it."""
    from atlas.datapackage.loader import current
    from atlas.map.extent import first_view

    size = canvas(page.locator(".map").evaluate("(map) => map.clientWidth"))
    return spot_on(page, first_view(current(), size), longitude, latitude)


def spot_on(
    page: Page, view: "ViewPoint", longitude: float, latitude: float
) -> tuple[float, float]:
    """Where a point is on a map at a view that was made for its canvas."""
    from atlas.map.placing import pixel

    box = page.locator(".map").bounding_box()
    assert box is not None
    size = canvas(box["width"])
    zoom = view.zoom + math.log2(min(box["width"] / size.width, box["height"] / size.height))
    x, y = pixel(latitude, longitude, zoom)
    centre_x, centre_y = pixel(view.latitude, view.longitude, zoom)
    return box["x"] + box["width"] / 2 + x - centre_x, box["y"] + box["height"] / 2 + y - centre_y


def canvas(width: float) -> "Size":
    """The canvas that a map of a width in pixels is made for."""
    from atlas.pages.view import MAP_LIMITS, MAP_SIZES

    return next(size for name, size in MAP_SIZES.items() if width <= MAP_LIMITS.get(name, width))


def click_map(page: Page, longitude: float, latitude: float) -> None:
    """Point at a place until its tooltip shows, as a reader would, and click."""
    spot = pixel_of(page, longitude, latitude)
    page.mouse.move(spot[0] + 2, spot[1] + 2)
    page.mouse.move(*spot)
    expect(page.locator(".atlas-tip")).to_be_visible()
    page.mouse.click(*spot)


def drawn(page: Page) -> None:
    """Wait until the map is live: WebGL in software takes its time."""
    page.wait_for_selector(".map.live")


def taken_in(page: Page) -> None:
    """Wait until Streamlit has taken the page in, and its script has run."""
    expect(page.locator("#atlas-first")).to_have_count(0)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_shared_link_is_the_first_thing_a_cold_server_answers(
    reader: Readers, cold_server: Server
) -> None:
    page = reader(cold_server.url).open("?lang=zh&sector=rail-transit&place=deyang")
    expect(page.locator("#card h2")).to_contain_text("德阳市")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    expect(page).to_have_title(re.compile("德阳"))
    expect(page.locator("#chip-sector-rail-transit")).to_have_attribute("aria-current", "true")


def test_a_filter_changes_panels_and_address_together(reader: Readers) -> None:
    page = reader().open("?lang=en")
    sentence(page, "14 of 14 places: 8 cities and districts and 6 parks")
    page.locator("#chip-sector-rail-transit").click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit"))
    expect(page.locator(".sentence")).to_contain_text("working in rail transit")
    expect(page.locator(".key-figures dd").first).to_have_text("8 of 14")
    expect(page.locator("#card li")).to_have_count(8)


def test_a_click_on_the_map_opens_and_closes_the_card(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    click_map(page, 104.06667, 30.66667)
    expect(page).to_have_url(address("?lang=en&place=chengdu"))
    expect(page.locator("#card h2")).to_contain_text("Chengdu")
    click_map(page, 104.06667, 30.66667)
    expect(page).to_have_url(address("?lang=en"))


def test_a_double_click_on_the_map_opens_the_card_and_leaves_it_open(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    spot = pixel_of(page, 104.06667, 30.66667)
    page.mouse.move(*spot)
    expect(page.locator(".atlas-tip")).to_be_visible()
    page.mouse.dblclick(*spot)
    expect(page.locator("#card h2")).to_contain_text("Chengdu")
    page.wait_for_timeout(1_500)
    expect(page).to_have_url(address("?lang=en&place=chengdu"))
    expect(page.locator("#card h2")).to_contain_text("Chengdu")


def test_a_click_on_the_ground_of_a_city_opens_it_too(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    click_map(page, 103.35, 30.45)
    expect(page).to_have_url(address("?lang=en&place=chengdu"))


def test_the_list_opens_places_by_keyboard_alone(reader: Readers) -> None:
    page = reader().open("?lang=en")
    page.locator("#card a", has_text="Deyang").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en&place=deyang"))
    expect(page.locator("#card h2")).to_contain_text("Deyang")
    page.get_by_role("link", name="Close, back to the list").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en"))


def test_another_language_keeps_the_view(reader: Readers) -> None:
    page = reader().open("?lang=en&sector=aerospace&side=sichuan&place=deyang")
    before = page.locator(".key-figures dd").first.inner_text()
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(address("?lang=id&sector=aerospace&side=sichuan&place=deyang"))
    expect(page.locator("#card h2")).to_contain_text("Kota Deyang")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    after = page.locator(".key-figures dd").first.inner_text()
    assert re.findall(r"\d+", after) == re.findall(r"\d+", before)


def test_reload_and_back_and_forward_keep_the_view(reader: Readers) -> None:
    page = reader().open("?lang=en")
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    page.locator("#card a", has_text="Ziyang").first.click()
    expect(page).to_have_url(address("?lang=en&sector=aerospace&place=ziyang"))
    page.reload()
    expect(page.locator("#card h2")).to_contain_text("Ziyang")
    page.go_back()
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    expect(page.locator(".sentence")).to_contain_text("aerospace")
    page.go_back()
    sentence(page, "14 of 14 places: 8 cities and districts and 6 parks")
    expect(page.locator("#chip-sector-aerospace")).not_to_have_attribute("aria-current", "true")
    page.go_forward()
    expect(page.locator("#chip-sector-aerospace")).to_have_attribute("aria-current", "true")


def test_two_quick_filters_both_count(reader: Readers) -> None:
    page = reader().open("?lang=en")
    page.locator("#chip-sector-rail-transit").click()
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(address("?lang=en&sector=aerospace,rail-transit"))


def test_a_filter_taken_back_before_the_answer_stays_off(reader: Readers) -> None:
    page = reader().open("?lang=en")
    page.locator("#chip-sector-aerospace").evaluate("(chip) => { chip.click(); chip.click() }")
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(address("?lang=en"))
    sentence(page, "14 of 14 places: 8 cities and districts and 6 parks")
    expect(page.locator("#chip-sector-aerospace")).not_to_have_attribute("aria-current", "true")


def test_a_grid_cell_leads_to_its_evidence(reader: Readers) -> None:
    page = reader().open("?lang=en")
    page.get_by_role("link", name="Meishan · Rail transit: High").click()
    expect(page).to_have_url(re.compile("place=meishan"))
    expect(page.locator("#evidence-rail-transit")).to_be_focused()


def test_a_mangled_link_opens_and_says_what_it_left_out(reader: Readers) -> None:
    page = reader().open("?lang=xx&sector=rail-transit,<script>&place=atlantis&confidence=%00")
    note = page.get_by_role("alert")
    expect(note).to_contain_text("atlantis")
    expect(note).to_contain_text("<script>")
    page.locator("#chip-kind-city").evaluate("(chip) => chip.click()")
    expect(page).to_have_url(address("?lang=en&sector=rail-transit&kind=city"))


def test_an_empty_result_offers_repairs_that_work(reader: Readers) -> None:
    page = reader().open("?lang=en&sector=monorail,waste-incineration&match=all")
    expect(page.get_by_role("alert")).to_contain_text("No place passes all these filters")
    page.get_by_role("link", name=re.compile("^any instead of all")).click()
    expect(page.locator(".sentence")).to_contain_text("3 of 14 places")


def test_a_click_leaves_what_is_typed_and_reset_empties_the_field(reader: Readers) -> None:
    page = reader().open("?lang=en&q=de")
    field = page.get_by_role("searchbox")
    expect(field).to_have_value("de")
    page.locator("#filters summary").click()
    page.locator("#chip-kind-city").click()
    expect(page).to_have_url(address("?lang=en&kind=city&q=de"))
    expect(field).to_have_value("de")
    page.locator("#reset-filters").click()
    expect(page).to_have_url(address("?lang=en"))
    expect(field).to_have_value("")
    sentence(page, "14 of 14 places: 8 cities and districts and 6 parks")


def test_the_note_on_a_mangled_link_goes_with_the_next_click(reader: Readers) -> None:
    page = reader().open("?lang=en&place=atlantis")
    expect(page.get_by_role("alert")).to_contain_text("atlantis")
    page.locator("#filters summary").click()
    page.locator("#chip-kind-city").click()
    expect(page).to_have_url(address("?lang=en&kind=city"))
    expect(page.get_by_text("atlantis")).to_have_count(0)
    page.locator("#chip-kind-park").click()
    expect(page).to_have_url(address("?lang=en&kind=city,park"))


def test_the_tab_is_named_after_the_place_that_was_clicked(reader: Readers) -> None:
    page = reader().open("?lang=en")
    page.locator("#card a", has_text="Deyang").first.click()
    expect(page).to_have_title("Deyang · Chengyu Cluster Atlas")
    page.get_by_role("link", name="Close, back to the list").click()
    expect(page).to_have_title("Chengyu Cluster Atlas")


def test_the_browser_language_is_followed_where_the_link_names_none(reader: Readers) -> None:
    page = reader(locale="id-ID").open("")
    expect(page).to_have_title("Atlas Klaster Chengyu")
    assert page.locator("html").get_attribute("lang") == "id"


@pytest.mark.parametrize("lang", ["en", "zh", "id"])
def test_a_telephone_shows_figures_and_chips_before_a_map_that_leaves_room(
    reader: Readers, lang: str
) -> None:
    page = reader(phone=True).open(f"?lang={lang}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    order = [
        page.locator(css).first.bounding_box()
        for css in (
            ".sentence",
            ".key-figures",
            ".chips",
        )
    ]
    chart = page.locator(".map").bounding_box()
    assert chart is not None
    tops = [box["y"] for box in order if box] + [chart["y"]]
    assert tops == sorted(tops)
    assert chart["height"] <= 0.6 * 844


def test_the_first_screen_holds_title_figures_chips_and_map(reader: Readers) -> None:
    page = reader().open("?lang=en")
    chart = page.locator(".map").bounding_box()
    assert chart is not None
    assert chart["y"] + 0.5 * chart["height"] <= 900
    expect(page.locator("h1")).to_be_in_viewport()
    expect(page.locator(".as-of")).to_be_in_viewport()


def test_a_dark_page_has_a_dark_map(reader: Readers) -> None:
    page = reader(dark=True).open("?lang=en")
    ground = page.evaluate("getComputedStyle(document.querySelector('.map')).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", ground)[:3])) < 200


@pytest.mark.parametrize("query", ["?lang=en", "?lang=zh&place=deyang", "?lang=id&sets=outside"])
def test_no_page_asks_another_host_for_anything(reader: Readers, query: str) -> None:
    visitor = reader()
    drawn(visitor.open(query))
    assert visitor.strayed == []
    assert visitor.errors == []


def test_the_table_bundle_stays_off_the_first_view(reader: Readers) -> None:
    visitor = reader()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    drawn(visitor.open("?lang=en"))
    assert [url for url in asked if re.search(r"DataFrame|arrow", url, re.IGNORECASE)] == []
