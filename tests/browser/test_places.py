"""The page of places as a reader uses it: its table, comparisons, and distances by link and map."""

from playwright.sync_api import Page, expect

from atlas.analysis.distance import Position
from atlas.map.reach_map import reach_view
from tests.browser.conftest import Visit
from tests.browser.steps import address, canvas, click_map, drawn, spot_on


def test_streamlits_table_takes_the_place_of_the_plain_one_and_follows_the_view(
    read_at: Visit,
) -> None:
    page = read_at("places?lang=en&side=sichuan")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    expect(page.locator(".plain-table")).to_be_hidden()
    height = table.evaluate("(node) => getComputedStyle(node).height")
    page.get_by_role("link", name="Reset all filters").click()
    expect(page.locator(".filtered")).to_have_count(0)
    expect(table).not_to_have_css("height", height)


def test_two_clicks_compare_two_places_and_back_undoes_the_last(read_at: Visit) -> None:
    page = read_at("places?lang=en")
    compare(page, "Deyang")
    expect(page).to_have_url(address("?lang=en&compare=deyang"))
    compare(page, "Yubei")
    expect(page).to_have_url(address("?lang=en&compare=deyang,yubei"))
    expect(page.locator("#side-by-side")).to_be_in_viewport()
    expect(page.locator("table.beside thead th a")).to_have_text(["Deyang", "Yubei"])
    page.go_back()
    expect(page.locator("table.beside")).to_have_count(0)


def compare(page: Page, name: str) -> None:
    choice = page.get_by_role("link", name=f"Compare {name}", exact=True).first
    choice.click()
    expect(choice).to_have_attribute("aria-current", "true")


def test_a_coordinate_typed_by_keyboard_changes_list_and_address(read_at: Visit) -> None:
    page = read_at("places?lang=en&radius=25")
    field = page.get_by_label("Place or coordinate")
    field.focus()
    page.keyboard.type("31°7′48″N，104°22′48″E")
    page.keyboard.press("Enter")
    expect(page.locator(".from")).to_contain_text("31.13° N, 104.38° E")
    expect(page.locator("#reached")).to_have_text("2 places within 25 km")


def test_a_click_on_the_map_measures_from_that_place(go_to: Visit) -> None:
    page = go_to("places?lang=en&near=30.7,104.2")
    drawn(page)
    page.get_by_test_id("stDataFrame").wait_for()  # It moves what stands below it.
    page.locator(".map").scroll_into_view_if_needed()
    size = canvas(page.locator(".map").evaluate("(map) => map.clientWidth"))
    view = reach_view(Position(30.7, 104.2), 100, min(size))
    click_map(page, *spot_on(page, view, 104.38198, 31.13019))
    expect(page).to_have_url(address("?lang=en&near=deyang"))
    expect(page.get_by_label("Place or coordinate")).to_have_value("Deyang")
