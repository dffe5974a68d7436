"""Every place shown is on the map at first, on any screen, and again when the window changes."""

import pytest
from playwright.sync_api import Page, expect

from atlas.datapackage.loader import current
from atlas.map.extent import first_view
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import MARK_RADIUS
from atlas.model.selection import Selection
from tests.browser.conftest import Readers, Visit
from tests.browser.steps import box_of, canvas, drawn, point_at, projection, taken_in
from tests.conftest import at_night

WIDTHS = (360, 390, 640, 820, 1024, 1280, 1366, 1920)
# Where each mark of the drawing stands, by its place.
DRAWN = """() => Object.fromEntries(
  [...document.querySelectorAll(".map .mark-at:not(.halo)")]
    .filter((mark) => mark.getBoundingClientRect().width > 0)
    .map((mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect()
      return [mark.dataset.place, [x + width / 2, y + height / 2]]
    })
)"""


@pytest.mark.parametrize("width", at_night(WIDTHS, WIDTHS[:1]))
def test_every_mark_is_on_the_map_and_where_the_drawing_has_it(reader: Readers, width: int) -> None:
    newcomer = reader()
    newcomer.page.set_viewport_size({"width": width, "height": 900})
    page = newcomer.open("?lang=en")
    drawn(page)
    taken_in(page)
    spots = are_on_the_map(page)
    for place, spot in page.evaluate(DRAWN).items():
        assert spots[place] == pytest.approx(spot, abs=1)


def test_the_map_is_fitted_anew_when_the_window_changes(go_to: Visit) -> None:
    page = go_to("?lang=en")
    drawn(page)
    for width in at_night((1366, 820, 640), (820,)):
        page.set_viewport_size({"width": width, "height": 900})
        drawn(page)
        are_on_the_map(page)


def are_on_the_map(page: Page) -> dict[str, tuple[float, float]]:
    """Return the spots of the marks: each is on the map, and some are found by their tooltips."""
    chart = page.locator(".map")
    chart.scroll_into_view_if_needed()
    box = box_of(chart)
    view = first_view(current(), canvas(box["width"]))
    spot_of, spots = projection(page, view), {}
    for mark in scene(current(), Selection(), view).marks:
        x, y = spot_of(mark.longitude, mark.latitude)
        spots[mark.place.id] = x, y = x + mark.offset[0], y + mark.offset[1]
        assert box["x"] + MARK_RADIUS <= x <= box["x"] + box["width"] - MARK_RADIUS
        assert box["y"] + MARK_RADIUS <= y <= box["y"] + box["height"] - MARK_RADIUS
    assert len(spots) == 14
    for place in ("deyang", "gaozhu-na", "jiangjin", "yufu-idz"):
        find(page, current().place[place].name["en"], *spots[place])
    return spots


def find(page: Page, name: str, x: float, y: float) -> None:
    """Point at a mark until its tooltip shows: the map may be on its way still."""
    tip = page.locator(".atlas-tip-name", has_text=name)
    for _ in range(40):
        point_at(page, x, y)
        if tip.is_visible():
            return
        page.wait_for_timeout(250)
    expect(tip).to_be_visible()
