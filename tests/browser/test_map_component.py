"""The map component on a page of its own: what a reader does with it, and what she sees."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from atlas.datapackage.loader import current
from atlas.map import places_map
from atlas.map.extent import Size, first_view
from atlas.map.scene.icons import icon_mapping, icon_sheet
from atlas.map.served_files import map_files
from atlas.model.selection import Selection
from atlas.pages.assets import PACKAGE, stylesheet
from tests.browser.conftest import Answer, serving
from tests.browser.steps import box_of
from tests.conftest import at_night, is_thorough

MADE_FOR = Size(720, 500)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'"
)
PAGE = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Map</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">
<style>
  :root { color-scheme: light dark; } body { margin: 0; height: 3000px; }
  #map { position: relative; margin: 20px; height: 360px; }
</style>
<div id="map"><svg class="atlas-picture" width="100%" height="100%"></svg></div>
<script type="module" src="page.js"></script></html>"""
SCRIPT = b"""
import { createMap } from "./map.js"
const events = (window.events = [])
const node = document.querySelector("#map")
const log = (name) => (...given) => events.push([name, ...given])
window.newMap = (node, options) => createMap(node, {
  onPick: log("pick"), onLive: log("live"), onLost: log("lost"), onRestored: log("restored"),
  ...options,
})
window.map = newMap(node)
"""


def described(**filters: Any) -> dict[str, Any]:
    """Return what pydeck writes of a selection's map."""
    atlas = current()
    selection = Selection(**{"lang": "en", **filters})
    view = first_view(atlas, MADE_FOR)
    deck: dict[str, Any] = json.loads(places_map.deck(atlas, selection, "light", view).to_json())
    return deck


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a page with a map, and of the files that the map fetches."""
    files = [*map_files(current()), icon_sheet(), icon_mapping()]
    answers = {f"/{file.url}": (file.content, file.media_type) for file in files} | {
        "/": (PAGE, "text/html"),
        "/page.js": (SCRIPT, "text/javascript"),
        "/map.js": ((PACKAGE / "pages/built/map.js").read_bytes(), "text/javascript"),
        "/style.css": (stylesheet().content, "text/css"),
    }

    def answer(path: str) -> Answer:
        content, media_type = answers.get(path, (b"", ""))
        return content, {"content-type": media_type, "content-security-policy": POLICY}

    with serving(answer) as port:
        yield f"http://127.0.0.1:{port}/"


def opened(browser: Browser, address: str, console: list[str], **context: Any) -> Page:
    page = browser.new_context(**context).new_page()
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.goto(address)
    until(page, "window.map")
    return page


def show(page: Page, description: dict[str, Any]) -> None:
    size = {"width": MADE_FOR.width, "height": MADE_FOR.height}
    page.evaluate("([deck, size]) => map.show(deck, size)", [description, size])
    expect(page.locator("#map")).to_have_class("live")


@pytest.fixture(scope="module")
def console() -> list[str]:
    """What the pages below have written to the console."""
    return []


@pytest.fixture(scope="module")
def desktop(browser: Browser, address: str, console: list[str]) -> Iterator[Page]:
    """A page with a map that the tests below share; most begin with `fresh`."""
    page = opened(browser, address, console, viewport={"width": 1280, "height": 900})
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, address: str, console: list[str]) -> Iterator[Page]:
    window = {"width": 390, "height": 844}
    page = opened(browser, address, console, viewport=window, has_touch=True, is_mobile=True)
    yield page
    page.context.close()


def fresh(page: Page, description: dict[str, Any] | None = None) -> Page:
    """Bring the map of a page back to where every test begins."""
    page.mouse.move(0, 0)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); map.fit() }")
    show(page, description or described())
    still(page)
    page.evaluate("events.length = 0")
    return page


def still(page: Page) -> None:
    """Wait until the map has come to rest: until some frames look at the same."""
    page.evaluate(
        """async () => {
            const look = () => JSON.stringify(map.project([105, 30]))
            for (let same = 0, last; same < 6; last = look()) {
                await new Promise(requestAnimationFrame)
                same = look() === last ? same + 1 : 0
            }
        }"""
    )


def until(page: Page, condition: str) -> None:
    """Wait until something is true; Playwright's own way is refused by the security policy."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It never came true: {condition}")


def at(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a point in degrees stands in the window, in pixels."""
    x, y = page.evaluate(
        """(at) => {
            const { left, top } = document.querySelector("#map").getBoundingClientRect()
            const [x, y] = map.project(at)
            return [left + x, top + y]
        }""",
        [longitude, latitude],
    )
    return x, y


def marks(description: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the layer that takes the clicks."""
    layers = {layer["id"]: layer for layer in description["layers"]}
    rows: list[dict[str, Any]] = layers["pick-marks"]["data"]
    return rows


def spot(page: Page, mark: dict[str, Any]) -> tuple[float, float]:
    x, y = at(page, *mark["at"])
    return x + mark["offset"][0], y + mark["offset"][1]


def zoom(page: Page) -> float:
    return float(page.evaluate("map.deck.getViewports()[0].zoom"))


def settles(page: Page, expected: float) -> None:
    """Wait until the map has come to rest at a zoom."""
    until(page, f"Math.abs(map.deck.getViewports()[0].zoom - {expected}) < 0.001")
    still(page)


def smallest_button(page: Page) -> float:
    """Return the shortest side of all buttons."""
    boxes = map(box_of, page.get_by_role("button").all())
    return min(min(box["width"], box["height"]) for box in boxes)


def events(page: Page) -> list[list[str]]:
    happened: list[list[str]] = page.evaluate("events")
    return happened


def test_the_map_comes_alive_without_a_word_on_the_console(
    desktop: Page, console: list[str]
) -> None:
    show(desktop, described())
    assert events(desktop) == [["live"]]
    still(desktop)
    assert [text for text in console if "GPU stall" not in text] == []


@pytest.mark.parametrize("width", at_night([390, 1280], [390]))
def test_every_mark_has_its_tooltip_in_the_window(desktop: Page, width: int) -> None:
    page = fresh(desktop)
    page.set_viewport_size({"width": width, "height": 900})
    still(page)
    canvas = box_of(page.locator("#map canvas"))
    for number, mark in enumerate(marks(described())):
        x, y = spot(page, mark)
        assert canvas["x"] < x < canvas["x"] + canvas["width"]
        assert canvas["y"] < y < canvas["y"] + canvas["height"]
        if number % 3 and not is_thorough():
            continue
        page.mouse.move(x + 1, y)
        page.mouse.move(x, y)
        expect(page.locator(".atlas-tip-name")).to_have_text(mark["name"])
        expect(page.locator(".atlas-tip-grade")).to_have_text(mark["grade"])
        tip = box_of(page.locator(".atlas-tip"))
        assert tip["x"] >= 0
        assert tip["x"] + tip["width"] <= width
        assert tip["y"] + tip["height"] <= 900
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_click_picks_at_once_and_a_double_click_once(desktop: Page) -> None:
    page = fresh(desktop)
    before = zoom(page)
    (deyang,) = (mark for mark in marks(described()) if mark["id"] == "deyang")
    page.mouse.dblclick(*spot(page, deyang))
    page.wait_for_timeout(500)
    assert events(page) == [["pick", "deyang"]]
    assert zoom(page) == before
    page.mouse.dblclick(*at(page, 106.5, 31.5))  # land of nobody
    until(page, f"map.deck.getViewports()[0].zoom > {before}")
    assert events(page) == [["pick", "deyang"]]


def test_a_wheel_scrolls_the_page_and_with_ctrl_zooms_the_map(desktop: Page) -> None:
    page = fresh(desktop)
    before = zoom(page)
    page.mouse.move(600, 150)
    page.mouse.wheel(0, 100)
    until(page, "scrollY > 0")
    expect(page.locator(".atlas-wheel-hint.shown")).to_contain_text("Ctrl")
    assert zoom(page) == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    until(page, f"map.deck.getViewports()[0].zoom > {before}")
    page.keyboard.up("Control")
    expect(page.locator(".atlas-wheel-hint.shown")).to_have_count(0)


def test_buttons_zoom_and_bring_everything_back(desktop: Page) -> None:
    page = fresh(desktop)
    before, scale = zoom(page), page.locator(".atlas-scale")
    expect(scale).to_have_text("100 km")
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    settles(page, before + 2)
    expect(scale).to_have_text("20 km")
    bar = box_of(scale)
    longitude = page.evaluate("map.deck.getViewports()[0].longitude")
    latitude = page.evaluate("map.deck.getViewports()[0].latitude")
    east = longitude + 20 / 96.37  # km in a degree at this latitude
    assert at(page, east, latitude)[0] - at(page, longitude, latitude)[0] == pytest.approx(
        bar["width"], abs=0.3
    )
    page.mouse.move(600, 300)
    page.mouse.down()
    page.mouse.move(700, 350, steps=3)
    page.mouse.up()
    page.get_by_role("button", name="Show everything").click()
    settles(page, before)
    assert page.evaluate("map.deck.getViewports()[0].longitude") == pytest.approx(105.189)
    assert smallest_button(page) >= 24


def test_full_screen_takes_the_wheel_and_is_left_again(desktop: Page) -> None:
    page = fresh(desktop)
    page.get_by_role("button", name="Full screen").click()
    leave = page.get_by_role("button", name="Leave full screen")
    expect(leave).to_be_visible()
    still(page)
    before = zoom(page)
    page.mouse.move(600, 300)
    page.mouse.wheel(0, -100)
    until(page, f"map.deck.getViewports()[0].zoom > {before}")
    leave.click()
    expect(page.get_by_role("button", name="Full screen", exact=True)).to_be_visible()


def test_a_later_view_leaves_a_reader_where_she_has_gone(desktop: Page) -> None:
    page = fresh(desktop)
    other = described()
    other["initialViewState"] |= {"longitude": 106.5, "zoom": 8}
    show(page, other)
    until(page, "Math.abs(map.deck.getViewports()[0].longitude - 106.5) < 0.001")
    still(page)
    page.get_by_role("button", name="Zoom out").click()
    still(page)
    here = zoom(page)
    show(page, described())
    still(page)
    assert zoom(page) == here
    assert page.evaluate("map.deck.getViewports()[0].longitude") == pytest.approx(106.5)


def test_marks_are_reached_and_opened_by_keyboard(desktop: Page) -> None:
    page = fresh(desktop)
    surface = page.get_by_role("application", name="Map")
    surface.focus()
    expect(surface).to_have_accessible_description(re.compile("Enter goes to the marks"))
    longitude = page.evaluate("map.deck.getViewports()[0].longitude")
    before = zoom(page)
    page.keyboard.press("ArrowRight")
    until(page, f"map.deck.getViewports()[0].longitude > {longitude}")
    page.keyboard.press("+")
    until(page, f"map.deck.getViewports()[0].zoom > {before + 0.99}")
    page.keyboard.press("Home")
    until(page, f"map.deck.getViewports()[0].zoom < {before + 0.01}")
    page.keyboard.press("Enter")
    announced = page.locator(".atlas-deck [aria-live]")
    first = announced.text_content() or ""
    page.keyboard.press("ArrowLeft")
    expect(announced).not_to_have_text(first)
    name = page.locator(".atlas-tip-name").text_content() or ""
    expect(announced).to_contain_text(name)
    (mark,) = (row for row in marks(described()) if row["name"] == name)
    ring = box_of(page.locator(".atlas-ring.shown"))
    centre = (ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    assert centre == pytest.approx(spot(page, mark), abs=1)
    page.keyboard.press("Enter")
    assert events(page) == [["pick", mark["id"]]]
    page.keyboard.press("Escape")
    expect(page.locator(".atlas-ring.shown")).to_have_count(0)
    expect(page.locator(".atlas-tip.shown")).to_have_count(0)
    expect(surface).to_be_focused()


def test_words_change_with_the_language(desktop: Page) -> None:
    page = fresh(desktop)
    page.evaluate("map.updateWords({ zoomIn: '放大', map: '地图' }, 'zh')")
    expect(page.get_by_role("button", name="放大")).to_be_visible()
    expect(page.get_by_role("application", name="地图")).to_be_visible()
    expect(page.locator(".atlas-scale")).to_have_text("100公里")
    page.evaluate("map.updateWords({ zoomIn: 'Zoom in', map: 'Map' }, 'en')")


def test_a_lost_context_brings_the_picture_back_and_then_the_map(desktop: Page) -> None:
    page = fresh(desktop)
    page.get_by_role("button", name="Zoom in").click()
    still(page)
    here = zoom(page)
    page.evaluate(
        "window.lose = document.querySelector('#map canvas')"
        ".getContext('webgl2').getExtension('WEBGL_lose_context'); lose.loseContext()"
    )
    expect(page.locator("#map.live")).to_have_count(0)
    expect(page.locator(".atlas-picture")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    page.evaluate("lose.restoreContext()")
    expect(page.locator("#map.live")).to_be_visible()
    expect(page.locator(".atlas-picture")).to_be_hidden()
    assert events(page) == [["lost"], ["restored"]]
    assert zoom(page) == pytest.approx(here)
    (mark, *_) = marks(described())
    page.evaluate("map.fit()")
    still(page)
    page.mouse.click(*spot(page, mark))
    assert events(page)[-1] == ["pick", mark["id"]]


def test_nothing_glides_for_those_who_want_less_motion(desktop: Page) -> None:
    page = fresh(desktop)
    before = zoom(page)
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Zoom in").click()
    page.evaluate("new Promise(requestAnimationFrame)")
    assert zoom(page) == pytest.approx(before + 1)
    page.emulate_media(reduced_motion="no-preference")


def test_one_finger_scrolls_the_page_and_two_move_the_map(phone: Page) -> None:
    page = fresh(phone)
    before = page.evaluate("map.project([105, 30])")
    touch(page, *([(180, 350 - 30 * step)] for step in range(6)))
    until(page, "scrollY > 50")
    expect(page.locator(".atlas-wheel-hint.shown")).to_contain_text("two fingers")
    page.evaluate("scrollTo(0, 0)")
    assert page.evaluate("map.project([105, 30])") == before
    wide = zoom(page)
    touch(page, *([(150, 300 - 16 * step), (210, 300 - 16 * step)] for step in range(6)))
    still(page)
    assert page.evaluate("map.project([105, 30])")[1] == pytest.approx(before[1] - 80, abs=20)
    assert zoom(page) == pytest.approx(wide)
    touch(page, *([(150 - 10 * step, 200), (210 + 10 * step, 200)] for step in range(6)))
    until(page, f"map.deck.getViewports()[0].zoom > {wide + 0.9}")
    assert page.evaluate("[scrollY, visualViewport.scale]") == [0, 1]


def touch(page: Page, *frames: list[tuple[int, int]]) -> None:
    """Put fingers on the window, move them from frame to frame, and lift them."""
    devtools = page.context.new_cdp_session(page)

    def send(kind: str, fingers: list[tuple[int, int]]) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(fingers)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", frames[0])
    rest = [frames[-1]] * 6  # else the page would glide on
    for fingers in [*frames[1:], *rest]:
        send("touchMove", fingers)
        page.wait_for_timeout(16)
    send("touchEnd", [])


def test_a_tap_picks_and_shows_no_tooltip(phone: Page) -> None:
    page = fresh(phone)
    (deyang,) = (mark for mark in marks(described()) if mark["id"] == "deyang")
    page.touchscreen.tap(*spot(page, deyang))
    until(page, "events.length")
    page.wait_for_timeout(200)
    assert events(page) == [["pick", "deyang"]]
    expect(page.locator(".atlas-tip.shown")).to_have_count(0)
    assert smallest_button(page) >= 40


def test_a_map_that_is_taken_away_leaves_the_picture_alone(phone: Page) -> None:
    page = fresh(phone)
    page.evaluate("map.destroy()")
    expect(page.locator("#map > *")).to_have_count(1)
    expect(page.locator(".atlas-picture")).to_be_visible()
