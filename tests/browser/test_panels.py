"""The panels that the browser fetches: at once, again after a failure, and never another view's."""

import re

from playwright.sync_api import Route, WebSocket, expect

from tests.browser.conftest import Readers, Visit
from tests.browser.steps import address, drawn, taken_in

LOST = "This part could not be loaded. It is tried again."
FIGURES = "dl.key-figures"


def test_a_click_sends_nothing_to_the_script(reader: Readers) -> None:
    visitor = reader()
    frames: list[str | bytes] = []

    def opened(socket: WebSocket) -> None:
        for direction in ("framesent", "framereceived"):
            socket.on(direction, lambda frame: frames.append(frame))

    visitor.page.on("websocket", opened)
    page = visitor.open("?lang=en")
    drawn(page)
    taken_in(page)
    frames.clear()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.locator("#chip-sector-rail-transit").click()
    expect(page.locator(FIGURES)).to_contain_text("8 of 14")
    expect(page.locator("#chip-sector-rail-transit")).to_have_attribute("aria-current", "true")
    expect(page.locator("#chip-sector-rail-transit")).to_be_focused()
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page.locator(FIGURES)).to_contain_text("8 dari 14")
    page.go_back()
    expect(page.locator(FIGURES)).to_contain_text("8 of 14")
    assert frames == []
    # What has been seen before is not asked for again.
    assert len([url for url in urls if "/panels/" in url]) == 2


def test_ten_quick_clicks_on_a_slow_network_cost_two_rounds(read_at: Visit) -> None:
    page = read_at("?lang=en&kind=city")
    urls: list[str] = []

    def slowly(route: Route) -> None:
        urls.append(route.request.url)
        page.wait_for_timeout(700)
        route.fallback()

    page.route("**/panels/**", slowly)
    chips = page.locator("#chip-sector-rail-transit, #chip-sector-aerospace")
    page.evaluate(
        "(ids) => ids.forEach((id) => document.getElementById(id).click())",
        [f"chip-sector-{name}" for name in ["rail-transit", "aerospace"] * 4 + ["rail-transit"] * 2]
        + ["chip-sector-power-generation"],
    )
    expect(page.locator(".sentence")).to_contain_text("working in power generation")
    expect(chips.and_(page.locator("[aria-current]"))).to_have_count(0)
    page.unroute("**/panels/**")
    assert len(urls) <= 2


def test_a_double_click_on_a_chip_is_one(read_at: Visit) -> None:
    page = read_at("?lang=en")
    page.locator("#chip-sector-aerospace").dblclick()
    expect(page.locator(".sentence")).to_contain_text("working in aerospace")
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))


def test_a_link_after_a_quick_click_takes_that_along(read_at: Visit) -> None:
    page = read_at("?lang=en")
    page.locator("#chip-sector-rail-transit").click()
    page.locator("#card a", has_text="Deyang").first.click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit&place=deyang"))


def test_panels_that_cannot_be_had_are_said_and_come_when_they_can(read_at: Visit) -> None:
    """Where there is no answer, and where a proxy before the server gives one of its own."""
    page = read_at("?lang=en&confidence=high")  # With a sector nobody here has seen it yet.
    statuses = [0, 404, 200]

    def refused(route: Route) -> None:
        if not statuses:
            route.fallback()
        elif status := statuses.pop(0):
            route.fulfill(status=status, body="<h1>Bad gateway</h1>", content_type="text/html")
        else:
            route.abort()

    page.route("**/panels/**", refused)
    page.locator("#chip-sector-rail-transit").click()
    expect(page.locator(".note", has_text=LOST).first).to_be_visible()
    expect(page.get_by_text(re.compile("14 of 14|Bad gateway"))).to_have_count(0)
    expect(page).to_have_url(address("?lang=en&sector=rail-transit&confidence=high"))
    expect(page.locator(".sentence")).to_contain_text("working in rail transit")
    expect(page.locator(".note", has_text=LOST)).to_have_count(0)
    page.unroute("**/panels/**")
    assert statuses == []


def test_after_a_reset_the_keyboard_is_at_the_filters(read_at: Visit) -> None:
    page = read_at("?lang=en&sector=aerospace&side=sichuan")
    page.locator("#reset-filters").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en"))
    expect(page.locator("#filters")).to_be_focused()


def test_an_edition_that_is_gone_has_the_page_loaded_anew_once(reader: Readers) -> None:
    page = reader(webgl=False).open("?lang=en")
    taken_in(page)
    page.route("**/panels/**", lambda route: route.fulfill(status=410, body="another edition"))
    with page.expect_event("load"):
        page.locator("#chip-sector-rail-transit").click()
    expect(page.locator(FIGURES)).to_contain_text("8 of 14")
    page.locator("#chip-sector-aerospace").click()
    expect(page.locator(".note", has_text=LOST).first).to_be_visible()
