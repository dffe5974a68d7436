"""The About page in a browser: its parts open, by pointer and by keyboard, on every screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader, Visit

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]


def test_the_dictionary_opens_by_keyboard_and_describes_a_column(go_to: Visit) -> None:
    page = go_to("about?lang=zh")
    table = page.locator("details", has_text="evidence.csv")
    expect(table.locator("table")).not_to_be_visible()
    table.locator("summary").focus()
    page.keyboard.press("Enter")
    row = table.locator("tr", has=page.locator("code", has_text=re.compile("^confidence$")))
    expect(row).to_contain_text("可信程度")


def test_the_list_of_parts_leads_to_each(go_to: Visit) -> None:
    page = go_to("about?lang=en")
    page.get_by_role("link", name="Licences and attribution").click()
    expect(page.locator("#about-licences")).to_be_in_viewport()


def test_a_place_leads_to_its_profile_and_the_menu_back_to_the_map(go_to: Visit) -> None:
    page = go_to("about?lang=en&sector=aerospace&place=deyang")
    page.locator(".run").get_by_role("link", name="Yufu").first.click()
    expect(page.locator("#profile-yufu-idz")).to_be_in_viewport()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Map").click()
    expect(page).to_have_url(re.compile(r"/\?lang=en&sector=aerospace&place=yufu-idz$"))
