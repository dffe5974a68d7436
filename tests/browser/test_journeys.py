"""What a reader does: open a shared link, filter, open a place, change language, go back."""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from atlas.model.languages import LANGUAGES
from tests.browser.conftest import Reader, Visit, visit

if TYPE_CHECKING:
    from atlas.map.extent import Size
    from atlas.map.scene.placing import ViewPoint

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
    from atlas.map.scene.placing import pixel

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


def test_a_filter_changes_panels_and_address_together(go_to: Visit) -> None:
    page = go_to("?lang=en")
    sentence(page, "14 of 14 places: 8 cities and districts and 6 parks")
    page.locator("#chip-sector-rail-transit").click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit"))
    expect(page.locator(".sentence")).to_contain_text("working in rail transit")
    expect(page.locator(".key-figures dd").first).to_have_text("8 of 14")
    expect(page.locator("#card li:has(> .mark)")).to_have_count(8)


def test_a_click_on_the_map_opens_and_closes_the_card(go_to: Visit) -> None:
    page = go_to("?lang=en")
    drawn(page)
    click_map(page, 104.06667, 30.66667)
    expect(page).to_have_url(address("?lang=en&place=chengdu"))
    expect(page.locator("#card h2").first).to_contain_text("Chengdu")
    click_map(page, 104.06667, 30.66667)
    expect(page).to_have_url(address("?lang=en"))
    click_map(page, 103.35, 30.45)  # The land of the city.
    expect(page).to_have_url(address("?lang=en&place=chengdu"))


def test_the_list_opens_places_by_keyboard_alone(go_to: Visit) -> None:
    page = go_to("?lang=en")
    page.locator("#card a", has_text="Deyang").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en&place=deyang"))
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    expect(page).to_have_title("Deyang · Chengyu Cluster Atlas")
    page.get_by_role("link", name="Close, back to the list").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en"))
    expect(page).to_have_title("Chengyu Cluster Atlas")


def test_another_language_keeps_the_view(go_to: Visit) -> None:
    page = go_to("?lang=en&sector=aerospace&side=sichuan&place=deyang")
    before = page.locator(".key-figures dd").first.inner_text()
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(address("?lang=id&sector=aerospace&side=sichuan&place=deyang"))
    expect(page.locator("#card h2").first).to_contain_text("Kota Deyang")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    after = page.locator(".key-figures dd").first.inner_text()
    assert re.findall(r"\d+", after) == re.findall(r"\d+", before)


def test_reload_and_back_and_forward_keep_the_view(go_to: Visit) -> None:
    page = go_to("?lang=en")
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    page.locator("#card a", has_text="Ziyang").first.click()
    expect(page).to_have_url(address("?lang=en&sector=aerospace&place=ziyang"))
    page.reload()
    expect(page.locator("#card h2").first).to_contain_text("Ziyang")
    page.go_back()
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    expect(page.locator(".sentence")).to_contain_text("aerospace")
    page.go_back()
    sentence(page, "14 of 14 places: 8 cities and districts and 6 parks")
    expect(page.locator("#chip-sector-aerospace")).not_to_have_attribute("aria-current", "true")
    page.go_forward()
    expect(page.locator("#chip-sector-aerospace")).to_have_attribute("aria-current", "true")


def test_a_filter_taken_back_before_the_answer_stays_off(go_to: Visit) -> None:
    page = go_to("?lang=en&kind=district")  # With a sector nobody here has seen it yet.
    page.locator("#chip-sector-aerospace").evaluate("(chip) => { chip.click(); chip.click() }")
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(address("?lang=en&kind=district"))
    expect(page.locator(".sentence")).not_to_contain_text("aerospace")
    expect(page.locator("#chip-sector-aerospace")).not_to_have_attribute("aria-current", "true")


def test_a_grid_cell_leads_to_its_evidence(go_to: Visit) -> None:
    page = go_to("?lang=en")
    page.get_by_role("link", name="Meishan · Rail transit: High").click()
    expect(page).to_have_url(re.compile("place=meishan"))
    expect(page.locator("#evidence-rail-transit")).to_be_focused()


def test_a_mangled_link_opens_and_says_at_first_what_it_left_out(
    reader: Readers,
) -> None:
    page = reader().open("?lang=xx&sector=rail-transit,<script>&place=atlantis&confidence=%00")
    note = page.get_by_role("alert")
    expect(note).to_contain_text("atlantis")
    expect(note).to_contain_text("<script>")
    page.locator("#filters summary").click()
    page.locator("#chip-kind-city").click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit&kind=city"))
    expect(page.get_by_text("atlantis")).to_have_count(0)


def test_a_click_leaves_what_is_typed_and_reset_empties_the_field(go_to: Visit) -> None:
    page = go_to("?lang=en&q=de")
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


def test_on_a_telephone_the_map_is_half_of_the_first_screen(reader: Readers) -> None:
    page = reader(phone=True).open("?lang=en")
    taken_in(page)
    for lang in LANGUAGES:
        visit(page, f"?lang={lang}")
        assert share_of_screen(page) >= 0.5
        tops = [
            page.locator(css).first.bounding_box()
            for css in (".sentence", "#search", ".map", ".legend")
        ]
        assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_is_most_of_the_first_screen(go_to: Visit, lang: str) -> None:
    page = go_to(f"?lang={lang}")
    assert share_of_screen(page) >= 0.55
    for part in ("h1", ".as-of", ".sentence", "#search", "#chip-sector-aerospace", "#card"):
        expect(page.locator(part).first).to_be_in_viewport()


def share_of_screen(page: Page) -> float:
    """How much of the first screen the map takes, as a share."""
    screen, box = page.viewport_size, page.locator(".map").bounding_box()
    assert screen is not None
    assert box is not None
    seen = min(box["y"] + box["height"], screen["height"]) - box["y"]
    return box["width"] * seen / (screen["width"] * screen["height"])
