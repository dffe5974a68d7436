"""What a reader does: open a shared link, filter, open a place, change language, go back."""

import re

import pytest
from playwright.sync_api import Page, expect

from atlas.model.languages import LANGUAGES
from tests.browser.conftest import Readers, Visit, visit
from tests.browser.steps import address, box_of, click_map, drawn, pixel_of
from tests.conftest import at_night

EVERYTHING = "14 of 14 places: 8 cities and districts and 6 parks"


def test_a_filter_changes_panels_and_address_together(go_to: Visit) -> None:
    page = go_to("?lang=en")
    expect(page.locator(".sentence")).to_have_text(EVERYTHING)
    page.locator("#chip-sector-rail-transit").click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit"))
    expect(page.locator(".sentence")).to_contain_text("working in rail transit")
    expect(page.locator(".key-figures dd").first).to_have_text("8 of 14")
    expect(page.locator("#card li:has(> .mark)")).to_have_count(8)


def test_a_click_on_the_map_opens_and_closes_the_card(go_to: Visit) -> None:
    page = go_to("?lang=en")
    drawn(page)
    click_map(page, *pixel_of(page, 104.06667, 30.66667))
    expect(page).to_have_url(address("?lang=en&place=chengdu"))
    expect(page.locator("#card h2").first).to_contain_text("Chengdu")
    expect(page).to_have_title("Chengdu · Chengyu Cluster Atlas")
    click_map(page, *pixel_of(page, 104.06667, 30.66667))
    expect(page).to_have_url(address("?lang=en"))
    click_map(page, *pixel_of(page, 103.35, 30.45))  # The land of the city.
    expect(page).to_have_url(address("?lang=en&place=chengdu"))


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
    expect(page.locator(".sentence")).to_have_text(EVERYTHING)
    expect(page.locator("#chip-sector-aerospace")).not_to_have_attribute("aria-current", "true")
    page.go_forward()
    expect(page.locator("#chip-sector-aerospace")).to_have_attribute("aria-current", "true")


def test_a_filter_taken_back_before_the_answer_stays_off(read_at: Visit) -> None:
    page = read_at("?lang=en&kind=district")  # With a sector nobody here has seen it yet.
    page.locator("#chip-sector-aerospace").evaluate("(chip) => { chip.click(); chip.click() }")
    page.wait_for_timeout(500)  # for an answer that comes too late
    expect(page).to_have_url(address("?lang=en&kind=district"))
    expect(page.locator(".sentence")).not_to_contain_text("aerospace")
    expect(page.locator("#chip-sector-aerospace")).not_to_have_attribute("aria-current", "true")


def test_a_grid_cell_leads_to_its_evidence(read_at: Visit) -> None:
    page = read_at("?lang=en")
    page.get_by_role("link", name="Meishan · Rail transit: High").click()
    expect(page).to_have_url(re.compile("place=meishan"))
    expect(page.locator("#evidence-rail-transit")).to_be_focused()


@pytest.mark.night  # By day, the note in the first answer is enough.
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


def test_a_click_leaves_what_is_typed_and_reset_empties_the_field(read_at: Visit) -> None:
    page = read_at("?lang=en&q=de")
    field = page.get_by_role("searchbox")
    expect(field).to_have_value("de")
    page.locator("#filters summary").click()
    page.locator("#chip-kind-city").click()
    expect(page).to_have_url(address("?lang=en&kind=city&q=de"))
    expect(field).to_have_value("de")
    page.locator("#reset-filters").click()
    expect(page).to_have_url(address("?lang=en"))
    expect(field).to_have_value("")
    expect(page.locator(".sentence")).to_have_text(EVERYTHING)


@pytest.mark.parametrize("lang", at_night(LANGUAGES, ["id"]))
def test_the_map_is_most_of_the_first_screen(go_to: Visit, lang: str) -> None:
    page = go_to(f"?lang={lang}")
    assert share_of_screen(page) >= 0.55
    for part in ("h1", ".as-of", ".sentence", "#search", "#chip-sector-aerospace", "#card"):
        expect(page.locator(part).first).to_be_in_viewport()


@pytest.mark.parametrize("lang", at_night(LANGUAGES, ["id"]))
def test_on_a_telephone_a_link_with_a_place_says_what_it_is_on_the_first_screen(
    reader: Readers, lang: str
) -> None:
    page = reader(phone=True).open(f"?lang={lang}&place=deyang")
    drawn(page)
    for part in (page.locator("article.card h2"), page.locator(".map")):
        expect(part).to_be_in_viewport()
    about = page.locator("article.card p:not(.close, .names, .what)").first
    assert box_of(about)["y"] + 2 * 20 <= 844, "two lines of what it is known for"
    visit(page, f"?lang={lang}")
    assert share_of_screen(page) >= 0.5
    tops = [box_of(page.locator(css))["y"] for css in ("#search", ".map", ".legend")]
    assert tops == sorted(tops)


def share_of_screen(page: Page) -> float:
    """Return how much of the first screen the map takes, as a share."""
    screen, box = page.viewport_size, box_of(page.locator(".map"))
    assert screen is not None
    seen = min(box["y"] + box["height"], screen["height"]) - box["y"]
    return box["width"] * seen / (screen["width"] * screen["height"])
