"""The panels that the browser fetches: at once, again after a failure, and never another view's."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, WebSocket, WebSocketRoute, expect

from tests.browser.conftest import Reader
from tests.browser.test_journeys import address, drawn

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

LOST = "This part could not be loaded. It is tried again."
FIGURES = "dl.key-figures"


def test_the_figures_follow_a_click_before_the_server_has_run(reader: Readers) -> None:
    held: list[str | bytes] = []
    holding = False

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda said: held.append(said) if holding else server.send(said))

    visitor = reader()
    visitor.page.route_web_socket(re.compile("/_stcore/stream"), between)
    page = visitor.open("?lang=en")
    drawn(page)
    holding = True
    page.locator("#chip-sector-rail-transit").click()
    expect(page.locator(FIGURES)).to_contain_text("8 of 14")
    expect(page.locator("#chip-sector-rail-transit")).to_have_attribute("aria-current", "true")
    expect(page.locator("#chip-sector-rail-transit")).to_be_focused()
    assert held


def test_a_quick_reader_sees_the_view_of_the_last_click(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    for chip in ("rail-transit", "aerospace", "rail-transit", "power-generation"):
        page.locator(f"#chip-sector-{chip}").click()
    expect(page).to_have_url(address("?lang=en&sector=aerospace,power-generation"))
    expect(page.locator(".sentence")).to_contain_text("aerospace or power generation")
    expect(page.locator(".chip[aria-current]")).to_have_count(3)


def test_a_link_after_a_quick_click_takes_that_along(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    page.locator("#chip-sector-rail-transit").click()
    page.locator("#card a", has_text="Deyang").first.click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit&place=deyang"))


def test_panels_that_cannot_be_had_are_said_and_come_when_they_can(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    lost = True
    page.route("**/panels/**", lambda route: route.abort() if lost else route.fallback())
    page.locator("#chip-sector-rail-transit").click()
    expect(page.get_by_text(LOST).first).to_be_visible()
    expect(page.get_by_text("14 of 14")).to_have_count(0)
    expect(page).to_have_url(address("?lang=en&sector=rail-transit"))
    lost = False
    expect(page.locator(FIGURES)).to_contain_text("8 of 14")
    expect(page.get_by_text(LOST)).to_have_count(0)


@pytest.mark.parametrize("status", [404, 500, 200])
def test_an_answer_that_is_none_is_no_panel(reader: Readers, status: int) -> None:
    """As a proxy before the server may give it, with a page of its own."""

    ill = True

    def refused(route: Route) -> None:
        if ill:
            route.fulfill(status=status, body="<h1>Bad gateway</h1>", content_type="text/html")
        else:
            route.fallback()

    visitor = reader()
    page = visitor.page
    page.route("**/panels/**", refused)
    page.goto(f"{visitor.url}/?lang=id")
    expect(page.get_by_text("Bagian ini gagal dimuat").first).to_be_visible()
    expect(page.get_by_text("Bad gateway")).to_have_count(0)
    ill = False
    expect(page.locator(FIGURES)).to_contain_text("14 dari 14")


def test_a_click_brings_the_map_and_not_the_rest_of_the_page(reader: Readers) -> None:
    visitor = reader()
    came: list[bytes] = []

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", lambda said: came.append(bytes(said)))

    visitor.page.on("websocket", opened)
    page = visitor.open("?lang=en")
    drawn(page)
    assert any(b"data-panel" in one for one in came)
    came.clear()
    page.locator("#chip-sector-rail-transit").click()
    expect(page.get_by_role("figure", name="8 of 14 places")).to_be_visible()
    assert not any(b"data-panel" in one for one in came)


def test_a_view_seen_before_costs_no_request(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    chip = page.locator("#chip-sector-rail-transit")
    for shown in ("8 of 14", "14 of 14", "8 of 14"):
        chip.click()
        expect(page.locator(FIGURES)).to_contain_text(shown)
    assert len([one for one in asked if "/panels/" in one]) == 1


def test_after_a_reset_the_keyboard_is_at_the_filters(reader: Readers) -> None:
    page = reader().open("?lang=en&sector=aerospace&side=sichuan")
    drawn(page)
    page.locator("#reset-filters").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en"))
    expect(page.locator("#filters")).to_be_focused()


def test_back_and_forward_bring_their_panels(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    page.go_back()
    expect(page.locator(FIGURES)).to_contain_text("14 of 14")
    page.go_forward()
    expect(page.locator(FIGURES)).to_contain_text("8 of 14")


def test_on_another_page_the_menu_is_that_page_s(reader: Readers) -> None:
    page = reader().open("?lang=zh&sector=aerospace")
    drawn(page)
    page.locator("nav.pages a").nth(5).click()
    expect(page.locator("nav.pages a[aria-current]")).to_have_text("依据")
    expect(page.locator("nav.pages a[aria-current]")).to_have_count(1)
