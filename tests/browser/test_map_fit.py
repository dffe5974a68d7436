"""Every place shown is on the map at first, on any screen, and again when the window changes."""

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page

from atlas.datapackage.loader import current
from atlas.map.extent import first_view
from atlas.map.scene.marks import Mark, scene
from atlas.map.scene.placing import MARK_RADIUS, pixel
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.browser.conftest import Reader
from tests.browser.test_journeys import canvas, drawn, pixel_of
from tests.conftest import at_night

pytestmark = pytest.mark.browser

WIDTHS = (360, 390, 640, 820, 1024, 1280, 1366, 1920)


@pytest.mark.parametrize("width", at_night(WIDTHS, WIDTHS[:1]))
def test_every_mark_is_on_the_map(reader: Callable[..., Reader], width: int) -> None:
    newcomer = reader()
    newcomer.page.set_viewport_size({"width": width, "height": 900})
    page = newcomer.open("?lang=en")
    drawn(page)
    are_on_the_map(page)


def test_the_map_is_fitted_anew_when_the_window_changes(reader: Callable[..., Reader]) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    for width in at_night((1366, 820, 640), (820,)):
        page.set_viewport_size({"width": width, "height": 900})
        drawn(page)
        are_on_the_map(page)


def are_on_the_map(page: Page) -> None:
    """Hold every mark to lie in the map, and the outermost ones to be found there."""
    chart = page.locator(".map")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    marks = scene(current(), Selection(), first_view(current(), canvas(box["width"]))).marks
    assert len(marks) == len(shown(current(), Selection())) == 14
    for mark in marks:
        x, y = at(page, mark)
        assert box["x"] + MARK_RADIUS <= x <= box["x"] + box["width"] - MARK_RADIUS
        assert box["y"] + MARK_RADIUS <= y <= box["y"] + box["height"] - MARK_RADIUS
    for mark in outermost(marks):
        assert is_found(page, mark), mark.place.id


def is_found(page: Page, mark: Mark) -> bool:
    """Point at a mark until its tooltip shows: the map may be on its way still."""
    for _ in range(40):
        x, y = at(page, mark)
        page.mouse.move(x + 2, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(250)
        if page.locator(".atlas-tip-name").all_inner_texts() == [mark.place.name["en"]]:
            return True
    return False


def at(page: Page, mark: Mark) -> tuple[float, float]:
    x, y = pixel_of(page, mark.longitude, mark.latitude)
    return x + mark.offset[0], y + mark.offset[1]


def outermost(marks: Iterable[Mark]) -> set[Mark]:
    places = {mark: pixel(mark.latitude, mark.longitude, 0) for mark in marks}
    ends = (lambda one: places[one][0], lambda one: places[one][1])
    return {pick(places, key=end) for pick in (min, max) for end in ends}
