"""What readers of every kind do and wait for, and where things are on a map."""

import math
import re
from collections.abc import Callable

from playwright.sync_api import FloatRect, Locator, Page, expect

from atlas.datapackage.loader import current
from atlas.map.extent import Size, first_view
from atlas.map.scene.placing import ViewPoint, pixel
from atlas.pages.view import MAP_LIMITS, MAP_SIZES


def address(query: str) -> re.Pattern[str]:
    """Match an address that ends in exactly this query string, and perhaps names a part."""
    return re.compile(re.escape(query) + "(#[a-z-]+)?$")


def drawn(page: Page) -> None:
    """Wait until the map is live: WebGL in software takes its time."""
    page.wait_for_selector(".map.live")


def taken_in(page: Page) -> None:
    """Wait until Streamlit has taken the page in, and its script has run."""
    expect(page.locator("#atlas-first")).to_have_count(0)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def settled(page: Page) -> None:
    """Wait until every panel is there, the map is live, and Streamlit has taken the page in."""
    waiting = "#atlas-first, [data-panel]:not([data-filled], [data-later])"
    expect(page.locator(waiting)).to_have_count(0)
    expect(page.locator(".map:not(.live), [data-test-script-state=running]")).to_have_count(0)


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


def box_of(part: Locator) -> FloatRect:
    """Return where an element stands in the window."""
    box = part.bounding_box()
    assert box is not None
    return box


def typed(page: Page, words: str) -> Locator:
    """Type words into the search, as a reader does; return its field."""
    field = page.locator("#search")
    field.click()
    field.press_sequentially(words, delay=30)
    return field


def canvas(width: float) -> Size:
    """Return the canvas that a map of a width in pixels is made for."""
    return next(size for name, size in MAP_SIZES.items() if width <= MAP_LIMITS.get(name, width))


def pixel_of(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a point is on the first view of the map page's map, as the page computes it."""
    size = canvas(page.locator(".map").evaluate("(map) => map.clientWidth"))
    return spot_on(page, first_view(current(), size), longitude, latitude)


def spot_on(page: Page, view: ViewPoint, longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a point is on a map at a view that was made for its canvas."""
    return projection(page, view)(longitude, latitude)


def projection(page: Page, view: ViewPoint) -> Callable[[float, float], tuple[float, float]]:
    """Return what tells where points in degrees are on a map at a view, in pixels."""
    box = box_of(page.locator(".map"))
    size = canvas(box["width"])
    zoom = view.zoom + math.log2(min(box["width"] / size.width, box["height"] / size.height))
    centre_x, centre_y = pixel(view.latitude, view.longitude, zoom)
    left, top = box["x"] + box["width"] / 2 - centre_x, box["y"] + box["height"] / 2 - centre_y

    def spot(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = pixel(latitude, longitude, zoom)
        return left + x, top + y

    return spot


def point_at(page: Page, x: float, y: float) -> None:
    """Move the mouse as a hand does, which is never still."""
    page.mouse.move(x + 2, y + 2)
    page.mouse.move(x, y)


def click_map(page: Page, x: float, y: float) -> None:
    """Point at a spot of the map until its tooltip shows, as a reader would, and click."""
    point_at(page, x, y)
    expect(page.locator(".atlas-tip")).to_be_visible()
    page.mouse.click(x, y)
