"""The search while somebody types: the combobox pattern, with arrow keys and an input method."""

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.steps import typed


def test_a_firm_is_found_by_what_it_makes_and_opened_from_the_keyboard(read_at: Visit) -> None:
    page = read_at("?lang=en")
    field = typed(page, "turbin")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(options.first).to_contain_text("Dongfang Turbine")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?lang=en&firm=dongfang-turbine$"))
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#card")).to_contain_text("Steam and gas turbines")


def test_what_was_gone_to_stays_when_a_later_list_comes(read_at: Visit) -> None:
    page = read_at("?lang=en&kind=city")  # With these words nobody here has seen it yet.
    field = typed(page, "turbi")
    expect(page.get_by_role("option").first).to_contain_text("Dongfang Turbine")
    later = re.compile(r"/panels/.*q=turbin(&|$)")
    waiting: list[Route] = []
    page.route(later, lambda route: waiting.append(route))
    with page.expect_request(later):
        field.press("n")
    field.press("ArrowDown")
    with page.expect_response(later):
        waiting.pop().continue_()
    page.unroute(later)
    expect(page.locator(".sentence")).to_contain_text("turbin")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"&firm=dongfang-turbine$"))


def test_escape_closes_the_suggestions_and_keeps_what_is_typed(read_at: Visit) -> None:
    page = read_at("?lang=zh")
    field = typed(page, "中车")
    expect(page.get_by_role("option")).to_have_count(5)
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("中车")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"q=%E4%B8%AD%E8%BD%A6$"))


def test_the_enter_that_ends_an_input_method_chooses_nothing(read_at: Visit) -> None:
    page = read_at("?lang=zh")
    field = typed(page, "deyang")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    address = page.url
    field.evaluate(
        """(field) => field.dispatchEvent(new KeyboardEvent("keydown", {
            key: "Enter", bubbles: true, isComposing: true, cancelable: true }))"""
    )
    assert page.url == address
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"place=deyang"))
