"""What a reader has when a part fails: the server, the network, a file of the map, Streamlit."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Readers
from tests.browser.steps import address, taken_in
from tests.conftest import at_night
from tests.hosting.servers import Replica, running

VIEW = "?lang=en&sector=rail-transit&place=deyang"
WIDER = "lang=en&sector=aerospace,rail-transit&place=deyang"
COMES_WITHIN = 10_000  # milliseconds until the page says that Streamlit has not come
TORN = "Part of the map could not be loaded"


def goes_on(page: Page) -> None:
    """Check that the view is still there, and answers a click."""
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    expect(page).to_have_url(address(VIEW))
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(address(f"?{WIDER}"))
    expect(page.locator("#chip-sector-aerospace")).to_have_attribute("aria-current", "true")
    expect(page.locator("#card h2").first).to_contain_text("Deyang")


def test_a_restarted_server_finds_its_readers_where_they_were(
    reader: Readers, tmp_path: Path
) -> None:
    server = Replica(tmp_path)
    with running(server.ready()):
        visitor = reader(server.url, webgl=False)
        page = visitor.open(VIEW)
        taken_in(page)
        server.kill()
        lost = page.get_by_role("dialog", name="Connection error")
        expect(lost).to_be_visible()
        expect(page.locator("#card h2").first).to_contain_text("Deyang")
        server.start()
        expect(lost).to_be_hidden()
        goes_on(page)
        page.locator("nav.pages a", has_text="Timeline").click()
        expect(page).to_have_url(address(f"/timeline?{WIDER}"))
        expect(page.locator("nav.pages a[aria-current]")).to_have_text("Timeline")
        assert visitor.errors == []


FAILURES = [("map.js", 0), ("map.js", 503), ("boundaries.geojson", 0), ("boundaries.geojson", 503)]


@pytest.mark.parametrize(("file", "status"), at_night(FAILURES, FAILURES[:1]))
def test_a_part_of_the_map_that_fails_to_load_is_said(
    reader: Readers, file: str, status: int
) -> None:
    visitor = reader()
    visitor.page.route(
        re.compile(f"/assets/.*{re.escape(file)}"),
        lambda route: route.fulfill(status=status) if status else route.abort(),
    )
    page = visitor.open("?lang=en")
    expect(page.get_by_role("status").filter(has_text=TORN)).to_be_visible()
    expect(page.locator("#card li:has(> .mark)")).to_have_count(14)


@pytest.mark.night  # It is slow by nature.
def test_a_slow_network_still_brings_the_page(reader: Readers) -> None:
    """As slow as the third generation of mobile networks at its edge."""
    visitor = reader(phone=True)
    visitor.page.set_default_timeout(120_000)
    network = visitor.page.context.new_cdp_session(visitor.page)
    network.send("Network.enable")
    rates = {"downloadThroughput": 200_000, "uploadThroughput": 50_000}  # bytes a second
    slow = {"offline": False, "latency": 300, **rates}
    network.send("Network.emulateNetworkConditions", slow)
    page = visitor.open("?lang=en&sector=aerospace")
    expect(page.locator(".sentence")).to_contain_text("8 of 14 places")


@pytest.mark.parametrize("lacking", at_night(["silent", "websocket", "scripts"], ["silent"]))
def test_without_streamlit_the_page_stays_and_says_what_is_missing(
    reader: Readers, lacking: str
) -> None:
    visitor = reader(webgl=False)
    visitor.page.clock.install()
    if lacking == "scripts":
        visitor.page.route("**/static/js/**", lambda route: route.abort())
    else:
        visitor.page.route_web_socket(
            re.compile("/_stcore/stream"),
            lambda socket: socket.close() if lacking == "websocket" else None,
        )
    page = visitor.open(VIEW)
    page.clock.fast_forward(COMES_WITHIN)
    expect(page.locator(".note.offline")).to_be_visible()
    goes_on(page)
    page.locator("nav.pages a", has_text="Sectors").click()
    expect(page.locator("h1")).to_contain_text("Aerospace")
    page.go_back()
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
