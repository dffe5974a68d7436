"""The page of places, firms and comparisons as a reader comes to them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader, Visit

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]


def test_streamlits_table_takes_the_place_of_the_plain_one_and_follows_the_view(
    reader: Readers,
) -> None:
    visitor = reader()
    page = visitor.open("places?lang=en&side=sichuan")
    expect(page.locator(".plain-table")).to_be_visible()
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    expect(page.locator(".plain-table")).to_be_hidden()
    height = table.evaluate("(one) => one.clientHeight")
    page.get_by_role("link", name="Reset all filters").click()
    expect(page.locator(".filtered")).to_have_count(0)
    grown = "(height) => document.querySelector('[data-testid=stDataFrame]').clientHeight > height"
    for _ in range(100):  # The policy of the page forbids Playwright's own way to wait for this.
        if page.evaluate(grown, height):
            break
        page.wait_for_timeout(100)
    assert page.evaluate(grown, height)
    assert visitor.errors == []


def test_a_firm_that_is_searched_for_is_one_click_from_its_own_view(go_to: Visit) -> None:
    page = go_to("?lang=zh")
    page.get_by_role("searchbox").fill("中车")
    page.locator(".found").get_by_role("link", name="中车眉山").click()
    expect(page).to_have_url(re.compile(r"\?lang=zh&firm=crrc-meishan"))
    expect(page.locator(".sentence")).to_contain_text("企业：中车眉山")
    expect(page.locator(".found")).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("中车")
