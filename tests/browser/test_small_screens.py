"""Telephones, tablets, a page at 200 % and at 400 %, and on paper."""

import io
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.conftest import Reader, Server
from tests.browser.test_accessibility import VIEWS
from tests.browser.test_journeys import drawn

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

# CSS pixels: 1280 x 900 at 200 %, a small telephone, a tablet, and 1280 px at 400 % (WCAG 1.4.10).
SCREENS = {
    "zoomed": (640, 450),
    "phone": (360, 640),
    "tablet": (820, 1180),
    "narrowest": (320, 640),
}


@pytest.fixture(params=SCREENS)
def screen(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = SCREENS[request.param]
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": height},
        has_touch=request.param != "zoomed",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(40_000)
    yield page
    context.close()


def test_no_page_scrolls_sideways(screen: Page) -> None:
    """A table too wide for the screen scrolls in a frame of its own."""
    wide = []
    for view in VIEWS:
        screen.goto(f"/{view % 'en'}")
        screen.wait_for_selector(".foot")
        excess = "(main) => main.scrollWidth - main.clientWidth"
        if screen.get_by_test_id("stMain").evaluate(excess) > 0:
            wide.append(view)
    assert wide == []


Fingers = list[tuple[float, float]]


def drag(page: Page, *moments: Fingers) -> None:
    """Put fingers on the page, move them from moment to moment, and take them away."""
    devices = page.context.new_cdp_session(page)
    for kind, fingers in (
        ("touchStart", moments[0]),
        *(("touchMove", moment) for moment in moments[1:]),
        ("touchEnd", []),
    ):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(20)
    page.wait_for_timeout(1_000)


def test_a_finger_on_the_map_scrolls_the_page_and_two_fingers_zoom(reader: Readers) -> None:
    page = reader(phone=True).open("?lang=en")
    drawn(page)
    chart, main = page.get_by_test_id("stDeckGlJsonChart"), page.get_by_test_id("stMain")
    chart.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = chart.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    before = chart.screenshot()
    drag(page, *([(x - reach, y), (x + reach, y)] for reach in range(20, 110, 5)))
    assert chart.screenshot() != before

    top = main.evaluate("(one) => one.scrollTop")
    drag(page, *([(x, y - way)] for way in range(0, 200, 15)))
    assert main.evaluate("(one) => one.scrollTop") > top + 100


def test_the_printed_page_holds_all_of_it_and_no_controls_of_the_frame(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert 2 <= len(sheets) <= 8
    texts = [sheet.extract_text() for sheet in sheets]
    assert all(text.strip() for text in texts)
    for part in ("Chengyu Cluster Atlas", "Deyang", "OpenStreetMap"):
        assert part in "".join(texts)
