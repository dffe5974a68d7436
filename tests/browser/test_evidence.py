"""From a claim to its source and back, by links that may be sent."""

import re

from playwright.sync_api import Page, expect

from atlas.datapackage.loader import current
from tests.browser.conftest import Readers, Visit
from tests.browser.steps import box_of


def led_to(page: Page, anchor: str) -> None:
    """Wait until the reader stands before an anchor, however long the page takes to draw."""
    expect(page.locator(f"#{anchor}")).to_be_focused()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_a_cold_link_to_a_source_leads_to_it(reader: Readers) -> None:
    page = reader().open("evidence?lang=zh&sector=monorail#source-S42")
    led_to(page, "source-S42")
    expect(page).to_have_url(re.compile(r"\?lang=zh&sector=monorail#source-S42$"))


def test_a_badge_opens_its_source_beside_itself_and_gives_the_focus_back(read_at: Visit) -> None:
    page = read_at("?lang=en&place=deyang")
    badge = page.locator(".panel a.ref", has_text="S02").first
    badge.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Source S02")
    expect(box).to_be_focused()
    expect(box).to_contain_text("original of an official body or established medium")
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    expect(badge).to_be_focused()
    expect(page).to_have_url(re.compile(r"/\?lang=en&place=deyang$"))
    badge.click()
    box.get_by_role("link", name="What it supports").click()
    led_to(page, "source-S02")
    expect(page).to_have_url(re.compile(r"/evidence\?lang=en(#source-S02)?$"))


def test_the_box_of_a_source_without_address_has_words_to_search_for(read_at: Visit) -> None:
    page = read_at("evidence?lang=en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("a.ref", has_text="S88").first.click()
    box = page.get_by_role("dialog", name="Source S88")
    edges = box_of(box)
    assert edges["x"] >= 0
    assert edges["x"] + edges["width"] <= 390
    box.get_by_role("button", name="Copy for a search").click()
    expect(box.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert current().source["S88"].title in copied
    assert "2020-04-28" in copied


def test_a_link_to_a_claim_further_down_leads_to_it(read_at: Visit) -> None:
    page = read_at("evidence?lang=en#claim-membership-members-meishan")
    led_to(page, "claim-membership-members-meishan")


def test_from_a_source_to_a_claim_that_the_filters_hide(read_at: Visit) -> None:
    page = read_at("evidence?lang=en&claim=event")
    page.locator("#fold-sources > summary").click()
    page.locator("#source-S02 summary").first.click()
    page.locator("#source-S02 a", has_text="Meishan · The eight").click()
    led_to(page, "claim-membership-members-meishan")
    expect(page).to_have_url(re.compile(r"/evidence\?lang=en&rows=\d+(#.*)?$"))
