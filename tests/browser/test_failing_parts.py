"""What a reader has when a part fails: the server, the network, a file of the map, Streamlit."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_journeys import address, drawn, taken_in
from tests.conftest import at_night, combined
from tests.hosting.servers import Replica

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

VIEW = "?lang=en&sector=rail-transit&place=deyang"
WIDER = "lang=en&sector=aerospace,rail-transit&place=deyang"
TORN = "Part of the map could not be loaded"


def goes_on(page: Page) -> None:
    """Check that the view is still there, and answers a click."""
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    expect(page).to_have_url(address(VIEW))
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(address(f"?{WIDER}"))
    chosen = page.locator("#chip-sector-aerospace")
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(page.locator("#card h2").first).to_contain_text("Deyang")


def test_a_restarted_server_finds_its_readers_where_they_were(
    reader: Readers, cold_server: Replica
) -> None:
    visitor = reader(cold_server.url)
    page = visitor.open(VIEW)
    taken_in(page)
    cold_server.kill()
    lost = page.get_by_role("dialog", name="Connection error")
    expect(lost).to_be_visible()
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    cold_server.start()
    expect(lost).to_be_hidden()
    goes_on(page)
    page.locator("nav.pages a", has_text="Timeline").click()
    expect(page).to_have_url(address(f"/timeline?{WIDER}"))
    expect(page.locator("nav.pages a[aria-current]")).to_have_text("Timeline")
    page.go_back()
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    assert visitor.errors == []


def test_a_page_survives_the_network_cut_and_restored(reader: Readers) -> None:
    page = reader().open(VIEW)
    page.context.set_offline(True)
    page.wait_for_timeout(2_000)
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    page.context.set_offline(False)
    goes_on(page)


@pytest.mark.parametrize(
    ("file", "failure"),
    combined([r"/assets/.*boundaries\.geojson", r"/assets/.*/map\.js"], ["answer", "network"]),
)
def test_a_part_of_the_map_that_fails_to_load_is_said(
    reader: Readers, file: str, failure: str
) -> None:
    visitor = reader()
    visitor.page.route(
        re.compile(file),
        lambda route: route.fulfill(status=503) if failure == "answer" else route.abort(),
    )
    page = visitor.open("?lang=en")
    expect(page.get_by_role("status").filter(has_text=TORN)).to_be_visible()
    expect(page.locator("#card li:has(> .mark)")).to_have_count(14)


def test_a_slow_network_still_brings_the_page(reader: Readers) -> None:
    """As slow as the third generation of mobile networks at its edge."""
    visitor = reader(phone=True)
    visitor.page.set_default_timeout(120_000)
    network = visitor.page.context.new_cdp_session(visitor.page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 300,  # ms
            "downloadThroughput": 200_000,  # bytes a second
            "uploadThroughput": 50_000,
        },
    )
    page = visitor.open("?lang=en&sector=aerospace")
    expect(page.locator(".sentence")).to_contain_text("8 of 14 places")


@pytest.mark.parametrize("lacking", at_night(["silent", "websocket", "scripts"], ["silent"]))
def test_without_streamlit_the_page_stays_and_says_what_is_missing(
    reader: Readers, lacking: str
) -> None:
    visitor = reader()
    if lacking == "scripts":
        visitor.page.route("**/static/js/**", lambda route: route.abort())
    else:
        visitor.page.route_web_socket(
            re.compile("/_stcore/stream"),
            lambda socket: socket.close() if lacking == "websocket" else None,
        )
    page = visitor.open(VIEW)
    drawn(page)
    expect(page.locator(".note.offline")).to_be_visible()
    goes_on(page)
    page.locator("nav.pages a", has_text="Sectors").click()
    expect(page.locator("h1")).to_contain_text("Aerospace")
    page.go_back()
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
