"""Every place shown is on the map at first, on any screen, and again when the window changes."""

import pytest
from playwright.sync_api import Page, expect

from atlas.datapackage.loader import current
from atlas.map.extent import first_view
from atlas.map.scene.marks import Mark, scene
from atlas.map.scene.placing import MARK_RADIUS
from atlas.model.selection import Selection
from tests.browser.conftest import Readers, Visit
from tests.browser.steps import canvas, drawn, pixel_of, point_at, taken_in
from tests.conftest import at_night

WIDTHS = (360, 390, 640, 820, 1024, 1280, 1366, 1920)
# Where each mark of the drawing stands, by its place.
DRAWN = """() => Object.fromEntries(
  [...document.querySelectorAll(".map .mark-at:not(.halo)")]
    .filter((one) => one.getBoundingClientRect().width > 0)
    .map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      return [one.dataset.place, [x + width / 2, y + height / 2]]
    })
)"""


@pytest.mark.parametrize("width", at_night(WIDTHS, WIDTHS[:1]))
def test_every_mark_is_on_the_map_and_where_the_drawing_has_it(reader: Readers, width: int) -> None:
    newcomer = reader()
    newcomer.page.set_viewport_size({"width": width, "height": 900})
    page = newcomer.open("?lang=en")
    drawn(page)
    taken_in(page)
    marks = are_on_the_map(page)
    for place, spot in page.evaluate(DRAWN).items():
        assert at(page, marks[place]) == pytest.approx(spot, abs=1)


def test_the_map_is_fitted_anew_when_the_window_changes(go_to: Visit) -> None:
    page = go_to("?lang=en")
    drawn(page)
    for width in at_night((1366, 820, 640), (820,)):
        page.set_viewport_size({"width": width, "height": 900})
        drawn(page)
        are_on_the_map(page)


def are_on_the_map(page: Page) -> dict[str, Mark]:
    """Return the marks by place: each lies in the map, and some are found by their tooltips."""
    chart = page.locator(".map")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    view = first_view(current(), canvas(box["width"]))
    marks = {mark.place.id: mark for mark in scene(current(), Selection(), view).marks}
    assert len(marks) == 14
    for mark in marks.values():
        x, y = at(page, mark)
        assert box["x"] + MARK_RADIUS <= x <= box["x"] + box["width"] - MARK_RADIUS
        assert box["y"] + MARK_RADIUS <= y <= box["y"] + box["height"] - MARK_RADIUS
    for place in ("deyang", "gaozhu-na", "jiangjin", "yufu-idz"):
        find(page, marks[place])
    return marks


def find(page: Page, mark: Mark) -> None:
    """Point at a mark until its tooltip shows: the map may be on its way still."""
    tip = page.locator(".atlas-tip-name", has_text=mark.place.name["en"])
    for _ in range(40):
        point_at(page, *at(page, mark))
        if tip.is_visible():
            return
        page.wait_for_timeout(250)
    expect(tip).to_be_visible()


def at(page: Page, mark: Mark) -> tuple[float, float]:
    x, y = pixel_of(page, mark.longitude, mark.latitude)
    return x + mark.offset[0], y + mark.offset[1]
